import type { Language } from '../../search/engine.ts';
import { type Card, toCard } from './card.ts';
import { type ActiveFilter, activeFilters, type FacetGroup, facetGroups } from './facets.ts';
import type { KindDeclaration } from './kind.ts';
import { type ListProblem, type ListQuery, parseListQuery, toSearchQuery } from './list-query.ts';
import type { Sources } from './sources.ts';

/** Everything that a list or search page shows. */
export interface ListView {
  query: ListQuery;
  problems: ListProblem[];
  total: number;
  pageCount: number;
  cards: Card[];
  groups: FacetGroup[];
  active: ActiveFilter[];
  relaxed: boolean;
}

/**
 * Answers a list's address.
 * @param kind undefined for the search over all kinds
 */
export async function listView(
  { vocabulary, search, region }: Pick<Sources, 'vocabulary' | 'search' | 'region'>,
  params: URLSearchParams,
  kind: KindDeclaration | undefined,
  language: Language,
): Promise<ListView> {
  const pageParams = new URLSearchParams(params);
  // Only the API lets its callers choose.
  pageParams.delete('perPage');
  const { query, problems } = parseListQuery(pageParams, kind, vocabulary);
  const result = await search.search(toSearchQuery(query, kind, language));
  const pageCount = Math.max(1, Math.ceil(result.total / query.perPage));
  if (query.page > pageCount) {
    problems.push({ parameter: 'page', value: String(query.page), message: 'list.problem.pageBeyond' });
  }
  return {
    query,
    problems,
    total: result.total,
    pageCount,
    cards: result.hits.map((hit) => toCard(hit, language, vocabulary)),
    groups: facetGroups(query, kind, result.facets, language, vocabulary, region.area),
    active: activeFilters(query, kind, language, vocabulary),
    relaxed: result.relaxed,
  };
}
