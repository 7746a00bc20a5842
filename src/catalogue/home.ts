import type { Language, SearchQuery } from '../../search/engine.ts';
import { type Card, toCard } from './card.ts';
import type { KindCode } from './kind.ts';
import type { Sources } from './sources.ts';

/** What the home page shows of the catalogue. */
export interface HomeView {
  counts: Record<string, number>;
  /** Top-level fields of the classification with their records, the largest first. */
  fields: { code: string; name: string; count: number }[];
  offers: Card[];
  needs: Card[];
  achievements: Card[];
}

const newest = (kind: KindCode | undefined, limit: number, language: Language): SearchQuery => ({
  q: '',
  filters: kind ? { kind: [kind] } : {},
  sort: 'newest',
  offset: 0,
  limit,
  facets: kind ? [] : ['kind', 'field'],
  language,
});

/** Reads the home page's counts and newest records. */
export async function homeView(
  { search, vocabulary }: Pick<Sources, 'search' | 'vocabulary'>,
  language: Language,
): Promise<HomeView> {
  const [all, offers, needs, achievements] = await Promise.all([
    search.search(newest(undefined, 0, language)),
    search.search(newest('offer', 3, language)),
    search.search(newest('need', 3, language)),
    search.search(newest('achievement', 3, language)),
  ]);
  const cards = ({ hits }: typeof all) => hits.map((hit) => toCard(hit, language, vocabulary));
  return {
    counts: all.facets.kind ?? {},
    fields: [...vocabulary.fields.values()]
      .filter((field) => field.parent === null)
      .map(({ code, name }) => ({ code, name: name[language], count: all.facets.field?.[code] ?? 0 }))
      .sort((a, b) => b.count - a.count),
    offers: cards(offers),
    needs: cards(needs),
    achievements: cards(achievements),
  };
}
