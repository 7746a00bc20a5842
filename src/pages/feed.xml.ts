import type { APIRoute } from 'astro';
import { recordPath } from '../catalogue/address.ts';
import { atom } from '../lib/atom.ts';

const entries = 50;

/** The newest records as an Atom feed (RFC 4287). */
export const GET: APIRoute = async ({ locals: { services, t } }) => {
  const { region, config, search } = services;
  const { hits } = await search.search({
    q: '',
    filters: {},
    sort: 'newest',
    offset: 0,
    limit: entries,
    facets: [],
    language: 'vi',
  });
  const documents = hits.map((hit) => hit.document);
  const iso = (moment: number) => new Date(moment).toISOString();
  return atom({
    title: `${region.siteName.vi}: ${t('site.feed')}`,
    home: `${config.publicUrl}/`,
    self: `${config.publicUrl}/feed.xml`,
    author: region.department.vi,
    entries: documents.map((document) => ({
      title: document.title,
      url: config.publicUrl + recordPath(document, 'vi'),
      published: iso(document.publishedAt),
      updated: iso(document.publishedAt),
      category: document.kind,
      summary: document.summary,
    })),
  });
};
