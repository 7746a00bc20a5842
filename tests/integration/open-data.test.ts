import { parse } from 'csv-parse/sync';
import jsonld from 'jsonld';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { recordPath } from '../../src/catalogue/address.ts';
import { readTable } from '../../src/catalogue/import/read-table.ts';
import type { KindDeclaration } from '../../src/catalogue/kind.ts';
import { allKinds, kinds } from '../../src/catalogue/kinds/index.ts';
import { parseRecord, saveRecord, setStatus } from '../../src/catalogue/save.ts';
import { columnsOf, datasetPath, type Value } from '../../src/insight/open-data.ts';
import { csvLines, withoutGuard } from '../../src/lib/csv.ts';
import { catalogueFolder, publicUrl, startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
const folder = catalogueFolder();
const { db } = openDatabase(databaseFile(folder.dataDir));
const secret = { email: 'giau.kin@example.vn', phone: '0220 3999 111', name: 'Người Liên Hệ Kín' };
/** What a spreadsheet would run, and what breaks naive writers. */
const nasty = "=cmd|' /C calc'!A0";

type Row = Record<string, Value> & { id: string; url: string; title: string };

async function write(kind: KindDeclaration, values: Record<string, unknown>, links: Record<string, number[]> = {}) {
  const parsed = parseRecord(kind, values);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return db.transaction().execute((trx) => saveRecord(trx, kind, { ...parsed.input, links }));
}

let requesterId: number;
let goneId: number;

beforeAll(async () => {
  const contact = { contactName: secret.name, contactEmail: secret.email, contactPhone: secret.phone };
  requesterId = await write(kinds.enterprise, {
    taxCode: '0800999888',
    title: 'Cơ sở giấu tên',
    summary: 'Liên hệ chỉ qua kết nối.',
    ...contact,
    contactVisibility: 'connection',
  });
  await write(
    kinds.need,
    {
      externalId: 'KIN-1',
      title: 'Cần máy bóc vỏ',
      summary: 'Ẩn danh',
      anonymous: true,
      areas: '31-thanh-ha',
      ...contact,
      contactVisibility: 'public',
      sourceText: 'Danh sách riêng của Sở',
    },
    { requester: [requesterId] },
  );
  await write(kinds.offer, {
    externalId: 'XAU-1',
    title: nasty,
    summary: '+84 gọi là chạy\n"ngoặc", dấu; phẩy',
    keywords: ['@SUM(1)', '-1+1'],
    demo: true,
  });
  goneId = await write(kinds.offer, { externalId: 'RUT-1', title: 'Đã rút khỏi sàn', summary: 'Không còn.' });
  await db.transaction().execute((trx) => setStatus(trx, goneId, 'withdrawn'));
  server = await startServer(folder.dataDir);
});

afterAll(async () => {
  await server.stop();
  await db.destroy();
  folder.remove();
});

const file = (kind: KindDeclaration, format: 'csv' | 'json' | 'xlsx') => server.get(datasetPath(kind, format));
const rowsOf = async (kind: KindDeclaration): Promise<Row[]> =>
  ((await (await file(kind, 'json')).json()) as { records: Row[] }).records;

/** Every text and number in an answer, however deep. */
function scalars(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [String(value)];
  return Object.values(value).flatMap(scalars);
}

describe.each(allKinds.map((kind) => [kind.code, kind] as const))('%s', (_, kind) => {
  test('holds every public record once, alike in CSV, JSON and XLSX', async () => {
    const rows = await rowsOf(kind);
    const slugs = await db
      .selectFrom('record')
      .select('slug')
      .where('kind', '=', kind.code)
      .where('status', '=', 'published')
      .execute();
    expect(rows.map(({ url }) => url).sort()).toEqual(
      slugs.map(({ slug }) => publicUrl + recordPath({ kind: kind.code, slug }, 'vi')).sort(),
    );
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);

    const text = await (await file(kind, 'csv')).text();
    const csv = parse(text, { columns: true, bom: true }) as Record<string, string>[];
    const cell = (value: Value) => (Array.isArray(value) ? value.join(' | ') : String(value ?? ''));
    expect(csv.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, withoutGuard(v)])))).toEqual(
      rows.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, cell(v)]))),
    );

    const table = await readTable(Buffer.from(await (await file(kind, 'xlsx')).arrayBuffer()));
    expect(table.header).toEqual(columnsOf(kind).map(({ label }) => label.vi));
    expect(table.rows.map(({ cells }) => cells[table.header[0]])).toEqual(rows.map(({ id }) => id));
    expect(table.rows.map(({ cells }) => cells[table.header[4]])).toEqual(rows.map(({ title }) => title));
  });

  test('has no field and no value that the record’s page or the API does not show', async () => {
    for (const row of await rowsOf(kind)) {
      const path = row.url.slice(publicUrl.length);
      const page = await server.text(path);
      const slug = path.split('/').at(-1);
      const answer = (await (await server.get(`/api/v1/${kind.api}/${slug}`)).json()) as { attributes: object };
      const shown = new Set(scalars(answer));
      const onPage = Object.values(kind.sections).flat().map(String);
      for (const [name, value] of Object.entries(row)) {
        if (name in kind.attributes.shape) expect([...onPage, 'anonymous']).toContain(name);
        for (const one of [value].flat()) {
          if (one === null || one === false) continue;
          const isShown = shown.has(String(one)) || page.includes(String(one));
          expect(isShown, `${kind.code}.${name}=${one} of ${path}`).toBe(true);
        }
      }
    }
  }, 60_000);
});

