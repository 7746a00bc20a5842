import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, type OpenDatabase, openDatabase } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import { seedVocabularies } from '../../db/seed/vocabularies.ts';
import { importTable } from '../../src/catalogue/import/import.ts';
import { errorText, messageText } from '../../src/catalogue/import/messages.ts';
import { readTable } from '../../src/catalogue/import/read-table.ts';
import { UnreadableFile } from '../../src/catalogue/import/table.ts';
import { kinds } from '../../src/catalogue/kinds/index.ts';
import { workbook } from '../support/workbook.ts';

/** 1,000 errors, the same ones each time: 900 in the cells of two tables, 100 files that are none. */

let folder: string;
let open: OpenDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'import-errors-'));
  open = openDatabase(databaseFile(folder));
  await migrate(open.db);
  await seedVocabularies(open.db);
});

afterAll(async () => {
  await open.db.destroy();
  rmSync(folder, { recursive: true });
});

/** Numbers that look random and are not (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const header = [
  'Mã số thuế',
  'Tên doanh nghiệp',
  'Tóm tắt',
  'Ngày cấp giấy chứng nhận',
  'Quy mô',
  'Địa bàn',
  'Lĩnh vực KH&CN',
  'Trang web',
  'Email liên hệ',
  'Điện thoại liên hệ',
];
const goodRow = (n: number) => [
  String(1_000_000_000 + n),
  `Doanh nghiệp mẫu ${n}`,
  'Tóm tắt của hồ sơ mẫu',
  '05/03/2024',
  'small',
  'Xã Thanh Hà',
  '211',
  'https://example.vn',
  'ten@example.vn',
  '0220 3123 456',
];

/** What can be wrong in a cell: the column, what it then holds, and what has to be said. */
const flaws: [column: number, values: string[], message: string][] = [
  [0, ['12', '0800-12', 'không có'], 'error.taxCode'],
  [1, [''], 'error.required'],
  [1, ['x'.repeat(201)], 'error.tooLong'],
  [2, [''], 'error.required'],
  [3, ['31/02/2026', '2026-13-01', 'hôm qua', '32/1/2026'], 'error.date'],
  [4, ['khổng lồ', 'XXL'], 'error.choice'],
  [5, ['Atlantis', 'Huyện Không Có'], 'error.unknownArea'],
  [6, ['999', 'Bói toán'], 'error.unknownCode'],
  [7, ['example', 'javascript:alert(1)', 'ftp://example.vn'], 'error.url'],
  [8, ['ten', '@', 'a b@example.vn'], 'error.email'],
  [9, ['gọi cho tôi', '12'], 'error.phone'],
];

interface Seeded {
  rows: string[][];
  expected: string[];
}

const key = (line: number, column: string, message: string) => `${line} ${column} ${message}`;

/** Rows of which so many have one error each, with a duplicate key now and then; lines count from 2. */
function seeded(count: number, seed: number): Seeded {
  const pick = numbers(seed);
  const rows: string[][] = [];
  const expected: string[] = [];
  const goodLines: number[] = [];
  while (expected.length < count) {
    const row = goodRow(seed * 100_000 + rows.length);
    const line = rows.length + 2;
    const what = pick(flaws.length + 3);
    if (what < flaws.length) {
      const [column, values, message] = flaws[what];
      row[column] = values[pick(values.length)];
      expected.push(key(line, header[column], message));
    } else if (what === flaws.length && goodLines.length > 0) {
      row[0] = rows[goodLines[pick(goodLines.length)] - 2][0];
      expected.push(key(line, header[0], 'error.duplicateKey'));
    } else goodLines.push(line);
    rows.push(row);
  }
  return { rows, expected };
}

const found = (errors: { line: number; column: string; message: string }[]) =>
  errors.map(({ line, column, message }) => key(line, column, message));
const written = () => [
  open.sqlite.prepare('select count(*) from record').pluck().get(),
  open.sqlite.prepare('select count(*) from outbox').pluck().get(),
];

