import { Meilisearch, MeilisearchApiError, type MultiSearchQuery } from 'meilisearch';
import {
  type DisplayDocument,
  EngineUnavailable,
  IndexMissing,
  type Likeness,
  type LikenessQuery,
  type SearchEngine,
  type SearchHit,
  type SearchIndex,
  type SearchQuery,
  type SearchResult,
} from '../engine.ts';
import { highlightsOf, type MarkedTerms } from '../highlight.ts';
import { type ParsedQuery, parseQuery } from '../query.ts';
import { Synonyms } from '../synonyms.ts';
import type { IndexedDocument } from './document.ts';
import { createMeilisearchIndex } from './index.ts';
import { conditionsOf, markedTerms, oneOf, termOf, type Wording, withMisspelt, wordingsOf } from './query.ts';
import { maxTotalHits } from './settings.ts';

export interface MeilisearchOptions {
  url: string;
  /** A key that may search, and for the indexer also change indexes; undefined for a server without keys. */
  key: string | undefined;
  /** Asked each time, since the Department changes them. */
  synonyms: string[][] | (() => Synonyms);
  indexName?: string;
  /** How long a visitor's question may take before another engine is asked. */
  timeoutMs?: number;
}

type Shown = Pick<IndexedDocument, 'id' | 'display' | 'text' | 'facets'>;

/** A search with typed marks is weighted so that its weakest answer comes before the strongest of the one without. */
const markedWeight = 1_000;
const similarCandidates = 200;
/** Of a term that more documents have, those that Meilisearch ranks first are looked at. */
const documentsOfTerm = 1000;

