import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import writeXlsx from 'write-excel-file/node';
import { databaseFile, type OpenDatabase, openDatabase } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import { seedVocabularies } from '../../db/seed/vocabularies.ts';
import { attributeOfHeader, importable } from '../../src/catalogue/import/headers.ts';
import { importTable } from '../../src/catalogue/import/import.ts';
import { errorMessages, errorText } from '../../src/catalogue/import/messages.ts';
import { readTable } from '../../src/catalogue/import/read-table.ts';
import { seedCatalogue } from '../../src/catalogue/import/seed.ts';
import type { KindCode } from '../../src/catalogue/kind.ts';
import { allKinds, kinds } from '../../src/catalogue/kinds/index.ts';
import { attributeLabels, labelOf } from '../../src/catalogue/labels.ts';
import { inlineRow, workbook, zipEntry } from '../support/workbook.ts';

let folder: string;
let open: OpenDatabase;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'import-'));
  open = openDatabase(databaseFile(folder));
  await migrate(open.db);
  await seedVocabularies(open.db);
});

afterEach(async () => {
  await open.db.destroy();
  rmSync(folder, { recursive: true });
});

const importText = async (kind: KindCode, text: string | Buffer, { dryRun = false } = {}) =>
  importTable(open.db, kinds[kind], await readTable(Buffer.from(text)), {
    dryRun,
    now: new Date('2026-11-20T08:00:00Z'),
  });

const records = (kind: KindCode) =>
  open.db
    .selectFrom('record')
    .innerJoin(kind as 'enterprise', `${kind as 'enterprise'}.recordId`, 'record.id')
    .selectAll()
    .where('kind', '=', kind)
    .orderBy('record.id')
    .execute();

const outboxRows = async () => (await open.db.selectFrom('outbox').selectAll().execute()).length;
const areasOf = async () => (await open.db.selectFrom('record_area').selectAll().execute()).map((row) => row.areaCode);

