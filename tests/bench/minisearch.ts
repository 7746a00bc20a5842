/** Asks MiniSearch the benchmark's queries, in a process of its own: it keeps all documents in memory. */
import MiniSearch from 'minisearch';
import { fold, tokenize } from '../../search/text.ts';
import { allowedTypos } from '../../search/typos.ts';
import { type PlainDocument, readDocuments } from './plain-fts5.ts';
import { queries } from './queries.ts';

/** What the process prints. */
export interface MiniSearchTimes {
  indexSeconds: number;
  residentMegabytes: number;
  /** Milliseconds of each question. */
  exact: number[];
  mistyped: number[];
}

const rounds = 2;
const best = 20;

function measure(index: MiniSearch<PlainDocument>, asked: string[], fuzzy: boolean): number[] {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const q of asked) {
      const start = performance.now();
      index
        .search(q, {
          combineWith: 'AND',
          boost: { title: 3, summary: 2 },
          fuzzy: fuzzy && ((term) => allowedTypos(term)),
        })
        .slice(0, best);
      times.push(performance.now() - start);
    }
  }
  return times;
}

const index = new MiniSearch<PlainDocument>({
  fields: ['title', 'summary', 'body'],
  tokenize: (text) => tokenize(text).map((token) => token.folded),
  processTerm: (term) => term,
});
const start = performance.now();
for (const document of readDocuments(process.argv[2])) index.add(document);
const indexSeconds = (performance.now() - start) / 1000;
measure(index, queries.unmarked.slice(0, 5), false);
const times: MiniSearchTimes = {
  indexSeconds,
  residentMegabytes: process.memoryUsage().rss / 1e6,
  exact: measure(index, queries.marked, false),
  mistyped: measure(index, queries.mistyped.map(fold), true),
};
console.log(JSON.stringify(times));
