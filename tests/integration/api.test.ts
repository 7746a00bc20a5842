import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { type ChangesAnswer, cursorOf } from '../../src/catalogue/changes.ts';
import { allKinds, kinds } from '../../src/catalogue/kinds/index.ts';
import { parseRecord, saveRecord, setStatus } from '../../src/catalogue/save.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let document: OpenApi;
const folder = catalogueFolder();
const { db } = openDatabase(databaseFile(folder.dataDir));

interface OpenApi {
  openapi: string;
  paths: Record<
    string,
    { get: { responses: Record<string, { content: Record<string, { schema: { $ref: string } }> }> } }
  >;
  components: { schemas: Record<string, object> };
}

beforeAll(async () => {
  server = await startServer(folder.dataDir);
  document = (await (await server.get('/api/v1/openapi.json')).json()) as OpenApi;
});

afterAll(async () => {
  await server.stop();
  await db.destroy();
  folder.remove();
});

const validators = new Map<string, ValidateFunction>();

/** Checks answers by what the OpenAPI document says of a path's status; made once, since that takes its time. */
function validatorOf(template: string, status: number, type: string): ValidateFunction {
  const key = `${template} ${status} ${type}`;
  const schema = document.paths[template].get.responses[status].content[type].schema;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'openapi', components: document.components });
  const made = validators.get(key) ?? ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/')));
  validators.set(key, made);
  return made;
}

