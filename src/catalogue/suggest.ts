import type * as z from 'zod';
import type { Language } from '../../search/engine.ts';
import { escapeHtml } from '../../search/highlight.ts';
import { fold } from '../../search/text.ts';
import { translator } from '../i18n/translate.ts';
import { listPath, queryString } from './address.ts';
import type { suggestSchema } from './api.ts';
import { toCard } from './card.ts';
import type { KindDeclaration } from './kind.ts';
import { allKinds } from './kinds/index.ts';
import { maxQueryLength } from './list-query.ts';
import type { Sources } from './sources.ts';

type Suggestion = z.infer<typeof suggestSchema>['items'][number];

const records = 6;
const browsing = { sort: 'relevance', offset: 0, facets: [] as string[] } as const;

/**
 * What the list under a search box offers: kinds whose name begins so, the best records, and all results.
 * @param typed the unfinished query
 * @param only suggests records of one kind, and its own list of all results
 */
export async function suggestions(
  { search, vocabulary }: Pick<Sources, 'search' | 'vocabulary'>,
  typed: string,
  language: Language,
  only?: KindDeclaration,
): Promise<Suggestion[]> {
  const q = typed.slice(0, maxQueryLength).trim();
  const folded = fold(q);
  if (folded.length < 2) return [];
  const t = translator(language);
  const hits = only
    ? (await search.search({ ...browsing, q, filters: { kind: [only.code] }, limit: records, language })).hits
    : await search.suggest(q, records, language);
  const kinds = (only ? [] : allKinds)
    .filter(({ code }) => ` ${fold(t(`value.kind.${code}`))}`.includes(` ${folded}`))
    .map((kind) => ({
      url: listPath(kind, language),
      titleHtml: escapeHtml(t(`value.kind.${kind.code}`)),
      detail: t('site.menu'),
    }));
  const found = hits.map((hit) => {
    const { href, titleHtml, kind, provider } = toCard(hit, language, vocabulary);
    return { url: href, titleHtml, detail: [t(`value.kind.${kind}`), provider].filter(Boolean).join(' · ') };
  });
  const all = {
    url: listPath(only, language) + queryString({ q }),
    titleHtml: escapeHtml(t('search.all', { q })),
    detail: only ? t('search.labelIn', { list: t(`value.kind.${only.code}`) }) : t('search.label'),
  };
  return [...kinds.slice(0, 2), ...found, ...(found.length > 0 ? [all] : [])];
}
