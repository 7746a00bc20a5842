import type { APIRoute } from 'astro';
import { translator } from '../i18n/translate.ts';
import { atom } from '../lib/atom.ts';
import { problem } from '../lib/respond.ts';
import { listFeed, parseFeedQuery } from '../news/feed.ts';

/** The newest records, all or those of a list's filters: the parameters are the search page's own. */
export const GET: APIRoute = async ({ url, locals: { services } }) => {
  const { query, language, problems, unknown } = parseFeedQuery(url.searchParams, services.vocabulary);
  if (problems.length > 0 || unknown.length > 0) {
    const t = translator(language);
    const wrong = [...problems.map(({ parameter, value }) => `${parameter}=${value}`), ...unknown];
    return problem({ status: 400, title: t('list.problem.title'), detail: wrong.join(' ') });
  }
  return atom(await listFeed(services, query, language));
};
