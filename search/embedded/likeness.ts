import type { Likeness, LikenessQuery } from '../engine.ts';
import { tokenize } from '../text.ts';
import { best } from './best.ts';
import type { Columns } from './columns.ts';
import { pairsOf } from './indexed-text.ts';
import { both, type Posting, type Postings, wordExpression } from './postings.ts';

/** The documents that have a term. Several words are looked up as the pairs that they make. */
function postingOf(postings: Postings, words: string, marked: boolean): Posting | undefined {
  const tokens = tokenize(words);
  if (tokens.length === 0) return undefined;
  if (tokens.length > 1)
    return pairsOf(tokens)
      .map((pair) => postings.of('pairs', wordExpression(pair)))
      .reduce(both);
  const [{ exact, folded }] = tokens;
  return marked ? postings.of('exact', wordExpression(exact)) : postings.of('text', wordExpression(folded));
}

// Loops without a function for each document: a common word is in a fifth of them, and there are a hundred words.

/** How many documents of a posting are among those with a number in `kindOf`. */
function countIn({ ids, where }: Posting, kindOf: Uint8Array): number {
  let count = 0;
  if (ids) for (let i = 0; i < ids.length; i += 1) count += kindOf[ids[i]] > 0 ? 1 : 0;
  else for (let id = 0; id < where.length; id += 1) count += where[id] !== 0 && kindOf[id] > 0 ? 1 : 0;
  return count;
}

/** Adds the gain to the score of each document of a posting. */
function add({ ids, where }: Posting, gain: number, scores: Float32Array): void {
  if (ids) for (let i = 0; i < ids.length; i += 1) scores[ids[i]] += gain;
  else for (let id = 0; id < where.length; id += 1) if (where[id] !== 0) scores[id] += gain;
}

/** Answers `SearchEngine.alike`: one pass over what is in memory of each term. */
export function alike(columns: Columns, postings: Postings, query: LikenessQuery): Likeness {
  const kinds = query.kinds.map((kind) => columns.valueNumber('kind', kind));
  const kindOf = columns.numbered(kinds);
  let documents = 0;
  for (let id = 0; id < kindOf.length; id += 1) if (kindOf[id] > 0) documents += 1;

  const scores = new Float32Array(columns.size);
  const frequencies = query.terms.map(({ words, weight }) => {
    const posting = postingOf(postings, words, query.marked);
    if (!posting) return 0;
    const frequency = countIn(posting, kindOf);
    add(posting, weight * Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5)), scores);
    return frequency;
  });

  const lift = new Float32Array(columns.valueNames.length);
  for (const { facet, value, weight } of query.prefer) {
    const number = columns.valueNumber(facet, value);
    if (number !== undefined) lift[number] = weight;
  }
  const found = query.kinds.map(() => new Uint32Array(documents));
  const counts = query.kinds.map(() => 0);
  for (let id = 0; id < kindOf.length; id += 1) {
    const kind = kindOf[id] - 1;
    if (kind < 0 || scores[id] <= 0) continue;
    scores[id] += columns.weigh(id, lift);
    found[kind][counts[kind]++] = id;
  }
  const compare = (a: number, b: number) => scores[b] - scores[a] || columns.compareNewest(a, b);
  const bestOf = (i: number) => Array.from(best(found[i].subarray(0, counts[i]), query.perKind, compare));
  return {
    documents,
    frequencies,
    ids: Object.fromEntries(query.kinds.map((kind, i) => [kind, bestOf(i)])),
  };
}
