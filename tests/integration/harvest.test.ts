import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Db, databaseFile, openDatabase } from '../../db/client.ts';
import type { ChangesAnswer } from '../../src/catalogue/changes.ts';
import type { KindDeclaration } from '../../src/catalogue/kind.ts';
import { kinds } from '../../src/catalogue/kinds/index.ts';
import { parseRecord, saveRecord, setStatus } from '../../src/catalogue/save.ts';
import { fetchSafely } from '../../src/harvest/fetch.ts';
import { HarvestProblem } from '../../src/harvest/problem.ts';
import { mergeForms } from '../../src/harvest/take.ts';
import { signIn } from '../support/member.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

/** A catalogue with a server and a moderator of its own. */
class Catalogue {
  readonly name: string;
  readonly folder = catalogueFolder();
  readonly db: Db = openDatabase(databaseFile(this.folder.dataDir)).db;
  readonly publicUrl: string;
  readonly #env: Record<string, string>;
  server!: TestServer;
  cookie = '';

  constructor(name: string, env: Record<string, string> = {}) {
    this.name = name;
    this.publicUrl = `http://${name}.test`;
    this.#env = { PUBLIC_URL: this.publicUrl, HARVEST_PRIVATE: '1', ...env };
  }

  async start(): Promise<void> {
    this.server = await startServer(this.folder.dataDir, this.#env);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await this.db.destroy();
    this.folder.remove();
  }

  async post(path: string, action: string, fields: [string, string][]): Promise<Response> {
    this.cookie ||= await signIn(this.db, 'duyet', 'moderator');
    return this.server.get(`${path}?_action=${action}`, {
      method: 'POST',
      headers: { cookie: this.cookie, origin: this.publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  }

  page = async (path: string) => (await this.server.get(path, { headers: { cookie: this.cookie } })).text();

  async addSource(url: string, format: 'api' | 'csv', ...kinds: string[]): Promise<Response> {
    const base: [string, string][] = [
      ['name', `Nguồn của ${this.name}`],
      ['url', url],
      ['format', format],
      ['everyHours', '24'],
    ];
    return this.post('/quan-ly/thu-thap', 'saveSource', [
      ...base,
      ...kinds.map((kind) => [`kind.${kind}`, 'on'] as [string, string]),
    ]);
  }

  /** Reads every source to its end. */
  async harvest(): Promise<void> {
    for (const { id } of await this.db.selectFrom('harvest_source').select('id').execute()) {
      await this.db.updateTable('harvest_source').set({ lastRunAt: null }).where('id', '=', id).execute();
      await this.post('/quan-ly/thu-thap', 'runSource', [['id', String(id)]]);
    }
    await this.read();
  }

  /** Waits until every source has been read. */
  async read(): Promise<void> {
    for (let tries = 0; tries < 400; tries += 1) {
      const rows = await this.db.selectFrom('harvest_source').select(['lastRunAt', 'lastError']).execute();
      if (rows.every(({ lastRunAt }) => lastRunAt !== null)) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`${this.name} has not read its sources: ${this.server.output()}`);
  }

  waiting = () =>
    this.db.selectFrom('revision').select(['recordId', 'version', 'form']).where('state', '=', 'submitted').execute();

  /** Approves everything that waits, as a moderator does it in the queue. */
  async approveAll(): Promise<void> {
    for (let rows = await this.waiting(); rows.length > 0; rows = await this.waiting()) {
      const chosen = rows
        .slice(0, 50)
        .map(({ recordId, version }) => ['chosen', `${recordId}.${version}`] as [string, string]);
      await this.post('/quan-ly/hang-doi', 'approveMany', chosen);
      const left = await this.waiting();
      if (left.length === rows.length) throw new Error(`Not approved: ${JSON.stringify(left[0])}`);
    }
  }

  async withdrawGone(): Promise<number> {
    const rows = await this.db
      .selectFrom('harvested_record')
      .innerJoin('record', 'record.id', 'recordId')
      .select(['sourceId', 'remoteId'])
      .where('state', '=', 'gone')
      .where('record.status', '=', 'published')
      .execute();
    for (const { sourceId, remoteId } of rows) {
      await this.post('/quan-ly/thu-thap', 'decideGone', [
        ['source', String(sourceId)],
        ['remoteId', remoteId],
        ['decision', 'withdraw'],
      ]);
    }
    return rows.length;
  }

  /** What it shows of one kind, by the name that the record had first. */
  async shown(kind: KindDeclaration): Promise<Map<string, object>> {
    const records = new Map<string, object>();
    let cursor = '';
    for (let more = true; more; ) {
      const path: string = `/api/v1/changes?kind=${kind.code}${cursor}`;
      const answer = (await (await this.server.get(path)).json()) as ChangesAnswer;
      for (const item of answer.items) {
        if (item.status === 'gone') continue;
        const { title, summary, body, fields, keywords, attributes } = item.record as unknown as Record<string, object>;
        // Each lists for as long as its own rules say.
        records.set(item.origin?.id ?? item.id, {
          title,
          summary,
          body,
          fields,
          keywords,
          ...attributes,
          expiresOn: null,
        });
      }
      cursor = `&cursor=${answer.next}`;
      more = answer.more;
    }
    return records;
  }

  async write(kind: KindDeclaration, values: Record<string, unknown>, id?: number): Promise<number> {
    const parsed = parseRecord(kind, values);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
    return this.db.transaction().execute((trx) => saveRecord(trx, kind, { ...parsed.input, links: {} }, { id }));
  }
}

const need = (code: string, title: string, more: object = {}) => ({
  externalId: code,
  title,
  summary: `Tóm tắt của ${title}`,
  problem: 'Hỏng giữa vụ, mỗi lần mất ba ngày.',
  fields: ['211'],
  ...more,
});

const a = new Catalogue('a');
const b = new Catalogue('b', { NODE_OPTIONS: `--import ${resolve('tests/support/clock-behind.mjs')}` });
/** Stands between B and A: holds answers back while the test says so. */
let proxy: Server;
let hold: ((n: number) => Promise<void>) | undefined;
let passed = 0;

beforeAll(async () => {
  // Two installations do not share a name, copies of one do.
  await b.db.updateTable('site').set({ uuid: '11111111-2222-4333-8444-555555555555' }).execute();
  await a.start();
  await b.start();
  proxy = createServer(async (request, response) => {
    passed += 1;
    await hold?.(passed);
    const answer = await a.server.get(request.url ?? '/');
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }).listen(0, '127.0.0.1');
  await new Promise((done) => proxy.once('listening', done));
}, 120_000);

afterAll(async () => {
  hold = undefined;
  proxy.closeAllConnections();
  proxy.close();
  await a.stop();
  await b.stop();
});

const proxyUrl = () => `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;

describe('two catalogues that harvest each other', () => {
  let ownOfA: number;
  let toWithdraw: number;

  async function both(): Promise<void> {
    await Promise.all([a.harvest(), b.harvest()]);
    await Promise.all([a.approveAll(), b.approveAll()]);
    await Promise.all([a.withdrawGone(), b.withdrawGone()]);
  }

  test('what is read waits for review with its source, and is public once approved', async () => {
    ownOfA = await a.write(kinds.need, need('A-1', 'Cần máy cấy ở A'));
    toWithdraw = await a.write(kinds.need, need('A-2', 'Sẽ rút ở A'));
    await b.write(kinds.need, need('B-1', 'Cần máy gặt ở B', { areas: '31-thanh-ha' }));
    expect((await b.addSource(proxyUrl(), 'api', 'need')).status).toBe(302);
    expect((await a.addSource(b.server.url, 'api', 'need')).status).toBe(302);
    await Promise.all([a.read(), b.read()]);

    const before = await b.shown(kinds.need);
    expect([...before.values()]).not.toContainEqual(expect.objectContaining({ title: 'Cần máy cấy ở A' }));
    const row = (await b.waiting()).find(({ form }) => JSON.parse(form).title === 'Cần máy cấy ở A');
    const review = await b.page(`/quan-ly/hang-doi/${row?.recordId}`);
    expect(review).toContain('Nguồn thu thập');
    expect(review).toContain('http://a.test/nhu-cau/can-may-cay-o-a');
    await Promise.all([a.approveAll(), b.approveAll()]);
    const page = await b.server.text('/nhu-cau/can-may-cay-o-a');
    expect(page).toContain('Nguồn của b');
    expect(page).toContain('href="http://a.test/nhu-cau/can-may-cay-o-a"');
    expect(await b.shown(kinds.need)).toEqual(await a.shown(kinds.need));
  }, 120_000);

  test('nothing travels in a circle, and reading again changes nothing', async () => {
    const counts = async ({ db }: Catalogue) => [
      await db
        .selectFrom('record')
        .select((eb) => eb.fn.countAll().as('n'))
        .execute(),
      await db
        .selectFrom('revision')
        .select((eb) => eb.fn.countAll().as('n'))
        .execute(),
    ];
    const before = [await counts(a), await counts(b)];
    await both();
    await both();
    // From the beginning, as after a lost cursor.
    await b.db.updateTable('harvest_source').set({ cursor: null }).execute();
    await both();
    expect([await counts(a), await counts(b)]).toEqual(before);
  }, 120_000);

  test('creates, edits and deletions on both sides converge', async () => {
    await a.write(kinds.need, need('A-1', 'Cần máy cấy sáu hàng ở A', { keywords: ['lúa'] }), ownOfA);
    await a.db.transaction().execute((trx) => setStatus(trx, toWithdraw, 'withdrawn'));
    await a.write(kinds.need, need('A-3', 'Mới thêm ở A'));
    await b.write(kinds.need, need('B-2', 'Mới thêm ở B', { anonymous: true, areas: '31-thanh-ha' }));
    await both();
    await both();
    const [shownByA, shownByB] = [await a.shown(kinds.need), await b.shown(kinds.need)];
    expect(shownByB).toEqual(shownByA);
    const titles = [...shownByB.values()].map((record) => (record as { title: string }).title);
    expect(titles).toEqual(expect.arrayContaining(['Cần máy cấy sáu hàng ở A', 'Mới thêm ở A', 'Mới thêm ở B']));
    expect(titles).not.toContain('Sẽ rút ở A');
    expect(titles).not.toContain('Cần máy cấy ở A');
    // The address stays where it was.
    expect((await b.server.get('/nhu-cau/can-may-cay-o-a')).status).toBe(200);
    expect((await b.server.get('/nhu-cau/se-rut-o-a')).status).toBe(410);
  }, 120_000);

  test('what was edited here is not overwritten: only the rest is proposed, and the reviewer is told', async () => {
    const { recordId } = await b.db
      .selectFrom('harvested_record')
      .innerJoin('record', 'record.id', 'recordId')
      .select('recordId')
      .where('record.slug', '=', 'can-may-cay-o-a')
      .executeTakeFirstOrThrow();
    const local = need('', 'Cần máy cấy sáu hàng ở A', { summary: 'Sở B đã viết lại.', keywords: ['lúa'] });
    await b.write(kinds.need, { ...local, externalId: null, sourceText: 'Nguồn của b' }, Number(recordId));
    await a.write(
      kinds.need,
      need('A-1', 'Cần máy cấy tám hàng ở A', { keywords: ['lúa'], summary: 'A viết lại.' }),
      ownOfA,
    );
    await b.harvest();
    const [row] = await b.waiting();
    expect(JSON.parse(row.form)).toMatchObject({ title: 'Cần máy cấy tám hàng ở A', summary: 'Sở B đã viết lại.' });
    expect(await b.page(`/quan-ly/hang-doi/${row.recordId}`)).toContain('giữ nội dung ở đây: Tóm tắt');
    expect(await b.server.text('/nhu-cau/can-may-cay-o-a')).toContain('sáu hàng');
    await b.approveAll();
    expect(await b.server.text('/nhu-cau/can-may-cay-o-a')).toContain('tám hàng');
    // The same edit is not asked about again, a later one there of something else is.
    await b.harvest();
    expect(await b.waiting()).toEqual([]);
    await a.write(
      kinds.need,
      need('A-1', 'Cần máy cấy tám hàng ở A', { keywords: ['lúa', 'cấy'], summary: 'A viết lại.' }),
      ownOfA,
    );
    await b.harvest();
    expect(JSON.parse((await b.waiting())[0].form)).toMatchObject({
      keywords: ['lúa', 'cấy'],
      summary: 'Sở B đã viết lại.',
    });
    await b.approveAll();
  }, 120_000);

  test('what a reviewer has rejected does not come again', async () => {
    await a.write(kinds.need, need('A-4', 'Không nhận về B'));
    await b.harvest();
    const [{ recordId, version }] = await b.waiting();
    await b.post(`/quan-ly/hang-doi/${recordId}`, 'sendBack', [
      ['record', String(recordId)],
      ['version', String(version)],
      ['decision', 'reject'],
      ['reason.note', 'Ngoài phạm vi của sàn.'],
    ]);
    expect(await b.waiting()).toEqual([]);
    await b.db.updateTable('harvest_source').set({ cursor: null }).execute();
    await b.harvest();
    expect(await b.waiting()).toEqual([]);
  }, 60_000);

  test('a crash in the middle neither loses nor doubles anything', async () => {
    for (let n = 0; n < 250; n += 1) await a.write(kinds.need, need(`A-C${n}`, `Nhu cầu hàng loạt ${n}`));
    const taken = async () =>
      (
        await b.db
          .selectFrom('harvested_record')
          .select((eb) => eb.fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow()
      ).n;
    const before = await taken();
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    passed = 0;
    hold = async (n) => {
      if (n === 3) await held;
    };
    const { id } = await b.db.selectFrom('harvest_source').select('id').executeTakeFirstOrThrow();
    await b.db.updateTable('harvest_source').set({ lastRunAt: null }).execute();
    await b.post('/quan-ly/thu-thap', 'runSource', [['id', String(id)]]);
    while ((await taken()) < before + 200) await new Promise((done) => setTimeout(done, 20));
    await b.server.kill();
    hold = undefined;
    release();
    // Whoever held the right to read is dead; it would lapse by itself.
    await b.db.deleteFrom('lease').execute();
    expect(await taken()).toBe(before + 200);
    // Then a page fails when half of it is written.
    await sql`create trigger fails before insert on harvested_record when new.url like '%hang-loat-220'
      begin select raise(abort, 'disk full'); end`.execute(b.db);
    await b.start();
    await b.read();
    expect(await taken()).toBe(before + 200);
    expect(await b.page('/quan-ly/thu-thap')).toContain('Có lỗi khi ghi');
    await sql`drop trigger fails`.execute(b.db);
    await b.harvest();
    expect(await taken()).toBe(before + 250);
    await b.approveAll();
    const titles = [...(await b.shown(kinds.need)).values()].map((record) => (record as { title: string }).title);
    expect(titles.filter((title) => title.startsWith('Nhu cầu hàng loạt'))).toHaveLength(250);
  }, 180_000);
});

describe('a CSV file as a source', () => {
  let file: Server;
  let text = '';
  let type = 'text/csv';

  beforeAll(async () => {
    file = createServer((_, response) => response.writeHead(200, { 'content-type': type }).end(text)).listen(
      0,
      '127.0.0.1',
    );
    await new Promise((done) => file.once('listening', done));
  });
  afterAll(() => file.close());

  const read = async () => {
    await a.db.updateTable('harvest_source').set({ active: 0 }).where('format', '=', 'api').execute();
    await a.harvest();
    const source = await a.db
      .selectFrom('harvest_source')
      .selectAll()
      .where('format', '=', 'csv')
      .executeTakeFirstOrThrow();
    return { counts: JSON.parse(source.counts), error: source.lastError };
  };
  const head = 'Mã hồ sơ,Tên công nghệ,Tên công nghệ thiết bị,Tóm tắt,Địa bàn,TRL\r\n'.replace('Tên công nghệ,', '');

  test('the same columns as an import; wrong rows are named, the rest is proposed', async () => {
    text = `\ufeff${head}T-1,Máy thái rau,Thái rau nhanh,Xã Thanh Hà,7\r\nT-2,Máy ép,'+10 tấn một ngày,Xã Không Có,8\r\nT-3,Máy hỏng,Sai TRL,,77\r\n`;
    const url = `http://127.0.0.1:${(file.address() as AddressInfo).port}/cong-nghe.csv`;
    const refused = await (await a.addSource(url, 'csv', 'offer', 'need')).text();
    expect(refused).toContain('Một tệp chỉ chứa một loại hồ sơ.');
    expect(refused).toContain(`value="${url}"`);
    expect((await a.addSource(url, 'csv', 'offer')).status).toBe(302);
    await a.read();
    expect((await read()).counts).toMatchObject({ read: 3, invalid: 1 });
    const forms = (await a.waiting()).map(({ form }) => JSON.parse(form));
    expect(forms.map(({ title, summary }) => [title, summary])).toEqual(
      expect.arrayContaining([
        ['Máy thái rau', 'Thái rau nhanh'],
        ['Máy ép', '+10 tấn một ngày'],
      ]),
    );
    const page = await a.page('/quan-ly/thu-thap');
    expect(page).toContain('Mức sẵn sàng công nghệ (TRL) phải trong khoảng 1 – 9');
    await a.approveAll();
    expect((await a.server.get('/cong-nghe/may-thai-rau')).status).toBe(200);
  }, 60_000);

  test('a row that is gone is put before the Department; an empty or other answer withdraws nothing', async () => {
    const whole = text;
    text = head;
    expect((await read()).error).toContain('harvest.problem.noKey');
    type = 'text/html';
    expect((await read()).error).toContain('harvest.problem.type');
    [text, type] = [whole.replace(/T-2.*\r\n/, ''), 'text/csv'];
    expect((await read()).counts).toMatchObject({ gone: 1 });
    expect((await a.server.get('/cong-nghe/may-ep')).status).toBe(200);
    expect(await a.page('/quan-ly/thu-thap')).toContain('Đã rút ở nguồn');
    expect(await a.withdrawGone()).toBe(1);
    expect((await a.server.get('/cong-nghe/may-ep')).status).toBe(410);
    text = whole;
    await read();
    expect((await a.waiting()).map(({ form }) => JSON.parse(form).title)).toEqual(['Máy ép']);
    const log = await a.db.selectFrom('audit_log').select('action').execute();
    expect(log.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['harvestAdded', 'harvestRun', 'harvestWithdrawn']),
    );
  }, 60_000);
});

