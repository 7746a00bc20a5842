import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allKinds } from '../../src/catalogue/kinds/index.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let document: OpenApi;
const folder = catalogueFolder();

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
  folder.remove();
});

/** Checks an answer against what the OpenAPI document says of its path and status; returns the answer. */
async function validated(path: string, template: string): Promise<{ status: number; body: Record<string, never> }> {
  const response = await server.get(`/api/v1${path}`);
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  const schema = document.paths[template].get.responses[response.status].content[type].schema;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'openapi', components: document.components });
  const body = await response.json();
  const validate = ajv.compile({ $ref: `openapi${schema.$ref}` });
  expect(validate(body), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  return { status: response.status, body };
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
