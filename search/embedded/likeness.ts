import type { Likeness, LikenessQuery } from '../engine.ts';
import { tokenize } from '../text.ts';
import { best } from './best.ts';
import type { Columns } from './columns.ts';
import { both, each, type Posting, type Postings, wordExpression } from './postings.ts';
import { pairsOf } from './writer.ts';

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
    let frequency = 0;
    each(posting, (id) => {
      if (kindOf[id] > 0) frequency += 1;
    });
    const gain = weight * Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
    each(posting, (id) => {
      scores[id] += gain;
    });
    return frequency;
  });

  const lift = new Float32Array(columns.valueNames.length);
  for (const { facet, value, weight } of query.prefer) {
    const number = columns.valueNumber(facet, value);
    if (number !== undefined) lift[number] = weight;
  }
  const found: number[][] = query.kinds.map(() => []);
  for (let id = 0; id < kindOf.length; id += 1) {
    if (kindOf[id] === 0 || scores[id] <= 0) continue;
    columns.eachValue(id, (value) => {
      scores[id] += lift[value];
    });
    found[kindOf[id] - 1].push(id);
  }
  const compare = (a: number, b: number) => scores[b] - scores[a] || columns.compareNewest(a, b);
  const bestOf = (ids: number[]) => Array.from(best(Uint32Array.from(ids), query.perKind, compare));
  return {
    documents,
    frequencies,
    ids: Object.fromEntries(query.kinds.map((kind, i) => [kind, bestOf(found[i])])),
  };
}