describe('reading a file', () => {
  const expected = [
    { line: 2, cells: { 'Mã số thuế': '0800123456', Tên: 'Cơ khí; chế tạo, hàn', 'Tóm tắt': 'Hai\ndòng' } },
  ];

  test.each([',', ';', '\t'])('CSV separated by %j', async (separator) => {
    const lines = [
      ['Mã số thuế', 'Tên', 'Tóm tắt'],
      ['0800123456', '"Cơ khí; chế tạo, hàn"', '"Hai\ndòng"'],
    ];
    const table = await readTable(Buffer.from(lines.map((line) => line.join(separator)).join('\r\n')));
    expect(table.rows).toEqual(expected);
  });

  test.each([
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16LE', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16BE', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('%s', async (_, encode) => {
    const table = await readTable(encode('Mã số thuế;Tên;Tóm tắt\n0800123456;"Cơ khí; chế tạo, hàn";"Hai\ndòng"\n'));
    expect(table.header).toEqual(['Mã số thuế', 'Tên', 'Tóm tắt']);
    expect(table.rows).toEqual(expected);
  });

  test('a row keeps its line after cells of several lines and blank rows', async () => {
    const table = await readTable(Buffer.from('a,b\n1,"x\ny"\n\n,\n2,z\n'));
    expect(table.rows.map((row) => row.line)).toEqual([2, 6]);
  });

  test('XLSX: dates become days, numbers stay, blank rows are left out', async () => {
    const bytes = await writeXlsx([
      [{ value: 'Tên' }, { value: 'Ngày' }, { value: 'Số' }],
      [
        { value: 'a' },
        { value: new Date(Date.UTC(2026, 11, 31)), type: Date, format: 'dd/mm/yyyy' },
        { value: 7, type: Number },
      ],
      [],
      [{ value: 'b' }, null, { value: true, type: Boolean }],
    ]).toBuffer();
    expect((await readTable(bytes)).rows).toEqual([
      { line: 2, cells: { Tên: 'a', Ngày: '2026-12-31', Số: 7 } },
      { line: 4, cells: { Tên: 'b', Ngày: null, Số: true } },
    ]);
  });

  test('XLSX: a failed formula is told apart from an empty cell; the first sheet counts, wherever its file is', async () => {
    const sheet = `${inlineRow(1, ['Tên', 'Số', 'Giá'])}<row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>`;
    const table = await readTable(workbook(sheet, { file: 'other.xml' }));
    expect(table.rows).toEqual([{ line: 2, cells: { Tên: 'a', Số: '#DIV/0!', Giá: null } }]);
  });

  test.each<[string, Buffer | string, string]>([
    ['a Windows code page', Buffer.from([0x54, 0xea, 0x6e, 0x0a, 0x41]), 'file.encoding'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]), 'file.encoding'],
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file.oldExcel'],
    ['a damaged workbook', 'PK\x03\x04…', 'file.notSpreadsheet'],
    ['nothing', ' \n', 'file.empty'],
    ['an open quotation mark', 'a,b\n"1,2\n', 'file.quotes'],
    ['more cells than columns', 'a,b\n1,2,3\n', 'file.tooManyCells'],
    ['too many columns', Array.from({ length: 201 }, (_, i) => `c${i}`).join(','), 'file.tooManyColumns'],
    ['too many rows', `a\n${'1\n'.repeat(200_001)}`, 'file.tooManyRows'],
    ['too many bytes', Buffer.alloc(50e6 + 1, 'a'), 'file.tooLarge'],
  ])('refuses %s', async (_, content, key) => {
    await expect(readTable(Buffer.from(content))).rejects.toMatchObject({ key });
    expect(errorMessages[key]).toBeDefined();
  });

  test.each<[string, Buffer, string]>([
    ['declares too much', workbook(inlineRow(1, ['a']), { declaredSize: 400e6 }), 'file.bomb'],
    [
      'unpacks to more than it declares',
      workbook(inlineRow(1, ['a'.repeat(5000)]), { declaredSize: 100 }),
      'file.bomb',
    ],
    [
      'has a file that its directory hides',
      Buffer.concat([zipEntry('x.xml', 'x').bytes, workbook(inlineRow(1, ['a']))]),
      'file.notSpreadsheet',
    ],
    ['claims a billion rows', workbook(inlineRow(1_000_000_000, ['a'])), 'file.bomb'],
  ])('refuses an archive that %s', async (_, bytes, key) => {
    await expect(readTable(bytes)).rejects.toMatchObject({ key });
  });
});

describe('column headers', () => {
  test.each(allKinds.map((kind) => [kind.code, kind] as const))(
    '%s: every label leads to its own attribute',
    (code, kind) => {
      for (const attribute of importable(kind)) {
        expect(attributeLabels[`${code}.${attribute}`] ?? attributeLabels[attribute], attribute).toBeDefined();
        const { vi, en } = labelOf(code, attribute);
        for (const header of [attribute, vi, en, vi.toUpperCase(), vi.normalize('NFD')]) {
          expect(attributeOfHeader(kind, header), header).toBe(attribute);
        }
      }
    },
  );

  test('a merged cell, a formula that nobody has calculated and one in CSV are named; others count by their value', async () => {
    const rows = `${inlineRow(1, ['externalId', 'title', 'summary', 'trl'])}${inlineRow(2, ['M1', 'a', 'b'])}${inlineRow(3, ['M2', '', 'b'])}<row r="4"><c r="A4" t="inlineStr"><is><t>M3</t></is></c><c r="B4" t="str"><f>"x"&amp;"y"</f><v>xy</v></c><c r="C4"><f>A1</f></c><c r="D4"><f>2+3</f><v>5</v></c></row>`;
    const sheet = workbook(rows, { after: '<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>' });
    const report = await importTable(open.db, kinds.offer, await readTable(sheet), { dryRun: true });
    expect(report.errors.map(({ line, column, message }) => [line, column, message])).toEqual([
      [3, 'title', 'error.merged'],
      [4, 'summary', 'error.formula'],
    ]);
    expect((await readTable(sheet)).rows[2].cells).toMatchObject({ title: 'xy', trl: 5 });
    expect((await importText('offer', 'externalId,title,summary\nM1,=A1,b\n')).errors).toMatchObject([
      { line: 2, column: 'title', message: 'error.formula' },
    ]);
  });

  test('every message that the catalogue can give has a text', () => {
    const folders = ['src/catalogue', 'src/catalogue/kinds', 'src/catalogue/import'];
    const sources = folders.flatMap((path) =>
      readdirSync(path)
        .filter((name) => name.endsWith('.ts'))
        .map((name) => readFileSync(join(path, name), 'utf8')),
    );
    const keys = new Set(sources.join('\n').match(/(?<=')(?:error|file)\.\w+(?=')/g));
    expect([...keys].filter((key) => !errorMessages[key])).toEqual([]);
  });
});

