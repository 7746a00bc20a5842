import type { APIRoute } from 'astro';
import { listPath, recordPath } from '../catalogue/address.ts';
import { allKinds } from '../catalogue/kinds/index.ts';
import { sitemapRecords } from '../catalogue/sitemap.ts';
import { addressOf, publicRoutes } from '../i18n/routes.ts';
import { xml } from '../lib/xml.ts';
import { newsAddresses } from '../news/sitemap.ts';

const languages = ['vi', 'en'] as const;

export const GET: APIRoute = async ({ params: { part = '' }, locals: { services } }) => {
  if (part !== 'pages' && part !== 'news' && !/^\d{1,15}$/.test(part)) return new Response(null, { status: 404 });
  const entry = (path: string, changed?: string) =>
    `<url><loc>${services.config.publicUrl}${path}</loc>${changed ? `<lastmod>${changed}</lastmod>` : ''}</url>`;
  const pages = languages.flatMap((language) => [
    ...Object.values(publicRoutes).map((route) => entry(route[language])),
    ...allKinds.map((kind) => entry(listPath(kind, language))),
  ]);
  const records = async () =>
    (await sitemapRecords(services.db, Number(part))).flatMap((record) =>
      languages.map((language) => entry(recordPath(record, language), record.updatedAt)),
    );
  const news = async () =>
    (await newsAddresses(services.db)).flatMap(({ page, key, changed }) =>
      languages.map((language) => entry(addressOf(page, language, key), changed)),
    );
  const urls = part === 'pages' ? pages : part === 'news' ? await news() : await records();
  return xml(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>`);
};
