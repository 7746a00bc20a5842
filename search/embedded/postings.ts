import type BetterSqlite3 from 'better-sqlite3';
import type { IndexedText, TextColumn } from './indexed-text.ts';
import type { Generation } from './writer.ts';

/** Bits that say where in a document something stands. */
export const inTitle = 1;
export const inKeys = 2;
export const inSummary = 4;
const present = 8;
const everywhere = inTitle | inKeys | inSummary | present;

/** The documents that hold something, and where: what a common word costs in memory, and a scan of it, is little. */
export interface Posting {
  /** Ascending ids; undefined for something common, whose `where` is indexed by id itself. */
  ids: Uint32Array | undefined;
  /** The bits of each document, 0 for one that does not hold it. */
  where: Uint8Array;
  /** How many documents hold it. */
  count: number;
}

/** The columns that each group of words is looked for in, with the bits that a document found there gets. */
const groups: Record<'text' | 'exact' | 'pairs', [columns: TextColumn[], bits: number][]> = {
  text: [
    [['title', 'keys', 'summary', 'places', 'body'], present],
    [['title'], inTitle],
    [['keys', 'places'], inKeys],
    [['summary'], inSummary],
  ],
  // Where a spelling stands is not known: it leaves the places of what it is combined with.
  exact: [[['exact'], everywhere]],
  pairs: [[['pairs'], everywhere]],
};
type Group = keyof typeof groups;

const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** How FTS5 is asked for a word, a phrase (words with spaces) or the beginning of a word. */
export const wordExpression = (words: string): string => quote(words);
export const prefixExpression = (word: string): string => `${quote(word)} *`;

/** Says of a column's words whether the expression is among them, as FTS5 does. */
function finderOf(expression: string): (words: string) => boolean {
  const isPrefix = expression.endsWith('" *');
  const words = expression.slice(1, isPrefix ? -3 : -1).replaceAll('""', '"');
  const wanted = isPrefix ? ` ${words}` : ` ${words} `;
  return (text) => ` ${text} `.includes(wanted);
}

/** A document that was added, replaced or, without words, removed. */
export interface Change {
  id: number;
  columns: IndexedText['columns'] | undefined;
}

/** Calls `visit` with each document of a posting. */
export function each({ ids, where }: Posting, visit: (id: number) => void): void {
  for (let i = 0; i < where.length; i += 1) if (where[i] !== 0) visit(ids ? ids[i] : i);
}

/** Writes a posting's bits into an array indexed by id. */
function spread({ ids, where }: Posting, into: Uint8Array): void {
  if (ids) for (let i = 0; i < ids.length; i += 1) into[ids[i]] = where[i];
  else into.set(where);
}

/** The posting of what an array indexed by id says, in the form that takes less memory. */
function gathered(byId: Uint8Array): Posting {
  let count = 0;
  for (let id = 0; id < byId.length; id += 1) if (byId[id] !== 0) count += 1;
  if (count * 5 > byId.length) return { ids: undefined, where: byId.slice(), count };
  const ids = new Uint32Array(count);
  const where = new Uint8Array(count);
  let n = 0;
  for (let id = 0; id < byId.length; id += 1) {
    if (byId[id] === 0) continue;
    ids[n] = id;
    where[n++] = byId[id];
  }
  return { ids, where, count };
}

/** The documents that both hold, with the places that both have. */
export function both(a: Posting, b: Posting): Posting {
  const [few, many] = a.count <= b.count ? [a, b] : [b, a];
  const byId = new Uint8Array(Math.max(many.where.length, 1 + (many.ids?.at(-1) ?? 0)));
  spread(many, byId);
  const ids = new Uint32Array(few.count);
  const where = new Uint8Array(few.count);
  let n = 0;
  for (let i = 0; i < few.where.length; i += 1) {
    if (few.where[i] === 0) continue;
    const id = few.ids ? few.ids[i] : i;
    const shared = few.where[i] & byId[id];
    if (shared === 0) continue;
    ids[n] = id;
    where[n++] = shared;
  }
  return { ids: ids.subarray(0, n), where: where.subarray(0, n), count: n };
}

/** After more changes than this, an import for instance, words are read anew when they are asked for. */
const mostChanges = 100;

