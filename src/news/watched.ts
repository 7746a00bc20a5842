import type { Language } from '../../search/engine.ts';
import { listPath, queryString } from '../catalogue/address.ts';
import { activeFilters } from '../catalogue/facets.ts';
import type { KindDeclaration } from '../catalogue/kind.ts';
import { allKinds } from '../catalogue/kinds/index.ts';
import { type ListQuery, narrowedKind, parseListQuery } from '../catalogue/list-query.ts';
import type { Vocabulary } from '../catalogue/vocabulary.ts';
import { translator } from '../i18n/translate.ts';

/** A list or search that somebody wants to be told about. */
export interface Watched {
  /** Undefined: a search over all kinds. */
  kind: KindDeclaration | undefined;
  /** Words and filters; order and page are left out. */
  query: ListQuery;
  /** Its Vietnamese address: the same for the same question, whatever way it was asked. */
  address: string;
}

const languages: Language[] = ['vi', 'en'];

/**
 * Reads the address of a list or search page, as the page itself reads it.
 * @param address path and parameters, in either language
 * @returns undefined when it is no such page, or holds anything that the page would refuse
 */
export function parseWatched(address: string, vocabulary: Vocabulary): Watched | undefined {
  const base = 'http://catalogue.invalid';
  if (!address.startsWith('/') || !URL.canParse(address, base)) return undefined;
  const { origin, pathname, searchParams } = new URL(address, base);
  const list = [undefined, ...allKinds].find((one) =>
    languages.some((language) => listPath(one, language) === pathname),
  );
  const isSearch = languages.some((language) => listPath(undefined, language) === pathname);
  if (origin !== base || (!list && !isSearch)) return undefined;
  const { query: asked, problems, unknown } = parseListQuery(searchParams, list, vocabulary);
  if (problems.length > 0 || unknown.length > 0) return undefined;
  // Narrowed to one kind, the search over all is that kind's list.
  const kind = list ?? narrowedKind(asked.filters);
  const { kind: _, ...own } = asked.filters;
  const query: ListQuery = { ...asked, filters: kind ? own : asked.filters, sort: undefined, page: 1 };
  return { kind, query, address: addressOfWatched({ kind, query }, 'vi') };
}

/** The page that shows the results now. */
export const addressOfWatched = ({ kind, query }: Pick<Watched, 'kind' | 'query'>, language: Language): string =>
  listPath(kind, language) + queryString({ q: query.q, filters: query.filters });

/** What it asks for in words: `Công nghệ, thiết bị: «máy sấy»; Địa bàn: Thanh Hà`. */
export function describeWatched({ kind, query }: Watched, language: Language, vocabulary: Vocabulary): string {
  const t = translator(language);
  const filters = Map.groupBy(activeFilters(query, kind, language, vocabulary), ({ facet }) => facet);
  const list = kind ? t(`value.kind.${kind.code}`) : t('alert.allKinds');
  return [
    // Which kinds is said by the filter, where there is one.
    ...(query.filters.kind ? [] : [list]),
    ...(query.q ? [t('alert.words', { q: query.q })] : []),
    ...[...filters].map(([facet, values]) => `${t(facet)}: ${values.map(({ name }) => name).join(', ')}`),
  ].join(' · ');
}
