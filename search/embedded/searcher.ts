import type BetterSqlite3 from 'better-sqlite3';
import type { DisplayDocument, Highlights, Likeness, LikenessQuery, SearchQuery } from '../engine.ts';
import { highlightsOf, type MarkedTerms } from '../highlight.ts';
import { type ParsedQuery, parseQuery } from '../query.ts';
import { Synonyms } from '../synonyms.ts';
import type { Token } from '../text.ts';
import { best } from './best.ts';
import { type Concept, conceptsOf, corrected } from './concepts.ts';
import { alike } from './likeness.ts';
import { Snapshot } from './snapshot.ts';
import { readState } from './writer.ts';

/** A hit whose document is still the JSON text of the index, so that it crosses threads cheaply. */
export interface RawHit {
  display: string;
  highlights: Highlights;
}

export interface RawResult {
  total: number;
  hits: RawHit[];
  facets: Record<string, Record<string, number>>;
  relaxed: boolean;
}

/** With fewer answers than this, a known but ill-fitting word is considered a typing error too. */
const fewAnswers = 5;
const memoEntries = 32;
/** They are read in less than a tenth of a second. */
const fewDocuments = 5_000;

/** Takes all slices at once. */
function finished<T>(slices: Generator<void, T>): T {
  for (;;) {
    const slice = slices.next();
    if (slice.done) return slice.value;
  }
}

interface Ranked {
  /** Ids in order; at most a thousand of them unless the order is that of a column. */
  order: Uint32Array;
  total: number;
  counts: Uint32Array;
  relaxed: boolean;
  terms: MarkedTerms;
}

/** Answers searches from one read-only connection and what it keeps in memory. Synchronous: runs in a worker thread. */
export class Searcher {
  readonly #sqlite: BetterSqlite3.Database;
  #synonyms: Synonyms;
  readonly #followsSynonyms: boolean;
  #settingsVersion = -1;
  readonly #memoEntries: number;
  readonly #readAtOnce: number;
  readonly #onRebuilt: () => void;
  #dataVersion = -1;
  #snapshot: Snapshot;
  /** A generation that is being read beside the one that answers. */
  #loading: { rebuilds: number; slices: Generator<void, Snapshot> } | undefined;
  #memo = new Map<string, Ranked>();

  /**
   * @param synonyms a fixed list; undefined for the one in the database
   * @param options.memo how many whole answers to keep (paging through one list asks the same again); 0 for none
   * @param options.readAtOnce a rebuilt index of so many documents is read in one go
   * @param options.onRebuilt called when a rebuilt index has taken over from the one that answered while it was read
   */
  constructor(
    sqlite: BetterSqlite3.Database,
    synonyms: string[][] | undefined,
    {
      memo = memoEntries,
      readAtOnce = fewDocuments,
      onRebuilt = () => {},
    }: { memo?: number; readAtOnce?: number; onRebuilt?: () => void } = {},
  ) {
    this.#sqlite = sqlite;
    this.#synonyms = new Synonyms(synonyms ?? []);
    this.#followsSynonyms = synonyms === undefined;
    this.#memoEntries = memo;
    this.#readAtOnce = readAtOnce;
    this.#onRebuilt = onRebuilt;
    this.#snapshot = finished(Snapshot.load(sqlite, readState(sqlite)));
    this.refresh();
  }

