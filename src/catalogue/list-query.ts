import * as z from 'zod';
import { type SearchQuery, type Sort, sorts } from '../../search/engine.ts';
import type { MessageKey } from '../i18n/translate.ts';
import type { KindDeclaration } from './kind.ts';
import { allKinds, isKindCode, kinds } from './kinds/index.ts';
import { valueName } from './value-name.ts';
import { termsNamed, type Vocabulary } from './vocabulary.ts';

/** What a list or search page is asked for, free of anything unknown. */
export interface ListQuery {
  q: string;
  /** Chosen values by facet. */
  filters: Record<string, string[]>;
  /** Undefined: best match with words, newest without. */
  sort: Sort | undefined;
  /** From 1. */
  page: number;
  perPage: number;
}

/** A parameter that cannot be used. */
export interface ListProblem {
  parameter: string;
  value: string;
  message: MessageKey;
}

export const maxQueryLength = 500;
export const defaultPerPage = 20;
const maxValuesPerFacet = 50;
const maxParameters = 100;
const maxProblems = 10;

/** A filter as lists show it, whatever it filters by. */
export interface FacetInfo {
  key: string;
  vocabulary: string;
  order?: readonly string[];
}

const sharedFacets: FacetInfo[] = [
  { key: 'field', vocabulary: 'field' },
  { key: 'area', vocabulary: 'area' },
];
const kindFacet: FacetInfo = { key: 'kind', vocabulary: 'kind', order: allKinds.map((kind) => kind.code) };

/**
 * The one kind to which a search is narrowed, whose own filters then serve as well.
 * @param filters of a search over all kinds
 */
export function narrowedKind(filters: ListQuery['filters']): KindDeclaration | undefined {
  const [code, ...others] = filters.kind ?? [];
  return code && others.length === 0 && isKindCode(code) ? kinds[code] : undefined;
}

/**
 * The filters of a kind's list; of the search over all kinds when there is no kind, with those of the one kind to which
 * it is narrowed.
 */
export const facetsOf = (kind: KindDeclaration | undefined, filters: ListQuery['filters']): FacetInfo[] =>
  kind ? [...sharedFacets, ...kind.facets] : [kindFacet, ...sharedFacets, ...(narrowedKind(filters)?.facets ?? [])];

const pageSchema = z.coerce.number().int().min(1).max(1e9);
const perPageSchema = z.coerce.number().int().min(1).max(100);
const number = (schema: z.ZodType<number>, text: string) =>
  /^\d+$/.test(text) ? schema.safeParse(text).data : undefined;

/** Text as a person typed it: one form of each letter, no control characters, no blanks around. */
const clean = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cs}\ufffd]+/gu, ' ')
    .trim();

/** The classifications that are long enough to be typed instead of picked. */
export const typedFacets: Record<string, 'fields' | 'areas'> = { field: 'fields', area: 'areas' };

/** What a person means who typed a name where the address has codes. */
const namedValues = (facet: string, name: string, vocabulary: Vocabulary): string[] =>
  typedFacets[facet] ? termsNamed(vocabulary[typedFacets[facet]], name) : [];

/** An address with the code of an area that has ended leads to the one that it belongs to now. */
const successor = (facet: string, code: string, vocabulary: Vocabulary): string =>
  (typedFacets[facet] && vocabulary[typedFacets[facet]].get(code)?.mergedInto) || code;

/**
 * Reads a list's parameters. What cannot be used is reported and left out, so that a page can show the rest.
 * @param kind of the list; undefined for the search over all kinds
 */
export function parseListQuery(
  params: URLSearchParams,
  kind: KindDeclaration | undefined,
  vocabulary: Vocabulary,
): { query: ListQuery; problems: ListProblem[]; unknown: string[] } {
  const query: ListQuery = { q: '', filters: {}, sort: undefined, page: 1, perPage: defaultPerPage };
  const problems: ListProblem[] = [];
  const fail = (parameter: string, value: string, message: MessageKey) => {
    if (problems.length < maxProblems) problems.push({ parameter, value: value.slice(0, 80), message });
  };

  const facets = facetsOf(kind, { kind: params.getAll('kind').filter(isKindCode) });
  const known = new Map<string, FacetInfo>(facets.map((facet) => [facet.key, facet]));
  const unknown = new Set<string>();

  // Nobody chooses more; what a hostile address holds beyond is not looked at.
  for (const [name, raw] of [...params].slice(0, maxParameters)) {
    const value = clean(raw);
    const facet = known.get(name);
    if (facet) {
      const chosen = query.filters[name] ?? [];
      query.filters[name] = chosen;
      if (value === '' || chosen.includes(value)) continue;
      const values = valueName(facet.vocabulary, value, 'vi', vocabulary)
        ? [successor(name, value, vocabulary)]
        : namedValues(name, value, vocabulary);
      if (values.length > 0 && chosen.length + values.length <= maxValuesPerFacet) chosen.push(...values);
      else fail(name, value, 'list.problem.value');
    } else if (name === 'q') {
      query.q = value.slice(0, maxQueryLength);
      if (value.length > maxQueryLength) fail(name, value, 'list.problem.tooLong');
    } else if (name === 'sort') {
      query.sort = sorts.find((sort) => sort === value);
      if (value !== '' && !query.sort) fail(name, value, 'list.problem.sort');
    } else if (name === 'page') {
      query.page = number(pageSchema, value) ?? 1;
      if (value !== '' && number(pageSchema, value) === undefined) fail(name, value, 'list.problem.page');
    } else if (name === 'perPage') {
      query.perPage = number(perPageSchema, value) ?? defaultPerPage;
      if (number(perPageSchema, value) === undefined) fail(name, value, 'list.problem.perPage');
    } else unknown.add(name.slice(0, 80));
  }
  for (const [name, values] of Object.entries(query.filters)) if (values.length === 0) delete query.filters[name];
  return { query, problems, unknown: [...unknown] };
}

/** The engine's question for a list. */
export function toSearchQuery(
  { q, filters, sort, page, perPage }: ListQuery,
  kind: KindDeclaration | undefined,
  language: SearchQuery['language'],
): SearchQuery {
  return {
    q,
    filters: kind ? { ...filters, kind: [kind.code] } : filters,
    sort: sort ?? 'relevance',
    offset: (page - 1) * perPage,
    limit: perPage,
    facets: facetsOf(kind, filters).map((facet) => facet.key),
    language,
  };
}