/** Waits for an answer; whatever goes wrong, another engine should take over. */
async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const missing = error instanceof MeilisearchApiError && error.cause?.code === 'index_not_found';
    throw new (missing ? IndexMissing : EngineUnavailable)(`Meilisearch: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/**
 * The Meilisearch engine and its index. Text is folded by `text.ts` before it is indexed and before it is asked for, so
 * that both engines find the same records; Meilisearch 1.18 or later.
 */
export function createMeilisearch(options: MeilisearchOptions): SearchEngine & SearchIndex {
  const { url, key, indexName = 'records', timeoutMs = 3_000 } = options;
  const client = new Meilisearch({ host: url, apiKey: key, timeout: timeoutMs });
  const index = client.index<Shown>(indexName);
  const fixed = typeof options.synonyms === 'function' ? undefined : new Synonyms(options.synonyms);
  const synonyms = () => fixed ?? (options.synonyms as () => Synonyms)();

  const hitOf = (
    { display, text }: Shown,
    parsed: ParsedQuery,
    terms: MarkedTerms,
    language: SearchQuery['language'],
  ): SearchHit => {
    const document = JSON.parse(display) as DisplayDocument;
    const { title, titleEn, summary, summaryEn } = document;
    const misspelt = withMisspelt(terms, parsed, [title, titleEn ?? '', summary, summaryEn ?? '', text]);
    return { document, highlights: highlightsOf(document, text, misspelt, language) };
  };

  /** The documents of one page in the asked order. */
  async function page(query: SearchQuery, wording: Wording, sort: string[] | undefined): Promise<Shown[]> {
    const { q, marked, matchingStrategy } = wording;
    const window = { offset: Math.min(query.offset, maxTotalHits), limit: Math.min(query.limit, maxTotalHits) };
    const filter = conditionsOf(query);
    const common = { indexUid: indexName, matchingStrategy, filter, attributesToRetrieve: ['display', 'text'] };
    if (sort || marked === undefined) {
      const { results } = await client.multiSearch({ queries: [{ ...common, q, ...(sort && { sort }), ...window }] });
      return results[0].hits as Shown[];
    }
    // Two searches merged by Meilisearch; a document that both find is taken once, in its better place.
    const { hits } = await client.multiSearch({
      federation: window,
      queries: [
        { ...common, q: marked, federationOptions: { weight: markedWeight } },
        { ...common, q, federationOptions: { weight: 1 } },
      ],
    });
    return hits as Shown[];
  }

  /** Exact counts: of the answers, of each facet without its own filter, and of what the words find at all. */
  async function counts(query: SearchQuery, { q, wanted, matchingStrategy }: Wording) {
    const { filters, facets } = query;
    const chosen = facets.filter((facet) => filters[facet]?.length > 0);
    const attribute = (facet: string) => `facets.${facet}`;
    // Pages make Meilisearch count exactly; an empty page makes it count only.
    const count = (except: string | undefined, counted: string[]): MultiSearchQuery => ({
      indexUid: indexName,
      q,
      matchingStrategy,
      filter: conditionsOf(query, except),
      facets: counted.map(attribute),
      page: 1,
      hitsPerPage: 0,
    });
    const { results } = await client.multiSearch({
      queries: [
        count(
          undefined,
          facets.filter((facet) => !chosen.includes(facet)),
        ),
        { ...count(undefined, []), q: wanted, filter: [] },
        ...chosen.map((facet) => count(facet, [facet])),
      ],
    });
    const distribution = Object.assign({}, ...results.map((result) => result.facetDistribution ?? {}));
    return {
      total: results[0].totalHits ?? 0,
      matching: results[1].totalHits ?? 0,
      facets: Object.fromEntries(facets.map((facet) => [facet, distribution[attribute(facet)] ?? {}])),
    };
  }

  async function search(query: SearchQuery): Promise<SearchResult> {
    const parsed = parseQuery(query.q);
    const browsing = parsed.words.length === 0 && parsed.phrases.length === 0;
    const sort = {
      relevance: browsing ? ['publishedAt:desc', 'completeness:desc', 'id:desc'] : undefined,
      newest: ['publishedAt:desc', 'completeness:desc', 'id:desc'],
      title: ['titleKey:asc', 'id:asc'],
    }[query.sort];
    const terms = markedTerms(parsed, synonyms());
    const wordings = wordingsOf(parsed, synonyms());
    for (const [i, wording] of wordings.entries()) {
      const [found, documents] = await answered(Promise.all([counts(query, wording), page(query, wording, sort)]));
      // How the words are understood depends on them alone: a chosen facet shows as many records as it was counted.
      if (found.matching === 0 && i < wordings.length - 1) continue;
      return {
        engine: 'meilisearch',
        total: found.total,
        hits: documents.map((document) => hitOf(document, parsed, terms, query.language)),
        facets: found.facets,
        relaxed: wording.matchingStrategy === 'frequency' && found.matching > 0,
      };
    }
    throw new Error('unreachable: there is at least one wording');
  }

  async function similar(id: number, limit: number): Promise<DisplayDocument[]> {
    const attributesToRetrieve = ['id', 'display', 'facets'];
    const [own] = (await answered(index.search('', { filter: `id = ${id}`, attributesToRetrieve }))).hits;
    const fields = own?.facets.field?.filter((code) => code.length > 1) ?? [];
    if (fields.length === 0) return [];
    const { hits } = await answered(
      index.search('', {
        filter: [oneOf('kind', own.facets.kind), oneOf('field', fields), `id != ${id}`],
        sort: ['publishedAt:desc'],
        limit: similarCandidates,
        attributesToRetrieve,
      }),
    );
    const shared = ({ facets }: Shown) => {
      const same = (facet: string) => (facets[facet] ?? []).filter((value) => own.facets[facet].includes(value)).length;
      const others = Object.keys(own.facets).filter((facet) => !['kind', 'area', 'field'].includes(facet));
      return (
        facets.field.filter((code) => fields.includes(code)).length * 10 +
        others.reduce((sum, facet) => sum + same(facet), 0)
      );
    };
    return hits
      .toSorted((a, b) => shared(b) - shared(a))
      .slice(0, limit)
      .map(({ display }) => JSON.parse(display) as DisplayDocument);
  }

  /** One question a term, in one request: Meilisearch gives no points for some of many words. */
  async function alike({ terms, marked, prefer, kinds, perKind }: LikenessQuery): Promise<Likeness> {
    const filter = oneOf('kind', kinds);
    const common = { indexUid: indexName, filter, page: 1, attributesToRetrieve: ['id', 'facets'] };
    const asked = terms.map(({ words }) => ({ ...common, q: termOf(words, marked), hitsPerPage: documentsOfTerm }));
    const { results } = await answered(
      client.multiSearch<{ queries: MultiSearchQuery[] }, Shown>({
        queries: [{ ...common, q: '', hitsPerPage: 0 }, ...asked],
      }),
    );
    const [all, ...ofTerms] = results;
    const documents = all.totalHits ?? 0;
    const frequencies = ofTerms.map(({ totalHits }, i) => (asked[i].q === '' ? 0 : (totalHits ?? 0)));
    const found = new Map<number, { kind: string; score: number }>();
    for (const [i, { hits }] of ofTerms.entries()) {
      const frequency = frequencies[i];
      if (frequency === 0) continue;
      const gain = terms[i].weight * Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
      for (const { id, facets } of hits) {
        const lift = prefer.filter(({ facet, value }) => facets[facet]?.includes(value));
        const score = found.get(id)?.score ?? lift.reduce((sum, { weight }) => sum + weight, 0);
        found.set(id, { kind: facets.kind[0], score: score + gain });
      }
    }
    const ids = Object.fromEntries(kinds.map((kind): [string, number[]] => [kind, []]));
    for (const [id, { kind }] of [...found].sort(([, a], [, b]) => b.score - a.score)) {
      if (ids[kind].length < perKind) ids[kind].push(id);
    }
    return { documents, frequencies, ids };
  }

  return {
    ...createMeilisearchIndex({ url, key, indexName, synonyms }),
    search,
    similar,
    alike,
    async suggest(q, limit, language) {
      return (await search({ q, filters: {}, sort: 'relevance', offset: 0, limit, facets: [], language })).hits;
    },
    async health() {
      await answered(index.search('', { limit: 0 }));
    },
    async close() {},
  };
}
