import { type MigrationProvider, Migrator } from 'kysely/migration';
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
import * as news from './migrations/0017-news.ts';

const provider: MigrationProvider = {
  getMigrations: async () => ({
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
    '0017-news': news,
  }),
};

export const createMigrator = (db: Db): Migrator => new Migrator({ db, provider });

/**
 * Brings the database to the program's version.
 * @returns the names of the migrations that ran
 * @throws when a migration fails, or when the database knows migrations that this program does not (it is newer)
 */
export async function migrate(db: Db): Promise<string[]> {
  const { error, results } = await createMigrator(db).migrateToLatest();
  if (error) throw error;
  return results?.map((result) => result.migrationName) ?? [];
}
