import { describe, expect, test } from 'vitest';
import { maxWords, parseQuery } from '../../../search/query.ts';

const read = (q: string) => {
  const { words, prefix, phrases, excluded } = parseQuery(q);
  const folded = (tokens: typeof words) => tokens.map((token) => token.folded).join(' ');
  return { words: folded(words), prefix, phrases: phrases.map(folded), excluded: excluded.map(folded) };
};

describe('parseQuery', () => {
  test.each([
    ['sấy "vải thiều" -lúa', { words: 'say', phrases: ['vai thieu'], excluded: ['lua'], prefix: false }],
    ['vải sấ', { words: 'vai sa', prefix: true }],
    ['vải sấy ', { words: 'vai say', prefix: false }],
    ['vải sấy.', { words: 'vai say', prefix: false }],
    ['"vải thiều', { phrases: ['vai thieu'] }],
    ['"vải" sấy', { words: 'say', phrases: ['vai'], prefix: true }],
    ['-"máy sấy" vải', { words: 'vai', excluded: ['may say'], prefix: true }],
    ['-vải -lúa', { excluded: ['vai', 'lua'] }],
    ['hậu-cần', { words: 'hau can', prefix: true }],
    ['"vải"-lúa', { words: 'lua', phrases: ['vai'], prefix: true }],
    ['- vải', { words: 'vai', prefix: true }],
    ['--vải', { excluded: ['vai'] }],
    ['""" - "" -', {}],
    ['KH&CN', { words: 'khcn', prefix: true }],
    ['', {}],
    ['\0\ud800', {}],
  ])('%j', (q, expected) => {
    expect(read(q)).toEqual({ words: '', prefix: false, phrases: [], excluded: [], ...expected });
  });

  test('takes no more words than anybody types', () => {
    const { words } = parseQuery('vải '.repeat(1_000));
    expect(words).toHaveLength(maxWords);
    const { phrases, excluded } = parseQuery(`"${'vải '.repeat(1_000)}" ${'-lúa '.repeat(1_000)}`);
    expect(phrases.flat().length + excluded.flat().length).toBe(maxWords);
  });

  test.each(['"', '-', '" ', '-"', 'a"'])('reads a hundred thousand of %j at once', (part) => {
    const start = performance.now();
    parseQuery(part.repeat(100_000));
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
