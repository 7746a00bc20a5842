import { sql } from 'kysely';
import { DEFAULT_MIGRATION_TABLE, type Migration, type MigrationProvider, Migrator } from 'kysely/migration';
import type { Db } from './client.ts';
import * as vocabularies from './migrations/0001-vocabularies.ts';
import * as records from './migrations/0002-records.ts';
import * as search from './migrations/0003-search.ts';
import * as accounts from './migrations/0004-accounts.ts';
import * as moderation from './migrations/0005-moderation.ts';
import * as pictures from './migrations/0006-pictures.ts';
import * as expiry from './migrations/0007-expiry.ts';
import * as managers from './migrations/0008-managers.ts';
import * as review from './migrations/0009-review.ts';
import * as excludedPartners from './migrations/0010-excluded-partners.ts';
import * as connections from './migrations/0011-connections.ts';
import * as statements from './migrations/0012-statements.ts';
import * as alerts from './migrations/0013-alerts.ts';
import * as insight from './migrations/0014-insight.ts';
import * as imports from './migrations/0015-imports.ts';
import * as news from './migrations/0017-news.ts';
import * as harvest from './migrations/0018-harvest.ts';
import * as settings from './migrations/0019-settings.ts';
import * as unseenDrafts from './migrations/0020-unseen-drafts.ts';
import * as following from './migrations/0021-following.ts';

const migrations: Record<string, Migration> = {
  '0001-vocabularies': vocabularies,
  '0002-records': records,
  '0003-search': search,
  '0004-accounts': accounts,
  '0005-moderation': moderation,
  '0006-pictures': pictures,
  '0007-expiry': expiry,
  '0008-managers': managers,
  '0009-review': review,
  '0010-excluded-partners': excludedPartners,
  '0011-connections': connections,
  '0012-statements': statements,
  '0013-alerts': alerts,
  '0014-insight': insight,
  '0015-imports': imports,
  '0017-news': news,
  '0018-harvest': harvest,
  '0019-settings': settings,
  '0020-unseen-drafts': unseenDrafts,
  '0021-following': following,
};

const provider: MigrationProvider = { getMigrations: async () => migrations };

export const createMigrator = (db: Db): Migrator => new Migrator({ db, provider });

/** Those of these migrations that this program does not know: a newer one made them. */
export const newerMigrations = (names: string[]): string[] => names.filter((name) => !(name in migrations));

async function doneMigrations(db: Db): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db);
  return rows.map(({ name }) => name);
}

/**
 * The migrations that a database still needs, and whether it has had any.
 * @throws when it is newer than this program
 */
export async function pendingMigrations(db: Db): Promise<{ pending: string[]; isNew: boolean }> {
  const done = await doneMigrations(db);
  const newer = newerMigrations(done);
  if (newer.length > 0) {
    throw new Error(
      `The database is newer than this program, which does not know its migration ${newer.join(', ')}. ` +
        'Start the newer program again, or restore a backup from before the upgrade (npm run db:restore).',
    );
  }
  return { pending: Object.keys(migrations).filter((name) => !done.includes(name)), isNew: done.length === 0 };
}

/**
 * Brings the database to the program's version.
 * @returns the names of the migrations that ran
 * @throws when a migration fails, or when the database is newer than this program
 */
export async function migrate(db: Db): Promise<string[]> {
  await pendingMigrations(db);
  const { error, results } = await createMigrator(db).migrateToLatest();
  if (error) throw error;
  return results?.map((result) => result.migrationName) ?? [];
}
