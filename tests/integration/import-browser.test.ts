import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import readXlsx, { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { importTable } from '../../src/catalogue/import/import.ts';
import { readTable } from '../../src/catalogue/import/read-table.ts';
import { allKinds } from '../../src/catalogue/kinds/index.ts';
import { importPage, jobIn, jobIs, upload } from '../support/import.ts';
import { account, signedIn } from '../support/member.ts';
import type { Person } from '../support/person.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
let desk: Person;

beforeAll(async () => {
  server = await startServer(folder.dataDir);
  desk = await signedIn(db, server, 'desk', 'moderator');
});

afterAll(async () => {
  await server.stop();
  await db.destroy();
  folder.remove();
});

const offers = (from: number, to: number, { name = 'Máy thử' } = {}) =>
  [
    'Mã hồ sơ;Tên công nghệ;Tóm tắt;TRL;Lĩnh vực KH&CN;Địa bàn',
    ...Array.from(
      { length: to - from },
      (_, i) => `IMP-${from + i};${name} số ${from + i};Tóm tắt số ${from + i};8;211;Xã Thanh Hà`,
    ),
  ].join('\n');
/** A page without what the builder marks its elements with. */
const page = async (path: string) => (await desk.text(path)).replaceAll(/ data-astro-cid-\w+/g, '');
const pageOf = (id: number) => `${importPage}/${id}`;
const checked = async (kind: string, content: string | Uint8Array, name?: string) => {
  const id = jobIn(await upload(server, desk, kind, content, name));
  await jobIs(db, id, 'checked', 'failed');
  return id;
};
/** Says what the columns mean that the program does not know: they stand in the form by their place. */
const mapped = async (id: number, columns: string[]) => {
  const fields = Object.fromEntries(columns.map((attribute, index) => [`column.${index}`, attribute]));
  expect((await desk.send(pageOf(id), 'checkImport', fields)).status).toBe(302);
  await jobIs(db, id, 'checked');
};
const run = async (id: number, mode: 'publish' | 'review') => {
  const sent = await desk.send(pageOf(id), 'startImport', { mode });
  expect(sent.status).toBe(302);
  return jobIs(db, id, 'done', 'failed');
};
const records = (prefix: string) =>
  db.selectFrom('record').selectAll().where('externalId', 'like', `${prefix}%`).orderBy('id').execute();
const everything = () => ({
  records: sqlite.prepare('select count(*) from record').pluck().get(),
  revisions: sqlite.prepare('select count(*) from revision').pluck().get(),
  outbox: sqlite.prepare('select count(*) from outbox').pluck().get(),
});
const eventually = async (check: () => Promise<boolean>) => {
  const end = Date.now() + 15_000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error('It does not come');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};
const columns = ['externalId', 'title', 'summary', 'trl', 'fields', 'areas'];

describe('an import', () => {
  test('goes from the file over columns and preview to the public pages, and back', async () => {
    const before = everything();
    const sent = await upload(server, desk, 'offer', offers(0, 300), 'Công nghệ quý IV.csv');
    expect(sent.status).toBe(302);
    const id = jobIn(sent);
    await jobIs(db, id, 'checked');
    let html = await page(pageOf(id));
    // «Tên công nghệ» and «TRL» are nobody's labels.
    expect(html).toContain('Có cột mà danh mục không biết');
    expect(html).toMatch(/<option value="" selected>Chưa rõ – hãy chọn<\/option>/);
    expect(html).not.toContain('startImport');
    await mapped(id, columns);

    html = await page(pageOf(id));
    expect(html).toMatch(/<dt>Mới<\/dt><dd>300<\/dd>/);
    expect(html).toContain('Máy thử số 4');
    expect(everything()).toEqual(before);
    expect(await run(id, 'publish')).toBe('done');
    expect(await records('IMP-')).toHaveLength(300);
    expect(await page(pageOf(id))).toContain('Đã công khai 300 hồ sơ mới');
    expect(await server.text('/cong-nghe/may-thu-so-7')).toContain('Tóm tắt số 7');
    await eventually(async () =>
      (await server.text('/cong-nghe?q=%22M%C3%A1y+th%E1%BB%AD+s%E1%BB%91+299%22')).includes('Máy thử'),
    );
    const history = await page(importPage);
    expect(history).toContain('Công nghệ quý IV.csv');
    expect(history).toContain('300 mới, 0 thay đổi, 0 giữ nguyên');
    expect(readdirSync(join(folder.dataDir, 'uploads', 'imports'), { recursive: true }).join()).not.toContain('.table');

    // What the columns meant is remembered; the same rows again change nothing.
    const again = await checked('offer', offers(0, 300));
    html = await page(pageOf(again));
    expect(html).toMatch(/<dt>Giữ nguyên<\/dt><dd>300<\/dd>/);
    expect(html).toContain('không có gì thay đổi');

    expect((await desk.send(pageOf(id), 'undoImport', {})).status).toBe(302);
    await jobIs(db, id, 'undone');
    expect(await records('IMP-')).toEqual([]);
    expect(everything()).toMatchObject({ records: before.records, revisions: before.revisions });
    expect((await server.get('/cong-nghe/may-thu-so-7')).status).toBe(404);
    await eventually(
      async () =>
        !(await server.text('/cong-nghe?q=%22M%C3%A1y+th%E1%BB%AD+s%E1%BB%91+299%22')).includes('may-thu-so-299'),
    );
    const log = await page('/quan-ly/nhat-ky');
    expect(log).toContain('nhập dữ liệu');
    expect(log).toContain('hoàn tác lần nhập');
    expect(log).toContain('300 mới, 0 thay đổi');
  });

  test('of changes is undone to what was before; not once somebody has edited a record', async () => {
    const csv = (title: string) =>
      `externalId,title,summary,supplierName\nUNDO-1,${title} 1,Cũ,A\nUNDO-2,${title} 2,Cũ,B\n`;
    await run(await checked('offer', csv('Nồi hơi')), 'publish');
    const before = await records('UNDO-');
    const id = await checked('offer', csv('Nồi hơi cải tiến'));
    expect(await page(pageOf(id))).toMatch(/<dt>Thay đổi<\/dt><dd>2<\/dd>/);
    await run(id, 'publish');
    expect((await records('UNDO-')).map(({ title }) => title)).toEqual(['Nồi hơi cải tiến 1', 'Nồi hơi cải tiến 2']);

    sqlite.exec(`update record set version = version + 1 where "externalId" = 'UNDO-2'`);
    await desk.send(pageOf(id), 'undoImport', {});
    await jobIs(db, id, 'done');
    const refused = await page(pageOf(id));
    expect(refused).toMatch(/Chưa hoàn tác: 1 hồ sơ đã có người sửa.*Nồi hơi cải tiến 2/s);
    expect(refused.match(/role="alert".*?<\/div>/s)?.[0]).not.toContain('Nồi hơi cải tiến 1');
    expect((await records('UNDO-'))[0].title).toBe('Nồi hơi cải tiến 1');

    sqlite.exec(`update record set version = version - 1 where "externalId" = 'UNDO-2'`);
    await desk.send(pageOf(id), 'undoImport', {});
    await jobIs(db, id, 'undone');
    const content = (rows: typeof before) => rows.map(({ version: _, updatedAt: __, ...row }) => row);
    expect(content(await records('UNDO-'))).toEqual(content(before));
    expect(
      sqlite
        .prepare('select "supplierName" from offer join record on id = "recordId" where "externalId" = ?')
        .pluck()
        .get('UNDO-1'),
    ).toBe('A');
  });

  test('into the review queue: bulk approval publishes with what people do not type; a member’s part in it forbids undoing', async () => {
    const csv =
      'externalId,title,summary,fields,areas,sourceText\nREV-1,Bể lọc nước giếng,"Lọc sắt, asen cho hộ gia đình, giá thấp, dễ thay lõi lọc, bền lâu năm.",211,Xã Thanh Hà,Danh sách 2026\nREV-2,Bể lọc nước mưa,"Lọc nước mưa cho trường học, giá thấp, dễ thay lõi lọc, bền lâu năm.",211,Xã Thanh Hà,Danh sách 2026\n';
    const id = await checked('offer', csv);
    await run(id, 'review');
    expect((await records('REV-')).map(({ status, publishedAt }) => [status, publishedAt])).toEqual([
      ['submitted', null],
      ['submitted', null],
    ]);
    const queue = await page('/quan-ly/hang-doi?kind=offer&q=be+loc');
    const chosen = [...queue.matchAll(/name="chosen" value="([^"]*)"/g)].map(([, value]) => value);
    expect(chosen).toHaveLength(2);
    // The same file again meets versions that wait, unchanged.
    expect(await page(pageOf(await checked('offer', csv)))).toMatch(/<dt>Giữ nguyên<\/dt><dd>2<\/dd>/);
    await desk.send('/quan-ly/hang-doi?kind=offer&q=be+loc', 'approveMany', { chosen: chosen[0] });
    const [first, second] = await records('REV-');
    expect(first).toMatchObject({ status: 'published', externalId: 'REV-1', sourceText: 'Danh sách 2026' });
    expect(second.status).toBe('submitted');

    await desk.send(pageOf(id), 'undoImport', {});
    await jobIs(db, id, 'done');
    expect(await page(pageOf(id))).toMatch(/Chưa hoàn tác: 1 hồ sơ.*Bể lọc nước giếng/s);

    // A change of the public one waits too, and its undoing takes it out of the queue.
    const change = await checked(
      'offer',
      'externalId,title,sourceText\nREV-1,Bể lọc nước giếng kiểu mới,Danh sách 2027\n',
    );
    await run(change, 'review');
    expect((await records('REV-'))[0].title).toBe('Bể lọc nước giếng');
    expect(await page('/quan-ly/hang-doi?change=change')).toContain('Bể lọc nước giếng kiểu mới');
    const collides = await checked('offer', 'externalId,title\nREV-1,Bể lọc khác\n');
    expect(await run(collides, 'review')).toBe('failed');
    expect(await page(pageOf(collides))).toContain('bản sửa chưa duyệt');
    await desk.send(pageOf(change), 'undoImport', {});
    await jobIs(db, change, 'undone');
    expect(await page('/quan-ly/hang-doi?change=change')).not.toContain('kiểu mới');

    const owned = await checked('offer', 'externalId,title,summary\nOWN-1,Máy có chủ,Tóm tắt\n');
    await run(owned, 'publish');
    const userId = await account(db, 'taker');
    await db
      .insertInto('record_member')
      .values({ recordId: (await records('OWN-'))[0].id, userId })
      .execute();
    await desk.send(pageOf(owned), 'undoImport', {});
    await jobIs(db, owned, 'done');
    expect(await records('OWN-')).toHaveLength(1);
  });

  test('with errors writes nothing, names row and column, and gives the list as a file', async () => {
    const before = everything();
    const id = await checked(
      'offer',
      'externalId,title,summary,trl,expiresOn\nBAD-1,Máy,Tóm tắt,12,31/02/2026\nBAD-2,,Tóm tắt,1,\n',
    );
    const html = await page(pageOf(id));
    expect(html).toMatch(
      /<td class="number"[^>]*>2<\/td><td[^>]*>Mức sẵn sàng công nghệ \(TRL\)<\/td><td[^>]*>12<\/td><td[^>]*>phải trong khoảng 1 – 9/,
    );
    expect(html).toContain('phải là ngày');
    expect(html).not.toContain('startImport');
    expect(await page(pageOf(id).replace('/quan-ly/nhap-du-lieu', '/en/manage/import'))).toContain('must not be empty');
    const csv = await (await desk.get(`${pageOf(id)}/loi.csv`)).text();
    expect(parse(csv, { bom: true })).toHaveLength(4);
    expect(parse(csv, { bom: true })[3]).toEqual(['3', 'Tên công nghệ, thiết bị', '', 'không được để trống']);
    expect((await desk.send(`${pageOf(id)}?x`, 'checkImport', {})).status).toBe(302);
    await jobIs(db, id, 'checked');
    // Nobody starts what the page does not offer.
    const forced = await server.get(`${pageOf(id)}?_action=startImport`, {
      method: 'POST',
      headers: {
        cookie: desk.cookie,
        origin: 'http://catalogue.test',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: `job=${id}&mode=publish`,
    });
    expect(forced.status).toBe(400);
    expect(everything()).toEqual(before);
  });

  test('of what looks like a record that is there says so', async () => {
    const { title } = await db
      .selectFrom('record')
      .select('title')
      .where('kind', '=', 'enterprise')
      .where('status', '=', 'published')
      .limit(1)
      .executeTakeFirstOrThrow();
    const id = await checked(
      'enterprise',
      `externalId,title,summary\nDUP-1,"CÔNG TY CỔ PHẦN ${title.replace(/^Công ty (?:cổ phần|TNHH) /i, '')}",Tóm tắt\nDUP-2,Một tên chưa ai có,Tóm tắt\nDUP-3,Công ty Một tên chưa ai có,Tóm tắt\n`,
    );
    const html = await page(pageOf(id));
    expect(html).toContain('Có thể trùng (2)');
    expect(html).toContain('giống dòng 3');
  });

  test.each([
    [
      'an encrypted workbook',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      'đặt mật khẩu',
    ],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'Excel đời cũ'],
    ['a Windows code page', Buffer.from('Tên;Mã\nMáy sấy\xea;1\n', 'latin1'), 'Không đọc được chữ'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'Không đọc được chữ'],
    ['a broken archive', Buffer.from('PK\x03\x04…'), 'không phải bảng tính'],
    ['nothing but blanks', Buffer.from(' \n\n'), 'không có dòng nào'],
  ])('refuses %s as a file', async (_, bytes, text) => {
    const id = await checked('offer', bytes, 'tep.xlsx');
    expect(await page(pageOf(id))).toContain(text);
  });

  test('refuses a file over the limit, also of 200 MB, and an empty one, beside the field', async () => {
    const empty = await upload(server, desk, 'offer', '');
    expect([empty.status, await empty.text()]).toEqual([400, expect.stringContaining('Hãy chọn một tệp có nội dung')]);
    const large = await upload(server, desk, 'offer', new Uint8Array(15.5e6));
    expect([large.status, await large.text()]).toEqual([400, expect.stringContaining('Tệp lớn hơn 15 MB')]);
    const chunk = new Uint8Array(1e6).fill(97);
    let left = 200;
    const body = new ReadableStream({
      pull(controller) {
        left -= 1;
        if (left < 0) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const huge = await server
      .get(`${importPage}?_action=uploadImport`, {
        method: 'POST',
        headers: {
          cookie: desk.cookie,
          origin: 'http://catalogue.test',
          'content-type': 'multipart/form-data; boundary=x',
        },
        body,
        duplex: 'half',
      } as RequestInit)
      .then(
        (response) => response.status,
        () => 'cut off',
      );
    expect(huge).toBe(413);
    expect((await server.get('/healthz')).status).toBe(200);
  });

  test('is for the Department’s people only', async () => {
    const member = await signedIn(db, server, 'member');
    const id = await checked('offer', 'externalId,title,summary\nX-1,Máy,Tóm tắt\n');
    for (const path of [importPage, pageOf(id), `${pageOf(id)}/loi.csv`, `${importPage}/mau/experts.xlsx`]) {
      expect((await member.get(path)).status, path).toBe(403);
    }
    expect((await upload(server, member, 'offer', 'a\n1\n')).status).toBe(403);
    expect((await desk.get(`${importPage}/999999`)).status).toBe(404);
  });
});

test('a template is read back: its example row is left aside, its columns are all known', async () => {
  for (const kind of allKinds) {
    for (const lang of ['', '?lang=en']) {
      const bytes = Buffer.from(await (await desk.get(`${importPage}/mau/${kind.api}.xlsx${lang}`)).arrayBuffer());
      const sheets = await readXlsx(bytes);
      expect(sheets).toHaveLength(2);
      expect(sheets[0].data[1][0]).toMatch(/^(VÍ DỤ|EXAMPLE)/);
      // Each column is explained.
      expect(sheets[1].data.length, kind.code).toBe(sheets[0].data[0].length);
      const csv = await (await desk.get(`${importPage}/mau/${kind.api}.csv${lang}`)).text();
      expect(parse(csv, { bom: true })[0]).toEqual(sheets[0].data[0]);
    }
    const template = Buffer.from(await (await desk.get(`${importPage}/mau/${kind.api}.xlsx`)).arrayBuffer());
    const table = await readTable(template);
    expect(table.rows, kind.code).toEqual([]);
    expect((await importTable(db, kind, table, { dryRun: true })).errors, kind.code).toEqual([]);
  }
});

describe('an exported list', () => {
  test('has the rows of the list with its filters, in a file that Excel and csv-parse read with all marks', async () => {
    const answer = await server.get('/api/v1/technology-offers.csv?field=2&sort=title');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
    const rows: Record<string, string>[] = parse(bytes, { bom: true, columns: true });
    const listed = JSON.parse(await server.text('/api/v1/technology-offers?field=2&sort=title&perPage=100'));
    expect(rows.map((row) => row['Tên công nghệ, thiết bị'])).toEqual(
      listed.items.map((item: { title: string }) => item.title),
    );
    expect(rows[0]['Địa chỉ trang']).toBe(listed.items[0].url);
    const xlsx = Buffer.from(
      await (await server.get('/api/v1/technology-offers.xlsx?field=2&sort=title')).arrayBuffer(),
    );
    const sheet = await readSheet(xlsx);
    expect(sheet[0]).toEqual(Object.keys(rows[0]));
    expect(sheet.slice(1).map((row) => row[0])).toEqual(rows.map((row) => row['Tên công nghệ, thiết bị']));
    const page = await server.text('/cong-nghe?field=2&sort=title');
    expect(page).toContain('href="/api/v1/technology-offers.csv?field=2&amp;sort=title"');
    expect((await server.get('/api/v1/technology-offers.csv?field=nonsense')).status).toBe(400);
    expect((await server.get('/api/v1/technology-offers.pdf')).status).toBe(404);
  });

  test('holds nothing that is not public, and no formulas', async () => {
    await run(
      await checked(
        'need',
        'externalId,title,summary,problem,contactName,contactEmail,contactPhone,anonymous,areas\nSECRET-1,Cần máy giấu tên,Tóm tắt,Vấn đề,Người giấu tên,giau@example.vn,0220 999 8888,có,Xã Thanh Hà\n',
      ),
      'publish',
    );
    const taken = await checked(
      'offer',
      'externalId,title,summary,contactEmail,contactVisibility\nEVIL-1,"\'=HYPERLINK(""http://x"")",+84 dấu cộng,kin@example.vn,connection\n',
    );
    expect(await run(taken, 'publish')).toBe('done');
    expect((await records('EVIL-'))[0].title).toBe('=HYPERLINK("http://x")');
    await eventually(async () => (await server.text('/api/v1/technology-offers.csv')).includes('HYPERLINK'));
    await eventually(async () => (await server.text('/api/v1/technology-needs.csv')).includes('giấu tên'));
    for (const kind of allKinds) {
      const csv = await server.text(`/api/v1/${kind.api}.csv`);
      for (const cell of parse(csv, { bom: true }).flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      expect(csv).not.toMatch(/giau@|999 8888|Người giấu|kin@|SECRET-1/);
    }
    // In a workbook a text is a text, whatever it begins with.
    const xlsx = Buffer.from(await (await server.get('/api/v1/technology-offers.xlsx?q=HYPERLINK')).arrayBuffer());
    expect((await readSheet(xlsx))[1]?.[0]).toBe('=HYPERLINK("http://x")');
  });

  test.each([
    ['csv', ''],
    ['csv', '?lang=en'],
    ['xlsx', ''],
    ['xlsx', '?lang=en'],
  ])('as %s%s is imported again and changes nothing', async (format, lang) => {
    sqlite.exec('delete from rate_limit');
    for (const kind of allKinds) {
      const bytes = Buffer.from(await (await server.get(`/api/v1/${kind.api}.${format}${lang}`)).arrayBuffer());
      const report = await importTable(db, kind, await readTable(bytes), { dryRun: true });
      expect(report.total, kind.code).toBeGreaterThan(0);
      expect(report.errors, kind.code).toEqual([]);
      expect([kind.code, report.unchanged]).toEqual([kind.code, report.total]);
    }
  });

  test('is given to one address a limited number of times', async () => {
    sqlite.exec('delete from rate_limit');
    const statuses = new Set<number>();
    for (let n = 0; n <= 120; n += 1) statuses.add((await server.get('/api/v1/policies.csv')).status);
    expect([...statuses]).toEqual([200, 429]);
    sqlite.exec('delete from rate_limit');
  });
});

test('a server that is killed in the middle has imported nothing, says so, and does it when asked again', async () => {
  const id = await checked('offer', offers(5000, 8000, { name: 'Máy ngắt' }));
  await mapped(id, columns);
  const before = everything();
  await desk.send(pageOf(id), 'startImport', { mode: 'publish' });
  await jobIs(db, id, 'running');
  await server.kill();
  expect(everything()).toEqual(before);
  server = await startServer(folder.dataDir);
  desk = await signedIn(db, server, 'desk', 'moderator');
  expect(await page(pageOf(id))).toContain('Máy chủ bị ngắt giữa chừng. Không có gì được ghi');
  expect(everything()).toEqual(before);
  await mapped(id, columns);
  await run(id, 'publish');
  expect(everything().records).toBe(Number(before.records) + 3000);
});
