import type BetterSqlite3 from 'better-sqlite3';
import type { Generation } from './writer.ts';

/** Groups of index columns that score alike. */
export const columnGroups = {
  any: '{title keys summary places body}',
  title: '{title}',
  keys: '{keys places}',
  summary: '{summary}',
  exact: '{exact}',
  pairs: '{pairs}',
} as const;
export type ColumnGroup = keyof typeof columnGroups;

const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** How FTS5 is asked for a word, a phrase (words with spaces) or the beginning of a word. */
export const wordExpression = (words: string): string => quote(words);
export const prefixExpression = (word: string): string => `${quote(word)} *`;

/**
 * Lists of the documents that hold a word in a column group, read from FTS5 once and kept while the index does not
 * change: the warm cache that makes a common word cost a scan of an array instead of a scan of the file.
 */
export class Postings {
  readonly #select = new Map<string, Uint32Array>();
  readonly #statement;
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(sqlite: BetterSqlite3.Database, generation: Generation, maxBytes = 48 * 1024 * 1024) {
    this.#statement = sqlite
      .prepare(`select rowid from search_text_${generation} where search_text_${generation} match ?`)
      .pluck();
    this.#maxBytes = maxBytes;
  }

  /** Ids in ascending order of the documents that match the expression in one of the group's columns. */
  of(group: ColumnGroup, expression: string): Uint32Array {
    const key = `${columnGroups[group]} : ${expression}`;
    const known = this.#select.get(key);
    if (known) {
      // A Map remembers insertion order: moving an entry to the end makes the first one the least recently used.
      this.#select.delete(key);
      this.#select.set(key, known);
      return known;
    }
    const ids = Uint32Array.from(this.#statement.all(key) as number[]);
    this.#select.set(key, ids);
    this.#bytes += ids.byteLength + 200;
    for (const [oldest, list] of this.#select) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#select.delete(oldest);
      this.#bytes -= list.byteLength + 200;
    }
    return ids;
  }
}
