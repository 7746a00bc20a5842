/**
 * The port that every search engine implements. Pages, the API and the indexer know only this file;
 * `embedded/` (FTS5 in the SQLite file) and `meilisearch/` are its two adapters.
 */

/** A language of the site. */
export type Language = 'vi' | 'en';

/** What an engine stores and returns for one public record. */
export interface SearchDocument {
  /** The record's id: a positive integer, stable for the record's life. */
  id: number;
  kind: string;
  slug: string;
  title: string;
  titleEn: string | null;
  summary: string;
  summaryEn: string | null;
  /** Plain text of everything else worth finding: body and the kind's long attributes. Searched, never shown whole. */
  body: string;
  /** Keywords, numbers (tax code, certificate…), names of linked records: matched above the summary. */
  keys: string[];
  /** Names a place is known by, former ones too. */
  places: string[];
  /** Values by facet, e.g. `{ kind: ['offer'], field: ['2', '211'], area: ['31'], trl: ['8'] }`. Parents are included. */
  facets: Record<string, string[]>;
  /** What a list card shows besides title and summary; opaque to the engine. */
  card: Record<string, unknown>;
  /** Milliseconds since 1970 of publication: the order of «newest», and what breaks ties. */
  publishedAt: number;
  /** 0…1, how complete the record is; breaks ties. */
  completeness: number;
}

export const sorts = ['relevance', 'newest', 'title'] as const;
export type Sort = (typeof sorts)[number];

export interface SearchQuery {
  /** What the person typed: words, "phrases", -excluded; empty for browsing. */
  q: string;
  /** Chosen values by facet: values of one facet are alternatives, facets restrict each other. */
  filters: Record<string, string[]>;
  /** Only these records, by id; any when absent. How words are understood does not depend on it. */
  among?: number[];
  /** `relevance` without words means `newest`. */
  sort: Sort;
  /** Records to skip. */
  offset: number;
  /** Records to return. */
  limit: number;
  /** Facets to count; each is counted without its own filter (disjunctive). */
  facets: string[];
  /** The language whose title and summary are highlighted first. */
  language: Language;
}

export type DisplayDocument = Pick<
  SearchDocument,
  'id' | 'kind' | 'slug' | 'title' | 'titleEn' | 'summary' | 'summaryEn' | 'card' | 'publishedAt'
>;

/** Escaped HTML with the matched words in `<mark>`; a key is absent where nothing matched. */
export interface Highlights {
  title?: string;
  summary?: string;
  /** A passage of the body, given when neither title nor summary shows the match. */
  body?: string;
}

export interface SearchHit {
  document: DisplayDocument;
  highlights: Highlights;
}

export interface SearchResult {
  /** The name of the engine that answered. */
  engine: string;
  total: number;
  hits: SearchHit[];
  facets: Record<string, Record<string, number>>;
  /** True when no record has all the words and the answer holds the nearest ones instead. */
  relaxed: boolean;
}

/** Asks for the documents that share the most with a text, however few of its words they have. */
export interface LikenessQuery {
  /** A word, or words that stand next to each other, with how much a document gains by having it. */
  terms: { words: string; weight: number }[];
  /**
   * Whether single words have their marks: then `vải` finds only `vải`, else it finds every spelling. Several words
   * together say by themselves what is meant.
   */
  marked: boolean;
  /** Values by facet that lift a document which has at least one of the terms. */
  prefer: { facet: string; value: string; weight: number }[];
  kinds: string[];
  /** How many documents of each kind to give. */
  perKind: number;
}

export interface Likeness {
  /** How many documents of the asked kinds there are. */
  documents: number;
  /** How many of them have each term, in the terms' order. */
  frequencies: number[];
  /** The best of each kind, best first. */
  ids: Record<string, number[]>;
}

/** Answers questions. Throws `EngineUnavailable` when it cannot. */
export interface SearchEngine {
  readonly name: string;
  search(query: SearchQuery): Promise<SearchResult>;
  /** Records whose title or key words begin with or hold what was typed; for the list under the search box. */
  suggest(q: string, limit: number, language: Language): Promise<SearchHit[]>;
  /** Records like the one given: same field first, then shared key words and place; never itself. */
  similar(id: number, limit: number): Promise<DisplayDocument[]>;
  /**
   * The documents with the most and the rarest of some weighted terms: candidates for the matching, which then judges
   * them closer. Each term counts its weight times its rarity, wherever and however often it stands.
   */
  alike(query: LikenessQuery): Promise<Likeness>;
  /** Resolves when the engine can answer, rejects with `EngineUnavailable` when it can't. */
  health(): Promise<void>;
  close(): Promise<void>;
}

/** Changes an engine's index. Every call is repeatable: the same batch twice leaves the same index. */
export interface SearchIndex {
  readonly name: string;
  /** Adds or replaces `documents` and removes `deletedIds`; searchable when it resolves. */
  apply(documents: SearchDocument[], deletedIds: number[]): Promise<void>;
  /**
   * Builds a whole new index beside the live one, then swaps. Searches see the old one until then.
   * @param batches every public document, in any order
   * @param catchUp called before the swap: what changed since the start
   */
  rebuild(
    batches: AsyncIterable<SearchDocument[]>,
    catchUp: () => Promise<{ documents: SearchDocument[]; deletedIds: number[] }>,
  ): Promise<void>;
}

/** The engine cannot be reached or answered wrongly: another one should take over. */
export class EngineUnavailable extends Error {
  override name = 'EngineUnavailable';
}

/** The engine answers but has no index (its data was deleted): the index must be rebuilt from the records. */
export class IndexMissing extends EngineUnavailable {
  override name = 'IndexMissing';
}
