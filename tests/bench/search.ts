import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createEmbeddedEngine } from '../../search/embedded/engine.ts';
import type { SearchEngine, SearchQuery } from '../../search/engine.ts';
import { loadSynonyms } from '../../search/synonyms.ts';
import type { BenchData } from './data.ts';
import type { MiniSearchTimes } from './minisearch.ts';
import { openPlainFts5 } from './plain-fts5.ts';
import { queries } from './queries.ts';
import { median, quantile } from './statistics.ts';

/** Times of one kind of query, in milliseconds. */
export interface Times {
  p50: number;
  p95: number;
  p99: number;
}

export interface SearchFigures {
  marked: Times;
  unmarked: Times;
  mistyped: Times;
  /** With two filters chosen: every facet is counted without its own. */
  filtered: Times;
  suggest: Times;
  plain: Times;
  miniSearch: MiniSearchTimes;
  /** Median over the rounds of ours ÷ bare FTS5. */
  p50ToPlain: number;
  p95ToPlain: number;
  /** Share of the records that the queries of the first kind match, on average. */
  matched: number;
  /** The index's first look: a whole new thread until it can answer. */
  openMs: number;
}

const rounds = 7;
const facets = ['kind', 'field', 'area'];

const timesOf = (samples: number[]): Times => ({
  p50: quantile(samples, 0.5),
  p95: quantile(samples, 0.95),
  p99: quantile(samples, 0.99),
});

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const wholeAnswer = (q: string, filters: SearchQuery['filters'] = {}): SearchQuery => ({
  q,
  filters,
  sort: 'relevance',
  offset: 0,
  limit: 20,
  facets,
  language: 'vi',
});

/** Ours and bare FTS5 in turn, query by query, so that whatever else the machine does meets both. */
async function compare(
  engine: SearchEngine,
  plain: (q: string) => unknown,
): Promise<{ ours: number[]; plain: number[] }> {
  const samples: { ours: number[]; plain: number[] } = { ours: [], plain: [] };
  for (const q of [...queries.marked, ...queries.unmarked]) {
    samples.ours.push(await timed(() => engine.search(wholeAnswer(q))));
    samples.plain.push(await timed(() => plain(q)));
  }
  return samples;
}

async function measure(asked: string[], ask: (q: string) => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) for (const q of asked) samples.push(await timed(() => ask(q)));
  return samples;
}

function miniSearch(file: string): MiniSearchTimes {
  const program = fileURLToPath(new URL('./minisearch.ts', import.meta.url));
  const output = execFileSync(process.execPath, ['--max-old-space-size=8000', program, file], { encoding: 'utf8' });
  return JSON.parse(output) as MiniSearchTimes;
}

/** Measures the search itself, without HTTP: warm, and with no answer remembered. */
export async function measureSearch({ file, plainFile, records }: BenchData): Promise<SearchFigures> {
  const engine = createEmbeddedEngine({ file, synonyms: loadSynonyms(), memo: 0 });
  const plain = openPlainFts5(plainFile);
  const openMs = await timed(() => engine.health());
  const totals: number[] = [];
  for (const q of queries.marked) totals.push((await engine.search(wholeAnswer(q))).total);
  await compare(engine, plain);

  const comparisons: Awaited<ReturnType<typeof compare>>[] = [];
  for (let round = 0; round < rounds; round += 1) comparisons.push(await compare(engine, plain));
  const ratio = (share: number) =>
    median(comparisons.map(({ ours, plain }) => quantile(ours, share) / quantile(plain, share)));
  const search = (q: string) => engine.search(wholeAnswer(q));
  await measure(queries.mistyped, search);
  const figures = {
    marked: timesOf(await measure(queries.marked, search)),
    unmarked: timesOf(await measure(queries.unmarked, search)),
    mistyped: timesOf(await measure(queries.mistyped, search)),
    filtered: timesOf(
      await measure(queries.marked, (q) => engine.search(wholeAnswer(q, { kind: ['offer', 'need'], field: ['2'] }))),
    ),
    suggest: timesOf(
      await measure(
        queries.marked.map((q) => q.slice(0, -2)),
        (q) => engine.suggest(q, 6, 'vi'),
      ),
    ),
    plain: timesOf(comparisons.flatMap((comparison) => comparison.plain)),
    p50ToPlain: ratio(0.5),
    p95ToPlain: ratio(0.95),
    matched: totals.reduce((sum, total) => sum + total, 0) / totals.length / records,
    openMs,
  };
  await engine.close();
  return { ...figures, miniSearch: miniSearch(file) };
}