const enterprises = `Mã số thuế;Tên doanh nghiệp;Tóm tắt;Ngày cấp giấy chứng nhận;Sản phẩm từ kết quả KH&CN;Quy mô;Địa bàn;Lĩnh vực KH&CN;Ngành kinh tế (VSIC)
0800123456;Công ty Mẫu 1;Sấy nông sản;05/03/2024;máy sấy | tủ sấy;small;Tỉnh Hải Dương;211;C
0800123457;Công ty Mẫu 2;Cơ khí;2023-12-31;máy cấy;micro;31-thanh-dong;203 | 401;C
`;

describe('importing', () => {
  test('Vietnamese headers, dates as written in Việt Nam, a place by its former name', async () => {
    const report = await importText('enterprise', enterprises);
    expect(report).toEqual({
      total: 2,
      created: 2,
      updated: 0,
      unchanged: 0,
      bad: 0,
      errors: [],
      errorCount: 0,
      unknownColumns: [],
      duplicates: [],
    });
    const [first, second] = await records('enterprise');
    expect(first).toMatchObject({
      title: 'Công ty Mẫu 1',
      slug: 'cong-ty-mau-1',
      status: 'published',
      publishedAt: '2026-11-20',
      taxCode: '0800123456',
      certificateDate: '2024-03-05',
      products: '["máy sấy","tủ sấy"]',
    });
    expect(second.certificateDate).toBe('2023-12-31');
    expect(await areasOf()).toEqual(['31', '31-thanh-dong']);
    expect(await outboxRows()).toBe(2);
  });

  test('the same file again changes nothing', async () => {
    await importText('enterprise', enterprises);
    const before = await records('enterprise');
    expect(await importText('enterprise', enterprises)).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 2,
      errorCount: 0,
    });
    expect(await records('enterprise')).toEqual(before);
    expect(await outboxRows()).toBe(2);
  });

  test('a row with a known key updates its record: missing columns stay, empty cells empty', async () => {
    await importText('enterprise', enterprises);
    await open.db.updateTable('record').set({ status: 'suspended' }).where('slug', '=', 'cong-ty-mau-1').execute();
    const report = await importText(
      'enterprise',
      'taxCode,title,size\n0800123456,Công ty Mẫu 1 mới,\n0800123457,Công ty Mẫu 2,micro\n',
    );
    expect(report).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
    expect((await records('enterprise'))[0]).toMatchObject({
      title: 'Công ty Mẫu 1 mới',
      slug: 'cong-ty-mau-1',
      summary: 'Sấy nông sản',
      size: null,
      certificateDate: '2024-03-05',
      status: 'suspended',
      version: 2,
    });
    expect(await areasOf()).toEqual(['31', '31-thanh-dong']);
    expect(await outboxRows()).toBe(3);
  });

  test('a record is found by a less trustworthy key and gains the better one', async () => {
    await importText('enterprise', 'externalId,title,summary\nE1,Công ty,Tóm tắt\n');
    expect(await importText('enterprise', 'taxCode,externalId,title\n0800123456,E1,Công ty\n')).toMatchObject({
      updated: 1,
    });
    expect(await records('enterprise')).toMatchObject([{ taxCode: '0800123456', externalId: 'E1' }]);
  });

  test('a dry run and a file with one bad row write nothing', async () => {
    expect(await importText('enterprise', enterprises, { dryRun: true })).toMatchObject({ created: 2, errorCount: 0 });
    const bad = `${enterprises}0800123458;;Tóm tắt;31/13/2026;;huge;Huyện Cẩm Giàng;999;Z\n`;
    const report = await importText('enterprise', bad);
    expect(report.errors.map(({ line, column, message, value }) => [line, column, message, value])).toEqual([
      [4, 'Tên doanh nghiệp', 'error.required', ''],
      [4, 'Ngày cấp giấy chứng nhận', 'error.date', '31/13/2026'],
      [4, 'Ngành kinh tế (VSIC)', 'error.choice', 'Z'],
      [4, 'Quy mô', 'error.choice', 'huge'],
    ]);
    expect(errorText('enterprise', report.errors[3], 'vi').reason).toBe(
      'phải là một trong: micro, small, medium, large',
    );
    expect(await records('enterprise')).toEqual([]);
    expect(await outboxRows()).toBe(0);
  });

  test('codes and places are checked against the classifications', async () => {
    const head = 'externalId,title,summary,fields,areas\n';
    const report = await importText(
      'offer',
      `${head}O1,Máy,Tóm tắt,211 | 999,Thành phố Hải Phòng\nO2,Máy,Tóm tắt,211,Huyện Cẩm Giàng\nO3,Máy,Tóm tắt,,Atlantis\n`,
    );
    expect(report.errors).toMatchObject([
      { line: 2, column: 'fields', message: 'error.unknownCode', detail: '999' },
      { line: 3, column: 'areas', message: 'error.ambiguousArea', detail: expect.stringContaining('31-cam-giang') },
      { line: 4, column: 'areas', message: 'error.unknownArea', detail: 'Atlantis' },
    ]);
  });

  test('keys: none, twice in the file, of two records', async () => {
    await importText('enterprise', 'externalId,taxCode,title,summary\nE1,0800000001,A,a\nE2,0800000002,B,b\n');
    const report = await importText(
      'enterprise',
      'externalId,taxCode,title,summary\n,,C,c\nE3,,D,d\nE3,,E,e\nE1,0800000002,F,f\n,12,G,g\n',
    );
    expect(report.errors.map(({ line, column, message, detail }) => [line, column, message, detail])).toEqual([
      [2, 'taxCode', 'error.noKey', 'taxCode, certificateNumber, externalId'],
      [4, 'externalId', 'error.duplicateKey', '3'],
      [5, 'taxCode', 'error.keyConflict', '0800000002, E1'],
      [6, 'taxCode', 'error.taxCode', undefined],
    ]);
    expect(errorText('enterprise', report.errors[0], 'en').reason).toContain('Tax code');
  });

  test('two rows that name one record by different keys', async () => {
    await importText('enterprise', 'externalId,taxCode,title,summary\nE1,0800000001,A,a\n');
    const report = await importText('enterprise', 'externalId,taxCode,title,summary\nE1,,B,b\n,0800000001,C,c\n');
    expect(report.errors).toMatchObject([{ line: 3, message: 'error.duplicateKey', detail: '2' }]);
  });

  test('unknown columns are an error unless empty or marked with _', async () => {
    const report = await importText(
      'offer',
      'externalId,title,summary,màu,_ghi chú,trống,,Tên\nO1,Máy,Tóm tắt,đỏ,x,,y,z\n',
    );
    expect(report.unknownColumns).toEqual(['màu', '(G)']);
    expect(report.errors.map(({ column, message }) => [column, message])).toEqual([
      ['màu', 'error.unknownColumn'],
      ['(G)', 'error.unknownColumn'],
      ['Tên', 'error.duplicateColumn'],
    ]);
    expect(await importText('offer', 'externalId,title,summary,_màu,trống\nO1,Máy,Tóm tắt,đỏ,\n')).toMatchObject({
      created: 1,
    });
  });

  test('links by natural key or record code, kinds in their order', async () => {
    await importText(
      'organisation',
      'externalId,registrationNumber,title,summary\nORG-1,A-12,Viện,Tóm tắt\nORG-2,,Trường,Tóm tắt\n',
    );
    await importText('enterprise', 'externalId,title,summary\nORG-1,Công ty trùng mã,Tóm tắt\nENT-1,Công ty,Tóm tắt\n');
    await importText(
      'expert',
      'externalId,title,summary,consentAt,organisation\nEXP-1,Chuyên gia,Tóm tắt,2026-01-01,A-12\nEXP-2,Chuyên gia,Tóm tắt,2026-01-01,\n',
    );
    const offers =
      'externalId,title,summary,Đơn vị cung cấp,Tác giả\nO1,Máy sấy,Tóm tắt,ORG-1,EXP-1 | EXP-2\nO2,Máy cấy,Tóm tắt,ENT-1,\n';
    expect(await importText('offer', offers)).toMatchObject({ created: 2, errorCount: 0 });
    const links = await open.db
      .selectFrom('record_link')
      .innerJoin('record as source', 'source.id', 'fromId')
      .innerJoin('record as target', 'target.id', 'toId')
      .select(['source.title as from', 'relation', 'target.title as to'])
      .where('source.kind', '=', 'offer')
      .orderBy('fromId')
      .orderBy('relation')
      .orderBy('toId')
      .execute();
    expect(links).toEqual([
      { from: 'Máy sấy', relation: 'inventors', to: 'Chuyên gia' },
      { from: 'Máy sấy', relation: 'inventors', to: 'Chuyên gia' },
      { from: 'Máy sấy', relation: 'supplier', to: 'Viện' },
      { from: 'Máy cấy', relation: 'supplier', to: 'Công ty' },
    ]);
    expect(await importText('offer', offers)).toMatchObject({ unchanged: 2 });
    expect(await importText('offer', 'externalId,title\nO1,Máy sấy lạnh\n')).toMatchObject({ updated: 1 });
    expect(
      (await open.db.selectFrom('record_link').selectAll().where('relation', '=', 'inventors').execute()).length,
    ).toBe(2);

    const wrong = await importText('offer', 'externalId,supplier,inventors\nO1,ORG-1|ENT-1,EXP-9\n');
    expect(wrong.errors).toMatchObject([
      { line: 2, column: 'supplier', message: 'error.oneOnly' },
      { line: 2, column: 'inventors', message: 'error.unknownLink', detail: 'EXP-9' },
    ]);
  });

  test('XLSX: numbers stand for codes and text, dates and failed formulas are told apart', async () => {
    const head = [
      'Mã hồ sơ',
      'Tên',
      'Tóm tắt',
      'Lĩnh vực KH&CN',
      'Hiển thị đến ngày',
      'Mức sẵn sàng công nghệ (TRL)',
    ].map((value) => ({ value }));
    const row = (code: number, trl: object) => [
      { value: code, type: Number },
      { value: 'Máy sấy' },
      { value: 'Tóm tắt' },
      { value: 211, type: Number },
      { value: new Date(Date.UTC(2027, 5, 30)), type: Date, format: 'dd/mm/yyyy' },
      trl,
    ];
    const good = await writeXlsx([head, row(17, { value: 7, type: Number })] as never).toBuffer();
    expect(await importText('offer', good)).toMatchObject({ created: 1, errorCount: 0 });
    expect(await records('offer')).toMatchObject([{ externalId: '17', expiresOn: '2027-06-30', trl: 7 }]);
    const bad = await importText('offer', 'externalId,title,summary,trl\n18,Máy,Tóm tắt,#DIV/0!\n19,Máy,Tóm tắt,12\n');
    expect(bad.errors).toMatchObject([
      { line: 2, column: 'trl', message: 'error.formula' },
      { line: 3, column: 'trl', message: 'error.range' },
    ]);
  });

  test('keeps the first thousand errors and counts the rest', async () => {
    const report = await importText(
      'offer',
      `externalId,title,summary\n${Array.from({ length: 1200 }, (_, i) => `O${i},,x`).join('\n')}`,
    );
    expect(report.errors).toHaveLength(1000);
    expect(report.errorCount).toBe(1200);
  });

  test('a change between check and write is not overwritten unseen', async () => {
    await importText('offer', 'externalId,title,summary\nO1,Máy sấy,cũ\n');
    const table = await readTable(Buffer.from('externalId,title\nO1,Máy sấy lạnh\n'));
    let edited = false;
    const report = await importTable(open.db, kinds.offer, table, {
      dryRun: false,
      onProgress: () => {
        if (!edited)
          open.sqlite.exec(`update record set summary = 'mới', version = version + 1 where "externalId" = 'O1'`);
        edited = true;
      },
    });
    expect(report.updated).toBe(1);
    expect(await records('offer')).toMatchObject([{ title: 'Máy sấy lạnh', summary: 'mới' }]);
  });

  test('other work goes on while many rows are imported', async () => {
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 1);
    const rows = Array.from({ length: 3000 }, (_, i) => `O${i},Máy số ${i},Tóm tắt`);
    expect(await importText('offer', `externalId,title,summary\n${rows.join('\n')}`)).toMatchObject({ created: 3000 });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(10);
  });
});

