import { v5 } from 'uuid';
import type { Language } from '../../search/engine.ts';
import { listPath, queryString, recordPath } from '../catalogue/address.ts';
import { activeFilters } from '../catalogue/facets.ts';
import { recordUrn } from '../catalogue/identity.ts';
import {
  type ListProblem,
  type ListQuery,
  narrowedKind,
  parseListQuery,
  toSearchQuery,
} from '../catalogue/list-query.ts';
import type { Sources } from '../catalogue/sources.ts';
import { pageRoutes } from '../i18n/routes.ts';
import { translator } from '../i18n/translate.ts';
import type { AtomEntry, AtomFeed } from '../lib/atom.ts';

const most = 50;

interface FeedSources extends Sources {
  site: string;
  region: Sources['region'] & { siteName: Record<Language, string>; department: Record<Language, string> };
}

type Filters = Pick<ListQuery, 'q' | 'filters'>;

/** The address of the feed of a list with its filters, as one search over all kinds. */
export function feedPath({ q, filters }: Filters, language: Language): string {
  const query = queryString({ q, filters });
  if (language === 'vi') return `/feed.xml${query}`;
  return `/feed.xml${query ? `${query}&` : '?'}lang=en`;
}

const iso = (moment: string | number) => new Date(moment).toISOString();

/** What a feed's address asks for; order and page are the feed's own. */
export function parseFeedQuery(
  params: URLSearchParams,
  vocabulary: Sources['vocabulary'],
): { query: ListQuery; language: Language; problems: ListProblem[]; unknown: string[] } {
  const own = new URLSearchParams(params);
  for (const name of ['lang', 'sort', 'page', 'perPage']) own.delete(name);
  return { language: params.get('lang') === 'en' ? 'en' : 'vi', ...parseListQuery(own, undefined, vocabulary) };
}

/** The newest records of a list. */
export async function listFeed(
  { db, search, vocabulary, region, config, site }: FeedSources,
  query: ListQuery,
  language: Language,
): Promise<AtomFeed> {
  const t = translator(language);
  const asked = {
    ...toSearchQuery(query, undefined, language),
    sort: 'newest' as const,
    offset: 0,
    limit: most,
    facets: [],
  };
  const result = await search.search(asked);
  // Nearest matches are not what somebody has subscribed to.
  const documents = result.relaxed ? [] : result.hits.map(({ document }) => document);
  const ids = documents.map(({ id }) => id);
  const rows =
    ids.length > 0 ? await db.selectFrom('record').select(['id', 'updatedAt']).where('id', 'in', ids).execute() : [];
  const updatedAt = new Map(rows.map(({ id, updatedAt }) => [id, updatedAt]));
  const entries = documents.map((document): AtomEntry => {
    const isEnglish = language === 'en' && document.titleEn !== null;
    const { fields } = document.card as { fields: string[] };
    return {
      id: recordUrn(site, document.id),
      language: isEnglish || language === 'vi' ? language : 'vi',
      title: (isEnglish && document.titleEn) || document.title,
      summary: (language === 'en' && document.summaryEn) || document.summary,
      url: config.publicUrl + recordPath(document, language),
      published: iso(document.publishedAt),
      updated: iso(updatedAt.get(document.id) ?? document.publishedAt),
      categories: [
        { term: document.kind, label: t(`value.kind.${document.kind as 'offer'}`) },
        ...fields.map((code) => ({ term: code, label: vocabulary.fields.get(code)?.name[language] ?? code })),
      ],
    };
  });
  const kind = narrowedKind(query.filters);
  const { kind: _, ...others } = query.filters;
  const list = kind
    ? listPath(kind, language) + queryString({ q: query.q, filters: others })
    : pageRoutes.search[language] + queryString({ q: query.q, filters: query.filters });
  const chosen = activeFilters(query, undefined, language, vocabulary).map(({ name }) => name);
  const about = [...(query.q ? [`“${query.q}”`] : []), ...chosen].join(', ') || t('site.feed');
  const self = feedPath(query, language);
  return {
    id: `urn:uuid:${v5(`feed:${self}`, site)}`,
    title: `${region.siteName[language]}: ${about}`,
    language,
    home: config.publicUrl + list,
    self: config.publicUrl + self,
    author: region.department[language],
    entries,
  };
}
