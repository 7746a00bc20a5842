import { stringify } from 'csv-stringify/sync';

export type CsvCell = string | number | boolean | null | undefined;

/** Excel takes a file for UTF-8 by this mark only. */
export const byteOrderMark = '\ufeff';

/** What a spreadsheet would take for a formula: how a cell begins, also behind blanks (OWASP, CSV injection). */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** A text that no spreadsheet runs as a formula: an apostrophe goes before what would be one. */
export const harmless = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** A text from a file as it was before `harmless` put an apostrophe in front of it. */
export const withoutGuard = (text: string): string =>
  text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text;

/**
 * Rows as lines of a CSV file (RFC 4180), without the byte order mark. No text is run as a formula; numbers stay as they
 * are.
 */
export const csvLines = (rows: CsvCell[][]): string =>
  stringify(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? harmless(cell) : cell))),
    // Where Windows separates by semicolons, or somebody opens the file by hand, a cell must not fall apart.
    { record_delimiter: 'windows', cast: { boolean: String }, quoted_match: /[;\t]|^\s|\s$/ },
  );

/** A whole small CSV file. */
export const csvText = (rows: CsvCell[][]): string => byteOrderMark + csvLines(rows);
