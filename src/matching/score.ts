import { isExpired, type Party } from './party.ts';
import { type Asked, type Concept, compoundsOf, type Form, FormFinder, formKey, type Words, wordsOf } from './text.ts';
import type { Weights } from './weights.ts';

/** What the index knows of all candidates there are. */
export interface IndexStatistics {
  documents: number;
  /** How many of them have these words. */
  frequency: (words: string[]) => number;
}

/** A concept of the asking text that a candidate has. */
export interface SharedConcept {
  concept: Concept;
  /** The form in which the candidate has it. */
  form: Form;
  points: number;
}

export interface Scored {
  party: Party;
  /** Sum of the signals. */
  score: number;
  signals: Record<string, number>;
  /** How much of what is asked about the candidate is about, from 0; not relative to the other candidates. */
  coverage: number;
  /** What both are about, the most telling first. */
  shared: SharedConcept[];
  /** The technology among the best ones behind which this organisation or expert stands. */
  behind: Party | undefined;
}

/** The need and the answer to it, whichever of them asks. */
export const sides = (asked: Party, candidate: Party): { need: Party; answer: Party } =>
  asked.kind === 'need' ? { need: asked, answer: candidate } : { need: candidate, answer: asked };

/** Why two must not be brought together however similar they are; undefined when nothing speaks against it. */
export function obstacle(asked: Party, candidate: Party, now: Date): 'expired' | 'trl' | 'partner' | 'own' | undefined {
  if (isExpired(candidate, now)) return 'expired';
  const { need, answer } = sides(asked, candidate);
  if (need.minTrl != null && answer.trl != null && answer.trl < need.minTrl) return 'trl';
  if (answer.partner && need.excludedPartners.includes(answer.partner)) return 'partner';
  const ids = (party: Party) => [party.id, ...party.behind];
  if (ids(asked).some((id) => id !== undefined && ids(candidate).includes(id))) return 'own';
  return undefined;
}

/**
 * How near two fields of the two-level classification are: the same 1; one above the other 0.5; two of the same branch
 * 0.3, as branches are wide (food engineering, civil engineering).
 */
function fieldLikeness(a: string, b: string): number {
  if (a === b) return 1;
  if (a[0] !== b[0]) return 0;
  return a.length === 1 || b.length === 1 ? 0.5 : 0.3;
}

/**
 * How near the fields of two records are: 0…1. The best pair counts most; a candidate that covers all of the asked
 * fields is nearer than one that covers one.
 */
export function fieldNearness(asked: string[], offered: string[]): number {
  if (asked.length === 0 || offered.length === 0) return 0;
  const nearest = asked.map((a) => Math.max(...offered.map((b) => fieldLikeness(a, b))));
  const mean = nearest.reduce((sum, one) => sum + one, 0) / nearest.length;
  return 0.6 * Math.max(...nearest) + 0.4 * mean;
}

/** 1 for a form of transfer that both want, 0 for other forms, a half where one side has not said. */
export function modeNearness(a: string[], b: string[]): number {
  if (a.length === 0 || b.length === 0) return 0.5;
  return a.some((mode) => b.includes(mode)) ? 1 : 0;
}

/** True when the answer's lowest price is above what the need may cost. */
export const isTooDear = (need: Party, answer: Party): boolean =>
  need.money.max != null && answer.money.min != null && answer.money.min > need.money.max;

const isTechnology = ({ kind }: Party): boolean => kind === 'offer' || kind === 'achievement';
const isProvider = ({ kind }: Party): boolean => kind === 'organisation' || kind === 'expert';
/** How many of the best technologies lead to others. */
const mostSure = 5;
/** Who stands behind a technology with less than this share of the best one's score is not told for it. */
const wellFitting = 0.7;

/** How rare something is that `frequency` of `documents` have: BM25's inverse document frequency. */
const rarity = (documents: number, frequency: number): number =>
  Math.log(1 + (Math.max(0, documents - frequency) + 0.5) / (frequency + 0.5));

/** What a candidate gets that says once, in its own words, everything that is asked about. */
const wholeCoverage = ({ concepts }: Asked, index: IndexStatistics): number =>
  concepts.reduce(
    (sum, { weight, forms }) => sum + weight * rarity(index.documents, index.frequency(forms[0].words)),
    0,
  );

/** Single syllables in common that make little of the whole, in another field, are chance. */
const isChance = (shared: SharedConcept[], coverage: number, field: number): boolean =>
  field < 0.5 && coverage < 0.3 && !shared.some(({ concept }) => concept.type !== 'word');