/** Checks an answer against what the OpenAPI document says of its path and status; returns the answer. */
async function validated(path: string, template: string): Promise<{ status: number; body: Record<string, never> }> {
  const response = await server.get(`/api/v1${path}`);
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  const validate = validatorOf(template, response.status, type);
  const body = await response.json();
  expect(validate(body), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  return { status: response.status, body: body as Record<string, never> };
}

describe('answers are what the OpenAPI document says', () => {
  test.each(allKinds.map((kind) => [kind.api]))('%s: list and every record of it', async (api) => {
    const list = await validated(`/${api}?perPage=100`, `/${api}`);
    expect(list.status).toBe(200);
    const items = list.body.items as unknown as { slug: string; demo: boolean }[];
    expect(items.length).toBe(Math.min(100, Number(list.body.total)));
    for (const { slug } of items) expect((await validated(`/${api}/${slug}`, `/${api}/{slug}`)).status).toBe(200);
  });

  test('search and suggestions', async () => {
    const { body } = await validated('/search?q=s%E1%BA%A5y%20n%C3%B4ng%20s%E1%BA%A3n&perPage=5', '/search');
    expect(body).toMatchObject({ engine: 'embedded', page: 1, perPage: 5 });
    expect(JSON.stringify(body.items)).toContain('<mark>');
    expect(Object.keys(body.facets)).toEqual(['kind', 'field', 'area']);
    const suggested = await validated('/suggest?q=chuyen+gia', '/suggest');
    expect(JSON.stringify(suggested.body)).toContain('"/chuyen-gia"');
  });

  test.each([
    ['/search?kind=ship', '/search'],
    ['/search?page=0', '/search'],
    ['/search?page=99', '/search'],
    ['/search?perPage=101', '/search'],
    ['/search?perPage=x', '/search'],
    ['/search?colour=red', '/search'],
    ['/technology-offers?field=999&sort=up', '/technology-offers'],
    [`/search?q=${'x'.repeat(10_000)}`, '/search'],
  ])('%s is refused with what is wrong', async (path, template) => {
    const { status, body } = await validated(path, template);
    expect(status).toBe(400);
    expect((body.errors as unknown as { reason: string }[])[0].reason.length).toBeGreaterThan(10);
  });

  test('all mistakes at once, in the language asked for', async () => {
    const { body } = await validated('/technology-offers?field=999&sort=up&lang=en', '/technology-offers');
    expect(body.errors).toEqual([
      { parameter: 'field', value: '999', reason: '“999” is not a choice of S&T field.' },
      { parameter: 'sort', value: 'up', reason: '“up” is not an order.' },
    ]);
  });

  test('an unknown record and an unknown list', async () => {
    expect((await validated('/experts/nobody', '/experts/{slug}')).status).toBe(404);
    const response = await server.get('/api/v1/ships');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('changes', () => {
  type Change = ChangesAnswer['items'][number];
  const offer = (n: number, title = `Máy đổi ${n}`) =>
    db.transaction().execute((trx) => {
      const parsed = parseRecord(kinds.offer, { externalId: `DOI-${n}`, title, summary: 'Thử đổi' });
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
      return saveRecord(trx, kinds.offer, { ...parsed.input, links: {} });
    });
  const change = (id: number, title: string) =>
    db.transaction().execute(async (trx) => {
      await trx.updateTable('record').set({ title }).where('id', '=', id).execute();
      await setStatus(trx, id, 'published');
    });
  const page = async (query: string) =>
    (await validated(`/changes${query}`, '/changes')).body as unknown as ChangesAnswer;
  /** Everything after a cursor, with what is done between two pages. */
  async function walk(query: string, between: (n: number) => Promise<unknown> = async () => {}) {
    const items: Change[] = [];
    let { items: first, next, more } = await page(query);
    items.push(...first);
    for (let n = 1; more; n += 1) {
      await between(n);
      ({ items: first, next, more } = await page(`${query}&cursor=${next}`));
      items.push(...first);
    }
    return { items, next };
  }

  test('from the beginning: every public record once, answers as the document says', async () => {
    const { items } = await walk('?limit=100');
    const { n } = await db
      .selectFrom('record')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('status', '=', 'published')
      .executeTakeFirstOrThrow();
    expect(items).toHaveLength(n);
    expect(new Set(items.map(({ id }) => id)).size).toBe(n);
    expect(items.every(({ status }) => status === 'public')).toBe(true);
    const { body } = await validated('/technology-offers?updatedSince=2020-01-01&limit=2', '/technology-offers');
    expect((body.items as unknown as Change[]).map(({ kind }) => kind)).toEqual(['offer', 'offer']);
  });

  test('nothing is lost and nothing comes twice while others write between the pages', async () => {
    const begin = (await walk('?limit=100')).next;
    const ids: number[] = [];
    for (let n = 0; n < 9; n += 1) ids.push(await offer(n));
    // The first one changes after its page was read, the last one before: each at its newest place.
    const { items, next } = await walk(`?kind=offer&limit=2&cursor=${begin}`, async (n) => {
      if (n === 1) await change(ids[8], 'Máy đổi 8 lần hai');
      if (n === 2) await change(ids[0], 'Máy đổi 0 lần hai');
    });
    const titles = items.map((item) =>
      item.status === 'public' ? (item.record as { title: string }).title : item.slug,
    );
    expect(titles.filter((title) => title === 'Máy đổi 8 lần hai')).toHaveLength(1);
    expect(titles.at(-1)).toBe('Máy đổi 0 lần hai');
    for (const n of [1, 2, 3, 4, 5, 6, 7]) expect(titles.filter((title) => title === `Máy đổi ${n}`)).toHaveLength(1);
    expect((await page(`?kind=offer&cursor=${next}`)).items).toEqual([]);

    // Withdrawn, changed and withdrawn, and deleted: gone, each once, without a word of what it was.
    await db.transaction().execute((trx) => setStatus(trx, ids[1], 'withdrawn'));
    await change(ids[2], 'Lộ tên');
    await db.transaction().execute((trx) => setStatus(trx, ids[2], 'suspended'));
    await db.deleteFrom('record').where('id', '=', ids[3]).execute();
    const after = await page(`?kind=offer&cursor=${next}`);
    expect(after.items.map(({ status, slug }) => [status, slug])).toEqual([
      ['gone', 'may-doi-1'],
      ['gone', 'may-doi-2'],
      ['gone', 'may-doi-3'],
    ]);
    expect(JSON.stringify(after)).not.toContain('Lộ tên');
    const before = items.find((item) => item.slug === 'may-doi-3');
    expect(after.items[2].id).toBe(before?.id);
  });

  test('a record that was never public leaves no trace', async () => {
    const { next } = await walk('?limit=100');
    const parsed = parseRecord(kinds.offer, { externalId: 'NHAP-1', title: 'Bản nháp kín', summary: 'x' });
    if (!parsed.ok) throw new Error();
    await db
      .transaction()
      .execute((trx) => saveRecord(trx, kinds.offer, { ...parsed.input, links: {} }, { status: 'draft' }));
    expect((await page(`?cursor=${next}`)).items).toEqual([]);
  });

  test('updatedSince begins with the first change since then, and the cursor goes on without clocks', async () => {
    const { next } = await walk('?limit=100');
    // A server's clock that is an hour slow: the change is behind the last one in time, not in place.
    const slow = new Date(Date.now() - 3_600_000);
    const id = await offer(20);
    await db.transaction().execute((trx) => setStatus(trx, id, 'published', slow));
    const since = await page(`?updatedSince=${new Date(Date.now() + 60_000).toISOString()}`);
    expect(since.items).toEqual([]);
    const { items } = await page(`?cursor=${next}`);
    expect(items.map(({ slug }) => slug)).toEqual(['may-doi-20']);
    expect(items[0].changedAt).toBe(slow.toISOString());
    expect((await walk(`?limit=100&updatedSince=${slow.toISOString()}`)).items.at(-1)?.slug).toBe('may-doi-20');
  });

  test('wrong parameters are named; a cursor of another catalogue is gone', async () => {
    const { status, body } = await validated('/changes?kind=ship&limit=0&updatedSince=x&colour=1', '/changes');
    expect(status).toBe(400);
    expect((body.errors as unknown as object[]).length).toBe(4);
    expect((await validated('/changes?cursor=abc', '/changes')).status).toBe(410);
    const beyond = cursorOf((await db.selectFrom('site').select('uuid').executeTakeFirstOrThrow()).uuid, 1e9);
    expect((await validated(`/changes?cursor=${beyond}`, '/changes')).status).toBe(410);
    const known = await server.get('/api/v1/changes?limit=1');
    const etag = known.headers.get('etag') ?? '';
    expect((await server.get('/api/v1/changes?limit=1', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });
});

test('the facet counts are disjunctive and agree with the lists they lead to', async () => {
  const json = async (path: string) =>
    (await (await server.get(`/api/v1${path}`)).json()) as {
      total: number;
      facets: Record<string, Record<string, number>>;
    };
  const all = await json('/technology-offers');
  const narrowed = await json('/technology-offers?transferMode=licence');
  expect(narrowed.facets.transferMode).toEqual(all.facets.transferMode);
  expect(narrowed.facets.field).not.toEqual(all.facets.field);
  for (const [trl, n] of Object.entries(narrowed.facets.trl)) {
    expect((await json(`/technology-offers?transferMode=licence&trl=${trl}`)).total).toBe(n);
  }
  const both = await json('/technology-offers?transferMode=licence&transferMode=service');
  expect(both.total).toBeGreaterThan(narrowed.total);
});

test('answers may be kept and read by anybody', async () => {
  const response = await server.get('/api/v1/experts');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  const etag = response.headers.get('etag') ?? '';
  expect((await server.get('/api/v1/experts', { headers: { 'if-none-match': etag } })).status).toBe(304);
});
