import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseFile, openDatabase } from '../../../db/client.ts';
import { migrate } from '../../../db/migrate.ts';
import { seedVocabularies } from '../../../db/seed/vocabularies.ts';
import { createEmbeddedEngine } from '../../../search/embedded/engine.ts';
import { createEmbeddedIndex } from '../../../search/embedded/index.ts';
import { plainBm25 } from '../../../search/embedded/plain-bm25.ts';
import { loadSynonyms } from '../../../search/synonyms.ts';
import { loadDocuments } from '../../catalogue/document.ts';
import { loadVocabulary } from '../../catalogue/vocabulary.ts';
import { matchesFor } from '../match.ts';
import { draftParty } from '../party.ts';
import { type Signal, signals, type Weights, weights, without } from '../weights.ts';
import { type CollectionNeed, type MatchingCollection, saveCollection } from './collection.ts';
import { type MatchingQuality, matchingQuality, meanMatchingQuality } from './metrics.ts';

/** A need with the ids of what was found for it, best first. */
export interface JudgedNeed {
  need: CollectionNeed;
  found: string[];
  quality: MatchingQuality;
}

export interface MatchingEvaluation {
  ours: MatchingQuality;
  baseline: MatchingQuality;
  without: Record<Signal, MatchingQuality>;
  needs: JudgedNeed[];
}

const firstOnes = 20;

const partyOfNeed = ({ wanted, preferredModes, ...need }: CollectionNeed) =>
  draftParty({ ...need, requiredResult: wanted, transferModes: preferredModes ?? [] });

/**
 * Judges the matching on a collection: with all signals, without each, and beside plain BM25. Its records go through
 * the catalogue and the embedded engine in a data folder that is removed afterwards.
 */
export async function evaluateMatching({ records, needs, grades }: MatchingCollection): Promise<MatchingEvaluation> {
  const folder = mkdtempSync(join(tmpdir(), 'matching-eval-'));
  const file = databaseFile(folder);
  const { db, sqlite } = openDatabase(file);
  const search = createEmbeddedEngine({ file, synonyms: loadSynonyms() });
  try {
    await migrate(db);
    await seedVocabularies(db);
    const vocabulary = await loadVocabulary(db);
    const ids = await saveCollection(records, db);
    const { documents } = await loadDocuments(db, vocabulary, [...ids.keys()]);
    await createEmbeddedIndex(sqlite).apply(documents, []);

    const judged = async (find: (need: CollectionNeed) => Promise<number[]>): Promise<JudgedNeed[]> => {
      const answers: JudgedNeed[] = [];
      for (const need of needs) {
        const found = (await find(need)).map((id) => ids.get(id) ?? '');
        answers.push({ need, found, quality: matchingQuality(found, grades.get(need.id) ?? new Map()) });
      }
      return answers;
    };
    const mean = (answers: JudgedNeed[]) => meanMatchingQuality(answers.map(({ quality }) => quality));
    const matched = (used: Weights) =>
      judged(async (need) => {
        const options = { limit: firstOnes, weights: used };
        return (await matchesFor({ db, search, vocabulary }, partyOfNeed(need), options)).map(({ id }) => id);
      });

    const ours = await matched(weights);
    const ablated: [Signal, MatchingQuality][] = [];
    for (const signal of signals) ablated.push([signal, mean(await matched(without(signal)))]);
    const baseline = await judged(async ({ title, problem, wanted }) =>
      plainBm25(sqlite, [title, problem, wanted].join('\n'), firstOnes),
    );
    return {
      ours: mean(ours),
      baseline: mean(baseline),
      without: Object.fromEntries(ablated) as Record<Signal, MatchingQuality>,
      needs: ours,
    };
  } finally {
    await search.close();
    await db.destroy();
    rmSync(folder, { recursive: true });
  }
}
