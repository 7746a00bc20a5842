import { fold, hasMarks, type Token, tokenize } from '../../search/text.ts';
import type { Term } from '../catalogue/vocabulary.ts';
import type { Match } from './match.ts';
import type { Thesaurus } from './thesaurus.ts';

/** Something to tick or to leave; `ticked` where the text itself says it, or most matches do. */
export interface SuggestedTerm {
  value: string;
  ticked: boolean;
}

/** What suggestions read of a match. */
export type MatchedTerms = Pick<Match, 'coverage' | 'fields' | 'keywords'> & {
  document: Pick<Match['document'], 'title'>;
};

/** Matches after these say little about the text. */
const mostRead = 12;
const mostFields = 3;
const mostKeywords = 8;
/** A field with less than this share of the best one's support is chance; from `sure` on it is ticked, two at most. */
const fieldShare = { least: 0.3, sure: 0.6 };
const mostTicked = 2;
/** How many matches as good as the best must use a keyword that the text does not say. */
const leastPoints = { answer: 0.25, other: 0.75 };

const wordsOf = (tokens: Token[], spelling: 'exact' | 'folded') => ` ${tokens.map((one) => one[spelling]).join(' ')} `;

/** Whether a text, as words between spaces, has a term's words next to each other. */
const says = (words: string, term: string, spelling: 'exact' | 'folded') =>
  words.includes(wordsOf(tokenize(term), spelling));

/** The parts of a field's name that people say: «Y học, dược» → both; single syllables mislead. */
const namesOf = ({ name }: Term): string[] =>
  name.vi
    .split(',')
    .map((part) => part.trim())
    .filter((part) => tokenize(part).length > 1);

/**
 * Fields and keywords for a text in its owner's words. Pure: the same input gives the same answer.
 *
 * Fields: the classification's lower level, by how many of the best matches stand in each (a match counts with the
 * square of its share of the best one's coverage), and those whose name the text itself says.
 * Keywords: the matches' own and the thesaurus's words for what the text says, where matches use them. Those that stand
 * in the text come first and are ticked; the others are words of those who solve it, for the person to choose.
 * @param text what was said
 * @param matches of the text, best first
 * @param fields the classification
 * @returns the best first
 */
export function suggestTerms(
  text: string,
  matches: readonly MatchedTerms[],
  fields: ReadonlyMap<string, Term>,
  thesaurus: Thesaurus,
): { fields: SuggestedTerm[]; keywords: SuggestedTerm[] } {
  const tokens = tokenize(text);
  const spelling = tokens.some(hasMarks) ? 'exact' : 'folded';
  const words = wordsOf(tokens, spelling);
  const first = matches.slice(0, mostRead);
  const best = Math.max(...first.map(({ coverage }) => coverage));
  const read = first.map((match) => ({
    ...match,
    weight: (match.coverage / best) ** 2,
    words: wordsOf(tokenize([match.document.title, ...match.keywords].join(' · ')), spelling),
  }));

  const support = new Map<string, number>();
  for (const { fields: codes, weight } of read) {
    for (const code of codes) {
      if (fields.get(code)?.parent) support.set(code, (support.get(code) ?? 0) + weight);
    }
  }
  const most = Math.max(...support.values(), 0);
  const named = [...fields.values()].filter(
    (field) => field.parent && namesOf(field).some((name) => says(words, name, spelling)),
  );
  for (const { code } of named) support.set(code, (support.get(code) ?? 0) + (most || 1));
  const isNamed = new Set(named.map(({ code }) => code));
  const suggestedFields = [...support]
    .filter(([, points]) => points >= fieldShare.least * most)
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostFields)
    .map(([value, points], n) => ({
      value,
      ticked: isNamed.has(value) || (n < mostTicked && points >= fieldShare.sure * most),
    }));

  return { fields: suggestedFields, keywords: suggestKeywords(text, tokens, spelling, words, read, thesaurus) };
}

