import type { SearchDocument } from '../engine.ts';
import { type Token, tokenize } from '../text.ts';

/** What of a document is searched. */
export type Searched = Pick<SearchDocument, 'title' | 'titleEn' | 'summary' | 'summaryEn' | 'keys' | 'places' | 'body'>;

/** The columns of the index, each its words with one space between. */
export const textColumns = ['title', 'keys', 'summary', 'places', 'body', 'pairs', 'exact'] as const;
export type TextColumn = (typeof textColumns)[number];

export interface IndexedText {
  columns: Record<TextColumn, string>;
  /** Every word once, folded. */
  words: Set<string>;
}

const folded = (tokens: Token[]) => tokens.map((token) => token.folded).join(' ');
const bothLanguages = (vi: string, en: string | null) => tokenize(en ? `${vi}\n${en}` : vi);

/** Each two neighbouring words as one: rare where single syllables are common, so compounds decide the ranking. */
export function pairsOf(tokens: Token[]): string[] {
  return tokens.slice(1).map((token, i) => `${tokens[i].folded}_${token.folded}`);
}

/** A document as the index holds it. */
export function indexedText(document: Searched): IndexedText {
  const title = bothLanguages(document.title, document.titleEn);
  const summary = bothLanguages(document.summary, document.summaryEn);
  const keys = document.keys.map(tokenize);
  const places = document.places.map(tokenize);
  const body = tokenize(document.body);
  const all = [title, summary, ...keys, ...places, body].flat();
  return {
    columns: {
      title: folded(title),
      keys: folded(keys.flat()),
      summary: folded(summary),
      places: folded(places.flat()),
      body: folded(body),
      pairs: [...new Set([title, summary, ...keys].flatMap(pairsOf))].join(' '),
      exact: [...new Set(all.map((token) => token.exact))].join(' '),
    },
    words: new Set(all.map((token) => token.folded)),
  };
}
