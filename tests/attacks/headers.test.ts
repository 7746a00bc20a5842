import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { hashPassword } from '../../src/accounts/password.ts';
import { account } from '../support/member.ts';
import { Person } from '../support/person.ts';
import { raw } from '../support/raw.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

/** One of each kind of answer that the server gives, as it stands behind a TLS proxy. */

const site = 'https://catalogue.test';
const folder = catalogueFolder();
const { db } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
const script = () => server.text('/').then((html) => html.match(/\/_astro\/[^"]+\.js/)?.[0] ?? '');

beforeAll(async () => {
  server = await startServer(folder.dataDir, { PUBLIC_URL: site });
});

afterAll(async () => {
  await server.stop();
  await db.destroy();
  folder.remove();
});

type Kind = 'page' | 'data' | 'open data';
interface Asked {
  name: string;
  kind: Kind;
  status: number;
  path: string | (() => Promise<string>);
  init?: RequestInit;
}

const fromElsewhere = { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' };
const answers: Asked[] = [
  { name: 'a page', kind: 'page', status: 200, path: '/' },
  { name: 'a page from the cache', kind: 'page', status: 200, path: '/' },
  { name: 'a page in English', kind: 'page', status: 200, path: '/en/technology-offers' },
  { name: 'a form', kind: 'page', status: 200, path: '/dang-nhap' },
  { name: 'a mistake', kind: 'page', status: 400, path: '/cong-nghe?page=0' },
  { name: 'an unknown address', kind: 'page', status: 404, path: '/khong-co' },
  { name: 'an address that cannot be decoded', kind: 'page', status: 404, path: '/%ff' },
  {
    name: "another site's form",
    kind: 'page',
    status: 403,
    path: '/dang-nhap',
    init: { method: 'POST', headers: fromElsewhere, body: 'x=1' },
  },
  { name: 'a way to sign in', kind: 'data', status: 302, path: '/tai-khoan' },
  { name: 'a page that is known', kind: 'page', status: 304, path: '/', init: { headers: { 'if-none-match': '*' } } },
  { name: 'a script', kind: 'data', status: 200, path: script },
  { name: 'a drawing', kind: 'data', status: 200, path: '/favicon.svg' },
  { name: 'the feed', kind: 'data', status: 200, path: '/feed.xml' },
  { name: 'robots.txt', kind: 'data', status: 200, path: '/robots.txt' },
  { name: 'the state of the server', kind: 'data', status: 200, path: '/readyz' },
  { name: 'the API', kind: 'open data', status: 200, path: '/api/v1/search?q=vai' },
  { name: 'the API from the cache', kind: 'open data', status: 200, path: '/api/v1/search?q=vai' },
  { name: "the API's problem", kind: 'open data', status: 400, path: '/api/v1/search?page=0' },
  { name: 'a method that nothing has', kind: 'data', status: 405, path: '/', init: { method: 'DELETE' } },
];

describe('every answer tells browsers what it may do', () => {
  test.each(answers)('$name', async ({ kind, status, path, init }) => {
    const response = await server.get(typeof path === 'string' ? path : await path(), init);
    expect(response.status).toBe(status);
    const header = (name: string) => response.headers.get(name) ?? '';
    const policy = new Map(
      header('content-security-policy')
        .split('; ')
        .map((part) => [part.split(' ')[0], part]),
    );
    for (const closed of ['default-src', 'base-uri', 'object-src', 'frame-ancestors']) {
      expect(policy.get(closed)).toBe(`${closed} 'none'`);
    }
    expect(header('content-security-policy')).not.toMatch(/unsafe|\*|https?:|data:/);
    expect(policy.get('script-src')).toBe(kind === 'page' ? "script-src 'self'" : undefined);
    expect(policy.has('sandbox')).toBe(kind !== 'page');
    expect(header('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    expect(header('x-content-type-options')).toBe('nosniff');
    expect(header('cross-origin-opener-policy')).toBe('same-origin');
    expect(header('cross-origin-resource-policy')).toBe(kind === 'open data' ? 'cross-origin' : 'same-origin');
    expect(header('access-control-allow-origin')).toBe(kind === 'open data' ? '*' : '');
    expect(header('referrer-policy')).toMatch(/^(?:strict-origin-when-cross-origin|same-origin)$/);
    expect(header('permissions-policy')).toContain('camera=()');
    expect(header('set-cookie')).toBe('');
    expect(response.headers.has('x-powered-by') || response.headers.has('server')).toBe(false);
    if ((await response.arrayBuffer()).byteLength > 0) {
      expect(header('content-type')).toMatch(
        /^(?:text\/|application\/|image\/svg\+xml).*; charset=utf-8$|^application\/json$/,
      );
    }
  });

  test("a browser's question whether another site's page may read", async () => {
    const ask = (path: string) => server.get(path, { method: 'OPTIONS', headers: { origin: 'https://evil.example' } });
    const api = await ask('/api/v1/search');
    expect(api.status).toBe(204);
    expect(api.headers.get('access-control-allow-origin')).toBe('*');
    expect(api.headers.get('access-control-allow-methods')).toBe('GET, HEAD, OPTIONS');
    expect(api.headers.has('access-control-allow-credentials')).toBe(false);
    const account = await ask('/tai-khoan');
    expect(account.status).toBe(405);
    expect(account.headers.has('access-control-allow-origin')).toBe(false);
  });

  test.each([
    ['a host name that is none', 'GET / HTTP/1.1\r\nHost: [::bad', 400],
    [
      'TRACE, which would show a browser its own cookies',
      'TRACE / HTTP/1.1\r\nHost: catalogue.test\r\nCookie: session=x',
      405,
    ],
  ])('%s', async (_, request, status) => {
    const answer = await raw(server.url, `${request}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toMatch(/^content-security-policy: default-src 'none'/im);
    expect(answer).toMatch(/^x-content-type-options: nosniff/im);
    expect(answer).not.toContain('session');
  });
});

test('over https the session has a cookie that no other host of the domain can set', async () => {
  const password = 'bốn con chim sẻ';
  await account(db, 'thanh-vien');
  await db
    .updateTable('user')
    .set({ passwordHash: await hashPassword(password) })
    .execute();
  const person = new Person(server);
  const fields = { email: 'thanh-vien@example.vn', password };
  const response = await person.send('/dang-nhap', 'signIn', fields, { origin: site });
  const cookie = response.headers.getSetCookie().join();
  expect(cookie).toMatch(/^__Host-session=[^;]{32,};/);
  for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(attribute);
  expect(cookie).not.toContain('Domain');
  // Also where a page for everybody is in the cache.
  await server.text('/');
  const home = await person.get('/');
  expect(await home.text()).toContain('href="/tai-khoan"');
  expect(home.headers.get('cache-control')).toBe('private, no-store');
});
