/** What is wrong in one cell, as the person who made the file sees it. */
export interface ImportError {
  line: number;
  /** The column's header in the file, or the attribute's name when the file has no such column. */
  column: string;
  /** A key of messages.ts. */
  message: string;
  /** What the cell holds. */
  value: string;
  /** What would be right, or what it collides with. */
  detail?: string;
}

/** A new row that names somebody whom the catalogue, or an earlier row, names already. */
export interface LikelyDuplicate {
  line: number;
  title: string;
  record?: { slug: string; title: string; isPublic: boolean } | undefined;
  otherLine?: number | undefined;
}

export interface ImportReport {
  total: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Rows with errors. */
  bad: number;
  /** The first thousand errors. */
  errors: ImportError[];
  errorCount: number;
  unknownColumns: string[];
  /** The first hundred. */
  duplicates: LikelyDuplicate[];
}

export interface ImportProgress {
  phase: 'check' | 'write';
  done: number;
  total: number;
}
