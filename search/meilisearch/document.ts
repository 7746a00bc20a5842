import type { DisplayDocument, SearchDocument } from '../engine.ts';
import { groupKey, type Synonyms } from '../synonyms.ts';
import { collationKey, hasMarks, type Token, tokenize } from '../text.ts';

/** A record as Meilisearch stores it. */
export interface IndexedDocument {
  id: number;
  title: string[];
  keys: string[];
  places: string[];
  summary: string[];
  body: string[];
  /** The words that are written with marks, as `exactWord` spells them. */
  exact: string;
  facets: Record<string, string[]>;
  publishedAt: number;
  completeness: number;
  titleKey: string;
  /** The `DisplayDocument` as JSON text, so that its parts don't become attributes of the index. */
  display: string;
  /** The body as it is read. */
  text: string;
}

const asciiMarks: Record<string, string> = { '\u0306': '6', '\u0302': '7', '\u031b': '8' };

/**
 * A word with its marks spelled in letters and digits, because Meilisearch removes marks from text: `vải` → `0vai3`.
 * The zero keeps it apart from every other word.
 */
export function exactWord({ exact }: Pick<Token, 'exact'>): string {
  return `0${exact
    .replaceAll('đ', 'd9')
    .normalize('NFD')
    .replace(/\p{M}/gu, (mark) => asciiMarks[mark] ?? '')}`;
}

/** The word that stands for a name and all that means the same: `tri tue nhan tao` → `1trituenhantao`. */
export const nameWord = (key: string): string => `1${key.replaceAll(' ', '')}`;

/** Meilisearch sorts text without regard to case: the key's 33 letters move from `A`… to `[`…`{`, past the capitals. */
const sortKey = (title: string): string =>
  collationKey(title).replace(/[A-a]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 26));

/** What Meilisearch is given of a record: folded words to search in, the original text to show. */
export function toIndexed(document: SearchDocument, synonyms: Synonyms): IndexedDocument {
  const { id, kind, slug, title, titleEn, summary, summaryEn, card, publishedAt } = document;
  const marked = new Set<string>();
  const searchable = (texts: (string | null)[]): string[] => {
    const tokens = texts.map((text) => tokenize(text ?? ''));
    for (const token of tokens.flat()) if (hasMarks(token)) marked.add(exactWord(token));
    const names = new Set(tokens.flatMap((words) => [...synonyms.namesIn(words)]));
    // Each text is an entry of its own: a phrase doesn't reach from one into the next.
    return [...tokens.map(groupKey), [...names].map(nameWord).join(' ')].filter(Boolean);
  };
  const display: DisplayDocument = { id, kind, slug, title, titleEn, summary, summaryEn, card, publishedAt };
  return {
    id,
    title: searchable([title, titleEn]),
    keys: searchable(document.keys),
    places: searchable(document.places),
    summary: searchable([summary, summaryEn]),
    body: searchable([document.body]),
    exact: [...marked].join(' '),
    facets: Object.fromEntries(
      Object.entries(document.facets).map(([facet, values]) => [facet, values.map((value) => value.toWellFormed())]),
    ),
    publishedAt,
    completeness: document.completeness,
    titleKey: sortKey(title),
    display: JSON.stringify(display),
    // Lone surrogates are no valid JSON for Meilisearch; in `display` they are escaped twice.
    text: document.body.toWellFormed(),
  };
}
