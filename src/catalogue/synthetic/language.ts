import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Random } from './random.ts';

const demoFolder = new URL('../../../db/seed/demo/', import.meta.url);

/** What one demo record is about, in words. */
export interface Topic {
  /** Runs of Vietnamese words that no sign interrupts. */
  clauses: string[][];
  english: string[][];
  keywords: string[];
  fields: string[];
}

/** The words that made-up texts consist of. */
export interface Corpus {
  topics: Topic[];
  /** Key words and neighbouring words of the demo catalogue, the most frequent first. */
  compounds: string[];
  /** English and international words, the most frequent first. */
  foreign: string[];
}

/** Words that join others: a phrase neither begins nor ends with one. */
const joining = new Set(
  'và cho của với từ theo trong để bằng tại là có không được các những một hai ba bốn mỗi khi thì mà ở đến do vào ra trên dưới như đã đang sẽ cả lại nên còn hoặc này đó mẫu'.split(
    ' ',
  ),
);

/** How often each occurs, the most frequent first. */
function byFrequency(items: string[]): [item: string, count: number][] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}

const clausesOf = (text: string): string[][] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{M} ]+/u)
    .map((clause) => clause.split(' ').filter(Boolean))
    .filter((clause) => clause.length >= 3);

/** Reads the demo catalogue's texts as material: real Vietnamese, as frequent as it is there. */
export function readCorpus(): Corpus {
  const rows = readdirSync(demoFolder)
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .flatMap((name) => parse(readFileSync(new URL(name, demoFolder)), { columns: true, bom: true }) as Row[]);
  const topics = rows.map((row) => ({
    clauses: clausesOf([row.title, row.summary, row.body, row.problem, row.result].filter(Boolean).join('\n')),
    english: clausesOf([row.titleEn, row.summaryEn].filter(Boolean).join('\n')),
    keywords: row.keywords.split('|').map((keyword) => keyword.trim()),
    fields: row.fields.split('|').map((code) => code.trim()),
  }));
  const pairs = topics
    .flatMap((topic) => topic.clauses)
    .flatMap((clause) => clause.slice(1).map((word, i) => [clause[i], word]))
    .filter((pair) => !pair.some((word) => joining.has(word)));
  // A pair that stands only once is seldom a compound.
  const compounds = byFrequency([...topics.flatMap((topic) => topic.keywords), ...pairs.map((pair) => pair.join(' '))])
    .filter(([compound, count]) => count > 1 || compound.split(' ').length > 2)
    .map(([compound]) => compound);
  const foreign = byFrequency(topics.flatMap((topic) => topic.english.flat())).map(([word]) => word);
  return { topics, compounds, foreign };
}

interface Row {
  title: string;
  titleEn: string;
  summary: string;
  summaryEn: string;
  body?: string;
  problem?: string;
  result?: string;
  keywords: string;
  fields: string;
}

const connectors = ['cho', 'và', 'với', 'theo', 'trong', 'để', 'từ', 'bằng', 'của', 'tại'];

/** A run of 3 to 7 words out of one of the clauses. */
export function fragment(random: Random, clauses: string[][], longest = 7): string {
  const clause = random.pick(clauses);
  const length = Math.min(clause.length, random.int(3, longest));
  let start = random.int(0, clause.length - length);
  let end = start + length;
  while (end - start > 2 && joining.has(clause[start])) start += 1;
  while (end - start > 2 && joining.has(clause[end - 1])) end -= 1;
  return clause.slice(start, end).join(' ');
}

/** How much flatter than Zipf's own law the use of compounds is: as in the demo catalogue. */
const flatness = 8;

/** A common word of two or three syllables. */
export const compound = (random: Random, corpus: Corpus): string => random.zipf(corpus.compounds, flatness);

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const wordCount = (text: string) => text.split(' ').length;

/** What machines, varieties and lots are called. */
const modelNumber = (random: Random): string =>
  `${random.pick(['XD', 'HD', 'TS', 'MK', 'BT', 'VN'])}${random.zipf(lotSizes)}${random.int(0, 9)}`;
const lotSizes = Array.from({ length: 900 }, (_, i) => i + 10);

/** Words on a topic, with common compounds of other topics between them. */
function phrase(random: Random, corpus: Corpus, topic: Topic): string {
  if (random.chance(0.5)) return fragment(random, topic.clauses);
  if (random.chance(0.12)) return `${compound(random, corpus)} ${random.zipf(corpus.foreign, flatness)}`;
  if (random.chance(0.1)) return `${compound(random, corpus)} ${modelNumber(random)}`;
  return `${compound(random, corpus)} ${random.pick(connectors)} ${compound(random, corpus)}`;
}

/** Sentences with about this many words. */
export function prose(random: Random, corpus: Corpus, topic: Topic, words: number): string {
  const sentences: string[] = [];
  for (let left = words; left > 0; ) {
    const parts = Array.from({ length: random.int(2, 4) }, () => phrase(random, corpus, topic));
    const sentence = parts.join(random.chance(0.8) ? ', ' : '; ');
    left -= wordCount(sentence);
    sentences.push(`${capitalised(sentence)}.`);
  }
  return sentences.join(' ');
}

/** English sentences with about this many words. */
export function englishProse(random: Random, topic: Topic, words: number): string {
  let text = '';
  while (wordCount(text) < words) text += `${capitalised(fragment(random, topic.english))}. `;
  return text.trim();
}
