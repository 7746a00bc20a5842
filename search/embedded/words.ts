import { allowedTypos, editDistance } from '../typos.ts';

/** The letters of a word as bits: words that differ in few letters differ in few bits. */
function letterBits(word: string): number {
  let bits = 0;
  for (let i = 0; i < word.length; i += 1) bits |= 1 << (word.charCodeAt(i) % 31);
  return bits;
}

function popcount(bits: number): number {
  let v = bits - ((bits >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Every folded word of the index, to tell a word from a typing error and to find what was meant. */
export class Words {
  readonly #known = new Set<string>();
  readonly #byLength: { words: string[]; bits: number[] }[] = [];

  add(word: string): void {
    if (this.#known.has(word)) return;
    this.#known.add(word);
    this.#byLength[word.length] ??= { words: [], bits: [] };
    this.#byLength[word.length].words.push(word);
    this.#byLength[word.length].bits.push(letterBits(word));
  }

  has(word: string): boolean {
    return this.#known.has(word);
  }

  /** Known words within the allowed number of errors, nearest first; never the word itself. */
  near(word: string, atMost = 20): string[] {
    const limit = allowedTypos(word);
    if (limit === 0) return [];
    const bits = letterBits(word);
    const found: { candidate: string; distance: number }[] = [];
    for (let length = word.length - limit; length <= word.length + limit; length += 1) {
      const bucket = this.#byLength[length];
      if (!bucket) continue;
      for (let i = 0; i < bucket.words.length; i += 1) {
        // One error changes at most two letters of the set.
        if (popcount(bits ^ bucket.bits[i]) > 2 * limit) continue;
        const candidate = bucket.words[i];
        if (candidate === word || /\d/.test(candidate)) continue;
        const distance = editDistance(word, candidate, limit);
        if (distance <= limit) found.push({ candidate, distance });
      }
    }
    // A wrong first letter is rare.
    const cost = ({ candidate, distance }: (typeof found)[number]) => distance + (candidate[0] === word[0] ? 0 : 0.5);
    return found
      .sort((a, b) => cost(a) - cost(b))
      .slice(0, atMost)
      .map(({ candidate }) => candidate);
  }

  /** The two known words that were written as one, e.g. `congnghe`, when `together` says that they stand together. */
  split(word: string, together: (first: string, second: string) => boolean): [string, string] | undefined {
    for (let i = 2; i <= word.length - 2; i += 1) {
      const first = word.slice(0, i);
      const second = word.slice(i);
      if (this.has(first) && this.has(second) && together(first, second)) return [first, second];
    }
    return undefined;
  }
}
