import type { APIContext } from 'astro';
import type { SearchResult } from '../../search/engine.ts';
import { apiLanguage, type Reader } from '../catalogue/api.ts';
import type { KindDeclaration } from '../catalogue/kind.ts';
import { type ListQuery, maxQueryLength, parseListQuery, toSearchQuery } from '../catalogue/list-query.ts';
import { isMessageKey, translator } from '../i18n/translate.ts';
import { json, problem } from './respond.ts';

/**
 * Answers a list or search of the API; whatever cannot be used in the address is reported, all of it at once.
 * @param shape makes the answer from what was asked and found
 */
export async function answerList(
  { url, locals }: APIContext,
  kind: KindDeclaration | undefined,
  shape: (query: ListQuery, result: SearchResult, reader: Reader) => object,
): Promise<Response> {
  const { search, vocabulary, config, site } = locals.services;
  const language = apiLanguage(url.searchParams);
  const t = translator(language);
  const params = new URLSearchParams(url.searchParams);
  params.delete('lang');
  const lang = url.searchParams.get('lang') ?? language;
  const { query, problems, unknown } = parseListQuery(params, kind, vocabulary);
  if (lang !== language) problems.push({ parameter: 'lang', value: lang, message: 'list.problem.lang' });
  for (const name of unknown) problems.push({ parameter: name, value: name, message: 'list.problem.unknown' });

  const result = problems.length === 0 ? await search.search(toSearchQuery(query, kind, language)) : undefined;
  const pageCount = Math.max(1, Math.ceil((result?.total ?? 0) / query.perPage));
  if (result && query.page > pageCount) {
    problems.push({ parameter: 'page', value: String(query.page), message: 'list.problem.pageBeyond' });
  }
  if (result && problems.length === 0) return json(shape(query, result, { publicUrl: config.publicUrl, site }));

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
