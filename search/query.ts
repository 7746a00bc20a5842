import { type Token, tokenize } from './text.ts';

/** What a person asked for. */
export interface ParsedQuery {
  /** Words in order; all must be found. */
  words: Token[];
  /** Those of the words that were written in capitals: `AI` asks for the acronym, `ai` for any word spelled so. */
  capitals: Set<Token>;
  /** True when the last word may be unfinished: it is matched as a prefix too. */
  prefix: boolean;
  /** Words that must stand next to each other, in order. */
  phrases: Token[][];
  /** Words or phrases that must not be there. */
  excluded: Token[][];
}

/** More than anybody types; bounds the work of a hostile query. */
export const maxWords = 24;

const parts = /(?<minus>(?<=^|\s)-)?(?:"(?<phrase>[^"]*)"?|(?<word>[^\s"]+))/gu;

const capitals = /^[\p{Lu}\p{M}\d&]{2,}$/u;

/**
 * Reads a query: words, "phrases in quotes", -excluded words. Never fails: an unclosed quote ends at the end, signs
 * without letters are skipped, words over `maxWords` are left out.
 * @example parseQuery('sấy "vải thiều" -lúa')
 */
export function parseQuery(q: string): ParsedQuery {
  const parsed: ParsedQuery = { words: [], capitals: new Set(), prefix: false, phrases: [], excluded: [] };
  let left = maxWords;
  let lastIsWord = false;
  for (const { groups = {} } of q.matchAll(parts)) {
    const tokens = tokenize(groups.phrase ?? groups.word).slice(0, left);
    left -= tokens.length;
    if (tokens.length === 0) continue;
    lastIsWord = false;
    if (groups.minus) parsed.excluded.push(tokens);
    else if (groups.phrase !== undefined) parsed.phrases.push(tokens);
    else {
      parsed.words.push(...tokens);
      for (const token of tokens) {
        if (capitals.test(groups.word.slice(token.start, token.end))) parsed.capitals.add(token);
      }
      lastIsWord = true;
    }
  }
  parsed.prefix = lastIsWord && /[\p{L}\p{N}\p{M}]$/u.test(q);
  return parsed;
}
