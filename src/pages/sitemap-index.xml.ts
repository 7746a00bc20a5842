import type { APIRoute } from 'astro';
import { sitemapStarts } from '../catalogue/sitemap.ts';
import { xml } from '../lib/xml.ts';

export const GET: APIRoute = async ({ locals: { services } }) => {
  const names = ['pages', 'news', ...(await sitemapStarts(services.db))];
  const maps = names.map((name) => `<sitemap><loc>${services.config.publicUrl}/sitemap-${name}.xml</loc></sitemap>`);
  return xml(`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${maps.join('\n')}</sitemapindex>`);
};
