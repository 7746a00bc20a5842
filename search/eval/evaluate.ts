import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import { seedVocabularies } from '../../db/seed/vocabularies.ts';
import { createEmbeddedEngine } from '../embedded/engine.ts';
import { createEmbeddedIndex } from '../embedded/index.ts';
import type { SearchEngine } from '../engine.ts';
import { loadSynonyms } from '../synonyms.ts';
import { type Collection, documentsOf, type JudgedQuery } from './collection.ts';
import { meanQuality, type Quality, qualityOf } from './metrics.ts';

/** A judged query with what was found. */
export interface JudgedAnswer extends JudgedQuery {
  /** Ids of all results, best first. */
  found: string[];
  quality: Quality;
}

export interface Evaluation {
  engine: string;
  types: Record<string, Quality & { n: number }>;
  answers: JudgedAnswer[];
}

/** Runs `use` with the embedded engine on a collection's records, in a data folder that is removed afterwards. */
async function withEngine<T>({ records }: Collection, use: (engine: SearchEngine) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'search-eval-'));
  const { db, sqlite } = openDatabase(databaseFile(folder));
  const engine = createEmbeddedEngine({ file: databaseFile(folder), synonyms: loadSynonyms() });
  try {
    await migrate(db);
    await seedVocabularies(db);
    await createEmbeddedIndex(sqlite).apply(await documentsOf(records, db), []);
    return await use(engine);
  } finally {
    await engine.close();
    await db.destroy();
    rmSync(folder, { recursive: true });
  }
}

/** Asks the embedded engine every query of a collection and judges the answers by query type. */
export async function evaluate(collection: Collection): Promise<Evaluation> {
  return withEngine(collection, async (engine) => {
    const answers: JudgedAnswer[] = [];
    for (const query of collection.queries) {
      const { hits } = await engine.search({
        q: query.q,
        filters: {},
        sort: 'relevance',
        offset: 0,
        limit: collection.records.length,
        facets: [],
        language: query.type === 'english' ? 'en' : 'vi',
      });
      const found = hits.map((hit) => hit.document.slug);
      answers.push({ ...query, found, quality: qualityOf(found, new Set(query.relevant)) });
    }
    const types = [...Map.groupBy(answers, (answer) => answer.type)].map(([type, ofType]) => [
      type,
      { n: ofType.length, ...meanQuality(ofType.map((answer) => answer.quality)) },
    ]);
    return { engine: engine.name, types: Object.fromEntries(types), answers };
  });
}
