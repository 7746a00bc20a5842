/** The thread that carries committed changes from the outbox to the search engines. */
import { parentPort, workerData } from 'node:worker_threads';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { followSettings } from '../../db/follow.ts';
import { createEmbeddedIndex } from '../../search/embedded/index.ts';
import { createMeilisearch } from '../../search/meilisearch/adapter.ts';
import {
  type DocumentLoader,
  drainEmbedded,
  drainRemote,
  forgetConsumers,
  pruneOutbox,
  rebuild,
  registerConsumer,
} from '../../search/sync.ts';
import { readSynonyms, Synonyms } from '../../search/synonyms.ts';
import { loadDocuments } from '../catalogue/document.ts';
import { loadVocabulary } from '../catalogue/vocabulary.ts';
import type { Config } from './config.ts';

const pollMs = 200;
const pruneEveryMs = 600_000;

const config = workerData as Config;
const { db, sqlite } = openDatabase(databaseFile(config.dataDir));
const embedded = createEmbeddedIndex(sqlite);
const follow = followSettings(sqlite, async (source) => ({
  vocabulary: await loadVocabulary(source),
  synonyms: new Synonyms(await readSynonyms(source)),
}));
let settings = await follow(db);
const meili = config.meili && createMeilisearch({ ...config.meili, synonyms: () => settings.synonyms });
/** A change of a name and the outbox rows for the records that have it come in one transaction: both are seen here. */
const load: DocumentLoader = async (source, ids) => {
  settings = await follow(source);
  return loadDocuments(source, settings.vocabulary, ids);
};
const report = (error: unknown) => parentPort?.postMessage({ error: String(error) });

let stopping = false;
parentPort?.on('message', () => {
  stopping = true;
});

await forgetConsumers(db, [embedded.name, ...(meili ? [meili.name] : [])]);
if (!(await registerConsumer(db, embedded.name))) await rebuild(db, embedded, load);
parentPort?.postMessage({ ready: true });

/** Meilisearch may be down at the start: its first build is tried until it succeeds. */
async function feedMeili(): Promise<number> {
  if (!meili) return 0;
  if (!(await registerConsumer(db, meili.name))) return rebuild(db, meili, load);
  return drainRemote(db, meili, load);
}

async function forever(step: () => Promise<number>, restAfterErrorMs: number): Promise<void> {
  while (!stopping) {
    let done = 0;
    let restMs = pollMs;
    try {
      done = await step();
    } catch (error) {
      report(error);
      restMs = restAfterErrorMs;
    }
    if (done === 0) await new Promise((resolve) => setTimeout(resolve, restMs));
  }
}

let prunedAt = 0;
await Promise.all([
  forever(async () => {
    if (Date.now() - prunedAt > pruneEveryMs) {
      prunedAt = Date.now();
      await pruneOutbox(db);
    }
    return drainEmbedded(db, embedded, load);
  }, 1_000),
  forever(feedMeili, 5_000),
]);
await db.destroy();
parentPort?.close();