interface Kept {
  posting: Posting;
  bytes: number;
  /** How many of the changes it knows. */
  asOf: number;
}

/**
 * Which documents hold a word, read from FTS5 once and kept in memory: the warm cache that makes a common word cost a
 * scan of an array instead of a scan of the file. What is kept is corrected by the words of the documents that changed
 * since: on a busy day every search comes after a change, and asking the index of each would cost more than searching.
 */
export class Postings {
  readonly #kept = new Map<string, Kept>();
  readonly #all: BetterSqlite3.Statement;
  readonly #maxBytes: number;
  #bytes = 0;
  #byId = new Uint8Array(0);
  #changes: Change[] = [];

  constructor(sqlite: BetterSqlite3.Database, generation: Generation, maxBytes = 24 * 1024 * 1024) {
    const table = `search_text_${generation}`;
    this.#all = sqlite.prepare(`select rowid from ${table} where ${table} match ?`).pluck();
    this.#maxBytes = maxBytes;
  }

  /** @param size 1 + the largest id */
  grow(size: number): void {
    if (size > this.#byId.length) this.#byId = new Uint8Array(size);
  }

  /**
   * Tells which documents have changed.
   * @param read gives a document's words as of this change; not asked for when nothing that is kept needs them
   */
  change(ids: number[], read: (id: number) => Change): void {
    if (this.#kept.size > 0 && this.#changes.length + ids.length <= mostChanges) {
      this.#changes.push(...ids.map(read));
      return;
    }
    this.#kept.clear();
    this.#bytes = 0;
    this.#changes = [];
  }

  /** The documents that match the expression in one of the group's columns. Good until the next change. */
  of(group: Group, expression: string): Posting {
    const key = `${group} ${expression}`;
    const known = this.#kept.get(key);
    // A Map remembers insertion order: moving an entry to the end makes the first one the least recently used.
    if (known) this.#kept.delete(key);
    if (known?.asOf === this.#changes.length) {
      this.#kept.set(key, known);
      return known.posting;
    }
    if (known) this.#bytes -= known.bytes;
    const posting = known ? this.#corrected(known, group, expression) : this.#read(group, expression);
    const bytes = posting.where.byteLength + (posting.ids?.byteLength ?? 0) + 200;
    this.#kept.set(key, { posting, bytes, asOf: this.#changes.length });
    this.#bytes += bytes;
    for (const [oldest, { bytes: freed }] of this.#kept) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#kept.delete(oldest);
      this.#bytes -= freed;
    }
    return posting;
  }

  /** What was asked for last, at most so many. */
  lastAsked(atMost: number): { group: Group; expression: string }[] {
    return [...this.#kept.keys()].slice(-atMost).map((key) => {
      const [group, ...expression] = key.split(' ');
      return { group: group as Group, expression: expression.join(' ') };
    });
  }

  #read(group: Group, expression: string): Posting {
    const byId = this.#byId.fill(0);
    for (const [columns, bits] of groups[group]) {
      for (const id of this.#all.all(`{${columns.join(' ')}} : ${expression}`) as number[]) byId[id] |= bits;
    }
    return gathered(byId);
  }

  #corrected({ posting, asOf }: Kept, group: Group, expression: string): Posting {
    const isIn = finderOf(expression);
    const changed = new Map<number, number>();
    for (const { id, columns } of this.#changes.slice(asOf)) {
      let where = 0;
      for (const [names, bits] of groups[group]) {
        if (columns && names.some((name) => isIn(columns[name]))) where |= bits;
      }
      changed.set(id, where);
    }
    if (isUntouched(posting, changed)) return posting;
    const byId = this.#byId.fill(0);
    spread(posting, byId);
    for (const [id, where] of changed) byId[id] = where;
    return gathered(byId);
  }
}

/** True when none of the changed documents holds it, before or now: the usual case of a rare word. */
function isUntouched({ ids, where }: Posting, changed: Map<number, number>): boolean {
  for (const now of changed.values()) if (now !== 0) return false;
  if (ids) return !ids.some((id) => changed.has(id));
  for (const id of changed.keys()) if (where[id]) return false;
  return true;
}
