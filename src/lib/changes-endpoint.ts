import { hash } from 'node:crypto';
import type { APIContext } from 'astro';
import { apiLanguage } from '../catalogue/api.ts';
import { changesAnswer, newestPlace, parseChangesQuery } from '../catalogue/changes.ts';
import type { KindDeclaration } from '../catalogue/kind.ts';
import { translator } from '../i18n/translate.ts';
import { isUnchanged } from './conditional.ts';
import { json, problem } from './respond.ts';

/**
 * Answers a page of changes. A cursor of another catalogue, or from before this one was restored from a backup, is gone:
 * who goes on with it would miss what has changed since.
 * @param kind of the address, when it is one kind's
 */
export async function answerChanges(
  { request, url, locals }: APIContext,
  kind: KindDeclaration | undefined,
): Promise<Response> {
  const { db, vocabulary, config, site } = locals.services;
  const t = translator(apiLanguage(url.searchParams));
  const { query, problems } = parseChangesQuery(url.searchParams, kind, site);
  const isBeyond = query.place !== undefined && query.place > ((await newestPlace(db)) ?? 0);
  const cursorGone = isBeyond || problems.some(({ parameter }) => parameter === 'cursor');
  if (cursorGone) {
    return problem({ status: 410, title: t('list.problem.title'), detail: t('changes.problem.cursor') });
  }
  if (problems.length > 0) {
    const errors = problems.map(({ parameter, value, reason }) => ({
      parameter,
      value,
      reason: t(reason, { value: reason === 'list.problem.unknown' ? parameter : value }),
    }));
    const detail = errors.map(({ reason }) => reason).join(' ');
    return problem({ status: 400, title: t('list.problem.title'), detail, errors });
  }
  const answer = await changesAnswer(db, vocabulary, query, { publicUrl: config.publicUrl, site });
  const response = json(answer);
  // Not kept in memory: whoever mirrors the catalogue asks for each page once.
  response.headers.set('cache-control', 'public, no-cache');
  response.headers.set('etag', `W/"${hash('sha1', JSON.stringify(answer), 'base64url')}"`);
  return isUnchanged(request, response.headers)
    ? new Response(null, { status: 304, headers: response.headers })
    : response;
}
