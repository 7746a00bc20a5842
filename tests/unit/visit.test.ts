import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/server/config.ts';
import { meet, requestIdOf, trustIn } from '../../src/server/visit.ts';

/** What arrives from an address. */
const request = (remoteAddress: string, headers: Record<string, string> = {}) => {
  const socket = { remoteAddress };
  return { socket, connection: socket, headers: { host: 'x', ...headers } } as unknown as IncomingMessage;
};
const client = (proxies: string[], remoteAddress: string, forwardedFor: string) =>
  meet(request(remoteAddress, { 'x-forwarded-for': forwardedFor }), trustIn(proxies)).client;

test('the client is the last one that none of our proxies stands for', () => {
  expect(client([], '127.0.0.1', '203.0.113.7')).toBe('127.0.0.1');
  expect(client(['loopback'], '127.0.0.1', '203.0.113.7')).toBe('203.0.113.7');
  expect(client(['loopback'], '::ffff:127.0.0.1', '203.0.113.7')).toBe('203.0.113.7');
  expect(client(['loopback'], '127.0.0.1', '9.9.9.9, 203.0.113.7')).toBe('203.0.113.7');
  expect(client(['loopback'], '127.0.0.1', '127.0.0.1, 203.0.113.7')).toBe('203.0.113.7');
  expect(client(['loopback', '10.0.0.0/8'], '127.0.0.1', '9.9.9.9, 2001:db8::1, 10.0.0.5')).toBe('2001:db8::1');
  // Whoever reaches us without passing the proxy.
  expect(client(['10.0.0.5'], '203.0.113.9', '203.0.113.7')).toBe('203.0.113.9');
});

test('a program on this machine is one that nothing was forwarded for', () => {
  const isLocal = (remoteAddress: string, headers?: Record<string, string>) =>
    meet(request(remoteAddress, headers), trustIn([])).isLocal;
  expect(isLocal('127.0.0.1')).toBe(true);
  expect(isLocal('::1')).toBe(true);
  expect(isLocal('::ffff:127.0.0.1')).toBe(true);
  expect(isLocal('203.0.113.7')).toBe(false);
  for (const name of ['x-forwarded-for', 'forwarded', 'x-forwarded-proto', 'x-real-ip', 'via']) {
    expect(isLocal('127.0.0.1', { [name]: '127.0.0.1' }), name).toBe(false);
  }
});

test('nobody behind sees a forwarding header', () => {
  const one = request('127.0.0.1', { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https', forwarded: 'for=x' });
  meet(one, trustIn(['loopback']));
  expect(Object.keys(one.headers)).toEqual(['host']);
});

test('a proxy of ours may name a request; nobody else', () => {
  const given = request('127.0.0.1', { 'x-request-id': 'proxy-4711-abcd' });
  expect(requestIdOf(given, trustIn(['loopback']))).toBe('proxy-4711-abcd');
  expect(requestIdOf(given, trustIn([]))).toMatch(/^[\da-f-]{36}$/);
  const odd = request('127.0.0.1', { 'x-request-id': '"}\n{' });
  expect(requestIdOf(odd, trustIn(['loopback']))).toMatch(/^[\da-f-]{36}$/);
});

test('a setting that names no proxy is refused by name; secrets are not repeated', () => {
  expect(readConfig({ TRUST_PROXY: 'loopback, 10.1.0.0/16' }).trustProxy).toEqual(['loopback', '10.1.0.0/16']);
  expect(readConfig({}).trustProxy).toEqual([]);
  expect(() => readConfig({ TRUST_PROXY: 'true' })).toThrow('TRUST_PROXY=true: expected addresses or networks');
  expect(() => readConfig({ METRICS_TOKEN: 'short' })).toThrow('METRICS_TOKEN=…: expected at least 16');
});

test('nobody asks Astro for the client, which behind a proxy is the proxy', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(?:astro|ts)$/.test(name),
  );
  const lines = files.flatMap((name) =>
    readFileSync(join('src', name), 'utf8')
      .split('\n')
      .filter((line) => line.includes('clientAddress'))
      .map((line) => `${name}: ${line.trim()}`),
  );
  // While developing nobody has met the request.
  expect(lines).toEqual(['middleware.ts: locals.visit ??= { client: context.clientAddress, isLocal: true };']);
});
