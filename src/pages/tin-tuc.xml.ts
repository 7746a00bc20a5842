import type { APIRoute } from 'astro';
import { addressOf, pageRoutes } from '../i18n/routes.ts';
import { translator } from '../i18n/translate.ts';
import { atom } from '../lib/atom.ts';
import { newestArticles } from '../news/articles.ts';

const most = 50;

/** The newest articles as an Atom feed. */
export const GET: APIRoute = async ({ locals: { services } }) => {
  const { region, config, db } = services;
  const articles = await newestArticles(db, most);
  return atom({
    id: `${config.publicUrl}/tin-tuc.xml`,
    language: 'vi',
    title: `${region.siteName.vi}: ${translator('vi')('article.list')}`,
    home: config.publicUrl + pageRoutes.news.vi,
    self: `${config.publicUrl}/tin-tuc.xml`,
    author: region.department.vi,
    entries: articles.map(({ title, slug, summary, publishedAt, updatedAt }) => {
      const url = config.publicUrl + addressOf('article', 'vi', slug);
      return { id: url, title, url, published: publishedAt ?? updatedAt, updated: updatedAt, summary };
    }),
  });
};
