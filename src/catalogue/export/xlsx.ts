import { strToU8, Zip, ZipDeflate } from 'fflate';
import { escapeHtml } from '../../../search/highlight.ts';
import { columnLetters } from '../import/table.ts';
import type { ExportCell } from './columns.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';

/** Formats of cells, by their place in styles.xml. */
const style = { plain: 0, header: 1, date: 2, text: 3 } as const;

/** The parts of a workbook besides its sheet (ECMA-376, SpreadsheetML). */
const parts: Record<string, string> = {
  '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
  // `quotePrefix` is what Excel notes for a text that was typed with `'` before it: never a formula, also after saving.
  'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/><xf xfId="0" quotePrefix="1"/></cellXfs></styleSheet>`,
};

const workbook = (sheet: string): string =>
  `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="${escapeHtml(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;

/** More than a cell of Excel holds. */
const mostCharacters = 32_767;
/** What XML cannot hold at all. */
const unspeakable = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu;
const dayZero = Date.UTC(1899, 11, 30);

const xmlText = (text: string): string =>
  escapeHtml(text.slice(0, mostCharacters).replace(unspeakable, '')).replaceAll('\r', '&#13;');

function xmlCell(cell: ExportCell, place: string, textStyle: number): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === 'object') {
    const days = (Date.parse(cell.day) - dayZero) / 86_400_000;
    return Number.isFinite(days) ? `<c r="${place}" s="${style.date}"><v>${days}</v></c>` : '';
  }
  return `<c r="${place}" s="${textStyle}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`;
}

const xmlRow = (row: ExportCell[], n: number, textStyle: number = style.text): string =>
  `<row r="${n}">${row.map((cell, index) => xmlCell(cell, columnLetters(index) + n, textStyle)).join('')}</row>`;

/**
 * A workbook of one sheet, made while its rows arrive: however many there are, few are in memory at a time.
 * @param header the first row, which stays in sight
 * @param batches rows, some at a time
 */
export async function* xlsxChunks(
  sheet: string,
  header: string[],
  batches: AsyncIterable<ExportCell[][]>,
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  let failed: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) failed = error;
    else ready.push(chunk);
  });
  const add = (name: string) => {
    const file = new ZipDeflate(name, { level: 4 });
    zip.add(file);
    return file;
  };
  for (const [name, xml] of Object.entries({ ...parts, 'xl/workbook.xml': workbook(sheet) })) {
    add(name).push(strToU8(declaration + xml), true);
  }
  const rows = add('xl/worksheets/sheet1.xml');
  rows.push(
    strToU8(
      `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="${header.length}" width="24" customWidth="1"/></cols><sheetData>${xmlRow(header, 1, style.header)}`,
    ),
  );
  let n = 1;
  for await (const batch of batches) {
    rows.push(strToU8(batch.map((row) => xmlRow(row, ++n)).join('')));
    if (failed) throw failed;
    yield* ready.splice(0);
  }
  rows.push(strToU8('</sheetData></worksheet>'), true);
  zip.end();
  if (failed) throw failed;
  yield* ready.splice(0);
}
