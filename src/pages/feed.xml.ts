import type { APIRoute } from 'astro';
import { recordPath } from '../catalogue/address.ts';
import { xml, xmlText } from '../lib/xml.ts';

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
  const items = documents.map((document) => {
    const url = config.publicUrl + recordPath(document, 'vi');
    return `<entry><title>${xmlText(document.title)}</title><id>${url}</id><link href="${url}"/>
<updated>${iso(document.publishedAt)}</updated><category term="${document.kind}"/><summary>${xmlText(document.summary)}</summary></entry>`;
  });
  return xml(
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">
<title>${xmlText(`${region.siteName.vi}: ${t('site.feed')}`)}</title><id>${config.publicUrl}/</id>
<link rel="self" href="${config.publicUrl}/feed.xml"/><link href="${config.publicUrl}/"/>
<updated>${iso(documents[0]?.publishedAt ?? 0)}</updated><author><name>${xmlText(region.department.vi)}</name></author>
${items.join('\n')}
</feed>`,
    'application/atom+xml',
  );
};
