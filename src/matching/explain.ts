import type { Language } from '../../search/engine.ts';
import { valueName } from '../catalogue/value-name.ts';
import type { Vocabulary } from '../catalogue/vocabulary.ts';
import { formatMoney } from '../i18n/format.ts';
import { translator } from '../i18n/translate.ts';
import type { Party } from './party.ts';
import { isTooDear, type Scored, type SharedConcept, sides } from './score.ts';

/** Why something fits or does not, as data: codes and words whose sentence `reasonText` makes. */
export type Reason =
  | { key: 'about'; words: string[] }
  | { key: 'answers'; asked: string; found: string }
  | { key: 'sameField' | 'nearField' | 'otherField'; fields: string[] }
  | { key: 'sameArea'; areas: string[] }
  | { key: 'trlMet'; trl: number; minTrl: number }
  | { key: 'trlUnknown'; minTrl: number }
  | { key: 'sameMode' | 'otherMode'; modes: string[] }
  | { key: 'withinBudget' | 'overBudget'; vnd: number }
  | { key: 'behind'; title: string }
  | { key: 'applied'; place: string }
  | { key: 'priceUnknown' };

const mostWords = 4;
/** Weaker words are left out: what share of the strongest one's points they must have. */
const telling = { compound: 0.25, word: 0.6 };

const lower = (text: string): string => text.toLocaleLowerCase('vi');
const overlap = (a: string[], b: string[]): boolean => a.some((word) => b.includes(word));

/** The most telling things that both say in the same words, compounds first: not «vải» beside «vải tươi». */
function sameWords(shared: SharedConcept[]): string[] {
  const said = shared.filter(({ concept, form }) => form === concept.forms[0]);
  const strong = (least: number) => said.filter(({ points }) => points >= least * said[0].points);
  const compounds = strong(telling.compound).filter(({ form }) => form.words.length > 1);
  const taken: SharedConcept['form'][] = [];
  for (const { form } of [...compounds, ...strong(telling.word)]) {
    if (taken.length < mostWords && !taken.some(({ words }) => overlap(words, form.words))) taken.push(form);
  }
  return taken.map(({ text }) => lower(text));
}

/** How the candidate names what was asked for in quite other words: the most telling one. */
function otherWords(shared: SharedConcept[]): Reason[] {
  const best = shared.find(
    ({ concept, form }) => form !== concept.forms[0] && !overlap(form.words, concept.forms[0].words),
  );
  return best ? [{ key: 'answers', asked: lower(best.concept.forms[0].text), found: best.form.text }] : [];
}

function fieldReason(asked: Party, candidate: Party): { reasons: Reason[]; gaps: Reason[] } {
  const same = asked.fields.filter((code) => candidate.fields.includes(code));
  if (same.length > 0) return { reasons: [{ key: 'sameField', fields: same }], gaps: [] };
  if (asked.fields.length === 0 || candidate.fields.length === 0) return { reasons: [], gaps: [] };
  const near = candidate.fields.filter((code) => asked.fields.some((other) => other[0] === code[0]));
  if (near.length > 0) return { reasons: [{ key: 'nearField', fields: near }], gaps: [] };
  return { reasons: [], gaps: [{ key: 'otherField', fields: candidate.fields }] };
}

/** Where it has been applied: the first place that mentions something both are about, else the first. */
function appliedReason({ party, shared }: Scored): Reason[] {
  const mentions = (place: string) => shared.some(({ form }) => ` ${lower(place)} `.includes(` ${lower(form.text)} `));
  const place = party.appliedAt.find(mentions) ?? party.appliedAt[0];
  return place ? [{ key: 'applied', place }] : [];
}

/** Why a candidate fits what is asked, the weightiest first, and what speaks against it or is not known. */
export function explain(asked: Party, scored: Scored): { reasons: Reason[]; gaps: Reason[] } {
  const { need, answer } = sides(asked, scored.party);
  const reasons: Reason[] = [];
  const gaps: Reason[] = [];
  const words = sameWords(scored.shared);
  if (words.length > 0) reasons.push({ key: 'about', words });
  reasons.push(...otherWords(scored.shared));
  const field = fieldReason(asked, scored.party);
  reasons.push(...field.reasons);
  gaps.push(...field.gaps);
  if (scored.behind) reasons.push({ key: 'behind', title: scored.behind.name });
  reasons.push(...appliedReason(scored));

  if (need.minTrl != null && answer.trl != null) {
    reasons.push({ key: 'trlMet', trl: answer.trl, minTrl: need.minTrl });
  } else if (need.minTrl != null && answer.kind === 'offer') gaps.push({ key: 'trlUnknown', minTrl: need.minTrl });

  if (need.transferModes.length > 0 && answer.transferModes.length > 0) {
    const same = need.transferModes.filter((mode) => answer.transferModes.includes(mode));
    if (same.length > 0) reasons.push({ key: 'sameMode', modes: same });
    else gaps.push({ key: 'otherMode', modes: answer.transferModes });
  }
  if (answer.kind === 'offer') {
    const price = answer.money.min ?? answer.money.max;
    if (price == null) gaps.push({ key: 'priceUnknown' });
    else if (isTooDear(need, answer)) gaps.push({ key: 'overBudget', vnd: price });
    else if (need.money.max != null) reasons.push({ key: 'withinBudget', vnd: price });
  }
  const areas = asked.areas.filter((code) => scored.party.areas.includes(code));
  if (areas.length > 0) reasons.push({ key: 'sameArea', areas });
  return { reasons, gaps };
}

/** A reason as a sentence of the reader's language. */
export function reasonText(reason: Reason, language: Language, vocabulary: Vocabulary): string {
  const t = translator(language);
  const named = (name: string, codes: string[]) =>
    codes.map((code) => valueName(name, code, language, vocabulary) ?? code).join(', ');
  switch (reason.key) {
    case 'about':
      return t('match.about', { words: reason.words.join(', ') });
    case 'answers':
      return t('match.answers', { asked: reason.asked, found: reason.found });
    case 'sameField':
    case 'nearField':
    case 'otherField':
      return t(`match.${reason.key}`, { fields: named('field', reason.fields) });
    case 'sameArea':
      return t('match.sameArea', { areas: named('area', reason.areas) });
    case 'trlMet':
      return t('match.trlMet', { trl: reason.trl, minTrl: reason.minTrl });
    case 'trlUnknown':
      return t('match.trlUnknown', { minTrl: reason.minTrl });
    case 'sameMode':
    case 'otherMode':
      return t(`match.${reason.key}`, { modes: named('transferMode', reason.modes).toLocaleLowerCase(language) });
    case 'withinBudget':
    case 'overBudget':
      return t(`match.${reason.key}`, { price: formatMoney(reason.vnd, language) });
    case 'behind':
      return t('match.behind', { title: reason.title });
    case 'applied':
      return t('match.applied', { place: reason.place });
    case 'priceUnknown':
      return t('match.priceUnknown');
  }
}