  /** Follows the index: reads what has changed since the last look. */
  refresh(): void {
    const dataVersion = this.#sqlite.pragma('data_version', { simple: true }) as number;
    if (dataVersion === this.#dataVersion) return;
    // All of one moment: a document may be removed while its words are read.
    this.#sqlite.transaction(() => this.#follow())();
    this.#dataVersion = dataVersion;
    // Yet another rebuild has begun where the last index lies.
    if (this.#loading && this.#snapshot.isEmptied()) this.#readAll();
  }

  #follow(): void {
    if (this.#followsSynonyms) this.#readSynonyms();
    const state = readState(this.#sqlite);
    if (state.rebuilds !== this.#snapshot.state.rebuilds) {
      if (this.#loading?.rebuilds === state.rebuilds) return;
      const slices = Snapshot.load(this.#sqlite, state, this.#snapshot);
      if (this.#snapshot.columns.liveCount <= this.#readAtOnce) this.#replace(finished(slices));
      else this.#loading = { rebuilds: state.rebuilds, slices };
      return;
    }
    if (state.seq === this.#snapshot.state.seq) return;
    this.#snapshot.follow(state);
    this.#memo.clear();
  }

  /**
   * After a rebuild the last generation answers until the new one has been read; this reads a slice of it.
   * @returns false when there is nothing (more) to read
   */
  readOn(): boolean {
    const slice = this.#loading?.slices.next();
    if (slice?.done) this.#takeOver(slice.value);
    return this.#loading !== undefined;
  }

  /** Reads the rest of a rebuilt index now. */
  #readAll(): void {
    if (this.#loading) this.#takeOver(finished(this.#loading.slices));
    this.refresh();
  }

  #takeOver(snapshot: Snapshot): void {
    this.#replace(snapshot);
    this.#onRebuilt();
  }

  #replace(snapshot: Snapshot): void {
    this.#loading = undefined;
    this.#snapshot = snapshot;
    this.#memo.clear();
    // It may have changed since its first slice was read.
    this.#dataVersion = -1;
  }

  /** Reads the Department's synonyms when the settings have changed since the last look. */
  #readSynonyms(): void {
    const version = this.#sqlite.prepare('select version from settings_version').pluck().get() as number;
    if (version === this.#settingsVersion) return;
    const groups = this.#sqlite.prepare('select members from synonym_group order by id').pluck().all() as string[];
    this.#synonyms = new Synonyms(groups.map((members) => JSON.parse(members)));
    this.#settingsVersion = version;
    this.#memo.clear();
  }

  search(query: SearchQuery): RawResult {
    this.refresh();
    // Whoever asks about certain records knows them from the index: the last one may not have them.
    if (query.among) this.#readAll();
    const parsed = parseQuery(query.q);
    const ranked = this.#ranked(query, parsed);
    const ids = ranked.order.subarray(query.offset, query.offset + query.limit);
    const hits = Array.from(ids).flatMap((id) => this.#hit(id, ranked.terms, query.language));
    return {
      total: ranked.total,
      hits,
      facets: this.#facetCounts(ranked.counts, query.facets),
      relaxed: ranked.relaxed,
    };
  }

  /** The best hits for an unfinished query, without counting. */
  suggest(q: string, limit: number, language: SearchQuery['language']): RawHit[] {
    return this.search({ q, filters: {}, sort: 'relevance', offset: 0, limit, facets: [], language }).hits;
  }

  /** Documents that share the most with one: narrow fields first, then other values, then freshness. */
  similar(id: number, limit: number): string[] {
    this.refresh();
    const { columns } = this.#snapshot;
    if (!columns.live[id]) return [];
    const shared = new Map<number, number>();
    columns.eachValue(id, (value) => {
      const { facet, value: code } = columns.valueNames[value];
      const weight = facet === 'field' ? (code.length > 1 ? 10 : 1) : facet === 'kind' || facet === 'area' ? 0 : 1;
      if (weight === 0) return;
      for (const other of columns.withValue(value, 300)) shared.set(other, (shared.get(other) ?? 0) + weight);
    });
    const sameKind = new Uint8Array(columns.valueNames.length);
    columns.eachValue(id, (value) => {
      if (columns.valueNames[value].facet === 'kind') sameKind[value] = 1;
    });
    return [...shared]
      .filter(([other, score]) => other !== id && score >= 10 && columns.hasAny(other, sameKind))
      .sort(([a, scoreA], [b, scoreB]) => scoreB - scoreA || columns.compareNewest(a, b))
      .slice(0, limit)
      .flatMap(([other]) => this.#snapshot.documentOf(other)?.display ?? []);
  }

  alike(query: LikenessQuery): Likeness {
    this.refresh();
    return alike(this.#snapshot.columns, this.#snapshot.postings, query);
  }

  #ranked(query: SearchQuery, parsed: ParsedQuery): Ranked {
    const needed = query.offset + query.limit;
    const browsing = parsed.words.length === 0 && parsed.phrases.length === 0;
    const sort = browsing && query.sort === 'relevance' ? 'newest' : query.sort;
    const key = JSON.stringify([query.q, query.filters, sort, query.facets.length > 0, query.among]);
    const known = this.#memo.get(key);
    if (known && known.order.length >= Math.min(needed, known.total)) {
      this.#memo.delete(key);
      this.#memo.set(key, known);
      return known;
    }
    const ranked = this.#rank(query, parsed, sort, browsing, needed);
    this.#memo.set(key, ranked);
    for (const oldest of this.#memo.keys()) {
      if (this.#memo.size <= this.#memoEntries) break;
      this.#memo.delete(oldest);
    }
    return ranked;
  }

  #rank(query: SearchQuery, parsed: ParsedQuery, sort: SearchQuery['sort'], browsing: boolean, needed: number): Ranked {
    const { columns, postings, words, ranker } = this.#snapshot;
    let concepts = conceptsOf(parsed, this.#synonyms);
    let relaxed = false;
    let candidates: Uint32Array;
    if (browsing) candidates = sort === 'title' ? columns.byTitle() : columns.newest();
    else {
      candidates = ranker.matchAll(concepts);
      if (candidates.length < fewAnswers) {
        const better = corrected(concepts, words, postings, true);
        if (better) {
          concepts = better;
          candidates = ranker.matchAll(concepts);
        }
      }
      if (candidates.length === 0 && parsed.words.length > 1) {
        candidates = ranker.matchMost(concepts);
        relaxed = candidates.length > 0;
      }
    }
    candidates = ranker.without(candidates, parsed);
    if (query.among) {
      const among = new Set(query.among);
      candidates = candidates.filter((id) => among.has(id));
    }
    const { ids, counts } = this.#filtered(candidates, query.filters, query.facets.length > 0);
    const terms = markedTerms(concepts, parsed);
    if (browsing) return { order: ids, total: ids.length, counts, relaxed, terms };

    if (sort === 'relevance') {
      ranker.refine(concepts, parsed, ids);
      const { scores } = ranker;
      const compare = (a: number, b: number) => scores[b] - scores[a] || columns.compareNewest(a, b);
      return { order: best(ids, Math.max(needed, 100), compare), total: ids.length, counts, relaxed, terms };
    }
    const found = new Uint8Array(columns.size);
    for (const id of ids) found[id] = 1;
    const order = (sort === 'title' ? columns.byTitle() : columns.newest()).filter((id) => found[id] === 1);
    return { order, total: ids.length, counts, relaxed, terms };
  }

  /**
   * Applies the filters and counts every facet without its own filter, in one pass over the candidates.
   * @param counting false when nobody asks for counts
   */
  #filtered(
    candidates: Uint32Array,
    filters: SearchQuery['filters'],
    counting: boolean,
  ): { ids: Uint32Array; counts: Uint32Array } {
    const { columns } = this.#snapshot;
    const counts = new Uint32Array(columns.valueNames.length);
    const active = Object.entries(filters)
      .filter(([, values]) => values.length > 0)
      .map(([facet, values]) => {
        const wanted = new Uint8Array(columns.valueNames.length);
        for (const value of values) {
          const number = columns.valueNumber(facet, value);
          if (number !== undefined) wanted[number] = 1;
        }
        return { wanted, facet: columns.facetNumber(facet) };
      });
    if (active.length === 0) {
      if (counting) for (const id of candidates) columns.countValues(id, counts);
      return { ids: candidates, counts };
    }
    const ids = new Uint32Array(candidates.length);
    let n = 0;
    for (const id of candidates) {
      let failed = 0;
      let failedFacet: number | undefined;
      for (const { wanted, facet } of active) {
        if (columns.hasAny(id, wanted)) continue;
        failed += 1;
        failedFacet = facet;
        if (failed > 1) break;
      }
      if (failed === 0) {
        ids[n++] = id;
        if (counting) columns.countValues(id, counts);
      } else if (counting && failed === 1 && failedFacet !== undefined) columns.countValuesOf(failedFacet, id, counts);
    }
    // A copy: remembered answers must not hold room for all the others.
    return { ids: ids.slice(0, n), counts };
  }

  #facetCounts(counts: Uint32Array, wanted: string[]): Record<string, Record<string, number>> {
    const result: Record<string, Record<string, number>> = {};
    for (const facet of wanted) result[facet] = {};
    for (let i = 0; i < counts.length; i += 1) {
      if (counts[i] === 0) continue;
      const { facet, value } = this.#snapshot.columns.valueNames[i];
      if (result[facet]) result[facet][value] = counts[i];
    }
    return result;
  }

  #hit(id: number, terms: MarkedTerms, language: SearchQuery['language']): RawHit[] {
    const document = this.#snapshot.documentOf(id);
    if (!document) return [];
    const { display, body } = document;
    if (terms.words.size === 0 && terms.prefixes.length === 0) return [{ display, highlights: {} }];
    return [{ display, highlights: highlightsOf(JSON.parse(display) as DisplayDocument, body, terms, language) }];
  }
}

function markedTerms(concepts: Concept[], parsed: ParsedQuery): MarkedTerms {
  const words = new Set<string>();
  const prefixes: string[] = [];
  const addAll = (tokens: Token[]) => {
    for (const token of tokens) words.add(token.folded);
  };
  addAll(parsed.words);
  addAll(parsed.phrases.flat());
  for (const { alternatives } of concepts) {
    for (const { expression } of alternatives) {
      const text = expression.replaceAll('"', '');
      if (text.endsWith(' *')) prefixes.push(text.slice(0, -2));
      else for (const word of text.split(' ')) words.add(word);
    }
  }
  return { words, prefixes };
}
