import { stringify } from 'csv-stringify/sync';
import type { ExportCell } from './columns.ts';

/** Without it Excel takes UTF-8 for the machine's own code page. */
export const byteOrderMark = '\ufeff';

/**
 * A text that no spreadsheet takes for a formula: `'` before the signs that begin one, as OWASP advises. The import
 * takes it off again.
 */
export const neutral = (text: string): string => text.replace(/^[=+\-@\t\r＝＋－＠]/, "'$&");

const shown = (cell: ExportCell): string | number => {
  if (cell === null) return '';
  if (typeof cell === 'object') return cell.day;
  return typeof cell === 'string' ? neutral(cell) : cell;
};

/** Rows as lines of a CSV file (RFC 4180), without its byte order mark. */
export const csvLines = (rows: ExportCell[][]): string =>
  stringify(
    rows.map((row) => row.map(shown)),
    { record_delimiter: 'windows' },
  );

/** A whole small CSV file. */
export const csvText = (rows: ExportCell[][]): string => byteOrderMark + csvLines(rows);
