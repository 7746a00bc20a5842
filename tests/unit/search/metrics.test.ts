import { expect, test } from 'vitest';
import { meanQuality, qualityOf } from '../../../search/eval/metrics.ts';

test('an answer that holds the relevant records and nothing else is perfect', () => {
  expect(qualityOf(['b', 'a'], new Set(['a', 'b']))).toEqual({ success1: 1, recall10: 1, mrr: 1, exact: 1 });
});

test('the place of the first relevant result makes success and mrr', () => {
  expect(qualityOf(['x', 'y', 'a'], new Set(['a']))).toEqual({ success1: 0, recall10: 1, mrr: 1 / 3, exact: 0 });
});

test('recall looks at ten results only, mrr and exact at all', () => {
  const tenOthers = Array.from({ length: 10 }, (_, i) => `x${i}`);
  expect(qualityOf([...tenOthers, 'a'], new Set(['a', 'b']))).toEqual({
    success1: 0,
    recall10: 0,
    mrr: 1 / 11,
    exact: 0,
  });
});

test('a missing record is not exact', () => {
  expect(qualityOf(['a'], new Set(['a', 'b']))).toEqual({ success1: 1, recall10: 0.5, mrr: 1, exact: 0 });
});

test('where nothing is relevant, finding nothing is right', () => {
  expect(qualityOf([], new Set()).success1).toBe(1);
  expect(qualityOf(['a'], new Set())).toEqual({ success1: 0, recall10: 0, mrr: 0, exact: 0 });
});

test('the mean of several answers', () => {
  const one = qualityOf(['a'], new Set(['a']));
  const none = qualityOf(['x'], new Set(['a']));
  expect(meanQuality([one, none])).toEqual({ success1: 0.5, recall10: 0.5, mrr: 0.5, exact: 0.5 });
  expect(meanQuality([])).toEqual({ success1: 0, recall10: 0, mrr: 0, exact: 0 });
});
