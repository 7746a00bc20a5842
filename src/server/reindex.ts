import { existsSync } from 'node:fs';
import { type Db, databaseFile, openDatabase } from '../../db/client.ts';
import { pendingMigrations } from '../../db/migrate.ts';
import { createEmbeddedIndex } from '../../search/embedded/index.ts';
import type { SearchIndex } from '../../search/engine.ts';
import { createMeilisearch } from '../../search/meilisearch/adapter.ts';
import { type DocumentLoader, rebuild } from '../../search/sync.ts';
import { readSynonyms } from '../../search/synonyms.ts';
import { loadDocuments } from '../catalogue/document.ts';
import { loadVocabulary } from '../catalogue/vocabulary.ts';
import type { Config } from './config.ts';

const reportEvery = 1_000;

/** Changing the database is not this command's work: who does it makes a backup before. */
async function checkUpToDate(db: Db): Promise<void> {
  const { pending } = await pendingMigrations(db);
  if (pending.length === 0) return;
  throw new Error(
    `The database is of an older program and lacks ${pending.join(', ')}. ` +
      'Start the server or run npm run db:migrate first: both make a backup before they change it.',
  );
}

async function rebuildOne(
  db: Db,
  index: SearchIndex,
  load: DocumentLoader,
  say: (line: string) => void,
): Promise<void> {
  const start = performance.now();
  let reported = 0;
  const done = await rebuild(db, index, load, (count) => {
    if (count - reported < reportEvery) return;
    reported = count;
    say(`${index.name}: ${count} …`);
  });
  say(`${index.name}: ${done} records in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

/**
 * Builds the embedded index anew, and Meilisearch's when it is configured. Questions are answered from the old indexes
 * until the new ones are complete; a failure of one leaves it as it was and doesn't keep the other from being built.
 * @returns true when all succeeded
 * @throws when there is no database, or it is not of this program's version; nothing is changed then
 */
export async function reindex(
  config: Pick<Config, 'dataDir' | 'meili'>,
  say: (line: string) => void,
): Promise<boolean> {
  const file = databaseFile(config.dataDir);
  if (!existsSync(file)) throw new Error(`${config.dataDir} has no database yet. Starting the server makes one.`);
  const { db, sqlite } = openDatabase(file);
  try {
    await checkUpToDate(db);
    const vocabulary = await loadVocabulary(db);
    const load: DocumentLoader = (source, ids) => loadDocuments(source, vocabulary, ids);
    const indexes: SearchIndex[] = [createEmbeddedIndex(sqlite)];
    if (config.meili) indexes.push(createMeilisearch({ ...config.meili, synonyms: await readSynonyms(db) }));
    let succeeded = true;
    for (const index of indexes) {
      try {
        await rebuildOne(db, index, load, say);
      } catch (error) {
        succeeded = false;
        say(`${index.name}: ${error}`);
      }
    }
    return succeeded;
  } finally {
    await db.destroy();
  }
}