function suggestKeywords(
  text: string,
  tokens: Token[],
  spelling: 'exact' | 'folded',
  words: string,
  read: (MatchedTerms & { weight: number; words: string })[],
  thesaurus: Thesaurus,
): SuggestedTerm[] {
  /** By folded spelling: how it is written, and whether the thesaurus has it for something in the text. */
  const candidates = new Map<string, { value: string; answers: boolean }>();
  const add = (value: string, answers: boolean) => {
    const key = fold(value);
    const known = candidates.get(key);
    if (known) known.answers ||= answers;
    else if (tokenize(value).length > 1) candidates.set(key, { value: value.toLocaleLowerCase('vi'), answers });
  };
  for (const { keywords } of read) for (const keyword of keywords) add(keyword, false);
  for (const { at, own, others } of thesaurus.in(tokens, spelling)) {
    // Typed without marks, its own words are no good keyword.
    if (spelling === 'exact') add(text.slice(tokens[at].start, tokens[at + own.length - 1].end), true);
    for (const other of others) add(other.text, true);
  }
  const scored = [...candidates.values()].flatMap(({ value, answers }) => {
    const ticked = says(words, value, spelling);
    const sharing = read.filter((match) => says(match.words, value, spelling));
    const points = sharing.reduce((sum, { weight }) => sum + weight, 0);
    return ticked || points >= (answers ? leastPoints.answer : leastPoints.other) ? [{ value, ticked, points }] : [];
  });
  const chosen: typeof scored = [];
  for (const one of scored.sort((a, b) => Number(b.ticked) - Number(a.ticked) || b.points - a.points)) {
    if (chosen.length === mostKeywords) break;
    // «sấy vải thiều» says «vải thiều» as well.
    const key = ` ${fold(one.value)} `;
    const isSaid = chosen.some(({ value }) => ` ${fold(value)} `.includes(key) || key.includes(` ${fold(value)} `));
    if (!isSaid) chosen.push(one);
  }
  return chosen.map(({ value, ticked }) => ({ value, ticked }));
}

/** Who speaks and when: what a name of a need begins better without. */
const openings =
  /^(?:(?:hiện nay|hiện tại|hiện giờ|hiện|lâu nay|mấy năm nay|năm nay|thưa sở|kính gửi sở|chào sở|xin chào)[,:]?\s+)*(?:(?:công ty|doanh nghiệp|hợp tác xã|htx|cơ sở|xưởng|trang trại|gia đình|nhà máy|viện|trường|trung tâm|nhóm)\s+(?:của\s+)?)?(?:chúng tôi|chúng em|bên tôi|bên em|bên mình|nhà tôi|nhà em|tôi|em|mình)\s+(?:(?:đang|hiện|đã|vừa|mới|có|làm|gặp|bị|muốn|cần)\s+)?/iu;

/** A text without these signs at its end. A regular expression would look at a row of them once for each. */
function withoutEnd(text: string, signs: string): string {
  let end = text.length;
  while (end > 0 && signs.includes(text[end - 1])) end -= 1;
  return text.slice(0, end);
}

/** At most so many characters of a sentence, ending with a whole word. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const whole = text.slice(0, Math.max(0, text.lastIndexOf(' ', most)));
  return withoutEnd(whole || text.slice(0, most), ' ,;:–-');
}

const sentencesOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .split(/(?<=[.!?…])\s+|\n+/u)
    .map((sentence) => sentence.replace(/\s+/gu, ' ').trim())
    .filter(Boolean);

/** A name of at most 90 characters from what was said: its first sentence, or the clauses of it that fit. */
export function suggestTitle(text: string): string {
  const first = withoutEnd(sentencesOf(text)[0] ?? '', '.!?… ');
  const said = first.replace(openings, '') || first;
  const most = 90;
  const clauses = said.length <= most ? said : said.slice(0, most + 1).replace(/[,;:][^,;:]*$/u, '');
  const title = clauses.length >= 25 && clauses.length <= most ? clauses : cut(said, most);
  return title.charAt(0).toLocaleUpperCase('vi') + title.slice(1);
}

/** A summary of at most 300 characters: the first sentences that fit, or the beginning of a long one. */
export function suggestSummary(text: string): string {
  const most = 300;
  let summary = '';
  for (const sentence of sentencesOf(text)) {
    if (`${summary} ${sentence}`.length > most) break;
    summary = summary ? `${summary} ${sentence}` : sentence;
  }
  const [first = ''] = sentencesOf(text);
  return summary || (first.length > most ? `${cut(first, most - 1)}…` : first);
}
