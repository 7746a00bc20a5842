import { expect, test } from 'vitest';
import { countedClient, SearchLimit, searchByClient } from '../../src/accounts/rate-limit.ts';

test.each([
  ['203.0.113.77', '203.0.113.77'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2:ffff::', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::6', '2001:db8:1:3::/64'],
  ['fe80::1%eth0', 'fe80::/64'],
  ['unknown', 'unknown'],
])('%s is counted as %s', (client, counted) => {
  expect(countedClient(client)).toBe(counted);
});

const { times, windowMs } = searchByClient;
const start = 1_000_000;

test('who has spent all searches waits for the next window; others do not', () => {
  const limit = new SearchLimit();
  for (let n = 0; n < times; n += 1) expect(limit.spend('2001:db8::1', start)).toBe(0);
  expect(limit.spend('2001:db8::1', start + 1000)).toBe(windowMs / 1000 - 1);
  expect(limit.spend('2001:db8::2', start + windowMs - 1)).toBe(1);
  expect(limit.spend('2001:db8:0:1::1', start + 1000)).toBe(0);
  expect(limit.spend('2001:db8::1', start + windowMs)).toBe(0);
});

test('many clients do not make it forget the one that searches on', () => {
  const limit = new SearchLimit();
  const address = (n: number) => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
  for (let n = 0; n < 30_000; n += 1) limit.spend(address(n), start);
  // The first have been let go, the last are still counted.
  for (let n = 1; n < times; n += 1) expect(limit.spend(address(29_999), start)).toBe(0);
  expect(limit.spend(address(29_999), start)).toBeGreaterThan(0);
  for (let n = 0; n < times; n += 1) expect(limit.spend(address(0), start)).toBe(0);
});
