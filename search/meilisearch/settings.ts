import type { Settings } from 'meilisearch';

/** More than the catalogue will hold: totals and counts are exact below it. */
export const maxTotalHits = 1_000_000;

/**
 * How Meilisearch treats the documents of `document.ts`. Words are folded before they arrive, and names that mean the
 * same are words of their own, so that neither language detection nor Meilisearch's synonyms (whose keys end at three
 * words: `khoa học và công nghệ` has five) take part.
 */
export const indexSettings: Settings = {
  searchableAttributes: ['title', 'keys', 'places', 'summary', 'body', 'exact'],
  displayedAttributes: ['id', 'display', 'text', 'facets'],
  filterableAttributes: ['id', 'facets'],
  sortableAttributes: ['id', 'publishedAt', 'completeness', 'titleKey'],
  // `sort` first: a chosen order is kept strictly. The place of a word counts before how close words stand.
  rankingRules: [
    'sort',
    'words',
    'typo',
    'attribute',
    'proximity',
    'exactness',
    'publishedAt:desc',
    'completeness:desc',
  ],
  typoTolerance: {
    enabled: true,
    minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 },
    disableOnNumbers: true,
    disableOnAttributes: ['exact'],
  },
  faceting: { maxValuesPerFacet: 10_000 },
  pagination: { maxTotalHits },
  // Facet values are counted, never searched.
  facetSearch: false,
};
