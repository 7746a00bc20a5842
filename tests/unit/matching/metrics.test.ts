import { expect, test } from 'vitest';
import { matchingQuality, meanMatchingQuality } from '../../../src/matching/eval/metrics.ts';

const grades = new Map([
  ['a', 3],
  ['b', 2],
  ['c', 1],
]);

test('the ideal order is perfect', () => {
  expect(matchingQuality(['a', 'b', 'c', 'x'], grades)).toEqual({ ndcg10: 1, recall10: 1, relatedRecall10: 1, mrr: 1 });
});

test('gain is 2^grade − 1, discounted by the logarithm of the place', () => {
  const ideal = 7 + 3 / Math.log2(3) + 1 / Math.log2(4);
  const { ndcg10 } = matchingQuality(['x', 'a', 'b'], grades);
  expect(ndcg10).toBeCloseTo((7 / Math.log2(3) + 3 / Math.log2(4)) / ideal, 10);
});

test('only ten count; a record that is merely related is not yet useful', () => {
  const others = Array.from({ length: 9 }, (_, i) => `x${i}`);
  expect(matchingQuality([...others, 'c', 'a'], grades)).toMatchObject({
    recall10: 0,
    relatedRecall10: 1 / 3,
    mrr: 1 / 11,
  });
  expect(matchingQuality(['c', 'b'], grades)).toMatchObject({ recall10: 0.5, mrr: 0.5 });
  expect(matchingQuality([], grades)).toEqual({ ndcg10: 0, recall10: 0, relatedRecall10: 0, mrr: 0 });
});

test('the mean of several needs', () => {
  const mean = meanMatchingQuality([matchingQuality(['a', 'b', 'c'], grades), matchingQuality([], grades)]);
  expect(mean).toEqual({ ndcg10: 0.5, recall10: 0.5, relatedRecall10: 0.5, mrr: 0.5 });
  expect(meanMatchingQuality([]).ndcg10).toBe(0);
});
