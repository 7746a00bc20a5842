/** Excel takes a file for UTF-8 by this mark only. */
export const byteOrderMark = '\ufeff';

/** What a spreadsheet would take for a formula: how a cell begins, also behind blanks (OWASP, CSV injection). */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/**
 * A value as a cell of a CSV file (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in front;
 * numbers stay as they are.
 */
export function csvCell(value: string | number | boolean | null | undefined): string {
  if (value == null) return '';
  if (typeof value !== 'string') return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",;\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Cells as a line of a CSV file, with the line's end. */
export const csvLine = (cells: Parameters<typeof csvCell>[0][]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** Text from a file as it was before `csvCell` put an apostrophe in front of it. */
export const withoutGuard = (text: string): string =>
  text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text;

/** A whole small CSV file. */
export const csv = (rows: Parameters<typeof csvLine>[0][]): string => byteOrderMark + rows.map(csvLine).join('');