describe('a source whose answer nests without an end', () => {
  const levels = 100_000;
  const array = `${'['.repeat(levels)}${']'.repeat(levels)}`;
  const object = `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  const named = (id: string, record: string) => `{"id":"${id}","kind":"need","status":"public","record":${record}}`;
  const page = (...items: string[]) =>
    `{"catalogue":"urn:uuid:22222222-3333-4444-8555-666666666666","items":[${items.join()}],"next":"x","more":false}`;
  const good = JSON.stringify(need('', 'Cần lò sấy mẻ nhỏ'));
  let nesting: Server;
  let answer = '';
  beforeAll(async () => {
    nesting = createServer((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer),
    ).listen(0, '127.0.0.1');
    await new Promise((done) => nesting.once('listening', done));
    answer = page();
    const url = `http://127.0.0.1:${(nesting.address() as AddressInfo).port}`;
    expect((await a.addSource(url, 'api', 'need')).status).toBe(302);
    await a.read();
  });
  afterAll(() => nesting.close());

  /** What a reading comes to. */
  async function read() {
    const source = () =>
      a.db.selectFrom('harvest_source').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
    const { id } = await source();
    await a.db.updateTable('harvest_source').set({ lastRunAt: null }).where('id', '=', id).execute();
    await a.post('/quan-ly/thu-thap', 'runSource', [['id', String(id)]]);
    await a.read();
    const { lastError, counts } = await source();
    expect((await a.server.get('/healthz')).status).toBe(200);
    return { error: lastError && JSON.parse(lastError).key, counts: JSON.parse(counts) };
  }

  test.each([
    ['all of it, arrays', array],
    ['all of it, objects', object],
    ['all of it, without an end', array.slice(0, levels)],
    ['the records', `{"catalogue":"urn:x","items":${array},"next":"x","more":false}`],
    ['a record', page(named('x', array))],
    ['its attributes', page(named('x', `{"attributes":${array}}`))],
  ])('%s: named as no answer of a catalogue', async (_, text) => {
    answer = text;
    expect((await read()).error).toBe('harvest.problem.answer');
  });

  test('what is nested inside a record is wrong in that record, and the others are taken', async () => {
    const attributes = ['title', 'summary', 'fields', 'areas', 'keywords', 'problem', 'budgetMinVnd', 'deadline'];
    const nested = attributes.flatMap((name) => [
      named(`${name}-1`, JSON.stringify({ attributes: { [name]: 0 } }).replace('0', array)),
      named(`${name}-2`, JSON.stringify({ attributes: { [name]: 0 } }).replace('0', object)),
    ]);
    const unread = `{"unknown":${object},"contact":{"email":${array}},"links":${array},"attributes":${good}}`;
    answer = page(...nested, named('good', `{"attributes":${good}}`), named('odd', unread));
    const { error, counts } = await read();
    expect(error).toBeNull();
    expect(counts).toMatchObject({ read: nested.length + 2, invalid: nested.length + 1, proposed: 1 });
    expect((await a.waiting()).map(({ form }) => JSON.parse(form).title)).toContain('Cần lò sấy mẻ nhỏ');
    expect(await a.page('/quan-ly/thu-thap')).toContain('127.0.0.1');
  });
});

