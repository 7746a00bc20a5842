import { expect, test } from 'vitest';
import { Answer, PageCache } from '../../src/server/page-cache.ts';

const answer = (version: number, size = 1000) => new Answer(version, {}, Buffer.alloc(size, 'x'));

test('an answer is given while its content version is the current one', () => {
  const cache = new PageCache();
  cache.put('/a', answer(1));
  expect(cache.get('/a', 1)).toBeDefined();
  expect(cache.get('/a', 2)).toBeUndefined();
  expect(cache.get('/b', 1)).toBeUndefined();
});

test('memory is bounded; what is asked for stays, the rest goes first', () => {
  const cache = new PageCache(100_000);
  cache.put('/home', answer(1));
  for (let i = 0; i < 500; i += 1) {
    cache.put(`/page/${i}`, answer(1));
    expect(cache.get('/home', 1)).toBeDefined();
  }
  const kept = Array.from({ length: 500 }, (_, i) => i).filter((i) => cache.get(`/page/${i}`, 1));
  expect(kept.length).toBeLessThan(25);
  expect(kept).toContain(499);
});

test('an address that nobody types twice is not kept', () => {
  const cache = new PageCache();
  cache.put(`/robots.txt?x=${'y'.repeat(2000)}`, answer(1));
  expect(cache.get(`/robots.txt?x=${'y'.repeat(2000)}`, 1)).toBeUndefined();
});

test('a browser that has the bytes is told so, whatever the encoding', () => {
  const one = answer(1);
  expect(one.isKnownTo(one.etag)).toBe(true);
  expect(one.isKnownTo(`"x", ${one.etag}`)).toBe(true);
  expect(one.isKnownTo('*')).toBe(true);
  expect(one.isKnownTo('W/"x"')).toBe(false);
  expect(one.isKnownTo(undefined)).toBe(false);
});
