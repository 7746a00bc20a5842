import type { SearchQuery } from '../engine.ts';
import type { MarkedTerms } from '../highlight.ts';
import type { ParsedQuery } from '../query.ts';
import type { Synonyms } from '../synonyms.ts';
import { hasMarks, type Token, tokenize } from '../text.ts';
import { allowedTypos, editDistance } from '../typos.ts';
import { exactWord, nameWord } from './document.ts';

/** One way to ask Meilisearch for what was typed. */
export interface Wording {
  q: string;
  /** `q` without what is excluded: whether this is found decides if another wording is tried. */
  wanted: string;
  /** The same with the typed marks demanded too: its answers come first. */
  marked?: string;
  matchingStrategy: 'all' | 'frequency';
}

/** Meilisearch ignores what follows the tenth word or phrase. */
const maxTerms = 10;

const phrase = (words: string[]): string => `"${words.join(' ')}"`;

function excludedTerm(words: Token[]): string {
  const [first] = words;
  if (words.length === 1) return `-${hasMarks(first) ? exactWord(first) : first.folded}`;
  return `-${phrase(words.map((word) => word.folded))}`;
}

/** No word is longer; what is would keep Meilisearch busy with its possible errors. */
const longestWord = 60;

/**
 * Words that are asked for in quotes, which match as they stand: single letters are no beginnings, and numbers with
 * letters have no typing errors (Meilisearch's `disableOnNumbers` is for digits alone).
 */
const isRigid = ({ folded }: Token): boolean =>
  folded.length < 2 || folded.length > longestWord || (folded.length >= 5 && /\d/.test(folded) && /\D/.test(folded));

/**
 * The ways to ask for what was typed, from the strictest; a later one is for when the ones before find nothing.
 * 1. Every word as typed, the last one also as a beginning; names with synonyms as one.
 * 2. With typing errors. 3. Names as the words they consist of. 4. Without the most frequent words.
 */
export function wordingsOf(parsed: ParsedQuery, synonyms: Synonyms): Wording[] {
  const segments = synonyms.segment(parsed.words);
  const isName = (words: Token[]) => synonyms.of(words).length > 0;
  const name = (words: Token[]) => phrase([nameWord(words.map((word) => word.folded).join(' '))]);
  const rigid = (word: Token) => phrase([word.folded]);
  const loose = (word: Token) => (isRigid(word) ? rigid(word) : word.folded);

  const last = parsed.prefix ? parsed.words.at(-1) : undefined;

  const strict = segments.flatMap((words) =>
    isName(words) ? [name(words)] : words.map((word) => (word === last ? loose(word) : rigid(word))),
  );
  const mistyped = segments.flatMap((words) => (isName(words) ? [name(words)] : words.map(loose)));
  const apart = segments.flatMap((words) => (words.length === 1 && isName(words) ? [name(words)] : words.map(loose)));

  const excluded = parsed.excluded.map(excludedTerm);
  const phrases = parsed.phrases.flatMap((words) => [
    phrase(words.map((word) => word.folded)),
    ...words.filter(hasMarks).map((word) => phrase([exactWord(word)])),
  ]);
  // Only the very last word is a beginning, and not when a space follows: so words come last, what is excluded first.
  const ask = (terms: string[]) => [...excluded, ...terms].join(' ') + (last ? '' : ' ');
  const wording = (words: string[]): Wording => {
    const terms = [...phrases, ...words];
    const marked = parsed.words.filter(hasMarks).slice(0, Math.max(0, maxTerms - terms.length));
    return {
      q: ask(terms),
      wanted: terms.join(' ') + (last ? '' : ' '),
      ...(marked.length > 0 && { marked: ask([...marked.map((word) => phrase([exactWord(word)])), ...terms]) }),
      matchingStrategy: 'all',
    };
  };

  const wordings = [wording(strict), wording(mistyped), wording(apart)].filter(
    ({ q }, i, all) => all.findIndex((other) => other.q === q) === i,
  );
  // Nothing in quotes here: Meilisearch never leaves out a phrase.
  const any = parsed.words.filter(({ folded }) => folded.length <= longestWord).map(({ folded }) => folded);
  if (any.length > 1) wordings.push({ ...wording(any), marked: undefined, matchingStrategy: 'frequency' });
  return wordings;
}

/** How one term of a text is asked for: the word in its spelling, or neighbours; empty when there is no word in it. */
export function termOf(words: string, marked: boolean): string {
  const tokens = tokenize(words);
  if (tokens.length === 0) return '';
  const [first] = tokens;
  const exact = marked && tokens.length === 1 && hasMarks(first);
  return phrase(exact ? [exactWord(first)] : tokens.map(({ folded }) => folded));
}

/** The words to mark in any answer; `withMisspelt` adds those of one record. */
export function markedTerms(parsed: ParsedQuery, synonyms: Synonyms): MarkedTerms {
  const synonymous = synonyms.segment(parsed.words).flatMap((words) => synonyms.of(words).flat());
  const last = parsed.words.at(-1);
  return {
    words: new Set([...parsed.words, ...parsed.phrases.flat(), ...synonymous].map((word) => word.folded)),
    prefixes: parsed.prefix && last && last.folded.length >= 2 ? [last.folded] : [],
  };
}

/** Adds the words of a record for which a typed word, absent from it, was probably meant. */
export function withMisspelt(terms: MarkedTerms, parsed: ParsedQuery, texts: string[]): MarkedTerms {
  const present = new Set(texts.flatMap((text) => tokenize(text).map((token) => token.folded)));
  const meant = parsed.words
    .filter(({ folded }) => allowedTypos(folded) > 0 && !present.has(folded))
    .flatMap(({ folded }) => {
      const limit = allowedTypos(folded);
      return [...present].filter((word) => !/\d/.test(word) && editDistance(folded, word, limit) <= limit);
    });
  return meant.length === 0 ? terms : { ...terms, words: new Set([...terms.words, ...meant]) };
}

const quoted = (text: string): string => JSON.stringify(text.toWellFormed());

/** The condition that a facet has one of the values. */
export const oneOf = (facet: string, values: string[]): string =>
  `${quoted(`facets.${facet}`)} IN [${values.map(quoted).join(', ')}]`;

/** The conditions of the chosen values, but for those of one facet, and of the records among which is searched. */
export function conditionsOf({ filters, among }: Pick<SearchQuery, 'filters' | 'among'>, except?: string): string[] {
  return [
    ...Object.entries(filters)
      .filter(([facet, values]) => facet !== except && values.length > 0)
      .map(([facet, values]) => oneOf(facet, values)),
    ...(among ? [`id IN [${among.join(', ')}]`] : []),
  ];
}