test('hidden contacts, anonymous requesters and withdrawn records are in no file', async () => {
  for (const kind of allKinds) {
    for (const format of ['csv', 'json'] as const) {
      const text = await (await file(kind, format)).text();
      for (const word of [secret.email, secret.phone, 'Danh sách riêng', 'Đã rút khỏi sàn']) {
        expect(text, `${word} in ${kind.code}.${format}`).not.toContain(word);
      }
    }
  }
  const [need] = (await rowsOf(kinds.need)).filter(({ externalId }) => externalId === 'KIN-1');
  expect(need).toMatchObject({ anonymous: true, requester: [], areas: ['31'], contactName: null });
});

test('CSV opens in Excel: a mark for UTF-8, and nothing that runs', async () => {
  const bytes = Buffer.from(await (await file(kinds.offer, 'csv')).arrayBuffer());
  expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
  const [row] = (parse(bytes, { columns: true, bom: true }) as Row[]).filter(
    ({ externalId }) => externalId === 'XAU-1',
  );
  expect(row.title).toBe(`'${nasty}`);
  expect(row.summary).toBe('\'+84 gọi là chạy\n"ngoặc", dấu; phẩy');
  expect(row.keywords).toBe("'@SUM(1) | -1+1");
  expect(row.demo).toBe('true');
  for (const start of ['=', '+', '-', '@', '\t', '\r', ' =', '＝']) expect(csvLines([[`${start}1`]])).toMatch(/^"?'/);
  expect(csvLines([[-5]])).toBe('-5\r\n');
});

test('a file is asked for again cheaply until a record of its kind changes', async () => {
  const known = async (kind: KindDeclaration) => (await file(kind, 'csv')).headers.get('etag') ?? '';
  const ask = async (kind: KindDeclaration, headers: Record<string, string>) =>
    (await server.get(datasetPath(kind, 'csv'), { headers })).status;
  const [offers, experts] = [await known(kinds.offer), await known(kinds.expert)];
  const modified = (await file(kinds.offer, 'csv')).headers.get('last-modified') ?? '';
  expect(await ask(kinds.offer, { 'if-none-match': offers })).toBe(304);
  expect(await ask(kinds.offer, { 'if-modified-since': modified })).toBe(304);
  await db.transaction().execute((trx) => setStatus(trx, goneId, 'published'));
  expect(await ask(kinds.offer, { 'if-none-match': offers })).toBe(200);
  expect(await ask(kinds.expert, { 'if-none-match': experts })).toBe(304);
  const packed = await server.get(datasetPath(kinds.offer, 'json'), { headers: { 'accept-encoding': 'gzip' } });
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(await packed.text()).toContain('Đã rút khỏi sàn');
  await db.transaction().execute((trx) => setStatus(trx, goneId, 'withdrawn'));
  expect((await server.get('/du-lieu-mo/cong-nghe.exe')).status).toBe(404);
  expect((await server.get('/du-lieu-mo/tau-thuy.csv')).status).toBe(404);
});

test('the description is DCAT in JSON-LD, and its downloads are there', async () => {
  const response = await server.get('/du-lieu-mo/catalog.jsonld');
  expect(response.headers.get('content-type')).toContain('application/ld+json');
  const dcat = 'http://www.w3.org/ns/dcat#';
  const terms = 'http://purl.org/dc/terms/';
  const [catalogue] = (await jsonld.expand((await response.json()) as object)) as Record<string, object[]>[];
  expect(catalogue['@type']).toEqual([`${dcat}Catalog`]);
  const sets = catalogue[`${dcat}dataset`] as Record<string, { '@id': string }[]>[];
  expect(sets).toHaveLength(allKinds.length);
  // What DCAT-AP asks of every dataset and distribution, and what it recommends.
  for (const set of sets) {
    for (const name of ['title', 'description', 'publisher', 'spatial', 'accrualPeriodicity', 'license', 'modified']) {
      expect(set[terms + name]?.length, name).toBeGreaterThan(0);
    }
    const distributions = set[`${dcat}distribution`] as unknown as Record<string, { '@id': string }[]>[];
    expect(distributions).toHaveLength(3);
    for (const one of distributions) {
      expect(one[`${terms}license`][0]['@id']).toBe('https://creativecommons.org/licenses/by/4.0/');
      const address = one[`${dcat}downloadURL`][0]['@id'];
      const answer = await server.get(address.slice(publicUrl.length), { method: 'HEAD' });
      expect(answer.status, address).toBe(200);
      expect(answer.headers.get('content-type')).toContain(one[`${dcat}mediaType`][0]['@id'].split('media-types/')[1]);
    }
  }
});

test('the page describes every dataset to search engines and explains every column', async () => {
  for (const path of ['/du-lieu-mo', '/en/open-data']) {
    const html = await server.text(path);
    const [, script] = html.match(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/) ?? [];
    const { dataset } = JSON.parse(script) as { dataset: { name: string; license: string; distribution: object[] }[] };
    expect(dataset).toHaveLength(allKinds.length);
    for (const { license, distribution } of dataset) {
      expect(license).toContain('creativecommons.org');
      expect(distribution).toHaveLength(3);
    }
    for (const kind of allKinds) {
      for (const { name } of columnsOf(kind)) expect(html).toContain(`<code>${name}</code>`);
    }
  }
});
