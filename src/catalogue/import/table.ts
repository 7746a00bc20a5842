/** A date is an ISO day, a failed formula its error text, an empty cell null. */
export type Cell = string | number | boolean | null;

/** What a CSV or XLSX file holds, whatever its separator and encoding. */
export interface Table {
  /** Trimmed column names in order; a column without one is called by its letters, e.g. `(D)`. */
  header: string[];
  /** The header's line in the file, from 1. */
  headerLine: number;
  /** Rows that are not blank, with their first line in the file. */
  rows: TableRow[];
}

export interface TableRow {
  line: number;
  cells: Record<string, Cell>;
  /** Columns whose cell is merged into another one, so that its own value is unknown. */
  merged?: string[];
}

/** A file that cannot be read as a table; the message is a key of messages.ts with its values. */
export class UnreadableFile extends Error {
  readonly key: string;
  readonly values: Record<string, string | number>;
  constructor(key: string, values: Record<string, string | number> = {}, cause?: unknown) {
    super(key, { cause });
    this.key = key;
    this.values = values;
  }
}

/** A row before the header gives its cells names. */
export interface RawRow {
  line: number;
  cells: Cell[];
  /** Indexes of cells that are merged into another one. */
  merged?: number[];
}

/** A column's letters as spreadsheets show them: 0 → A, 26 → AA. */
export const columnLetters = (index: number): string =>
  (index < 26 ? '' : columnLetters(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));
