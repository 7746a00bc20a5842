import { parseAtomFeed } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { kinds } from '../../src/catalogue/kinds/index.ts';
import { parseRecord, saveRecord, setStatus } from '../../src/catalogue/save.ts';
import { launchBrowser } from '../support/browser.ts';
import { catalogueFolder, publicUrl, startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
const folder = catalogueFolder();
const { db } = openDatabase(databaseFile(folder.dataDir));

beforeAll(async () => {
  server = await startServer(folder.dataDir);
});

afterAll(async () => {
  await server.stop();
  await db.destroy();
  folder.remove();
});

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** Parses a feed and checks what RFC 4287 asks of it (sections 4.1.1, 4.1.2 and 4.2). */
async function feed(path: string) {
  const response = await server.get(path);
  expect(response.status, path).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
  const text = await response.text();
  const parsed = parseAtomFeed(text);
  const { id, title, updated, links = [], authors = [], entries = [] } = parsed;
  expect(id).toMatch(/^urn:uuid:/);
  expect(title).toBeTruthy();
  expect(updated).toMatch(rfc3339);
  expect(authors[0]?.name).toBeTruthy();
  const self = links.filter(({ rel }) => rel === 'self');
  expect(self).toHaveLength(1);
  expect(links.filter(({ rel }) => rel === 'alternate')).toHaveLength(1);
  for (const entry of entries) {
    expect(entry.id).toMatch(/^urn:uuid:/);
    expect(entry.title).toBeTruthy();
    expect(entry.updated).toMatch(rfc3339);
    expect(entry.published).toMatch(rfc3339);
    expect(entry.links?.filter(({ rel }) => rel === 'alternate')).toHaveLength(1);
    expect(entry.links?.[0].href).toContain(publicUrl);
    expect(String(entry.updated) <= String(updated)).toBe(true);
  }
  expect(new Set(entries.map((entry) => entry.id)).size).toBe(entries.length);
  expect(text).not.toMatch(/undefined|\[object/);
  return { id, title: String(title), self: String(self[0].href).slice(publicUrl.length), entries, response };
}

/** A browser's XML parser is a strict one. */
test('feeds are well-formed for a strict parser', async () => {
  const browser = await launchBrowser();
  const page = await browser.newPage();
  for (const path of ['/feed.xml', '/feed.xml?q=%3Cb%3E%26%22&lang=en', '/feed.xml?kind=need&kind=offer&area=31']) {
    const text = await server.text(path);
    const root = await page.evaluate(
      `(() => { const d = new DOMParser().parseFromString(${JSON.stringify(text)}, 'application/xml');
        return d.querySelector('parsererror')?.textContent ?? d.documentElement.namespaceURI + d.documentElement.localName })()`,
    );
    expect(root).toBe('http://www.w3.org/2005/Atomfeed');
  }
  await browser.close();
});

describe('feeds of lists', () => {
  test('everything, one kind, and a kind with filters: each its own feed that names itself', async () => {
    const all = await feed('/feed.xml');
    expect(all.entries).toHaveLength(50);
    const offers = await feed('/feed.xml?kind=offer');
    expect(offers.entries.every(({ links }) => links?.[0].href?.startsWith(`${publicUrl}/cong-nghe/`))).toBe(true);
    const filtered = await feed('/feed.xml?kind=offer&field=2&transferMode=licence');
    const { total } = (await (await server.get('/api/v1/technology-offers?field=2&transferMode=licence')).json()) as {
      total: number;
    };
    expect(filtered.entries).toHaveLength(Math.min(50, total));
    expect(new Set([all.id, offers.id, filtered.id]).size).toBe(3);
    for (const one of [all, offers, filtered]) expect((await feed(one.self)).id).toBe(one.id);
  });

  test('a list leads to the feed of its own filters, in its own language', async () => {
    for (const list of [
      '/cong-nghe?q=say&field=2',
      '/en/technology-needs?area=31',
      '/tim-kiem?q=nuoc+thai&kind=offer&kind=need',
    ]) {
      const html = await server.text(list);
      const links = [...html.matchAll(/<link rel="alternate" type="application\/atom\+xml" href="([^"]+)"/g)];
      expect(links).toHaveLength(1);
      const { entries } = await feed(links[0][1].replaceAll('&amp;', '&').replaceAll('&#38;', '&'));
      const first = html.match(/<h3[^>]*>\s*<a href="([^"?]+)"/)?.[1];
      expect(first).toBeDefined();
      expect(entries.map((entry) => entry.links?.[0].href)).toContain(publicUrl + first);
    }
  });

  test('an entry keeps its name when the record changes, and says when; a withdrawn one leaves', async () => {
    const parsed = parseRecord(kinds.offer, {
      externalId: 'FEED-1',
      title: 'Máy nguồn tin <1> & "2"',
      summary: 'Xy & z',
    });
    if (!parsed.ok) throw new Error();
    const input = { ...parsed.input, links: {} };
    const id = await db.transaction().execute((trx) => saveRecord(trx, kinds.offer, input));
    const path = '/feed.xml?kind=offer&q=%22ngu%E1%BB%93n+tin%22';
    const own = async (wanted: (n: number) => boolean) => {
      for (let tries = 0; ; tries += 1) {
        const { entries } = await feed(path);
        if (wanted(entries.length) || tries > 60) return entries;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const [before] = await own((n) => n === 1);
    expect(before.title).toMatchObject(expect.anything());
    expect(JSON.stringify(before)).toContain('Máy nguồn tin <1> & \\"2\\"');
    const later = new Date(Date.now() + 3_600_000);
    await db.transaction().execute((trx) => saveRecord(trx, kinds.offer, input, { id, now: later }));
    const [after] = (await feed(path)).entries;
    expect(after.id).toBe(before.id);
    expect(after.updated).toBe(later.toISOString());
    await db.transaction().execute((trx) => setStatus(trx, id, 'withdrawn'));
    expect(await own((n) => n === 0)).toEqual([]);
  });

  test('asked for again cheaply; a parameter that means nothing is refused', async () => {
    const path = '/feed.xml?kind=expert';
    const etag = (await server.get(path)).headers.get('etag') ?? '';
    expect((await server.get(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await server.get('/feed.xml?kind=ship')).status).toBe(400);
    expect((await server.get('/feed.xml?colour=red')).status).toBe(400);
    expect((await feed('/feed.xml?q=xyzzyq')).entries).toEqual([]);
  });
});
