import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { listPath, recordPath } from '../../src/catalogue/address.ts';
import { allKinds } from '../../src/catalogue/kinds/index.ts';
import { setStatus } from '../../src/catalogue/save.ts';
import { publicRoutes } from '../../src/i18n/routes.ts';
import { account } from '../support/member.ts';
import { goodForm, submit } from '../support/moderation.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
const folder = catalogueFolder();
const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));

beforeAll(async () => {
  server = await startServer(folder.dataDir);
});

afterAll(async () => {
  await server.stop();
  await db.destroy();
  folder.remove();
});

const visible = (html: string) => html.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<[^>]+>/g, ' ');
const links = (html: string) => [...html.matchAll(/href="([^"]+)"/g)].map((match) => match[1].replaceAll('&amp;', '&'));
const recordWith = (kind: string, condition: (slug: string) => boolean = () => true) =>
  db
    .selectFrom('record')
    .select(['id', 'kind', 'slug', 'title'])
    .where('kind', '=', kind)
    .where('status', '=', 'published')
    .orderBy('id')
    .execute()
    .then((rows) => rows.filter((row) => condition(row.slug))[0]);

/** Waits until the index has followed a write made beside the server. */
async function until(condition: () => Promise<boolean>, withinMs = 3000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Not within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('every page in both languages', () => {
  const paths = (['vi', 'en'] as const).flatMap((language) => [
    ...Object.values(publicRoutes).map((route) => [language, route[language]] as const),
    ...allKinds.map((kind) => [language, listPath(kind, language)] as const),
  ]);

  test.each(paths)('%s %s', async (language, path) => {
    const response = await server.get(path);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(html).toContain(`<html lang="${language}"`);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(visible(html)).not.toMatch(/undefined|\[object|\{(?!slug)\w+\}|value\.\w+\./);
  });

  test('each page leads to itself in the other language, and back', async () => {
    for (const [language, path] of paths) {
      const other = language === 'vi' ? 'en' : 'vi';
      const href = (await server.text(path)).match(
        new RegExp(`<a class="language" href="([^"]+)" hreflang="${other}"`),
      )?.[1];
      expect(href, path).toBeDefined();
      expect((await server.text(href ?? '')).match(/<a class="language" href="([^"]+)"/)?.[1], href).toBe(path);
    }
  });

  test('no link on any of these pages is broken', async () => {
    const found = new Set<string>();
    for (const [, path] of paths) {
      for (const href of links(await server.text(path))) if (href.startsWith('/')) found.add(href.replace(/#.*/, ''));
    }
    expect(found.size).toBeGreaterThan(500);
    const broken: string[] = [];
    for (const href of found) {
      const { status, headers } = await server.get(href);
      // What only members do leads a visitor through signing in.
      const isForMembers = /^\/(?:dang-nhap|en\/sign-in)\?next=/.test(headers.get('location') ?? '');
      if (status !== 200 && !isForMembers) broken.push(`${status} ${href}`);
    }
    expect(broken).toEqual([]);
  }, 120_000);
});

describe('lists', () => {
  test('a choice narrows the list to its count; chosen again, it is gone', async () => {
    const html = await server.text('/cong-nghe?field=2');
    const [, href, count] =
      html.match(/<a[^>]*href="(\/cong-nghe\?field=211)"[^>]*><span[^>]*>[^<]*<\/span><span[^>]*>(\d+)</) ?? [];
    expect(Number(count)).toBeGreaterThan(2);
    const narrowed = await server.text(href);
    expect(visible(narrowed)).toMatch(new RegExp(`${count} hồ sơ`));
    expect(narrowed).toMatch(/class="choice below selected" href="\/cong-nghe" aria-current="true"/);
  });

  test('pages have addresses of their own and hold every record once', async () => {
    const seen: string[] = [];
    for (const page of [1, 2, 3]) {
      const html = await server.text(page === 1 ? '/cong-nghe' : `/cong-nghe?page=${page}`);
      seen.push(...[...html.matchAll(/<h3 class="title"[^>]*><a href="([^"]+)"/g)].map((match) => match[1]));
    }
    expect(seen).toHaveLength(60);
    expect(new Set(seen).size).toBe(60);
  });

  test('titles are in the order of the Vietnamese alphabet', async () => {
    const html = await server.text('/chuyen-gia?sort=title');
    const titles = [...html.matchAll(/<h3 class="title"[^>]*><a[^>]*>([^<]+)</g)].map((match) => match[1]);
    expect(titles.length).toBe(20);
    expect(titles).toEqual(titles.toSorted((a, b) => a.localeCompare(b, 'vi')));
  });

  test('a search without an answer says what to do next', async () => {
    const html = await server.text('/cong-nghe?q=xyzzyq&field=211');
    expect(html).toContain('href="/tim-kiem?q=xyzzyq"');
    expect(visible(html)).toContain('Chưa tìm thấy hồ sơ nào');
  });

  test('a place or field may be typed by its name, a former one too', async () => {
    const html = await server.text('/to-chuc-khcn?area=huyen+thanh+mien');
    expect(html.match(/aria-label="Bỏ lọc Xã [^"]+"/g)?.length).toBeGreaterThan(2);
    expect(await server.text('/to-chuc-khcn?field=thu+y')).toContain('aria-label="Bỏ lọc Thú y"');
    expect((await server.get('/to-chuc-khcn?area=atlantis')).status).toBe(400);
    const field = html.match(/<form action="\/to-chuc-khcn"(?:(?!<\/form>).)*name="area" type="text"/s)?.[0];
    expect(field?.match(/<input type="hidden" name="area"/g)?.length).toBeGreaterThan(2);
  });

  test('a search keeps the chosen filters', async () => {
    expect(await server.text('/cong-nghe?field=211')).toContain('<input type="hidden" name="field" value="211"');
  });
});

describe('a record', () => {
  test('shows its attributes, the records it names and those that name it', async () => {
    const offer = await db
      .selectFrom('record')
      .innerJoin('record_link', 'record_link.fromId', 'record.id')
      .select(['record.id', 'record.kind', 'record.slug', 'record.title', 'record_link.toId'])
      .where('record.kind', '=', 'offer')
      .where('record_link.relation', '=', 'supplier')
      .orderBy('record.id')
      .executeTakeFirstOrThrow();
    const supplier = await db.selectFrom('record').selectAll().where('id', '=', offer.toId).executeTakeFirstOrThrow();
    const html = await server.text(recordPath(offer, 'vi'));
    expect(links(html)).toContain(recordPath(supplier, 'vi'));
    expect(links(await server.text(recordPath(supplier, 'vi')))).toContain(recordPath(offer, 'vi'));
    const [data, crumbs] = JSON.parse(html.match(/<script type="application\/ld\+json">(.*?)<\/script>/)?.[1] ?? '[]');
    expect(data).toMatchObject({ '@type': 'Product', name: offer.title });
    expect(crumbs['@type']).toBe('BreadcrumbList');
    expect(visible(html)).toContain('Hồ sơ mẫu');
  });

  test('a real fact carries its source', async () => {
    const policy = await recordWith('policy');
    const html = visible(await server.text(recordPath(policy, 'vi')));
    expect(html).toContain('Kế hoạch 4346/KH-UBND');
    expect(html).not.toContain('Hồ sơ mẫu: nội dung');
  });

  test('contact data that is not public is nowhere, nor is an anonymous requester', async () => {
    const hidden = await db
      .selectFrom('record')
      .select(['kind', 'slug', 'contactEmail', 'contactPhone'])
      .where('contactVisibility', '=', 'connection')
      .where('contactEmail', 'is not', null)
      .limit(5)
      .execute();
    expect(hidden.length).toBe(5);
    for (const record of hidden) expect(await server.text(recordPath(record, 'vi'))).not.toContain(record.contactEmail);

    const need = await db
      .selectFrom('record_link as link')
      .innerJoin('record', 'record.id', 'link.fromId')
      .innerJoin('record as requester', 'requester.id', 'link.toId')
      .innerJoin('need', 'need.recordId', 'record.id')
      .select(['record.id', 'record.kind', 'record.slug', 'requester.title', 'requester.slug as requesterSlug'])
      .select('requester.kind as requesterKind')
      .where('need.anonymous', '=', 0)
      .where('link.relation', '=', 'requester')
      .orderBy('record.id')
      .executeTakeFirstOrThrow();
    expect(await server.text(recordPath(need, 'vi'))).toContain(need.requesterSlug);
    await db.transaction().execute(async (trx) => {
      await trx.updateTable('need').set({ anonymous: 1 }).where('recordId', '=', need.id).execute();
      await setStatus(trx, need.id, 'published');
    });
    // The other way round the requester's own page would tell.
    const requesterPage = recordPath({ kind: need.requesterKind, slug: need.requesterSlug }, 'vi');
    expect(await server.text(requesterPage)).not.toContain(need.slug);
    const surfaces = [
      recordPath(need, 'vi'),
      recordPath(need, 'en'),
      '/nhu-cau',
      `/api/v1/technology-needs/${need.slug}`,
    ];
    await until(
      async () => !(await server.text(`/nhu-cau?q=${encodeURIComponent(`"${need.title}"`)}`)).includes(need.slug),
    );
    for (const path of surfaces) {
      const body = await server.text(path);
      // The requester may stand on the page as somebody else's partner, but not beside this need.
      if (path.endsWith(need.slug)) expect(body, path).not.toContain(need.title);
      else
        expect(body.split('</article>').find((card) => card.includes(need.slug)) ?? '', path).not.toContain(need.title);
    }
  });

  test('a new name of a linked record reaches the cards that show it', async () => {
    const link = await db
      .selectFrom('record_link as link')
      .innerJoin('record as offer', 'offer.id', 'link.fromId')
      .select(['link.toId', 'offer.title'])
      .where('link.relation', '=', 'supplier')
      .where('offer.status', '=', 'published')
      .executeTakeFirstOrThrow();
    await db.transaction().execute(async (trx) => {
      await trx.updateTable('record').set({ title: 'Viện Đổi Tên Xyzq' }).where('id', '=', link.toId).execute();
      await setStatus(trx, link.toId, 'published');
    });
    const card = () => server.text(`/cong-nghe?q=${encodeURIComponent(`"${link.title}"`)}`);
    await until(async () => (await card()).includes('Viện Đổi Tên Xyzq'), 2000);
    await db.transaction().execute((trx) => setStatus(trx, link.toId, 'withdrawn'));
    await until(async () => !(await card()).includes('Viện Đổi Tên Xyzq'), 2000);
  });

  test('an old address leads to the new one', async () => {
    const record = await recordWith('offer');
    await db.insertInto('record_old_slug').values({ kind: 'offer', slug: 'ten-cu', recordId: record.id }).execute();
    const response = await server.get('/en/technology-offers/ten-cu');
    expect(response.status).toBe(301);
    expect(response.headers.get('location')).toBe(recordPath(record, 'en'));
    expect((await server.get('/api/v1/technology-offers/ten-cu')).headers.get('location')).toBe(
      `/api/v1/technology-offers/${record.slug}`,
    );
  });

  test.each(['suspended', 'withdrawn', 'expired'] as const)(
    '%s: 410 with the reason, and gone from lists, search, feeds and API',
    async (status) => {
      const record = await recordWith('achievement');
      const surfaces = [
        '/thanh-tuu',
        '/thanh-tuu?page=2',
        `/tim-kiem?q=${encodeURIComponent(record.title)}`,
        '/feed.xml',
        '/sitemap-1.xml',
        '/api/v1/achievements?perPage=100',
      ];
      const shown = async () =>
        (await Promise.all(surfaces.map(server.text))).filter((text) => text.includes(record.slug)).length;
      expect(await shown()).toBeGreaterThan(3);
      await db.transaction().execute((trx) => setStatus(trx, record.id, status));
      const page = await server.get(recordPath(record, 'vi'));
      expect(page.status).toBe(410);
      expect(await page.text()).toContain('Hồ sơ không còn được hiển thị');
      expect((await server.get(`/api/v1/achievements/${record.slug}`)).status).toBe(410);
      await until(async () => (await shown()) === 0, 2000);
    },
  );

  test('a draft is nobody’s business', async () => {
    const record = await recordWith('startup');
    await db.transaction().execute((trx) => setStatus(trx, record.id, 'draft'));
    expect((await server.get(recordPath(record, 'vi'))).status).toBe(404);
    expect((await server.get(`/api/v1/startups/${record.slug}`)).status).toBe(404);
  });
});

describe('answers that may be kept', () => {
  test('repeat visits are answered from the cache, 304 when nothing is new, and anew after a write', async () => {
    const first = await server.get('/en/enterprises');
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('cache-control')).toBe('public, no-cache');
    expect((await server.get('/en/enterprises')).headers.get('etag')).toBe(etag);
    expect((await server.get('/en/enterprises', { headers: { 'if-none-match': etag } })).status).toBe(304);

    const record = await recordWith('enterprise');
    await db.transaction().execute(async (trx) => {
      await trx.updateTable('record').set({ titleEn: 'Renamed just now' }).where('id', '=', record.id).execute();
      await setStatus(trx, record.id, 'published');
    });
    expect(await server.text(recordPath(record, 'en'))).toContain('Renamed just now');
    await until(
      async () => (await server.text('/en/search?q=renamed')).includes('<mark>Renamed</mark> just now'),
      2000,
    );
    expect((await server.get('/en/enterprises', { headers: { 'if-none-match': 'W/"x"' } })).status).toBe(200);
  });

  test('stay good while drafts are written: nobody sees those', async () => {
    const version = () => sqlite.prepare('select version from content_version').pluck().get();
    const before = version();
    await account(db, 'drafter');
    await submit(db, 'drafter', 'offer', goodForm('Máy sấy chưa ai thấy'));
    expect(version()).toBe(before);
  });

  test('are compressed as the client asks, and the same underneath', async () => {
    const plain = await server.text('/nhan-hieu');
    for (const encoding of ['br', 'gzip']) {
      const response = await server.get('/nhan-hieu', { headers: { 'accept-encoding': encoding } });
      expect(response.headers.get('content-encoding')).toBe(encoding);
      expect(await response.text()).toBe(plain);
    }
  });

  test('HEAD answers like GET without a body, also the first time', async () => {
    const first = await server.get('/nhan-hieu?sort=title', { method: 'HEAD' });
    expect(first.headers.get('etag')).toBeTruthy();
    expect(first.headers.get('cache-control')).toBe('public, no-cache');
    const response = await server.get('/nhan-hieu', { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });

  test('carry a policy that allows nothing inline', async () => {
    const response = await server.get('/');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('content-security-policy')).not.toContain('unsafe');
    const html = await response.text();
    expect(html).not.toMatch(/<style|\sstyle="|\son\w+="|<script(?![^>]*(?:src=|application\/ld\+json))/);
  });
});

describe('mistaken and hostile addresses', () => {
  const long = 'sấy '.repeat(2500);
  test.each([
    ['an unknown choice', '/cong-nghe?field=999', 400],
    ['a choice of another kind', '/cong-nghe?trl=10', 400],
    ['page 0', '/cong-nghe?page=0', 400],
    ['page 10^9', '/cong-nghe?page=1000000000', 400],
    ['page 10^30', '/cong-nghe?page=1000000000000000000000000000000', 400],
    ['a page beyond the last', '/cong-nghe?page=4', 400],
    ['an unknown order', '/cong-nghe?sort=up', 400],
    ['10,000 characters', `/tim-kiem?q=${encodeURIComponent(long)}`, 400],
    ['broken UTF-8', '/tim-kiem?q=%E1%BA', 200],
    ['broken UTF-8 in the path', '/cong-nghe/%E1%BA', 404],
    ['NUL', '/tim-kiem?q=a%00b', 200],
    ['NUL in the path', '/cong-nghe/%00', 404],
    ['SQL', `/tim-kiem?q=${encodeURIComponent(`' OR 1=1; DROP TABLE record; --`)}`, 200],
    ['FTS operators', `/tim-kiem?q=${encodeURIComponent('title : NEAR(a b) AND "x" OR * ^ C++ (nano')}`, 200],
    ['emoji', '/tim-kiem?q=%F0%9F%98%80', 200],
    ['a percent sign', '/tim-kiem?q=100%25', 200],
    ['a lone percent sign', '/tim-kiem?q=100%', 200],
    ['only a minus', '/tim-kiem?q=-', 200],
    ['an open quotation mark', '/tim-kiem?q=%22s%E1%BA%A5y', 200],
    ['markup', `/tim-kiem?q=${encodeURIComponent('<script>alert(1)</script>')}`, 200],
    ['many choices', `/cong-nghe?${Array.from({ length: 200 }, (_, i) => `field=${i}`).join('&')}`, 400],
    ['an unknown record', '/cong-nghe/khong-co', 404],
    ['an unknown list', '/khong-co/x', 404],
    ['a Vietnamese route in English', '/en/cong-nghe', 404],
    ['climbing', '/..%2f..%2fetc%2fpasswd', 404],
    ['a folder of ours', '/_astro/../../package.json', 404],
  ])('%s', async (_, path, status) => {
    const response = await server.get(path);
    const html = await response.text();
    expect(response.status).toBe(status);
    expect(html).toContain('</html>');
    expect(html).toContain('<h1');
    expect(html.replace(/="[^"]*"/g, '')).not.toContain('<script>alert');
    if (status === 400) expect(html).toContain('role="alert"');
  });

  test('a page beyond the last names the last one', async () => {
    expect(visible(await server.text('/cong-nghe?page=9'))).toContain('Danh sách chỉ có 3 trang.');
  });

  test('what was asked stays in the search box', async () => {
    expect(await server.text('/tim-kiem?q=%3Cb%3E%22x')).toContain('value="<b>&quot;x"');
  });

  test.each([
    ['DELETE', '/cong-nghe', 405],
    ['PUT', '/', 405],
    ['POST', '/api/v1/search', 405],
    ['OPTIONS', '/api/v1/search', 204],
    ['POST', '/cong-nghe', 403],
  ])('%s %s', async (method, path, status) => {
    const response = await server.get(path, { method });
    expect(response.status).toBe(status);
    if (status === 405) expect(response.headers.get('allow')).toContain('GET');
  });

  test('a host name that is none', async () => {
    const { port, hostname } = new URL(server.url);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write('GET / HTTP/1.1\r\nHost: :::\r\nConnection: close\r\n\r\n'),
      );
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1.1 400/);
  });

  test('an address full of wrong choices is answered with a few of them', async () => {
    const html = await server.text(`/cong-nghe?${Array.from({ length: 9000 }, (_, i) => `area=z${i}`).join('&')}`);
    expect(html.match(/không phải là một lựa chọn/g)?.length).toBe(10);
  });

  test('a page that fails says so with a code that stands in the log', async () => {
    const record = await recordWith('expert');
    // A broken date is what no form or import lets in.
    await db.updateTable('record').set({ updatedAt: 'never' }).where('id', '=', record.id).execute();
    const response = await server.get(recordPath(record, 'vi'));
    expect(response.status).toBe(500);
    const code = visible(await response.text()).match(/[0-9a-f]{8}-[0-9a-f-]{27}/)?.[0];
    expect(code).toBeDefined();
    expect(server.output()).toContain(code);
    expect((await server.get('/')).status).toBe(200);
  });
});

describe('feeds and maps', () => {
  test('the Atom feed holds the newest records with absolute addresses', async () => {
    const response = await server.get('/feed.xml');
    const text = await response.text();
    expect(response.headers.get('content-type')).toContain('application/atom+xml');
    expect(text.match(/<entry /g)).toHaveLength(50);
    expect(text).toContain('href="http://catalogue.test/cong-nghe/');
  });

  test('the sitemap holds every page and record in both languages', async () => {
    const index = await server.text('/sitemap-index.xml');
    const maps = [...index.matchAll(/<loc>http:\/\/catalogue\.test([^<]+)/g)].map((match) => match[1]);
    const addresses = (await Promise.all(maps.map(server.text))).join('').match(/<loc>/g);
    const [{ n }] = await db
      .selectFrom('record')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('status', '=', 'published')
      .execute();
    const { length: events } = await db.selectFrom('event').select('id').where('publishedAt', 'is not', null).execute();
    const { length: articles } = await db
      .selectFrom('article')
      .select('id')
      .where('status', '=', 'published')
      .execute();
    const pages = allKinds.length + Object.keys(publicRoutes).length;
    expect(addresses).toHaveLength(2 * (n + events + articles + pages));
    expect((await server.get('/sitemap-x.xml')).status).toBe(404);
  });

  test('robots.txt names the sitemap', async () => {
    expect(await server.text('/robots.txt')).toContain('Sitemap: http://catalogue.test/sitemap-index.xml');
  });
});

test('/healthz and /readyz', async () => {
  expect((await server.get('/healthz')).status).toBe(200);
  expect(await (await server.get('/readyz')).json()).toMatchObject({
    ready: true,
    database: true,
    search: { engine: 'embedded', configured: 'embedded', degraded: false },
    outbox: [{ engine: 'embedded' }],
  });
});
