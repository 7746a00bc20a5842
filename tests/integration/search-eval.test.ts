import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { readCollection } from '../../search/eval/collection.ts';
import { type Evaluation, evaluate } from '../../search/eval/evaluate.ts';

/** Least figure by query type on the repository's own collection. */
const bars: [type: string, figure: 'success1' | 'recall10' | 'exact', least: number][] = [
  ['exact', 'success1', 0.95],
  ['nodiacritics', 'success1', 0.95],
  ['typo', 'recall10', 0.9],
  ['acronym', 'recall10', 0.95],
  ['toneplacement', 'recall10', 0.95],
  ['prefix', 'recall10', 0.95],
  ['phrase', 'exact', 1],
  ['minus', 'exact', 1],
  ['formerplace', 'recall10', 0.95],
  ['english', 'recall10', 0.95],
];

describe('search on the evaluation collection', () => {
  let evaluation: Evaluation;

  beforeAll(async () => {
    evaluation = await evaluate(readCollection(fileURLToPath(new URL('../../search/eval/dev', import.meta.url))));
  });

  test('judges at least 120 queries, of every type', () => {
    expect(Object.keys(evaluation.types).sort()).toEqual(bars.map(([type]) => type).sort());
    expect(evaluation.answers.length).toBeGreaterThanOrEqual(120);
  });

  test.each(bars)('%s: %s is at least %d', (type, figure, least) => {
    const missed = evaluation.answers.filter((answer) => answer.type === type && answer.quality[figure] < 1);
    expect(
      evaluation.types[type][figure],
      missed.map(({ q, found, relevant }) => `${q}: ${found.slice(0, 10)} instead of ${relevant}`).join('\n'),
    ).toBeGreaterThanOrEqual(least);
  });
});
