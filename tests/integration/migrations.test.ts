import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { NO_MIGRATIONS } from 'kysely/migration';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databaseFile, type OpenDatabase, openDatabase } from '../../db/client.ts';
import { createMigrator, migrate } from '../../db/migrate.ts';
import { seedVocabularies } from '../../db/seed/vocabularies.ts';
import { digest } from '../../src/accounts/secrets.ts';
import { recordPath } from '../../src/catalogue/address.ts';
import { allKinds } from '../../src/catalogue/kinds/index.ts';
import { queueLength } from '../../src/moderation/queue.ts';
import { startServer } from '../support/server.ts';

const memory = openDatabase(':memory:');
const versions = (await createMigrator(memory.db).getMigrations()).map(({ name }) => name);
const [earlierVersions, lastVersion] = [versions.slice(0, -1), versions.at(-1)];
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

  const at = '2026-01-02T03:04:05.000Z';
  const future = Date.parse('2098-01-01');
  const hash = (letter: string) => letter.repeat(64);
  const picture = 'a'.repeat(32);
  const secret = 'what-the-cookie-holds';

  /** A row for each table that the versions before the last have had, in an order that keeps references. */
  const rows: [table: string, sql: string][] = [
    ['field', `insert into field (code, vi, en) values ('2', 'Kỹ thuật', 'Engineering')`],
    [
      'area',
      `insert into area (code, type, vi, en, "officialName")
        values ('31', 'city', 'Hải Phòng', 'Hai Phong', 'Thành phố Hải Phòng')`,
    ],
    ['area_former_name', `insert into area_former_name ("areaCode", name) values ('31', 'Tỉnh Hải Đông')`],
    ['vsic_section', `insert into vsic_section values ('C', 'Chế biến', 'Manufacturing')`],
    ['nice_class', `insert into nice_class values ('29', 'Thịt, cá', 'Meat, fish')`],
    [
      'record',
      `insert into record (id, kind, slug, title, summary, status, "publishedAt", "createdAt", "updatedAt")
        select key + 1, value, 'lo-say', 'Lò sấy ' || value, 'Sấy vải bằng bơm nhiệt.', 'published', '2026-01-01', '${at}', '${at}'
        from json_each('["offer","need","organisation","expert","enterprise","startup","trademark","achievement","policy"]')`,
    ],
    ['offer', `insert into offer ("recordId", trl, advantages) values (1, 7, '["Ít điện"]')`],
    ['need', `insert into need ("recordId", problem, "budgetMaxVnd") values (2, 'Vải nâu vỏ.', 500000000)`],
    [
      'organisation',
      `insert into organisation ("recordId", "orgType", services) values (3, 'institute', '["Đo lường"]')`,
    ],
    ['expert', `insert into expert ("recordId", degree, "consentAt") values (4, 'ts', '2026-01-01')`],
    ['enterprise', `insert into enterprise ("recordId", "taxCode", vsic) values (5, '0800123456', 'C')`],
    ['startup', `insert into startup ("recordId", "foundingYear", stage) values (6, 2024, 'prototype')`],
    ['trademark', `insert into trademark ("recordId", "markType", "niceClasses") values (7, 'collective', '["29"]')`],
    ['achievement', `insert into achievement ("recordId", level, "acceptedYear") values (8, 'province', 2025)`],
    ['policy', `insert into policy ("recordId", number, validity) values (9, '12/QĐ-THỬ', 'in_force')`],
    ['record_field', `insert into record_field values (1, '2')`],
    ['record_area', `insert into record_area values (1, '31')`],
    ['record_link', `insert into record_link values (1, 'supplier', 5)`],
    ['record_old_slug', `insert into record_old_slug (kind, slug, "recordId") values ('offer', 'lo-cu', 1)`],
    ['outbox', `insert into outbox ("recordId", "createdAt") select id, '${at}' from record`],
    ['search_consumer', `insert into search_consumer (engine) values ('embedded')`],
    ['lease', `insert into lease values ('indexer', 'somebody', 0)`],
    [
      'user',
      `insert into user (id, email, name, role, language, "emailVerifiedAt", "createdAt")
        values ('a', 'a@example.vn', 'A', 'member', 'vi', '${at}', '${at}'),
               ('b', 'b@example.vn', 'B', 'member', 'vi', '${at}', '${at}')`,
    ],
    ['user_consent', `insert into user_consent values ('a', 'terms', '1', '${at}')`],
    [
      'session',
      `insert into session (id, "userId", "expiresAt", "createdAt", "userAgent")
        values ('${digest(secret)}', 'a', ${future}, '${new Date().toISOString()}', 'x')`,
    ],
    [
      'one_time_token',
      `insert into one_time_token (hash, purpose, "userId", "expiresAt")
        values ('${hash('1')}', 'reset_password', 'a', ${future})`,
    ],
    ['recovery_code', `insert into recovery_code values ('a', '${hash('2')}')`],
    [
      'mail',
      `insert into mail (cause, recipient, language, subject, text, html, state, "createdAt")
        values ('c', 'a@example.vn', 'vi', 's', 't', 'h', 'sent', '${at}')`,
    ],
    ['rate_limit', `insert into rate_limit values ('signInByClient:x', 1, ${future})`],
    ['record_member', `insert into record_member values (1, 'a')`],
    [
      'revision',
      `insert into revision ("recordId", "authorId", state, form, "createdAt", "updatedAt", "submittedAt")
        values (1, 'a', 'submitted', '{"title":"Lò sấy mới"}', '${at}', '${at}', '${at}')`,
    ],
    [
      'audit_log',
      `insert into audit_log (at, "userId", "userName", action, detail) values ('${at}', 'a', 'A', 'approve', '{}')`,
    ],
    ['picture', `insert into picture ("recordId", hash, "createdAt") values (1, '${picture}', '${at}')`],
    [
      'renewal_link',
      `insert into renewal_link values (1, 'a', '2026-05-01', 'expiresInWeek', '2026-06-01', '${hash('b')}')`,
    ],
    [
      'manage_request',
      `insert into manage_request ("recordId", "userId", message, state, "createdAt")
        values (1, 'b', 'Tôi làm ở đó.', 'open', '${at}')`,
    ],
    [
      'invitation',
      `insert into invitation ("recordId", email, "invitedBy", hash, "createdAt", "expiresAt")
        values (1, 'c@example.vn', 'a', '${hash('3')}', '${at}', ${future})`,
    ],
    ['review_text', `insert into review_text (text, "createdAt") values ('Nói rõ hơn.', '${at}')`],
    [
      'connection',
      `insert into connection (id, "recordId", "askerId", origin, purpose, state, "lastSide", "createdAt", "updatedAt", "acceptedAt")
        values (1, 1, 'b', 'member', 'acquire', 'accepted', 'asked', '${at}', '${at}', '${at}')`,
    ],
    [
      'connection_event',
      `insert into connection_event ("connectionId", at, "userId", side, action) values (1, '${at}', 'b', 'asker', 'start')`,
    ],
    [
      'connection_message',
      `insert into connection_message ("connectionId", at, "userId", side, text)
        values (1, '${at}', 'b', 'asker', 'Xin hỏi giá.')`,
    ],
    [
      'connection_file',
      `insert into connection_file (id, "connectionId", at, "userId", side, name, type, bytes)
        values ('${'f'.repeat(36)}', 1, '${at}', 'b', 'asker', 'ban-ve.pdf', 'pdf', 9)`,
    ],
    ['connection_link', `insert into connection_link (hash, "connectionId", "userId") values ('${hash('4')}', 1, 'a')`],
    ['member_block', `insert into member_block values ('a', 'b', 1, '${at}')`],
    [
      'member_report',
      `insert into member_report ("connectionId", "reporterId", "reportedSide", reason, at)
        values (1, 'a', 'asker', 'Làm phiền.', '${at}')`,
    ],
    [
      'statement',
      `insert into statement (hash, kind, text, "userId", "expiresAt")
        values ('${hash('5')}', 'need', 'Cần máy sấy vải cho vụ sau.', 'a', ${future})`,
    ],
    [
      'saved_search',
      `insert into saved_search ("userId", address, frequency, seq, "createdAt")
        values ('a', '/cong-nghe?field=2', 'weekly', 0, '${at}')`,
    ],
    ['digest_result', `insert into digest_result values ('a', 2, '${at}')`],
    ['digest_link', `insert into digest_link values ('${hash('6')}', 'a', '${at}')`],
    ['need_match', `insert into need_match values (2, 1, 0.5, 1, '${at}')`],
    [
      'indicator',
      `insert into indicator (code, position, vi, en, "definitionVi", "definitionEn", unit, "targetKind", comparison, "countedFrom", "targetYear")
        values ('thu', 99, 'Chỉ tiêu thử', 'Trial', 'Đếm thử.', 'A trial.', 'count', 'value', 'atLeast', '2026-01-01', 2030)`,
    ],
    [
      'indicator_value',
      `insert into indicator_value (indicator, period, value, source, at) values ('thu', '2025', 3, 'Sổ', '${at}')`,
    ],
    ['report', `insert into report (period, version, data, at) values ('2025', 1, '{}', '${at}')`],
    [
      'import_job',
      `insert into import_job (id, kind, "userId", "userName", "fileName", state, "createdAt")
        values (1, 'offer', 'a', 'A', 'ds.csv', 'done', '${at}')`,
    ],
    ['import_item', `insert into import_item ("importId", "recordId", version) values (1, 1, 1)`],
    ['import_mapping', `insert into import_mapping values ('offer', 'ten', 'title')`],
    [
      'event',
      `insert into event (id, slug, type, status, title, summary, organiser, place, "startsAt", "endsAt", "takesRegistrations", "createdAt", "updatedAt", "publishedAt")
        values (1, 'hoi-thao', 'conference', 'published', 'Hội thảo', 'S', 'Sở', 'Hải Dương', '2098-03-02T01:00:00.000Z', '2098-03-02T04:00:00.000Z', 1, '${at}', '${at}', '${at}')`,
    ],
    [
      'event_registration',
      `insert into event_registration (id, "eventId", email, name, language, state, "consentVersion", "createdAt", "toldSequence")
        values (1, 1, 'a@example.vn', 'A', 'vi', 'registered', '1', '${at}', 0)`,
    ],
    ['event_link', `insert into event_link values ('${hash('7')}', 1)`],
    [
      'article',
      `insert into article (id, slug, status, title, summary, body, "createdAt", "updatedAt", "publishedAt")
        values (1, 'tin-moi', 'published', 'Tin mới', 'S', 'B', '${at}', '${at}', '${at}')`,
    ],
    ['article_picture', `insert into article_picture values (1, '${picture}', '${at}')`],
    [
      'bulletin',
      `insert into bulletin (month, intro, items, "publishedAt", "sentAt") values ('2026-01', 'Chào.', '[]', '${at}', '${at}')`,
    ],
    [
      'bulletin_reader',
      `insert into bulletin_reader (id, email, language, "consentVersion", "createdAt", "confirmedAt")
        values (1, 'd@example.vn', 'vi', '1', '${at}', '${at}')`,
    ],
    ['bulletin_link', `insert into bulletin_link values ('${hash('8')}', 1)`],
    [
      'harvest_source',
      `insert into harvest_source (id, name, url, format, kinds, "everyHours", active, "createdAt")
        values (1, 'Cổng bạn', 'https://cong.example/api/v1/changes', 'api', '["offer"]', 24, 0, '${at}')`,
    ],
    [
      'harvested_record',
      `insert into harvested_record ("sourceId", "remoteId", "recordId", kind, "originId", "harvestedAt", state)
        values (1, 'r1', 1, 'offer', 'o1', '${at}', 'settled')`,
    ],
    ['synonym_group', `insert into synonym_group (members, "updatedAt") values ('["lò sấy","máy hong"]', '${at}')`],
    ['site_setting', `insert into site_setting values ('siteNameVi', '"Sàn thử"', '${at}')`],
    [
      'sign_in',
      `insert into sign_in ("userId", at, network, "userAgent", outcome) values ('a', '${at}', '203.0.113.0/24', 'x', 'entered')`,
    ],
    [
      'personal_data_request',
      `insert into personal_data_request (id, kind, state, "userId", name, email, language, "createdAt", "dueOn")
        values (1, 'export', 'open', 'a', 'A', 'a@example.vn', 'vi', '${at}', '2098-01-01')`,
    ],
    ['personal_data_event', `insert into personal_data_event ("requestId", at, action) values (1, '${at}', 'asked')`],
  ];
  /** Tables without a row above, and why. */
  const withoutRow: Record<string, string> = {
    search_state: 'has its only row from the migration',
    content_version: 'has its only row from the migration',
    site: 'has its only row from the migration',
    settings_version: 'has its only row from the migration',
    publication: 'a trigger on the outbox writes it',
    record_change: 'a trigger on the outbox writes it',
    digest: 'a trigger on the accounts writes it',
  };

  /** The tables of a version but those of the search index, which is made of the records. */
  const tablesNow = () =>
    open.sqlite
      .prepare(
        `select name from sqlite_master where type = 'table' and name not like 'kysely_%' and name not like 'sqlite_%'
          and name not glob 'search_document_*' and name not glob 'search_text_*' and name not glob 'search_word_*' order by name`,
      )
      .pluck()
      .all() as string[];

  /** Brings the database to an earlier version and fills every table of it. */
  async function fillAt(version: string): Promise<string[]> {
    expect((await createMigrator(open.db).migrateTo(version)).error).toBeUndefined();
    const tables = tablesNow();
    for (const [table, sql] of rows) if (tables.includes(table)) open.sqlite.exec(sql);
    const listed = new Set([...rows.map(([table]) => table), ...Object.keys(withoutRow)]);
    expect(tables.filter((table) => !listed.has(table))).toEqual([]);
    expect(tables.filter((table) => one(`select count(*) from "${table}"`) === 0)).toEqual([]);
    return tables;
  }

  /** What the columns of a version hold; without the counters that every change raises. */
  function contentOf(tables: string[]): () => [table: string, rows: unknown[]][] {
    const selects = tables
      .filter((table) => table !== 'content_version' && table !== 'settings_version')
      .map((table): [string, string] => {
        const columns = open.sqlite.prepare('select name from pragma_table_info(?)').pluck().all(table);
        return [table, `select ${columns.map((column) => `"${column}"`).join(', ')} from "${table}"`];
      });
    return () => selects.map(([table, sql]) => [table, open.sqlite.prepare(sql).all()]);
  }

  test.each(earlierVersions)('what is in a database of version %s comes along', async (version) => {
    const tables = await fillAt(version);
    const content = contentOf(tables);
    const before = content();
    await migrate(open.db);
    expect(content()).toEqual(before);
    expect(open.sqlite.pragma('foreign_key_check')).toEqual([]);
    expect(open.sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
    // The program works with it.
    await seedVocabularies(open.db);
    expect(await queueLength(open.db, 'nobody', {})).toBe(tables.includes('revision') ? 1 : 0);
  });

  test('the server takes over a database of the version before with all that is in it', async () => {
    const tables = await fillAt(earlierVersions.at(-1) ?? '');
    expect(new Set(tables)).toEqual(new Set([...rows.map(([table]) => table), ...Object.keys(withoutRow)]));
    const server = await startServer(folder);
    try {
      expect(server.output()).toContain('Backing up before the upgrade');
      expect(server.output()).toContain(`Database: ${lastVersion}`);
      const headers = { cookie: `session=${secret}` };
      for (const [path, shown] of [
        ['/', 'Sàn thử'],
        ...allKinds.map((kind) => [recordPath({ kind: kind.code, slug: 'lo-say' }, 'vi'), `Lò sấy ${kind.code}`]),
        ['/su-kien/hoi-thao', 'Hội thảo'],
        ['/tin-tuc/tin-moi', 'Tin mới'],
        ['/ban-tin/2026-01', 'Chào.'],
        ['/chi-tieu', 'Chỉ tiêu thử'],
        ['/tai-khoan/ho-so', 'Lò sấy offer'],
        ['/tai-khoan/ket-noi/1', 'Xin hỏi giá.'],
        ['/tai-khoan/theo-doi', '/cong-nghe?field=2'],
      ]) {
        const answer = await server.get(path, { headers });
        expect(answer.status, path).toBe(200);
        expect(await answer.text(), path).toContain(shown);
      }
      expect((await server.get('/cong-nghe/lo-cu')).headers.get('location')).toBe('/cong-nghe/lo-say');
      // By a word that only the synonyms bring to the records.
      await expect.poll(() => server.text('/tim-kiem?q=may+hong')).toContain('/cong-nghe/lo-say');
    } finally {
      await server.stop();
    }
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
