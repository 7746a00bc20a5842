import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { columnLetters } from '../../lib/xlsx.ts';
import { type Cell, type RawRow, type Table, UnreadableFile } from './table.ts';
import { readXlsx } from './xlsx.ts';

export const maxFileMb = 50;
/** What the templates' example row says in its first column. */
export const exampleMark = /^(?:VÍ DỤ|EXAMPLE)/;
const maxRows = 200_000;
const maxColumns = 200;
/** Read between two chances for other work of the process. */
const bytesPerBreath = 256_000;

/**
 * Reads a table from a file's bytes. Its content decides what it is, not its name.
 * @throws UnreadableFile
 */
export async function readTable(bytes: Buffer): Promise<Table> {
  if (bytes.length > maxFileMb * 1e6) throw new UnreadableFile('file.tooLarge', { max: maxFileMb });
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04') return toTable(await readXlsx(bytes));
  if (bytes.subarray(0, 4).toString('hex') === 'd0cf11e0') {
    // A workbook with a password lies in a container of the old format, under a name in UTF-16.
    const isLocked = bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'));
    throw new UnreadableFile(isLocked ? 'file.encrypted' : 'file.oldExcel');
  }
  return toTable(readCsv(decode(bytes)));
}

/** Reads a table from a file; one that is too large is refused before it is read. */
export async function readTableFile(path: string): Promise<Table> {
  const file = await open(path);
  try {
    if ((await file.stat()).size > maxFileMb * 1e6) throw new UnreadableFile('file.tooLarge', { max: maxFileMb });
    return await readTable(await file.readFile());
  } finally {
    await file.close();
  }
}

/** The text of a file: UTF-8, or UTF-16 that says so in its first two bytes. Anything else would be a guess. */
function decode(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch (error) {
    throw new UnreadableFile('file.encoding', {}, error);
  }
  throw new UnreadableFile('file.encoding');
}

/** The separator that stands most often in the first line, outside quotes. */
function delimiterOf(text: string): string {
  const counts = new Map([',', ';', '\t'].map((delimiter) => [delimiter, 0]));
  let quoted = false;
  for (const char of text.trimStart()) {
    if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '\n' || char === '\r') break;
    else if (counts.has(char)) counts.set(char, (counts.get(char) ?? 0) + 1);
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

async function* inPieces(text: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += bytesPerBreath) {
    yield bytes.subarray(at, at + bytesPerBreath);
    await breathe();
  }
}

const lineBreaks = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;

async function* readCsv(text: string): AsyncGenerator<RawRow> {
  const parser = parse({
    delimiter: delimiterOf(text),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
  });
  let line = 1;
  try {
    for await (const cells of Readable.from(inPieces(text)).pipe(parser) as AsyncIterable<string[]>) {
      // In a workbook a formula has a value; a CSV file that has one was not saved by what calculates it.
      const formulas = cells.flatMap((cell, index) =>
        cell.trimStart().startsWith('=') ? [{ index, message: 'error.formula' }] : [],
      );
      yield { line, cells: cells.map((cell) => cell.trim() || null), flaws: formulas };
      line += 1 + cells.reduce((sum, cell) => sum + lineBreaks(cell), 0);
    }
  } catch (error) {
    if (error instanceof CsvError)
      throw new UnreadableFile('file.quotes', { line: Number(error.lines ?? line) }, error);
    throw error;
  }
}

/** The row of a template that shows how: it says so in a column that starts with `_`. */
const isExample = (header: string[], cells: Cell[]): boolean =>
  header.some((name, index) => name.startsWith('_') && exampleMark.test(String(cells[index] ?? '')));

/** Takes the first row that is not blank as the header and names the cells of the others. */
async function toTable(source: AsyncIterable<RawRow> | RawRow[]): Promise<Table> {
  let table: Table | undefined;
  for await (const { line, cells, flaws = [] } of source) {
    const width = cells.findLastIndex((cell) => cell !== null) + 1;
    if (width === 0) continue;
    if (!table) {
      if (width > maxColumns) throw new UnreadableFile('file.tooManyColumns', { max: maxColumns });
      const header = cells.map((cell, index) => String(cell ?? `(${columnLetters(index)})`));
      table = { header, headerLine: line, rows: [] };
      continue;
    }
    if (width > table.header.length) throw new UnreadableFile('file.tooManyCells', { line });
    if (table.rows.length === maxRows) throw new UnreadableFile('file.tooManyRows', { max: maxRows });
    const { header, rows } = table;
    if (isExample(header, cells)) continue;
    rows.push({
      line,
      cells: Object.fromEntries(header.map((name, index) => [name, cells[index] ?? null])),
      ...(flaws.length > 0 && {
        flaws: Object.fromEntries(flaws.map(({ index, message }) => [header[index], message])),
      }),
    });
  }
  if (!table) throw new UnreadableFile('file.empty');
  return table;
}
