import type BetterSqlite3 from 'better-sqlite3';
import type { DisplayDocument } from '../engine.ts';
import { Columns, type DocumentRow } from './columns.ts';
import { indexedText } from './indexed-text.ts';
import { type Change, Postings } from './postings.ts';
import { Ranker } from './ranker.ts';
import { Words } from './words.ts';
import type { IndexState } from './writer.ts';

/** Documents that are read at a time, in a few milliseconds. */
const sliceSize = 500;
/** Words that are read in advance: of more, the last ones asked for. */
const mostWarmed = 500;

/** One generation of the index as a searcher keeps it in memory. It follows the changes of its generation. */
export class Snapshot {
  readonly #slice: BetterSqlite3.Statement;
  readonly #changed: BetterSqlite3.Statement;
  readonly #newWords: BetterSqlite3.Statement;
  /** Up to where it has been read. */
  state: IndexState;
  readonly columns = new Columns();
  readonly words = new Words();
  readonly postings: Postings;
  readonly #searchedOf: BetterSqlite3.Statement;
  readonly #displayOf: BetterSqlite3.Statement;
  ranker!: Ranker;

  private constructor(sqlite: BetterSqlite3.Database, state: IndexState) {
    this.state = state;
    const documents = `search_document_${state.generation}`;
    const read = `select id, live, publishedAt, completeness, titleKey, titleWords, facets from ${documents}`;
    this.#slice = sqlite.prepare(`${read} where id > ? order by id limit ${sliceSize}`);
    this.#changed = sqlite.prepare(`${read} where seq > ?`);
    this.#newWords = sqlite.prepare(`select word from search_word_${state.generation} where seq > ?`).pluck();
    this.#displayOf = sqlite.prepare(`select display, body from ${documents} where id = ?`);
    this.#searchedOf = sqlite.prepare(`select display, body, keys, places from ${documents} where id = ?`);
    this.postings = new Postings(sqlite, state.generation);
  }

  /**
   * Reads a generation a slice at a time: whoever takes the slices answers questions in between.
   * @param before a snapshot whose words are read in advance: what was asked for will be asked for again
   */
  static *load(sqlite: BetterSqlite3.Database, state: IndexState, before?: Snapshot): Generator<void, Snapshot> {
    const snapshot = new Snapshot(sqlite, state);
    for (let last = 0; ; ) {
      const rows = snapshot.#slice.all(last) as DocumentRow[];
      snapshot.columns.put(rows);
      if (rows.length < sliceSize) break;
      last = rows[rows.length - 1].id;
      yield;
    }
    snapshot.#addWords(-1);
    snapshot.postings.grow(snapshot.columns.size);
    yield;
    for (const { group, expression } of before?.postings.lastAsked(mostWarmed) ?? []) {
      snapshot.postings.of(group, expression);
      yield;
    }
    snapshot.ranker = new Ranker(snapshot.columns, snapshot.postings);
    return snapshot;
  }

  /** Reads what has changed since `state`. The caller holds a transaction: all is of one moment. */
  follow(now: IndexState): void {
    const { seq } = this.state;
    const changed = this.columns.put(this.#changed.iterate(seq) as IterableIterator<DocumentRow>);
    this.#addWords(seq);
    this.postings.grow(this.columns.size);
    this.postings.change(changed, (id) => this.#changeOf(id));
    this.ranker = new Ranker(this.columns, this.postings);
    this.state = now;
  }

  /** Reads the words that are newer than a change. */
  #addWords(seq: number): void {
    for (const word of this.#newWords.iterate(seq)) this.words.add(word as string);
  }

  #changeOf(id: number): Change {
    if (!this.columns.live[id]) return { id, columns: undefined };
    const { display, body, keys, places } = this.#searchedOf.get(id) as Record<string, string>;
    const { title, titleEn, summary, summaryEn } = JSON.parse(display) as DisplayDocument;
    const words = { keys: JSON.parse(keys) as string[], places: JSON.parse(places) as string[], body };
    return { id, columns: indexedText({ title, titleEn, summary, summaryEn, ...words }).columns };
  }

  /** Whether its tables have been emptied for a rebuild, whose last document is the one with the largest id. */
  isEmptied(): boolean {
    return this.columns.size > 0 && this.documentOf(this.columns.size - 1) === undefined;
  }

  /** A document as JSON, and its text; undefined when its generation has been emptied meanwhile. */
  documentOf(id: number): { display: string; body: string } | undefined {
    return this.#displayOf.get(id) as { display: string; body: string } | undefined;
  }
}
