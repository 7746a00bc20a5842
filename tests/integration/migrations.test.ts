import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { NO_MIGRATIONS } from 'kysely/migration';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databaseFile, type OpenDatabase, openDatabase } from '../../db/client.ts';
import { createMigrator, migrate } from '../../db/migrate.ts';
import { seedVocabularies } from '../../db/seed/vocabularies.ts';
import { queueLength } from '../../src/moderation/queue.ts';

const memory = openDatabase(':memory:');
const earlierVersions = (await createMigrator(memory.db).getMigrations()).map(({ name }) => name).slice(0, -1);
await memory.db.destroy();

let folder: string;
let open: OpenDatabase;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  open = openDatabase(databaseFile(folder));
});

afterEach(async () => {
  await open.db.destroy();
  rmSync(folder, { recursive: true });
});

/** Everything the migrations made, as SQL. */
const schema = () =>
  open.sqlite
    .prepare(
      `select type, name, sql from sqlite_master where name not like 'kysely_%' and name not like 'sqlite_%' order by name`,
    )
    .all();

const one = (sql: string) => open.sqlite.prepare(sql).pluck().get();

describe('migrations', () => {
  test('up, down and up again give the same schema', async () => {
    const names = await migrate(open.db);
    expect(names.length).toBeGreaterThan(2);
    const first = schema();
    const { error } = await createMigrator(open.db).migrateTo(NO_MIGRATIONS);
    expect(error).toBeUndefined();
    expect(schema()).toEqual([]);
    expect(await migrate(open.db)).toEqual(names);
    expect(schema()).toEqual(first);
    expect(await migrate(open.db)).toEqual([]);
  });

  test('when alerts come, what is public is no news, and who has an account is told from then on', async () => {
    const { error } = await createMigrator(open.db).migrateTo('0011-connections');
    expect(error).toBeUndefined();
    open.sqlite.exec(`
      insert into record (id, kind, slug, title, summary, status, "publishedAt", "createdAt", "updatedAt")
        values (1, 'offer', 'a', 'Cũ', 'S', 'published', '2026-01-01', 'x', 'x'),
               (2, 'offer', 'b', 'Nháp', 'S', 'draft', null, 'x', 'x');
      insert into user (id, email, name, role, language, "createdAt") values ('u', 'u@example.vn', 'U', 'member', 'vi', '2020-01-01')`);
    await migrate(open.db);
    expect(await open.db.selectFrom('publication').selectAll().execute()).toEqual([
      { recordId: 1, firstSeq: 0, lastSeq: 0 },
    ]);
    expect(one("select doneOn >= date('now', '-1 day') from digest where userId = 'u'")).toBe(1);
    // Made public later, or changed: by the place in the outbox.
    open.sqlite.exec(`
      update record set status = 'published' where id = 2;
      insert into outbox ("recordId", "createdAt") values (2, 'x'), (1, 'x'), (2, 'x')`);
    expect(await open.db.selectFrom('publication').select(['firstSeq', 'lastSeq']).execute()).toEqual([
      { firstSeq: 0, lastSeq: 2 },
      { firstSeq: 1, lastSeq: 3 },
    ]);
  });

  test('a submission that waits while the program is updated is found by the queue’s filters', async () => {
    const { error } = await createMigrator(open.db).migrateTo('0005-moderation');
    expect(error).toBeUndefined();
    open.sqlite.exec(`
      insert into record (id, kind, slug, title, summary, status, "publishedAt", "createdAt", "updatedAt")
        values (1, 'offer', 'a', 'Cũ', 'S', 'published', '2026-01-01', 'x', 'x');
      insert into revision ("recordId", state, form, "createdAt", "updatedAt", "submittedAt")
        values (1, 'submitted', '{"title":"Máy sấy"}', 'x', 'x', '2026-01-02')`);
    await migrate(open.db);
    const filter = { kind: 'offer', change: 'change', q: 'say' } as const;
    expect(await queueLength(open.db, 'nobody', filter)).toBe(1);
    expect(await queueLength(open.db, 'nobody', { ...filter, change: 'new' })).toBe(0);
  });

  /** A row for each table that the versions before the last have had, in an order that keeps references. */
  const rows: [table: string, sql: string][] = [
    ['field', `insert into field (code, vi, en) values ('2', 'Kỹ thuật', 'Engineering')`],
    [
      'record',
      `insert into record (id, kind, slug, title, summary, status, "publishedAt", "createdAt", "updatedAt")
        values (1, 'offer', 'lo-say', 'Lò sấy', 'S', 'published', '2026-01-01', 'x', 'x')`,
    ],
    ['offer', `insert into offer ("recordId", trl) values (1, 7)`],
    ['record_field', `insert into record_field values (1, '2')`],
    ['record_old_slug', `insert into record_old_slug (kind, slug, "recordId") values ('offer', 'lo-cu', 1)`],
    ['outbox', `insert into outbox ("recordId", "createdAt") values (1, 'x')`],
    [
      'user',
      `insert into user (id, email, name, role, language, "createdAt") values ('a', 'a@example.vn', 'A', 'member', 'vi', 'x')`,
    ],
    [
      'mail',
      `insert into mail (cause, recipient, language, subject, text, html, "createdAt")
        values ('c', 'a@example.vn', 'vi', 's', 't', 'h', 'x')`,
    ],
    ['record_member', `insert into record_member values (1, 'a')`],
    [
      'revision',
      `insert into revision ("recordId", "authorId", state, form, "createdAt", "updatedAt", "submittedAt")
        values (1, 'a', 'submitted', '{"title":"Lò sấy mới"}', 'x', 'x', '2026-01-02')`,
    ],
    [
      'audit_log',
      `insert into audit_log (at, "userId", "userName", action, detail) values ('x', 'a', 'A', 'approve', '{}')`,
    ],
    ['picture', `insert into picture ("recordId", hash, "createdAt") values (1, '${'a'.repeat(32)}', 'x')`],
    [
      'renewal_link',
      `insert into renewal_link values (1, 'a', '2026-05-01', 'expiresInWeek', '2026-06-01', '${'b'.repeat(64)}')`,
    ],
    [
      'manage_request',
      `insert into manage_request ("recordId", "userId", message, state, "createdAt") values (1, 'a', 'm', 'open', 'x')`,
    ],
    ['review_text', `insert into review_text (text, "createdAt") values ('Nói rõ hơn.', 'x')`],
  ];
  const hasTable = (name: string) =>
    one(`select count(*) from sqlite_master where type = 'table' and name = '${name}'`);

  test.each(earlierVersions)('what is in a database of version %s comes along', async (version) => {
    expect((await createMigrator(open.db).migrateTo(version)).error).toBeUndefined();
    const there = rows.filter(([table]) => hasTable(table));
    expect(there.length).toBeGreaterThan(0);
    for (const [, sql] of there) open.sqlite.exec(sql);
    const counts = () => there.map(([table]) => [table, one(`select count(*) from "${table}"`)]);
    const before = counts();
    await migrate(open.db);
    expect(counts()).toEqual(before);
    expect(open.sqlite.pragma('foreign_key_check')).toEqual([]);
    expect(open.sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
    // The program works with it.
    await seedVocabularies(open.db);
    const waiting = there.some(([table]) => table === 'revision') ? 1 : 0;
    expect(await queueLength(open.db, 'nobody', {})).toBe(waiting);
  });

  test('a database of a newer program is refused, and stays as it is', async () => {
    await migrate(open.db);
    open.sqlite.exec(`insert into kysely_migration (name, timestamp) values ('9999-future', '2030-01-01')`);
    await expect(migrate(open.db)).rejects.toThrow(/newer than this program.*9999-future.*restore a backup/);
    expect(one("select count(*) from kysely_migration where name = '9999-future'")).toBe(1);
  });
});

describe('vocabularies', () => {
  test('are seeded once; a second start changes nothing, not even the content version', async () => {
    await migrate(open.db);
    await seedVocabularies(open.db);
    expect(one('select count(*) from field')).toBe(52);
    expect(one('select count(*) from vsic_section')).toBe(21);
    expect(one('select count(*) from nice_class')).toBe(45);
    expect(one(`select parent from field where code = '211'`)).toBe('2');
    expect(one(`select count(*) from area_former_name where name = 'Tỉnh Hải Dương'`)).toBe(1);
    const before = [one('select version from content_version'), one('select total_changes()')];
    await seedVocabularies(open.db);
    expect([one('select version from content_version'), one('select total_changes()')]).toEqual(before);
  });

  test('a corrected name is written', async () => {
    await migrate(open.db);
    await seedVocabularies(open.db);
    open.sqlite.exec(`update area set vi = 'Hải Phong' where code = '31'`);
    await seedVocabularies(open.db);
    expect(one(`select vi from area where code = '31'`)).toBe('Hải Phòng');
  });
});

describe('constraints', () => {
  beforeEach(async () => {
    await migrate(open.db);
    await seedVocabularies(open.db);
    open.sqlite.exec(
      record(1, 'enterprise', 'a') +
        record(2, 'enterprise', 'b') +
        record(3, 'offer', 'c') +
        record(4, 'trademark', 'd'),
    );
  });

  const record = (id: number, kind: string, slug: string, more: Record<string, string> = {}) => {
    const row = {
      id,
      kind: `'${kind}'`,
      slug: `'${slug}'`,
      title: `'T'`,
      summary: `'S'`,
      status: `'published'`,
      createdAt: `'x'`,
      updatedAt: `'x'`,
      ...more,
    };
    return `insert into record (${Object.keys(row).map((name) => `"${name}"`)}) values (${Object.values(row)});`;
  };

  test.each([
    ['an unknown kind', record(9, 'ship', 'x'), 'CHECK'],
    ['an unknown status', record(9, 'offer', 'x', { status: `'gone'` }), 'CHECK'],
    ['a blank title', record(9, 'offer', 'x', { title: `' '` }), 'CHECK'],
    ['a slug that is no address', record(9, 'offer', 'Đ'), 'CHECK'],
    ['a slug twice in one kind', record(9, 'offer', 'c'), 'UNIQUE'],
    [
      'a record code twice in one kind',
      record(8, 'offer', 'x', { externalId: `'1'` }) + record(9, 'offer', 'y', { externalId: `'1'` }),
      'UNIQUE',
    ],
    ['keywords that are no list', record(9, 'offer', 'x', { keywords: `'{}'` }), 'CHECK'],
    [
      'a day that does not exist',
      `insert into enterprise ("recordId", "certificateDate") values (1, '2026-02-30')`,
      'CHECK',
    ],
    ['a readiness level of 10', `insert into offer ("recordId", trl) values (3, 10)`, 'CHECK'],
    [
      'a price range upside down',
      `insert into offer ("recordId", "priceMinVnd", "priceMaxVnd") values (3, 2, 1)`,
      'CHECK',
    ],
    ['an unknown choice', `insert into enterprise ("recordId", size) values (1, 'huge')`, 'CHECK'],
    [
      'a mark that ends before it begins',
      `insert into trademark ("recordId", "grantedOn", "expiresOn") values (4, '2026-01-02', '2026-01-01')`,
      'CHECK',
    ],
    [
      'a tax code twice',
      `insert into enterprise ("recordId", "taxCode") values (1, '0800123456'), (2, '0800123456')`,
      'UNIQUE',
    ],
    ['an industry that does not exist', `insert into enterprise ("recordId", vsic) values (1, 'Z')`, 'FOREIGN KEY'],
    ['attributes without a record', `insert into offer ("recordId") values (99)`, 'FOREIGN KEY'],
    ['a field that does not exist', `insert into record_field values (1, '999')`, 'FOREIGN KEY'],
    ['a place that does not exist', `insert into record_area values (1, 'atlantis')`, 'FOREIGN KEY'],
    ['a link to nothing', `insert into record_link values (1, 'partners', 99)`, 'FOREIGN KEY'],
    ['a link to itself', `insert into record_link values (1, 'partners', 1)`, 'CHECK'],
    [
      'the removal of a field in use',
      `insert into record_field values (1, '211'); delete from field where code = '211'`,
      'FOREIGN KEY',
    ],
  ])('refuse %s', (_, sql, constraint) => {
    expect(() => open.sqlite.exec(sql)).toThrow(`${constraint} constraint failed`);
  });

  test('the same slug and code may stand in two kinds', () => {
    open.sqlite.exec(record(9, 'need', 'c', { externalId: `'1'` }) + record(10, 'offer', 'z', { externalId: `'1'` }));
    expect(one('select count(*) from record')).toBe(6);
  });

  test('a deleted record takes all that belongs to it along', () => {
    open.sqlite.exec(`insert into enterprise ("recordId") values (1); insert into record_field values (1, '211');
      insert into record_link values (1, 'x', 2); insert into record_link values (3, 'y', 1); delete from record where id = 1`);
    for (const table of ['enterprise', 'record_field', 'record_link'])
      expect(one(`select count(*) from ${table}`)).toBe(0);
  });

  test('the content version moves with records and classifications', () => {
    const version = one('select version from content_version') as number;
    open.sqlite.exec(
      `update record set title = 'U' where id = 1; update area set en = 'X' where code = '31'; delete from record where id = 2`,
    );
    expect(one('select version from content_version')).toBe(version + 3);
  });
});

test('a transaction that reads before it writes is not refused when somebody else wrote meanwhile', async () => {
  await migrate(open.db);
  const writer = new Worker(
    `const { workerData } = require('node:worker_threads');
    const sqlite = new (require('better-sqlite3'))(workerData);
    sqlite.pragma('busy_timeout = 5000');
    const write = sqlite.prepare("insert into outbox (recordId, createdAt) values (1, 'x')");
    setInterval(() => write.run(), 1);`,
    { eval: true, workerData: databaseFile(folder) },
  );
  while (one('select count(*) from outbox') === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  for (let n = 0; n < 30; n += 1) {
    await open.db.transaction().execute(async (trx) => {
      await trx.selectFrom('lease').selectAll().execute();
      await new Promise((resolve) => setTimeout(resolve, 5));
      await trx
        .insertInto('lease')
        .values({ name: String(n), holder: 'x', expiresAt: 0 })
        .execute();
    });
  }
  await writer.terminate();
  expect(one('select count(*) from lease')).toBe(30);
});
