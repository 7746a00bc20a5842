import type { ParsedQuery } from '../query.ts';
import { groupKey, type Synonyms } from '../synonyms.ts';
import type { Token } from '../text.ts';
import { allowedTypos } from '../typos.ts';
import { pairsOf } from './indexed-text.ts';
import { type Postings, prefixExpression, wordExpression } from './postings.ts';
import type { Words } from './words.ts';

/** One way in which a concept may be written, with how much it counts against what was typed. */
interface Alternative {
  /** FTS5 expression: a word, a phrase or a prefix. */
  expression: string;
  /** 1 for what was typed; less for a synonym, a beginning or a corrected error. */
  weight: number;
  /** Only documents with this spelling count, for acronyms: `AI` is not `ái`. */
  exact?: string;
}

/** Something that every answer must have: a word, a phrase, or words that a synonym can replace together. */
export interface Concept {
  words: Token[];
  alternatives: Alternative[];
  /** The words of a known name, which a document may also have apart from each other. */
  allOf?: string[];
  phrase: boolean;
}

const typed = (token: Token): Alternative => ({ expression: wordExpression(token.folded), weight: 1 });

const synonym = (member: Token[]): Alternative => ({
  expression: wordExpression(groupKey(member)),
  weight: 0.8,
  ...(member.length === 1 && { exact: member[0].exact }),
});

/** What a query asks for, before typing errors are considered. */
export function conceptsOf(query: ParsedQuery, synonyms: Synonyms): Concept[] {
  const segments = synonyms.segment(query.words);
  const concepts = segments.map((words, i): Concept => {
    const others = synonyms.of(words).map(synonym);
    const last = words[words.length - 1];
    const isLast = query.prefix && i === segments.length - 1;
    if (words.length > 1) {
      const together: Alternative = { expression: wordExpression(groupKey(words)), weight: 1 };
      const allOf = words.map((word) => wordExpression(word.folded));
      return { words, alternatives: [together, ...others], allOf, phrase: false };
    }
    // An acronym is spelled without marks: `AI` is neither «ái» nor the beginning of «ải».
    if (query.capitals.has(last) && others.length > 0) {
      return { words, alternatives: [{ ...typed(last), exact: last.exact }, ...others], phrase: false };
    }
    const beginning: Alternative[] =
      isLast && last.folded.length >= 2 ? [{ expression: prefixExpression(last.folded), weight: 0.6 }] : [];
    return { words, alternatives: [typed(last), ...beginning, ...others], phrase: false };
  });
  const phrases = query.phrases.map(
    (words): Concept => ({
      words,
      alternatives: [{ expression: wordExpression(groupKey(words)), weight: 1 }],
      phrase: true,
    }),
  );
  return [...concepts, ...phrases];
}

/**
 * The concepts with likely corrections added: for a word that the index does not know, or (`everyWord`) for each word.
 * With neighbours, a known word is corrected only towards one that stands beside the same neighbour somewhere, since in
 * Vietnamese one wrong letter often makes another syllable.
 * @returns undefined when there is nothing to correct
 */
export function corrected(
  concepts: Concept[],
  words: Words,
  postings: Postings,
  everyWord: boolean,
): Concept[] | undefined {
  let changed = false;
  const singles = concepts.map((concept) =>
    concept.words.length === 1 && !concept.phrase ? concept.words[0] : undefined,
  );
  const together = (a: string, b: string) => postings.of('pairs', wordExpression(`${a}_${b}`)).count;
  const result = concepts.map((concept, i) => {
    const word = singles[i]?.folded;
    if (!word) return concept;
    const known = words.has(word);
    const neighbours = { before: singles[i - 1]?.folded, after: singles[i + 1]?.folded };
    const fits = (candidate: string) =>
      (neighbours.before ? together(neighbours.before, candidate) : 0) +
      (neighbours.after ? together(candidate, neighbours.after) : 0);
    if (known && (!everyWord || fits(word) > 0)) return concept;
    let candidates = allowedTypos(word) > 0 ? words.near(word) : [];
    if (known) candidates = candidates.filter((candidate) => fits(candidate) > 0);
    const alternatives: Alternative[] = candidates.map((candidate) => ({
      expression: wordExpression(candidate),
      weight: fits(candidate) > 0 ? 0.5 : 0.3,
    }));
    const pair = known ? undefined : words.split(word, (a, b) => together(a, b) > 0);
    if (pair) alternatives.push({ expression: wordExpression(pair.join(' ')), weight: 0.5 });
    if (alternatives.length === 0) return concept;
    changed = true;
    return { ...concept, alternatives: [...concept.alternatives, ...alternatives] };
  });
  return changed ? result : undefined;
}

/** Pairs of neighbouring typed words, for ranking compounds above scattered syllables. */
export const typedPairs = (query: ParsedQuery): string[] => [query.words, ...query.phrases].flatMap(pairsOf);
