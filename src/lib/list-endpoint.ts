import type { APIContext } from 'astro';
import type { Language, SearchResult } from '../../search/engine.ts';
import { apiLanguage, type Reader } from '../catalogue/api.ts';
import type { KindDeclaration } from '../catalogue/kind.ts';
import {
  type ListProblem,
  type ListQuery,
  maxQueryLength,
  parseListQuery,
  toSearchQuery,
} from '../catalogue/list-query.ts';
import { isMessageKey, translator } from '../i18n/translate.ts';
import { json, problem } from './respond.ts';

/** What a list of the API is asked for, or the answer that says what is wrong with the address, all of it at once. */
export function readListRequest(
  { url, locals }: Pick<APIContext, 'url' | 'locals'>,
  kind: KindDeclaration | undefined,
): { query: ListQuery; language: Language } | { refusal: Response } {
  const { vocabulary } = locals.services;
  const language = apiLanguage(url.searchParams);
  const params = new URLSearchParams(url.searchParams);
  params.delete('lang');
  const lang = url.searchParams.get('lang') ?? language;
  const { query, problems, unknown } = parseListQuery(params, kind, vocabulary);
  if (lang !== language) problems.push({ parameter: 'lang', value: lang, message: 'list.problem.lang' });
  for (const name of unknown) problems.push({ parameter: name, value: name, message: 'list.problem.unknown' });
  return problems.length === 0 ? { query, language } : { refusal: refusal(problems, language) };
}

function refusal(problems: ListProblem[], language: Language, pageCount = 1): Response {
  const t = translator(language);
  const errors = problems.map(({ parameter, value, message }) => {
    const facet = `facet.${parameter}`;
    const n = message === 'list.problem.tooLong' ? maxQueryLength : pageCount;
    return { parameter, value, reason: t(message, { value, n, filter: isMessageKey(facet) ? t(facet) : parameter }) };
  });
  return problem({
    status: 400,
    title: t('list.problem.title'),
    detail: errors.map((error) => error.reason).join(' '),
    errors,
  });
}

/**
 * Answers a list or search of the API.
 * @param shape makes the answer from what was asked and found
 */
export async function answerList(
  context: APIContext,
  kind: KindDeclaration | undefined,
  shape: (query: ListQuery, result: SearchResult, reader: Reader) => object,
): Promise<Response> {
  const request = readListRequest(context, kind);
  if ('refusal' in request) return request.refusal;
  const { query, language } = request;
  const { search, config, site } = context.locals.services;
  const result = await search.search(toSearchQuery(query, kind, language));
  const pageCount = Math.max(1, Math.ceil(result.total / query.perPage));
  if (query.page <= pageCount) return json(shape(query, result, { publicUrl: config.publicUrl, site }));
  return refusal(
    [{ parameter: 'page', value: String(query.page), message: 'list.problem.pageBeyond' }],
    language,
    pageCount,
  );
}
