import type { Language } from '../../search/engine.ts';
import { pageRoutes } from '../i18n/routes.ts';
import { type KindCode, type KindDeclaration } from './kind.ts';
import { kinds } from './kinds/index.ts';
import type { ListQuery } from './list-query.ts';

const prefix: Record<Language, string> = { vi: '', en: '/en' };

/** The address of a kind's list, or of the search over all kinds. */
export const listPath = (kind: KindDeclaration | undefined, language: Language): string =>
  kind ? `${prefix[language]}/${kind.route[language]}` : pageRoutes.search[language];

export const recordPath = (record: { kind: string; slug: string }, language: Language): string =>
  `${listPath(kinds[record.kind as KindCode], language)}/${record.slug}`;

/** What a list is asked for as parameters, always in the same order and without what goes without saying. */
export function queryString(query: Partial<ListQuery>): string {
  const params = new URLSearchParams();
  if (query.q) params.set('q', query.q);
  for (const [facet, values] of Object.entries(query.filters ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const value of [...values].sort()) params.append(facet, value);
  }
  if (query.sort) params.set('sort', query.sort);
  if (query.page && query.page > 1) params.set('page', String(query.page));
  const text = params.toString();
  return text && `?${text}`;
}
