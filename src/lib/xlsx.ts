import { strToU8, Zip, ZipDeflate } from 'fflate';
import { xmlText } from './xml.ts';

/** A day (`2026-11-25`) has a type of its own, so that a spreadsheet can reckon with it. */
export type Cell = string | number | boolean | null | { day: string };

/** A sheet of a workbook; its first row is the heading and stays in view. */
export interface Sheet {
  name: string;
  /** Some at a time. */
  rows: AsyncIterable<Cell[][]>;
}

/** Excel takes no more in a cell. */
const maxCellLength = 32_767;
/** Level of deflate: a quarter of the time of the usual one, for a tenth more bytes. */
const level = 3;

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const officeRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Formats of cells, by their place in styles.xml. */
const style = { heading: 1, day: 2, text: 3 } as const;
const dayZero = Date.UTC(1899, 11, 30);

/** Text is stored as text, so nothing in it is ever run as a formula. */
function cellXml(cell: Cell, place: string, textStyle: number): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c t="b" r="${place}"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'object') {
    const days = (Date.parse(cell.day) - dayZero) / 86_400_000;
    return Number.isFinite(days) ? `<c r="${place}" s="${style.day}"><v>${days}</v></c>` : '';
  }
  const text = cell.slice(0, maxCellLength).split(/\r?\n/).map(xmlText).join('\n');
  return `<c t="inlineStr" r="${place}" s="${textStyle}"><is><t xml:space="preserve">${text}</t></is></c>`;
}

/** A column's letters: 0 → A, 26 → AA. */
export const columnLetters = (column: number): string =>
  (column < 26 ? '' : columnLetters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));

/** @param n of the row, from 1; the first one is the heading */
const rowXml = (cells: Cell[], n: number): string =>
  `<row r="${n}">${cells.map((cell, i) => cellXml(cell, columnLetters(i) + n, n === 1 ? style.heading : style.text)).join('')}</row>`;

async function* sheetXml({ rows }: Sheet): AsyncGenerator<string> {
  yield `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="24" defaultRowHeight="15"/><sheetData>`;
  let done = 0;
  for await (const batch of rows) {
    const before = done;
    done += batch.length;
    yield batch.map((cells, i) => rowXml(cells, before + i + 1)).join('');
  }
  yield '</sheetData></worksheet>';
}

/** What a workbook holds besides its sheets. */
function fixedParts(sheets: Sheet[]): Record<string, string> {
  const each = (part: (n: number, name: string) => string) => sheets.map(({ name }, i) => part(i + 1, name)).join('');
  const styles = sheets.length + 1;
  return {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${mediaType}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${mediaType}.styles+xml"/>${each((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${mediaType}.worksheet+xml"/>`)}</Types>`,
    '_rels/.rels': `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${officeRelations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${officeRelations}"><sheets>${each((n, name) => `<sheet name="${xmlText(name)}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relations}">${each((n) => `<Relationship Id="rId${n}" Type="${officeRelations}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId${styles}" Type="${officeRelations}/styles" Target="styles.xml"/></Relationships>`,
    // `quotePrefix` is what Excel notes for a text typed with an apostrophe before it: no formula, also after saving.
    'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/><xf xfId="0" quotePrefix="1"/></cellXfs></styleSheet>`,
  };
}

/** Writes a workbook (ECMA-376) piece by piece: a batch of rows at a time is in memory. */
export async function* writeXlsx(sheets: Sheet[]): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    pieces.push(piece);
  });
  const add = (path: string): ZipDeflate => {
    const file = new ZipDeflate(path, { level });
    zip.add(file);
    return file;
  };
  for (const [path, xml] of Object.entries(fixedParts(sheets))) add(path).push(strToU8(declaration + xml), true);
  for (const [i, sheet] of sheets.entries()) {
    const file = add(`xl/worksheets/sheet${i + 1}.xml`);
    for await (const xml of sheetXml(sheet)) {
      file.push(strToU8(xml));
      yield* pieces.splice(0);
    }
    file.push(new Uint8Array(), true);
  }
  zip.end();
  yield* pieces.splice(0);
}
