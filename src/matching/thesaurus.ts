import { type Token, tokenize } from '../../search/text.ts';
import { thesaurusText } from './thesaurus-entries.ts';

type Side = 'problem' | 'answer';
/** What another form of an entry is to the one that a text has: the same, a way to solve it, or what it may solve. */
export type Nearness = 'same' | Side;

/** The words of a form as they are spelled, or folded for a text without marks. */
interface Form {
  text: string;
  exact: string[];
  folded: string[];
  side: Side;
}

/** What a text has of one entry. */
export interface ThesaurusHit {
  /** The entry's number. */
  entry: number;
  /** Where its longest form stands in the text. */
  at: number;
  own: string[];
  others: { text: string; words: string[]; nearness: Nearness }[];
}

/**
 * Reads `thesaurus-entries.ts`: one line an entry, `#` begins a comment. Forms that mean the same are separated by `=`; after
 * `>` stand, separated by `;`, the words of those who solve what stands before it.
 */
export function parseThesaurus(text: string): [same: string[], answers: string[]][] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, ''))
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [same, answers = ''] = line.split('>');
      const forms = (part: string, separator: string) =>
        part
          .split(separator)
          .map((form) => form.trim())
          .filter(Boolean);
      return [forms(same, '='), forms(answers, ';')];
    });
}

/** The words of owners and of researchers for the same things. */
export class Thesaurus {
  readonly #entries: Form[][];
  /** Forms with the number of their entry, by their first word. */
  readonly #byFirst = new Map<string, { form: Form; entry: number }[]>();

  constructor(lines: [same: string[], answers: string[]][]) {
    const formOf = (side: Side) => (text: string) => {
      const tokens = tokenize(text);
      return { text, exact: tokens.map((token) => token.exact), folded: tokens.map((token) => token.folded), side };
    };
    this.#entries = lines.map(([same, answers]) => [...same.map(formOf('problem')), ...answers.map(formOf('answer'))]);
    for (const [entry, forms] of this.#entries.entries()) {
      for (const form of forms) {
        for (const first of new Set([form.exact[0], form.folded[0]])) {
          const known = this.#byFirst.get(first);
          if (known) known.push({ form, entry });
          else this.#byFirst.set(first, [{ form, entry }]);
        }
      }
    }
  }

  /**
   * The entries of which a text has a form, with their other forms.
   * @param spelling `folded` for a text that was typed without marks
   */
  in(tokens: Token[], spelling: 'exact' | 'folded'): ThesaurusHit[] {
    const found = new Map<number, { at: number; form: Form }>();
    for (let at = 0; at < tokens.length; at += 1) {
      for (const { form, entry } of this.#byFirst.get(tokens[at][spelling]) ?? []) {
        const words = form[spelling];
        if (words.length <= (found.get(entry)?.form.exact.length ?? 0)) continue;
        if (words.every((word, n) => tokens[at + n]?.[spelling] === word)) found.set(entry, { at, form });
      }
    }
    return [...found].map(([entry, { at, form }]) => ({
      entry,
      at,
      own: form[spelling],
      others: this.#entries[entry]
        // Two answers to one problem are two technologies.
        .filter((other) => other !== form && !(form.side === 'answer' && other.side === 'answer'))
        .map((other) => ({
          text: other.text,
          words: other[spelling],
          nearness: other.side === form.side ? 'same' : other.side,
        })),
    }));
  }
}

/** The thesaurus that ships with the program, read once. */
export const thesaurus = new Thesaurus(parseThesaurus(thesaurusText));
