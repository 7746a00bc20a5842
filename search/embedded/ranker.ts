import type { ParsedQuery } from '../query.ts';
import { hasMarks } from '../text.ts';
import type { Columns } from './columns.ts';
import { type Concept, typedPairs } from './concepts.ts';
import { both, each, inKeys, inSummary, inTitle, type Posting, type Postings, wordExpression } from './postings.ts';

/**
 * Weights of a match by where it stands. Title above key words and places above summary above body; a spelling with the
 * same marks outweighs any place; neighbours and a title that says little else come between. Freshness and
 * completeness together stay below every difference that words make.
 */
const weights = {
  title: 6,
  keys: 3,
  summary: 2,
  body: 1,
  pair: 4,
  titleCoverage: 12,
  exactWord: 4,
  allExact: 60,
  scattered: 0.2,
  complete: 0.3,
  fresh: 0.2,
} as const;

const freshForMs = 5 * 365 * 86_400_000;

/** The documents that write a concept in one way. */
interface Way {
  posting: Posting;
  weight: number;
  /** The words of a name stand apart from each other. */
  scattered?: boolean;
}

/** Finds the documents that have what a query asks for, and gives them points. */
export class Ranker {
  readonly #columns: Columns;
  readonly #postings: Postings;
  readonly #newestDay: number;
  /** Points of each document found last, by id. */
  readonly scores: Float32Array;
  readonly #matched: Uint8Array;
  readonly #titleWords: Uint8Array;
  readonly #exactWords: Uint8Array;

  constructor(columns: Columns, postings: Postings) {
    this.#columns = columns;
    this.#postings = postings;
    const first = columns.newest()[0];
    this.#newestDay = first === undefined ? 0 : columns.publishedAt[first];
    this.scores = new Float32Array(columns.size);
    this.#matched = new Uint8Array(columns.size);
    this.#titleWords = new Uint8Array(columns.size);
    this.#exactWords = new Uint8Array(columns.size);
  }

  /** The documents of each way to write a concept. */
  #ways(concept: Concept): Way[] {
    const exact = (word: string) => this.#postings.of('exact', wordExpression(word));
    const ways: Way[] = concept.alternatives.map(({ expression, weight, exact: spelling }) => {
      const posting = this.#postings.of('text', expression);
      return { posting: spelling ? both(posting, exact(spelling)) : posting, weight };
    });
    if (concept.allOf) {
      const posting = concept.allOf.map((expression) => this.#postings.of('text', expression)).reduce(both);
      ways.push({ posting, weight: weights.scattered, scattered: true });
    }
    if (!concept.phrase) return ways;
    const marked = concept.words.filter(hasMarks).map((word) => exact(word.exact));
    return ways.map(({ posting, weight }) => ({ posting: marked.reduce(both, posting), weight }));
  }

  /** Points of a document for having a concept in one way, by the bits that say where. */
  #pointsOf(ways: Way[]): (way: Way) => Float32Array {
    // Scattered syllables are common; the name that they make together may be rare.
    const frequency = ways.reduce((sum, { posting, scattered }) => sum + (scattered ? 0 : posting.count), 0);
    const rarity = Math.log(1 + this.#columns.liveCount / (1 + frequency));
    return ({ weight }) =>
      Float32Array.from({ length: 16 }, (_, where) => {
        const title = where & inTitle ? weights.title : 0;
        const keys = where & inKeys ? weights.keys : 0;
        const summary = where & inSummary ? weights.summary : 0;
        return (weights.body + title + keys + summary) * rarity * weight;
      });
  }

  /** Live documents that have every concept. Their points are only those for where the words stand. */
  matchAll(concepts: Concept[]): Uint32Array {
    const ways = concepts.map((concept) => this.#ways(concept));
    const sizes = ways.map((ofConcept) => ofConcept.reduce((sum, { posting }) => sum + posting.count, 0));
    // The rarest first: later ones then only confirm.
    const byRarity = ways.map((_, i) => i).sort((a, b) => sizes[a] - sizes[b]);
    if (sizes[byRarity[0]] === 0) return new Uint32Array(0);
    this.#forget();
    for (const [step, i] of byRarity.entries()) {
      const pointsOf = this.#pointsOf(ways[i]);
      for (const way of ways[i]) this.#visit(way, pointsOf(way), step, concepts[i].words.length);
    }
    const matched = this.#matched;
    return this.#collect(ways[byRarity[0]], (id) => matched[id] === concepts.length);
  }

  #forget(): void {
    this.#matched.fill(0);
    this.#titleWords.fill(0);
    this.scores.fill(0);
  }

