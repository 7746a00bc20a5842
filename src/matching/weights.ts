import type { KindCode } from '../catalogue/kind.ts';
import type { Texts } from './party.ts';
import type { Nearness } from './thesaurus.ts';

/**
 * Every number of the matching, with its reason. A score is the sum of the signals; the text of the best candidate
 * gives 1, so that the others say how much a signal weighs against the words. `npm run matching:eval` prints what each
 * signal brings; the numbers are round because the figures change little around them.
 */
export const weights = {
  /** Where a word stands in the text that asks: its title says in a few words what the rest circumscribes. */
  asked: { title: 1.5, keys: 1.2, summary: 1, body: 0.4 } as Record<keyof Texts, number>,
  /** Where it stands in the candidate: authors put into title and key words what a thing is, into the body all else. */
  stands: { title: 3, keys: 2.5, summary: 1.5, body: 0.7 } as Record<keyof Texts, number>,
  /** A single syllable is often a part of many words: it counts half of what a compound counts. */
  words: 0.5,
  /** Two neighbouring syllables: most Vietnamese words are compounds, and their syllables alone mislead. */
  compounds: 1,
  /** Owners and researchers name things differently: an entry of the thesaurus counts as a compound does. */
  thesaurus: 1,
  /**
   * A synonym is nearly what was said; a way to solve a problem is one of several ways; a technology's name says least
   * about the problem it is meant for.
   */
  nearness: { same: 0.9, answer: 0.8, problem: 0.3 } as Record<Nearness, number>,
  /** Several ways to say one thing in one text: the best counts, the others a quarter. */
  furtherForms: 0.25,
  /** BM25's k₁ and b: a word said twice is not twice as important; long texts hold more words by chance. */
  saturation: 1.2,
  length: 0.5,
  /** The same field of the classification: what tells drying fruit from drying paint. */
  field: 0.7,
  /** What organisations and experts can do is told by their field more than by the few words of a profile. */
  fieldOfParties: 0.9,
  /** How much of its words' points a candidate of another field loses. */
  otherField: 0.2,
  /** Who stands behind a technology that fits can tell more about it. */
  linked: 0.3,
  /** Words that the best technologies share: researchers' words for what the owner described. */
  feedback: 0.35,
  /** The preferred form of transfer. */
  transferMode: 0.05,
  /** A price that begins above the budget. */
  budget: 0.15,
  /** An offer can be bought: for the same words it is a better answer than a finished project or an address. */
  kind: { offer: 0.3 } as Partial<Record<KindCode, number>>,
};
export type Weights = typeof weights;

/** The signals that `npm run matching:eval` leaves out one by one. */
export const signals = ['compounds', 'thesaurus', 'field', 'linked', 'feedback', 'transferMode', 'kind'] as const;
export type Signal = (typeof signals)[number];

/** The weights without one signal. */
export const without = (signal: Signal): Weights => ({
  ...weights,
  ...(signal === 'kind' ? { kind: {} } : { [signal]: 0 }),
  ...(signal === 'field' && { fieldOfParties: 0, otherField: 0 }),
});
