import type BetterSqlite3 from 'better-sqlite3';
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

/** What an index column group is asked with: the bits that a document in it gets. */
const groups = {
  text: [
    ['{title keys summary places body}', present],
    ['{title}', inTitle],
    ['{keys places}', inKeys],
    ['{summary}', inSummary],
  ],
  // Where a spelling stands is not known: it leaves the places of what it is combined with.
  exact: [['{exact}', everywhere]],
  pairs: [['{pairs}', everywhere]],
} as const;
export type Group = keyof typeof groups;

const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** How FTS5 is asked for a word, a phrase (words with spaces) or the beginning of a word. */
export const wordExpression = (words: string): string => quote(words);
export const prefixExpression = (word: string): string => `${quote(word)} *`;

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

/** After more changes than this a posting is read anew instead of corrected. */
const mostCorrections = 100;
const logKept = 10_000;

interface Kept {
  posting: Posting;
  bytes: number;
  /** How much of the log of changes it knows. */
  asOf: number;
}

/**
 * Which documents hold a word, read from FTS5 once and kept in memory: the warm cache that makes a common word cost a
 * scan of an array instead of a scan of the file. A change of a few documents corrects what is kept.
 */
export class Postings {
  readonly #kept = new Map<string, Kept>();
  readonly #all: BetterSqlite3.Statement;
  readonly #one: BetterSqlite3.Statement;
  readonly #maxBytes: number;
  #bytes = 0;
  #byId: Uint8Array;
  #log: number[] = [];

  /** @param size 1 + the largest id */
  constructor(sqlite: BetterSqlite3.Database, generation: Generation, size: number, maxBytes = 32 * 1024 * 1024) {
    const table = `search_text_${generation}`;
    this.#all = sqlite.prepare(`select rowid from ${table} where ${table} match ?`).pluck();
    // `rowid = ?` beside a match is not honoured by FTS5 (SQLite 3.54): a range is.
    this.#one = sqlite.prepare(`select 1 from ${table} where ${table} match ? and rowid between ? and ?`).pluck();
    this.#byId = new Uint8Array(size);
    this.#maxBytes = maxBytes;
  }

  /** Tells that documents were added, replaced or removed. */
  change(ids: number[], size: number): void {
    if (size > this.#byId.length) this.#byId = new Uint8Array(size);
    this.#log.push(...ids);
    if (this.#log.length <= logKept) return;
    this.#kept.clear();
    this.#bytes = 0;
    this.#log = [];
  }

  /** The documents that match the expression in one of the group's columns. */
  of(group: Group, expression: string): Posting {
    const key = `${group} ${expression}`;
    const known = this.#kept.get(key);
    // A Map remembers insertion order: moving an entry to the end makes the first one the least recently used.
    if (known) this.#kept.delete(key);
    if (known?.asOf === this.#log.length) {
      this.#kept.set(key, known);
      return known.posting;
    }
    if (known) this.#bytes -= known.bytes;
    const isClose = known && this.#log.length - known.asOf <= mostCorrections;
    const posting = isClose ? this.#corrected(known, group, expression) : this.#read(group, expression);
    const bytes = posting.where.byteLength + (posting.ids?.byteLength ?? 0) + 200;
    this.#kept.set(key, { posting, bytes, asOf: this.#log.length });
    this.#bytes += bytes;
    for (const [oldest, { bytes: freed }] of this.#kept) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#kept.delete(oldest);
      this.#bytes -= freed;
    }
    return posting;
  }

  #read(group: Group, expression: string): Posting {
    const byId = this.#byId.fill(0);
    for (const [columns, bit] of groups[group]) {
      for (const id of this.#all.all(`${columns} : ${expression}`) as number[]) byId[id] |= bit;
    }
    return gathered(byId);
  }

  #corrected({ posting, asOf }: Kept, group: Group, expression: string): Posting {
    const byId = this.#byId.fill(0);
    spread(posting, byId);
    for (const id of new Set(this.#log.slice(asOf))) {
      byId[id] = 0;
      for (const [columns, bit] of groups[group]) {
        if (this.#one.get(`${columns} : ${expression}`, id, id) !== undefined) byId[id] |= bit;
      }
    }
    return gathered(byId);
  }
}
