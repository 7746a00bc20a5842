import { openDatabase } from '../../db/client.ts';
import { createEmbeddedEngine } from '../../search/embedded/engine.ts';
import { loadSynonyms } from '../../search/synonyms.ts';
import { loadVocabulary } from '../../src/catalogue/vocabulary.ts';
import { matchesFor, readParty } from '../../src/matching/match.ts';
import type { BenchData } from './data.ts';
import type { Times } from './search.ts';
import { quantile } from './statistics.ts';

export interface MatchingFigures {
  /** For a need: offers, achievements, organisations and experts. */
  need: Times;
  /** For an offer: needs. */
  offer: Times;
}

const rounds = 3;
const subjects = 60;

/** Measures matching one record against all others, as a page asks for it: warm, each round with the same records. */
export async function measureMatching({ file }: Pick<BenchData, 'file'>): Promise<MatchingFigures> {
  const { db } = openDatabase(file);
  const search = createEmbeddedEngine({ file, synonyms: loadSynonyms(), memo: 0 });
  const sources = { db, search, vocabulary: await loadVocabulary(db) };

  const measure = async (kind: 'need' | 'offer'): Promise<Times> => {
    const rows = await db.selectFrom('record').select('id').where('kind', '=', kind).orderBy('id').execute();
    const step = Math.floor(rows.length / subjects);
    const ids = Array.from({ length: subjects }, (_, i) => rows[i * step].id);
    const match = async (id: number) => {
      const start = performance.now();
      const party = await readParty(sources, id);
      if (party) await matchesFor(sources, party);
      const ms = performance.now() - start;
      return ms;
    };
    for (const id of ids) await match(id);
    const samples: number[] = [];
    for (let round = 0; round < rounds; round += 1) for (const id of ids) samples.push(await match(id));
    return { p50: quantile(samples, 0.5), p95: quantile(samples, 0.95), p99: quantile(samples, 0.99) };
  };

  const offer = await measure('offer');
  const need = await measure('need');
  await search.close();
  await db.destroy();
  return { need, offer };
}