test('three ways of merging: theirs, ours, both', () => {
  const merged = mergeForms(
    { title: 'x', summary: 'x', body: 'x', keywords: ['1'] },
    { title: 'theirs', summary: 'theirs', body: 'x', keywords: ['1', '2'] },
    { title: 'x', summary: 'ours', body: 'ours', keywords: ['1', '2'] },
  );
  expect(merged).toEqual({ taken: { title: 'theirs' }, kept: ['summary'] });
});

describe('addresses that a server must not read for somebody', () => {
  let hostile: Server;
  let base = '';
  beforeAll(async () => {
    hostile = createServer((request, response) => {
      const path = request.url ?? '';
      if (path === '/file') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
      else if (path === '/circle') response.writeHead(302, { location: '/circle' }).end();
      else if (path === '/once') response.writeHead(302, { location: '/json' }).end();
      else if (path === '/large') {
        response.writeHead(200, { 'content-type': 'application/json' });
        const piece = Buffer.alloc(1e6, 'x');
        const more = () => {
          if (!response.destroyed) response.write(piece, more);
        };
        more();
      } else response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end('{}');
    }).listen(0, '127.0.0.1');
    await new Promise((done) => hostile.once('listening', done));
    base = `http://127.0.0.1:${(hostile.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    hostile.closeAllConnections();
    hostile.close();
  });

  const problemOf = (address: string, allowPrivate = false) =>
    fetchSafely(address, ['application/json'], allowPrivate).then(
      () => 'read',
      (error: unknown) => (error instanceof HarvestProblem ? error.key.replace('harvest.problem.', '') : String(error)),
    );

  test.each([
    'http://127.0.0.1/',
    'http://localhost/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a00:1]/',
    'http://[fe80::1]/',
    'http://[fd00::1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://0.0.0.0/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://224.0.0.1/',
  ])('%s is in no public network', async (address) => {
    expect(await problemOf(address)).toBe('private');
  });

  test.each(['file:///etc/passwd', 'ftp://example.vn/', 'gopher://example.vn/', 'http://a:b@example.vn/', 'x'])(
    '%s is no address of a source',
    async (address) => {
      expect(await problemOf(address)).toBe('address');
    },
  );

  test('redirects are followed where they may lead; size and type have their limits', async () => {
    expect(await problemOf(`${base}/json`)).toBe('private');
    expect(await problemOf(`${base}/json`, true)).toBe('read');
    expect(await problemOf(`${base}/once`, true)).toBe('read');
    expect(await problemOf(`${base}/file`, true)).toBe('address');
    expect(await problemOf(`${base}/circle`, true)).toBe('redirects');
    expect(await problemOf(`${base}/large`, true)).toBe('large');
    expect(await fetchSafely(base, ['text/csv'], true).catch((error: HarvestProblem) => error.key)).toBe(
      'harvest.problem.type',
    );
  });

  test('the form refuses such an address beside its field', async () => {
    const closed = new Catalogue('c', { HARVEST_PRIVATE: '0' });
    await closed.start();
    const html = await (await closed.addSource('http://169.254.169.254', 'api', 'offer')).text();
    expect(html).toContain('169.254.169.254 thuộc mạng nội bộ');
    expect(html).toMatch(/id="url"[^>]*aria-invalid="true"/);
    await closed.stop();
  });
});