  /** Lifts the documents of one way that have the `step` concepts before it, and gives them its points. */
  #visit({ posting: { ids, where }, weight }: Way, points: Float32Array, step: number, words: number): void {
    const matched = this.#matched;
    const scores = this.scores;
    const titleWords = this.#titleWords;
    const typedWords = weight === 1 ? words : 0;
    for (let i = 0; i < where.length; i += 1) {
      const at = where[i];
      if (at === 0) continue;
      const id = ids ? ids[i] : i;
      const reached = matched[id];
      if (reached !== step && reached !== step + 1) continue;
      matched[id] = step + 1;
      scores[id] += points[at];
      if (at & inTitle) titleWords[id] += typedWords;
    }
  }

  /** Live documents that have at least half of the concepts and no fewer than the best but one, when none has all. */
  matchMost(concepts: Concept[]): Uint32Array {
    this.#forget();
    const ways = concepts.map((concept) => this.#ways(concept));
    const total = new Uint8Array(this.#matched.length);
    for (const [i, ofConcept] of ways.entries()) {
      const pointsOf = this.#pointsOf(ofConcept);
      this.#matched.fill(0);
      for (const way of ofConcept) this.#visit(way, pointsOf(way), 0, concepts[i].words.length);
      for (let id = 0; id < total.length; id += 1) total[id] += this.#matched[id];
    }
    const most = total.reduce((max, count) => Math.max(max, count), 0);
    if (most < concepts.length / 2) return new Uint32Array(0);
    const enough = Math.max(Math.ceil(concepts.length / 2), most - 1);
    this.#matched.set(total);
    return this.#collect(ways.flat(), (id) => this.#matched[id] >= enough);
  }

  #collect(ways: Way[], wanted: (id: number) => boolean): Uint32Array {
    const { live } = this.#columns;
    const found = new Uint32Array(ways.reduce((sum, { posting }) => sum + posting.count, 0));
    let n = 0;
    for (const { posting } of ways) {
      each(posting, (id) => {
        if (!live[id] || !wanted(id)) return;
        // An id that several ways lead to is taken once.
        this.#matched[id] = 0;
        found[n++] = id;
      });
    }
    return found.subarray(0, n);
  }

  /** Takes out the documents that have what the query excludes. */
  without(candidates: Uint32Array, { excluded }: ParsedQuery): Uint32Array {
    if (excluded.length === 0) return candidates;
    const out = new Set<number>();
    for (const words of excluded) {
      const phrase = this.#postings.of('text', wordExpression(words.map((word) => word.folded).join(' ')));
      const marked = words.filter(hasMarks).map((word) => this.#postings.of('exact', wordExpression(word.exact)));
      each(marked.reduce(both, phrase), (id) => out.add(id));
    }
    return candidates.filter((id) => !out.has(id));
  }

  /** Gives the found documents the rest of their points: spelling, neighbours, a title to the point, ties. */
  refine(concepts: Concept[], parsed: ParsedQuery, found: Uint32Array): void {
    const { scores } = this;
    const columns = this.#columns;
    for (const pair of typedPairs(parsed)) {
      each(this.#postings.of('pairs', wordExpression(pair)), (id) => {
        scores[id] += weights.pair;
      });
    }
    const marked = concepts.flatMap((concept) => concept.words).filter(hasMarks).length;
    const exactWords = this.#exactWords.fill(0);
    for (const concept of concepts) this.#countExactWords(concept);
    for (const id of found) {
      const age = (this.#newestDay - columns.publishedAt[id]) / freshForMs;
      scores[id] += weights.complete * columns.completeness[id] + weights.fresh * Math.max(0, 1 - age);
      const covered = this.#titleWords[id] / Math.max(1, columns.titleWords[id]);
      scores[id] += weights.titleCoverage * Math.min(1, covered);
      scores[id] += weights.exactWord * exactWords[id];
      if (marked > 0 && exactWords[id] === marked) scores[id] += weights.allExact;
    }
  }

  /**
   * Adds for each document how many of a concept's marked words it has in the typed spelling. Who writes a name
   * together or by another member of its group has written it well.
   */
  #countExactWords(concept: Concept): void {
    const exactWords = this.#exactWords;
    const marked = concept.words.filter(hasMarks);
    if (marked.length === 0) return;
    const spelled = marked.map((word) => this.#postings.of('exact', wordExpression(word.exact)));
    if (!concept.allOf) {
      for (const posting of spelled) {
        each(posting, (id) => {
          exactWords[id] += 1;
        });
      }
      return;
    }
    const seen = new Uint8Array(exactWords.length);
    for (const { posting, weight, scattered } of this.#ways(concept)) {
      if (scattered) continue;
      each(weight === 1 ? spelled.reduce(both, posting) : posting, (id) => {
        if (seen[id] === 0) exactWords[id] += marked.length;
        seen[id] = 1;
      });
    }
  }
}
