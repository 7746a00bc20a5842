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
  /** What is wrong with cells before anybody asks what they mean, by column: keys of messages.ts. */
  flaws?: Record<string, string>;
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
  /** What is wrong with cells, by index: keys of messages.ts. */
  flaws?: { index: number; message: string }[];
}
