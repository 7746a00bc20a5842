import { hasMarks, type Token, tokenize } from '../../search/text.ts';
import { type Party, places, type Texts } from './party.ts';
import { stopwordsText } from './stopwords.ts';
import type { Thesaurus } from './thesaurus.ts';
import type { Weights } from './weights.ts';

const stopwords = new Set(
  stopwordsText
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => tokenize(line).map((token) => token.exact)),
);

/** True for a word that says something about the subject. */
const tells = ({ exact, folded }: Token): boolean => !stopwords.has(exact) && !/^\d+$/.test(folded);

/** One way to write a concept: words that stand next to each other. */
export interface Form {
  /** As people write it. */
  text: string;
  /** In their canonical spelling. */
  words: string[];
  /** 1 for what the text says itself. */
  weight: number;
}

/** Something that a text is about; its first form is how the text itself says it. */
export interface Concept {
  /** How much the text is about it. */
  weight: number;
  type: 'word' | 'compound' | 'thesaurus';
  forms: Form[];
}

/** A text that asks for what is like it. */
export interface Asked {
  party: Party;
  concepts: Concept[];
  /** False for a text that was typed without any marks: then spellings cannot be told apart. */
  marked: boolean;
}

/**
 * What a party's text is about: its words, its compounds (pairs of neighbouring syllables) and, from the thesaurus,
 * what others call the same. What is said several times counts with the heaviest place, and a little more.
 */
export function asked(party: Party, thesaurus: Thesaurus, weights: Weights): Asked {
  const marked = places.some((place) => tokenize(party.texts[place]).some(hasMarks));
  const spelling = marked ? 'exact' : 'folded';
  const concepts = new Map<string, Concept>();
  const add = (type: Concept['type'], key: string, weight: number, forms: Form[]) => {
    if (weight <= 0) return;
    const known = concepts.get(`${type} ${key}`);
    if (!known) concepts.set(`${type} ${key}`, { type, weight, forms });
    else known.weight = Math.max(known.weight, weight) + 0.2 * Math.min(known.weight, weight);
  };
  for (const place of places) {
    const weight = weights.asked[place];
    // A compound does not reach over the end of a sentence or of a part of it.
    for (const part of party.texts[place].split(/[.,;:!?()·\n]+/)) {
      const tokens = tokenize(part);
      const own = (from: number, count: number): Form => ({
        text: part.slice(tokens[from].start, tokens[from + count - 1].end),
        words: tokens.slice(from, from + count).map((token) => token[spelling]),
        weight: 1,
      });
      for (const [i, token] of tokens.entries()) {
        if (!tells(token)) continue;
        add('word', token[spelling], weight * weights.words, [own(i, 1)]);
        if (i + 1 === tokens.length || !tells(tokens[i + 1])) continue;
        const compound = own(i, 2);
        add('compound', formKey(compound.words), weight * weights.compounds, [compound]);
      }
      for (const hit of thesaurus.in(tokens, spelling)) {
        const others = hit.others.map(({ text, words, nearness }) => ({
          text,
          words,
          weight: weights.nearness[nearness],
        }));
        add('thesaurus', String(hit.entry), weight * weights.thesaurus, [own(hit.at, hit.own.length), ...others]);
      }
    }
  }
  return { party, concepts: [...concepts.values()], marked };
}

/** A form as a key of maps. */
export const formKey = (words: string[]): string => words.join(' ');

/** The words of a record by place. */
export type Words = Record<keyof Texts, Token[]>;

/** What a candidate says it says at the beginning; reading on only costs. */
const longestBody = 1000;

/** Reads a record's texts once, for all that looks into them. */
export const wordsOf = ({ texts }: Party): Words => ({
  title: tokenize(texts.title),
  keys: tokenize(texts.keys),
  summary: tokenize(texts.summary),
  body: tokenize(texts.body.slice(0, longestBody)),
});

/** The compounds in words: pairs of neighbouring syllables that both say something. */
export function compoundsOf(tokens: Token[]): string[][] {
  const compounds: string[][] = [];
  for (let i = 1; i < tokens.length; i += 1) {
    if (tells(tokens[i - 1]) && tells(tokens[i])) compounds.push([tokens[i - 1].exact, tokens[i].exact]);
  }
  return compounds;
}

interface Node {
  /** The form that ends here. */
  key?: string;
  next: Map<string, Node>;
}

/** Finds forms in words, all at once: a tree of words is walked from each word. */
export class FormFinder {
  readonly #root: Node = { next: new Map() };
  readonly #spelling: 'exact' | 'folded';

  /** @param marked false when the forms' spellings cannot be told apart */
  constructor(forms: Iterable<string[]>, marked: boolean) {
    this.#spelling = marked ? 'exact' : 'folded';
    for (const words of forms) {
      let node = this.#root;
      for (const word of words) {
        let next = node.next.get(word);
        if (!next) {
          next = { next: new Map() };
          node.next.set(word, next);
        }
        node = next;
      }
      node.key = formKey(words);
    }
  }

  /** How often each form stands in the words, each place counted with its weight; and how many words there are. */
  find(words: Words, weights: Record<keyof Texts, number>): { found: Map<string, number>; length: number } {
    const found = new Map<string, number>();
    let length = 0;
    for (const place of places) {
      const weight = weights[place];
      if (weight === 0) continue;
      const tokens = words[place];
      length += tokens.length * weight;
      for (let i = 0; i < tokens.length; i += 1) {
        let node = this.#root.next.get(tokens[i][this.#spelling]);
        for (let end = i + 1; node; end += 1) {
          if (node.key) found.set(node.key, (found.get(node.key) ?? 0) + weight);
          if (end === tokens.length) break;
          node = node.next.get(tokens[end][this.#spelling]);
        }
      }
    }
    return { found, length };
  }
}
