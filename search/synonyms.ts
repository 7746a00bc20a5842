import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Db, Trx } from '../db/client.ts';
import { hasMarks, type Token, tokenize } from './text.ts';

const shipped = new URL('./synonyms.txt', import.meta.url);

/** Groups of words and phrases that mean the same, one group a line, separated by `=`; `#` begins a comment. */
export function parseSynonyms(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) =>
      line
        .split('=')
        .map((member) => member.trim())
        .filter(Boolean),
    )
    .filter((group) => group.length > 1);
}

/** The groups as the Department keeps them. */
export const readSynonyms = async (db: Db | Trx): Promise<string[][]> =>
  (await db.selectFrom('synonym_group').select('members').orderBy('id').execute()).map(({ members }) =>
    JSON.parse(members),
  );

/** What a new database begins with: a file in the data folder, or the one that ships with the program. */
export function loadSynonyms(dataDir?: string): string[][] {
  const own = dataDir ? join(dataDir, 'synonyms.txt') : undefined;
  return parseSynonyms(readFileSync(own && existsSync(own) ? own : shipped, 'utf8'));
}

/** The folded words of a name with one space between. */
export const groupKey = (tokens: Token[]) => tokens.map((token) => token.folded).join(' ');

/** Synonym groups by the folded words of each member. */
export class Synonyms {
  readonly #groups = new Map<string, { tokens: Token[] }[][]>();
  readonly #firstWords = new Set<string>();
  #longest = 1;

  constructor(groups: string[][]) {
    for (const group of groups) {
      const members = group.map((member) => ({ tokens: tokenize(member) })).filter(({ tokens }) => tokens.length > 0);
      for (const { tokens } of members) {
        const key = groupKey(tokens);
        this.#groups.set(key, [...(this.#groups.get(key) ?? []), members]);
        this.#firstWords.add(tokens[0].folded);
        this.#longest = Math.max(this.#longest, tokens.length);
      }
    }
  }

  /** The other members of the groups to which these words belong. */
  of(tokens: Token[]): Token[][] {
    const key = groupKey(tokens);
    // A typed mark that the member doesn't have makes it another word: `ái` is not `AI`.
    const typed = (members: { tokens: Token[] }[]) =>
      members.some(
        (member) =>
          groupKey(member.tokens) === key &&
          tokens.every((token, i) => !hasMarks(token) || token.exact === member.tokens[i].exact || tokens.length > 1),
      );
    return (this.#groups.get(key) ?? [])
      .filter(typed)
      .flatMap((members) => members.map(({ tokens }) => tokens))
      .filter((member) => groupKey(member) !== key);
  }

  /** Cuts words into the longest runs that have synonyms, and single words. */
  segment(words: Token[]): Token[][] {
    const segments: Token[][] = [];
    for (let i = 0; i < words.length; ) {
      let length = Math.min(this.#longest, words.length - i);
      while (length > 1 && !this.#groups.has(groupKey(words.slice(i, i + length)))) length -= 1;
      segments.push(words.slice(i, i + length));
      i += length;
    }
    return segments;
  }

  /**
   * The names under which a text with these words is to be found: every member of a group of which it holds one.
   * An acronym counts for its group only with its own marks: a text with `ái` is not about `AI`.
   */
  namesIn(words: Token[]): Set<string> {
    const names = new Set<string>();
    for (let start = 0; start < words.length; start += 1) {
      if (!this.#firstWords.has(words[start].folded)) continue;
      for (let end = start + 1; end <= Math.min(words.length, start + this.#longest); end += 1) {
        const run = words.slice(start, end);
        const key = groupKey(run);
        for (const members of this.#groups.get(key) ?? []) {
          names.add(key);
          const sameMarks = members.some(({ tokens }) => groupKey(tokens) === key && tokens[0].exact === run[0].exact);
          if (run.length === 1 && !sameMarks) continue;
          for (const { tokens } of members) names.add(groupKey(tokens));
        }
      }
    }
    return names;
  }
}