/** BM25F of each candidate: each concept counts once, in its best form. */
function sharedConcepts(asked: Asked, candidates: Words[], index: IndexStatistics, w: Weights): SharedConcept[][] {
  const concepts = asked.concepts.map((concept) => ({
    concept,
    forms: concept.forms.map((form) => ({
      form,
      key: formKey(form.words),
      gain: concept.weight * form.weight * rarity(index.documents, index.frequency(form.words)),
    })),
  }));
  const finder = new FormFinder(
    asked.concepts.flatMap(({ forms }) => forms.map(({ words }) => words)),
    asked.marked,
  );
  const texts = candidates.map((words) => finder.find(words, w.stands));
  const meanLength = texts.reduce((sum, { length }) => sum + length, 0) / texts.length || 1;
  return texts.map(({ found, length }) => {
    const share = w.saturation * (1 - w.length + (w.length * length) / meanLength);
    const shared: SharedConcept[] = [];
    for (const { concept, forms } of concepts) {
      let best: SharedConcept | undefined;
      let all = 0;
      for (const { form, key, gain } of forms) {
        const times = found.get(key);
        if (!times) continue;
        const points = (gain * times * (w.saturation + 1)) / (times + share);
        all += points;
        if (points > (best?.points ?? 0)) best = { concept, form, points };
      }
      if (best) shared.push({ ...best, points: best.points + w.furtherForms * (all - best.points) });
    }
    return shared.sort((a, b) => b.points - a.points);
  });
}

/** Where a candidate describes itself. */
const description = { title: 1, keys: 1, summary: 1, body: 0 };

/**
 * How much each candidate shares of the compounds by which the best technologies name themselves, from 0 to 1. What
 * only the candidate itself names does not count for it.
 */
function feedback(best: Scored[], all: Scored[], words: Map<Party, Words>): number[] {
  const readOf = ({ party }: Scored): Words => words.get(party) ?? wordsOf(party);
  const share = ({ score }: Scored) => score / best[0].score;
  const compounds = best.map((one) => compoundsOf([...readOf(one).title, ...readOf(one).keys]));
  const named = compounds.map((ofOne) => new Set(ofOne.map(formKey)));
  const weightOf = new Map<string, number>();
  for (const [i, keys] of named.entries()) {
    for (const key of keys) weightOf.set(key, (weightOf.get(key) ?? 0) + share(best[i]));
  }
  const finder = new FormFinder(compounds.flat(), true);
  const texts = all.map((one) => finder.find(readOf(one), description));
  const frequency = new Map<string, number>();
  for (const { found } of texts) for (const key of found.keys()) frequency.set(key, (frequency.get(key) ?? 0) + 1);
  const points = texts.map(({ found, length }, i) => {
    const self = best.indexOf(all[i]);
    let sum = 0;
    for (const key of found.keys()) {
      const weight = (weightOf.get(key) ?? 0) - (self >= 0 && named[self].has(key) ? share(best[self]) : 0);
      if (weight > 0) sum += weight * Math.log(1 + all.length / (frequency.get(key) ?? 1));
    }
    return sum / Math.sqrt(20 + length);
  });
  const most = Math.max(...points);
  return points.map((one) => (most > 0 ? one / most : 0));
}

/**
 * Ranks candidates for what is asked, best first. Pure: the same input gives the same answer. Candidates that an
 * obstacle excludes, or that have next to nothing in common, are left out.
 *
 * 1. Words: BM25F over the concepts of the asking text, with the rarities of the whole index.
 * 2. Facts: field, form of transfer, budget, kind.
 * 3. From the best technologies after that: who stands behind them, and what words they share.
 */
export function rank(asked: Asked, candidates: Party[], index: IndexStatistics, w: Weights, now: Date): Scored[] {
  const possible = candidates.filter((candidate) => !obstacle(asked.party, candidate, now));
  if (possible.length === 0) return [];
  const words = new Map(possible.map((party) => [party, wordsOf(party)]));
  const shared = sharedConcepts(asked, [...words.values()], index, w);
  const points = shared.map((concepts) => concepts.reduce((sum, one) => sum + one.points, 0));
  const most = Math.max(...points);
  const whole = wholeCoverage(asked, index);

  const scored = possible.flatMap((party, i): Scored[] => {
    const { need, answer } = sides(asked.party, party);
    const field = fieldNearness(asked.party.fields, party.fields);
    const coverage = points[i] / whole;
    if (isChance(shared[i], coverage, field)) return [];
    const signals = {
      text: most > 0 ? (points[i] / most) * (1 - w.otherField * (1 - field)) : 0,
      field: field * (isProvider(party) ? w.fieldOfParties : w.field),
      transferMode: w.transferMode * modeNearness(need.transferModes, answer.transferModes),
      budget: isTooDear(need, answer) ? -w.budget : 0,
      kind: w.kind[party.kind] ?? 0,
    };
    return [{ party, signals, score: 0, coverage, shared: shared[i], behind: undefined }];
  });
  const sort = () => {
    for (const one of scored) one.score = Object.values(one.signals).reduce((sum, signal) => sum + signal, 0);
    return scored.toSorted((a, b) => b.score - a.score);
  };

  const best = sort()
    .filter(({ party }) => isTechnology(party) || party.kind === 'need')
    .slice(0, mostSure);
  if (best.length > 0) {
    const likeBest = feedback(best, scored, words);
    for (const [i, one] of scored.entries()) {
      one.signals.feedback = w.feedback * likeBest[i];
      const led = isProvider(one.party) && best.find(({ party }) => party.behind.includes(one.party.id ?? 0));
      if (!led) continue;
      if (led.score >= wellFitting * best[0].score) one.behind = led.party;
      one.signals.linked = (w.linked * led.score) / best[0].score;
    }
  }
  return sort();
}
