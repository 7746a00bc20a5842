import type BetterSqlite3 from 'better-sqlite3';
import type { SearchDocument } from '../engine.ts';
import { collationKey, tokenize } from '../text.ts';
import { indexedText, textColumns } from './indexed-text.ts';

export type Generation = 'a' | 'b';

export interface IndexState {
  /** Which of the two sets of tables is searched. */
  generation: Generation;
  /** How many rebuilds there have been. */
  rebuilds: number;
  /** The number of the last change. */
  seq: number;
}

export function readState(sqlite: BetterSqlite3.Database): IndexState {
  return sqlite.prepare('select generation, rebuilds, seq from search_state where id = 1').get() as IndexState;
}

/**
 * Writes documents into one generation of the index tables. The caller holds the transaction.
 */
export class IndexWriter {
  readonly #insertText;
  readonly #deleteText;
  readonly #saveDocument;
  readonly #removeDocument;
  readonly #addWord;
  readonly #knownWords = new Set<string>();

  constructor(sqlite: BetterSqlite3.Database, generation: Generation) {
    this.#deleteText = sqlite.prepare(`delete from search_text_${generation} where rowid = ?`);
    this.#insertText = sqlite.prepare(`
      insert into search_text_${generation} (rowid, ${textColumns.join(', ')})
      values (?, ${textColumns.map(() => '?').join(', ')})`);
    this.#saveDocument = sqlite.prepare(`
      insert or replace into search_document_${generation}
        (id, seq, live, publishedAt, completeness, titleKey, titleWords, facets, display, body, keys, places)
      values (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    // The row stays, so that a searcher that reads only what changed since its last look sees the removal.
    this.#removeDocument = sqlite.prepare(`
      update search_document_${generation}
      set live = 0, seq = ?, facets = '{}', display = '{}', body = '', keys = '[]', places = '[]' where id = ?`);
    this.#addWord = sqlite.prepare(`insert or ignore into search_word_${generation} (word, seq) values (?, ?)`);
  }

  /** Adds or replaces documents and removes others; `seq` is the number of this change. */
  write(documents: SearchDocument[], deletedIds: number[], seq: number): void {
    for (const id of deletedIds) {
      this.#deleteText.run(id);
      this.#removeDocument.run(seq, id);
    }
    for (const document of documents) this.#writeOne(document, seq);
  }

  #writeOne(document: SearchDocument, seq: number): void {
    const { columns, words } = indexedText(document);
    this.#deleteText.run(document.id);
    this.#insertText.run(document.id, ...textColumns.map((column) => columns[column]));
    for (const word of words) {
      if (this.#knownWords.has(word)) continue;
      this.#knownWords.add(word);
      this.#addWord.run(word, seq);
    }
    const { id, kind, slug, titleEn, summaryEn, card, publishedAt } = document;
    const display = {
      id,
      kind,
      slug,
      title: document.title,
      titleEn,
      summary: document.summary,
      summaryEn,
      card,
      publishedAt,
    };
    this.#saveDocument.run(
      id,
      seq,
      publishedAt,
      document.completeness,
      collationKey(document.title),
      Math.min(255, tokenize(document.title).length),
      JSON.stringify(document.facets),
      JSON.stringify(display),
      document.body,
      JSON.stringify(document.keys),
      JSON.stringify(document.places),
    );
  }

  /** Empties this generation's tables before a rebuild. */
  static clear(sqlite: BetterSqlite3.Database, generation: Generation): void {
    sqlite.exec(`
      insert into search_text_${generation}(search_text_${generation}) values ('delete-all');
      delete from search_document_${generation};
      delete from search_word_${generation};`);
  }

  /**
   * Begins to merge the index's segments, since a rebuilt index answers faster in one piece; `merge` goes on.
   * @returns true when there is nothing (more) to merge
   */
  static beginMerge(sqlite: BetterSqlite3.Database, generation: Generation): boolean {
    return mergeSome(sqlite, generation, -mergedPages);
  }

  static merge(sqlite: BetterSqlite3.Database, generation: Generation): boolean {
    return mergeSome(sqlite, generation, mergedPages);
  }
}

/** A few milliseconds' work. */
const mergedPages = 50;

/** FTS5's command: pages to write, negative to take all segments in; done when fewer than two rows have changed. */
function mergeSome(sqlite: BetterSqlite3.Database, generation: Generation, pages: number): boolean {
  const changes = sqlite.prepare('select total_changes()').pluck();
  const before = changes.get() as number;
  sqlite
    .prepare(`insert into search_text_${generation} (search_text_${generation}, rank) values ('merge', ?)`)
    .run(pages);
  return (changes.get() as number) - before < 2;
}
