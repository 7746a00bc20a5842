import type { Language } from '../../search/engine.ts';
import { pageRoutes } from '../i18n/routes.ts';
import type { ExportFormat } from './export/formats.ts';
import { type KindCode, type KindDeclaration } from './kind.ts';
import { kinds } from './kinds/index.ts';
import type { ListQuery } from './list-query.ts';

const prefix: Record<Language, string> = { vi: '', en: '/en' };

/** The address of a kind's list, or of the search over all kinds. */
export const listPath = (kind: KindDeclaration | undefined, language: Language): string =>
  kind ? `${prefix[language]}/${kind.route[language]}` : pageRoutes.search[language];

export const recordPath = (record: { kind: string; slug: string }, language: Language): string =>
  `${listPath(kinds[record.kind as KindCode], language)}/${record.slug}`;

/** The record that an address, whole or only its path, is the page of; undefined when it is none's. */
export function parseRecordPath(address: string): { kind: KindCode; slug: string } | undefined {
  const base = 'http://catalogue.invalid';
  if (!URL.canParse(address.trim(), base)) return undefined;
  const path = new URL(address.trim(), base).pathname;
  for (const kind of Object.values(kinds)) {
    for (const language of ['vi', 'en'] as const) {
      const list = `${listPath(kind, language)}/`;
      const slug = path.startsWith(list) ? path.slice(list.length) : '';
      if (slug && !slug.includes('/')) return { kind: kind.code, slug };
    }
  }
  return undefined;
}

/** What a list is asked for as parameters, always in the same order and without what goes without saying. */
export function parametersOf(query: Partial<ListQuery>): [name: string, value: string][] {
  const filters = Object.entries(query.filters ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...(query.q ? [['q', query.q] satisfies [string, string]] : []),
    ...filters.flatMap(([facet, values]) => [...values].sort().map((value): [string, string] => [facet, value])),
    ...(query.sort ? [['sort', query.sort] satisfies [string, string]] : []),
    ...(query.page && query.page > 1 ? [['page', String(query.page)] satisfies [string, string]] : []),
  ];
}

const encoded = (parameters: [name: string, value: string][]): string => new URLSearchParams(parameters).toString();

/** The parameters as the end of an address: `?q=…`, or nothing. */
export function queryString(query: Partial<ListQuery>): string {
  const text = encoded(parametersOf(query));
  return text && `?${text}`;
}

/** Where the whole of a list is downloaded, in its order and with its filters. */
export const exportPath = (
  kind: KindDeclaration,
  format: ExportFormat,
  query: ListQuery,
  language: Language,
): string => {
  const text = encoded([
    ...parametersOf({ ...query, page: 1 }),
    ...(language === 'en' ? ([['lang', 'en']] as [string, string][]) : []),
  ]);
  return `/api/v1/${kind.api}.${format}${text && `?${text}`}`;
};

/**
 * What `queryString` gives for the first page with other values of one filter. A list asks for a hundred of them, so
 * what they share is made once.
 */
export function queryStringsBy(facet: string, query: ListQuery): (values: string[]) => string {
  const parameters = parametersOf({ ...query, filters: { ...query.filters, [facet]: [''] }, page: 1 });
  const own = parameters.findIndex(([name]) => name === facet);
  const [before, after] = [encoded(parameters.slice(0, own)), encoded(parameters.slice(own + 1))];
  return (values) => {
    const chosen = encoded([...values].sort().map((value) => [facet, value]));
    const text = [before, chosen, after].filter(Boolean).join('&');
    return text && `?${text}`;
  };
}