test('500 in a CSV file are reported by row and column, and nothing is written', async () => {
  const { rows, expected } = seeded(450, 1);
  // Formulas that a spreadsheet left in the file.
  for (let n = 0; n < 49; n += 1) {
    const row = goodRow(900_000 + n);
    const column = 1 + (n % (header.length - 1));
    row[column] = ['=A1+1', '=SUM(B2:B9)', '=HYPERLINK("x")'][n % 3];
    rows.push(row);
    expected.push(key(rows.length + 1, header[column], 'error.formula'));
  }
  // A column that nobody knows.
  const quoted = (cells: string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';');
  const csv = [[...header, 'Cung hoàng đạo'], ...rows.map((row) => [...row, 'Bọ Cạp'])].map(quoted).join('\r\n');
  expected.push(key(1, 'Cung hoàng đạo', 'error.unknownColumn'));
  expect(expected).toHaveLength(500);
  const report = await importTable(open.db, kinds.enterprise, await readTable(Buffer.from(csv)), { dryRun: false });
  expect(found(report.errors).sort()).toEqual(expected.sort());
  expect(report.errorCount).toBe(500);
  expect(written()).toEqual([0, 0]);
  for (const language of ['vi', 'en'] as const) {
    for (const error of report.errors) {
      const { column, reason } = errorText('enterprise', error, language);
      expect(`${column} ${reason}`).not.toMatch(/undefined|\{|error\./);
    }
  }
});

test('400 in a workbook are reported by row and column, formulas and merged cells among them', async () => {
  const { rows, expected } = seeded(300, 2);
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const letters = (column: number) => String.fromCharCode(65 + column);
  const textCell = (text: string, column: number, line: number) =>
    text === '' ? '' : `<c r="${letters(column)}${line}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`;
  const lines = [header, ...rows].map((row, index) => row.map((cell, column) => textCell(cell, column, index + 1)));
  const merges: string[] = [];
  for (let n = 0; n < 100; n += 1) {
    const line = lines.length + 1;
    const cells = goodRow(900_000 + n).map((cell, column) => textCell(cell, column, line));
    const column = 1 + (n % (header.length - 1));
    const place = `r="${letters(column)}${line}"`;
    if (n % 3 === 0)
      cells[column] = `<c ${place} t="e"><f>1/0</f><v>${['#DIV/0!', '#N/A', '#REF!'][n % 9 === 0 ? 0 : 1]}</v></c>`;
    else if (n % 3 === 1) cells[column] = `<c ${place}><f>Sheet9!A1</f></c>`;
    else {
      cells[column] = '';
      merges.push(`<mergeCell ref="${letters(column)}${line - 1}:${letters(column)}${line}"/>`);
    }
    expected.push(key(line, header[column], n % 3 === 2 ? 'error.merged' : 'error.formula'));
    lines.push(cells);
  }
  expect(expected).toHaveLength(400);
  const sheet = lines.map((cells, index) => `<row r="${index + 1}">${cells.join('')}</row>`).join('');
  const bytes = workbook(sheet, { after: `<mergeCells>${merges.join('')}</mergeCells>` });
  const report = await importTable(open.db, kinds.enterprise, await readTable(bytes), { dryRun: false });
  expect(found(report.errors).sort()).toEqual(expected.sort());
  expect(written()).toEqual([0, 0]);
});

test('100 files that are no table are refused as files: encodings, bombs, broken and truncated archives, 200 MB', async () => {
  const pick = numbers(3);
  const csv = [header, goodRow(1), goodRow(2)].map((row) => row.join(';')).join('\n');
  const good = workbook('<row r="1"><c r="A1" t="inlineStr"><is><t>Tên</t></is></c></row>');
  const files: [name: string, bytes: Buffer, key: string][] = [];
  for (let n = 0; n < 25; n += 1) {
    // A code page of Windows has a letter with marks where UTF-8 has the beginning of another one.
    const legacy = Buffer.from(csv, 'latin1');
    legacy[pick(legacy.length)] = [0xea, 0xd2, 0xec, 0xf0, 0xfd][n % 5];
    files.push(['code page', legacy, 'file.encoding']);
    files.push(['UTF-16 that does not say so', Buffer.from(csv.slice(n), 'utf16le'), 'file.encoding']);
    const size = 151e6 + n * 10e6;
    files.push(['bomb', workbook('<row r="1"/>', { declaredSize: size }), 'file.bomb']);
    files.push(['truncated', good.subarray(0, 30 + pick(good.length - 60)), 'file.notSpreadsheet']);
  }
  files[0] = ['200 MB', Buffer.alloc(200e6, 'a'), 'file.tooLarge'];
  files[4] = [
    'unpacks to more than it says',
    workbook(`<row r="1">${' '.repeat(5000)}</row>`, { declaredSize: 100 }),
    'file.bomb',
  ];
  files[8] = ['claims a billion rows', workbook('<row r="1000000000"/>'), 'file.bomb'];
  expect(files).toHaveLength(100);
  for (const [name, bytes, wanted] of files) {
    const error = await readTable(bytes).catch((thrown: unknown) => thrown);
    expect(error, name).toBeInstanceOf(UnreadableFile);
    const { key: told, values } = error as UnreadableFile;
    expect(told, name).toBe(wanted);
    expect(messageText(told, 'vi', values)).not.toMatch(/\{|undefined/);
  }
  expect(written()).toEqual([0, 0]);
});