describe('the seed', () => {
  test('loads every file without an error, and again without a change', async () => {
    await seedCatalogue(open.db);
    const rows = await outboxRows();
    expect(rows).toBeGreaterThan(300);
    const reports: string[] = [];
    await seedCatalogue(open.db, (path, report) => reports.push(`${path} ${report.created + report.updated}`));
    expect(reports.filter((line) => !line.endsWith(' 0'))).toEqual([]);
    expect(await outboxRows()).toBe(rows);
  });
});

describe('npm run import', () => {
  const run = async (args: string[], env: Record<string, string> = {}) => {
    try {
      const done = await promisify(execFile)(process.execPath, ['src/catalogue/import/command.ts', ...args], {
        env: { ...process.env, LANG: 'C.UTF-8', DATA_DIR: folder, ...env },
      });
      return { code: 0, output: done.stdout + done.stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, output: stdout + stderr };
    }
  };

  test('says what it would do, does it, and says nothing changed the second time', async () => {
    const file = join(folder, 'dn.csv');
    writeFileSync(file, enterprises);
    const dry = await run(['enterprises', file, '--dry-run']);
    expect(dry).toMatchObject({ code: 0, output: expect.stringContaining('2 dòng, 2 mới, 0 thay đổi') });
    expect(await records('enterprise')).toEqual([]);
    expect(await run(['enterprise', file])).toMatchObject({ code: 0, output: expect.stringContaining('Đã nhập: 2') });
    expect(await records('enterprise')).toHaveLength(2);
    const again = await run(['enterprise', file], { LANG: 'en_GB.UTF-8' });
    expect(again.output).toContain('2 unchanged, 0 errors.\nNothing has changed.');
  });

  test('--review puts rows into the queue, where they wait as versions', async () => {
    const file = join(folder, 'dn.csv');
    writeFileSync(file, enterprises);
    const sent = await run(['enterprises', file, '--review']);
    expect(sent).toMatchObject({ code: 0, output: expect.stringContaining('hàng đợi duyệt: 2 hồ sơ mới, 0 bản sửa') });
    expect((await records('enterprise')).map(({ status, publishedAt }) => [status, publishedAt])).toEqual([
      ['submitted', null],
      ['submitted', null],
    ]);
    const revisions = await open.db.selectFrom('revision').selectAll().execute();
    expect(revisions).toMatchObject([
      { state: 'submitted', kind: 'enterprise', isChange: 0, foldedTitle: 'cong ti mau 1' },
      { state: 'submitted', kind: 'enterprise', isChange: 0, foldedTitle: 'cong ti mau 2' },
    ]);
    expect(JSON.parse(revisions[0].form)).toMatchObject({ taxCode: '0800123456', fields: ['211'], size: 'small' });
    expect(await outboxRows()).toBe(0);
  });

  test('ends with 1 and each bad row', async () => {
    const file = join(folder, 'dn.csv');
    writeFileSync(file, 'taxCode,title,summary\n12,Công ty,Tóm tắt\n');
    const { code, output } = await run(['enterprises', file, '--lang', 'en']);
    expect(code).toBe(1);
    expect(output).toContain('Line 2, column “Tax code”, “12”: must be a tax code');
  });

  test.each([
    [[], 'Cách dùng'],
    [['ships', 'x.csv'], 'ships'],
    [['offer', 'none.csv'], 'none.csv'],
    [['offer', 'x.csv', '--force'], 'Cách dùng'],
  ])('refuses %j', async (args, text) => {
    expect(await run(args)).toMatchObject({ code: 1, output: expect.stringContaining(text) });
  });
});
