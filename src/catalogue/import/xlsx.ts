import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { readSheet } from 'read-excel-file/node';
import { type Cell, type RawRow, UnreadableFile } from './table.ts';

const maxUnpackedMb = 150;
const inflate = promisify(inflateRaw);

const damaged = (cause?: unknown) => new UnreadableFile('file.notSpreadsheet', {}, cause);
const bomb = (cause?: unknown) => new UnreadableFile('file.bomb', { max: maxUnpackedMb }, cause);

interface ZipEntry {
  name: string;
  method: number;
  /** Where its own header and its packed bytes begin. */
  header: number;
  start: number;
  packedSize: number;
  size: number;
}

/** The files that a zip archive's directory lists, by their place in the archive. */
function entriesOf(zip: Buffer): ZipEntry[] {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0) throw damaged();
  const entries: ZipEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.toString('latin1', at, at + 4) !== 'PK\x01\x02') throw damaged();
    const nameLength = zip.readUInt16LE(at + 28);
    const header = zip.readUInt32LE(at + 42);
    entries.push({
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      method: zip.readUInt16LE(at + 10),
      header,
      start: header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28),
      packedSize: zip.readUInt32LE(at + 20),
      size: zip.readUInt32LE(at + 24),
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries.sort((a, b) => a.header - b.header);
}

/**
 * Refuses an archive whose files' own headers tell another story than its directory: the reader below goes by the
 * headers, the limits by the directory. Between two files only a data descriptor (12 to 24 bytes) may stand.
 */
function assertConsistent(zip: Buffer, entries: ZipEntry[]): void {
  let at = 0;
  for (const { header, start, method, packedSize, size } of entries) {
    const streamed = (zip.readUInt16LE(header + 6) & 8) !== 0;
    const sizes = [zip.readUInt32LE(header + 18), zip.readUInt32LE(header + 22)];
    const agrees = (sizes[0] === packedSize && sizes[1] === size) || (streamed && sizes[0] === 0 && sizes[1] === 0);
    if (!agrees || zip.readUInt16LE(header + 8) !== method || header < at || header - at > 24) throw damaged();
    at = start + packedSize;
  }
}

/** Unpacks an archive's XML files: never more than the directory declares, and never a directory over the limit. */
async function unpack(zip: Buffer): Promise<Map<string, string>> {
  const entries = entriesOf(zip);
  if (entries.reduce((sum, entry) => sum + entry.size, 0) > maxUnpackedMb * 1e6) throw bomb();
  assertConsistent(zip, entries);
  const files = new Map<string, string>();
  for (const { name, method, start, packedSize, size } of entries) {
    const packed = zip.subarray(start, start + packedSize);
    if (method !== 0 && method !== 8) throw damaged();
    const content = method === 0 ? packed : await inflate(packed, { maxOutputLength: Math.max(size, 1) });
    if (/\.(?:xml|rels)$/.test(name)) files.set(name, content.toString('utf8'));
  }
  return files;
}

/** The XML of the workbook's first sheet. */
function firstSheet(files: Map<string, string>): string {
  const tag = files.get('xl/workbook.xml')?.match(/<(?:\w{1,20}:)?sheet\s[^<>]*>/)?.[0];
  const id = tag?.match(/\br:id="([^"]+)"/)?.[1];
  const relations = files.get('xl/_rels/workbook.xml.rels') ?? '';
  const relation = relations.match(/<Relationship\s[^<>]*>/g)?.find((tag) => tag.includes(`Id="${id}"`));
  const target = relation?.match(/\bTarget="\/?([^"]+)"/)?.[1];
  return (target && (files.get(target) ?? files.get(`xl/${target}`))) || '';
}

const columnIndex = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** A cell's place, by the attributes of its element. */
function placeOf(attributes: string): { row: number; column: number } | undefined {
  const [, letters, row] = attributes.match(/\br="([A-Z]{1,3})(\d{1,7})"/) ?? [];
  return letters === undefined ? undefined : { row: Number(row) - 1, column: columnIndex(letters) };
}

/** Where formulas have failed, with what the cell shows, e.g. `#N/A`: the reader below leaves such cells empty. */
function failedFormulas(sheet: string): { row: number; column: number; shown: string }[] {
  const failed: { row: number; column: number; shown: string }[] = [];
  const cells = /<c\s([^<>]*)>(?:<f[^<>]*\/>|<f[^<>]*>[^<]*<\/f>)?<v>([^<]*)<\/v>/g;
  for (const [, attributes, shown] of sheet.matchAll(cells)) {
    const place = /\bt="e"/.test(attributes) && placeOf(attributes);
    if (place) failed.push({ ...place, shown });
  }
  return failed;
}

/** Cells with a formula that no program has calculated yet: they have no value, and would read as empty. */
function uncalculated(sheet: string): { row: number; column: number; shown: string }[] {
  const cells = /<c\s([^<>]*)>(?:<f[^<>]*\/>|<f[^<>]*>[^<]*<\/f>)(?:<v ?\/>|<v><\/v>)?<\/c>/g;
  return [...sheet.matchAll(cells)].flatMap(([, attributes]) => {
    const place = placeOf(attributes);
    return place ? [{ ...place, shown: '#CALC!' }] : [];
  });
}

/** More cells than any list has: whoever merges the whole sheet is told by its first rows. */
const mostMerged = 20_000;

/** Cells that are merged into another one; a sheet keeps a value for the first of them only. */
function mergedCells(sheet: string): { row: number; column: number }[] {
  const cells: { row: number; column: number }[] = [];
  for (const [, from, top, to, bottom] of sheet.matchAll(
    /<mergeCell\s[^<>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g,
  )) {
    for (let row = Number(top) - 1; row < Number(bottom); row += 1) {
      for (let column = columnIndex(from); column <= columnIndex(to); column += 1) {
        if (cells.length === mostMerged) return cells;
        if (row > Number(top) - 1 || column > columnIndex(from)) cells.push({ row, column });
      }
    }
  }
  return cells;
}

const toCell = (value: unknown): Cell => {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 10);
  if (typeof value === 'string') return value.trim() || null;
  return value as number | boolean | null;
};

/** What the reader below does not tell of a workbook's first sheet, by row. The unpacked sheet is gone when it returns. */
async function flawsOf(bytes: Buffer) {
  const sheet = firstSheet(await unpack(bytes));
  // Excel has 1,048,576 rows; the reader would make room for any number that an address claims.
  if (/<(?:row|c)\s[^<>]*?\br="[A-Z]{0,4}\d{8}/.test(sheet)) throw bomb();
  return {
    failed: Map.groupBy([...failedFormulas(sheet), ...uncalculated(sheet)], (cell) => cell.row),
    merged: Map.groupBy(mergedCells(sheet), (cell) => cell.row),
  };
}

/**
 * Reads the first sheet of an Excel workbook.
 * @throws UnreadableFile when it is none, or when it would fill the memory
 */
export async function readXlsx(bytes: Buffer): Promise<RawRow[]> {
  try {
    const { failed, merged } = await flawsOf(bytes);
    return (await readSheet(bytes)).map((values, row) => {
      const cells = values.map(toCell);
      for (const { column, shown } of failed.get(row) ?? []) cells[column] = shown;
      return {
        line: row + 1,
        cells: Array.from(cells, (cell) => cell ?? null),
        flaws: (merged.get(row) ?? []).map(({ column }) => ({ index: column, message: 'error.merged' })),
      };
    });
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? bomb(error) : damaged(error);
  }
}
