import type { BenchData } from './data.ts';
import type { Beside, HttpFigures } from './http.ts';
import { type ImportFigures, importedRows } from './imports.ts';
import type { MatchingFigures } from './matching.ts';
import { fewWaiting, manyWaiting, type QueueRow } from './queue.ts';
import type { SearchFigures, Times } from './search.ts';
import { quantile } from './statistics.ts';

export interface Figures {
  data: BenchData;
  search: SearchFigures;
  matching: MatchingFigures;
  http: HttpFigures;
}

const number = (value: number | undefined, digits = 1) => (value === undefined ? '' : value.toFixed(digits));
const percent = (value: number | undefined) => (value === undefined ? '' : `${(value * 100).toFixed(0)} %`);

function table(header: string[], rows: string[][]): string {
  const widths = header.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i].length)));
  const line = (cells: string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');
  return [header, widths.map((width) => '─'.repeat(width)), ...rows].map(line).join('\n');
}

const header = [
  '',
  'requests/s',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'bare node:http',
  'of bare',
  'minimal Astro',
  'of minimal',
];

function rowsOf({ search, matching, http }: Figures): string[][] {
  const web = http.rows.flatMap(({ name, ours, bare, minimal, minimalText }) => [
    [
      name,
      number(ours.perSecond, 0),
      number(ours.p50, 2),
      '',
      number(ours.p99, 2),
      number(bare.perSecond, 0),
      percent(bare.ratio),
      number(minimal?.perSecond, 0),
      percent(minimal?.ratio),
    ],
    ...(minimalText
      ? [
          [
            '  minimal page: one text',
            ...Array<string>(6).fill(''),
            number(minimalText.perSecond, 0),
            percent(minimalText.ratio),
          ],
        ]
      : []),
  ]);
  const engine = (name: string, { p50, p95, p99 }: Times) => [
    name,
    number(1000 / p50, 0),
    number(p50, 2),
    number(p95, 2),
    number(p99, 2),
    ...Array<string>(4).fill(''),
  ];
  const times = (samples: number[]): Times => ({
    p50: quantile(samples, 0.5),
    p95: quantile(samples, 0.95),
    p99: quantile(samples, 0.99),
  });
  return [
    ...web,
    engine('engine: marks', search.marked),
    engine('engine: no marks', search.unmarked),
    engine('engine: typo', search.mistyped),
    engine('engine: two filters', search.filtered),
    engine('engine: suggestion', search.suggest),
    engine('matching: a need', matching.need),
    engine('matching: an offer', matching.offer),
    engine('bare FTS5, top 20 only', search.plain),
    engine('MiniSearch', times(search.miniSearch.exact)),
    engine('MiniSearch, typo', times(search.miniSearch.mistyped)),
  ];
}

const beside = (what: string, { alone, searching }: Beside) =>
  `Cached page p99: ${number(alone, 2)} ms alone, ${number(searching, 2)} ms beside 20 ${what} a second`;

interface Bar {
  name: string;
  value: number;
  /** `least` or `most` that is asked for. */
  least?: number;
  most?: number;
  unit?: string;
}

function barsOf({ search, matching, http }: Figures): Bar[] {
  const row = (name: string) => http.rows.find((one) => one.name === name);
  const miniSearchP50 = quantile(search.miniSearch.exact, 0.5);
  return [
    { name: 'whole search answer ÷ bare FTS5 top 20, p50', value: search.p50ToPlain, most: 1 },
    { name: 'whole search answer ÷ bare FTS5 top 20, p95', value: search.p95ToPlain, most: 1.3 },
    { name: 'MiniSearch ÷ whole search answer, p50', value: miniSearchP50 / search.marked.p50, least: 10 },
    { name: 'typo query ÷ exact query, p50', value: search.mistyped.p50 / search.marked.p50, most: 3 },
    { name: 'matching one need, p95', value: matching.need.p95, most: 50, unit: ' ms' },
    { name: 'cached page p99, 20 search pages/s ÷ alone', value: http.besidePages.ratio, most: 3 },
    { name: 'cached page p99, 20 API searches/s ÷ alone', value: http.besideApi.ratio, most: 3 },
    { name: 'list, cached, of bare node:http', value: row('list, cached')?.bare.ratio ?? 0, least: 0.5 },
    { name: 'detail, cached, of bare node:http', value: row('detail, cached')?.bare.ratio ?? 0, least: 0.5 },
    {
      name: 'list, rendered anew, of minimal Astro',
      value: row('list, rendered anew')?.minimal?.ratio ?? 0,
      least: 0.8,
    },
    {
      name: 'detail, rendered anew, of minimal Astro',
      value: row('detail, rendered anew')?.minimal?.ratio ?? 0,
      least: 0.8,
    },
    { name: 'resident memory after the load', value: http.loadedMegabytes, most: 400, unit: ' MB' },
  ];
}

function verdict({ name, value, least, most, unit = '×' }: Bar): string {
  const missing = least === undefined ? value - (most ?? value) : least - value;
  const asked = least === undefined ? `≤ ${most}${unit}` : `≥ ${least}${unit}`;
  const judged = missing <= 0 ? 'met' : `short by ${missing.toFixed(2)}${unit}`;
  return `  ${name}: ${value.toFixed(2)}${unit} (${asked}) ${judged}`;
}

/** The moderators' pages with few and many submissions waiting, against their bar. */
export function queueReport(rows: QueueRow[]): string {
  return [
    table(
      ['', `${fewWaiting} waiting, ms`, `${manyWaiting} waiting, ms`],
      rows.map(({ name, few, many }) => [name, number(few, 2), number(many, 2)]),
    ),
    '',
    'Bars:',
    ...rows.map(({ name, ratio }) =>
      verdict({ name: `${name}, ${manyWaiting} ÷ ${fewWaiting}`, value: ratio, most: 3 }),
    ),
  ].join('\n');
}

/** An import of a large workbook, against its bars. */
export function importReport(figures: ImportFigures): string {
  const { seconds, checkSeconds, undoSeconds, lockMs, megabytes, idleMegabytes, alone, during, indexing, ratio } =
    figures;
  return [
    `Import of ${importedRows} rows (XLSX): ${number(seconds)} s, of it ${number(checkSeconds)} s until the preview; undone in ${number(undoSeconds)} s`,
    `Others who write wait ${number(lockMs, 0)} ms at most`,
    `Resident memory: ${number(idleMegabytes, 0)} MB before, ${number(megabytes, 0)} MB at most`,
    `List page, rendered anew, p99: ${number(alone)} ms alone, ${number(during)} ms during the import, ${number(indexing)} ms while it is indexed`,
    '',
    'Bars:',
    ...[
      { name: 'import of the workbook', value: seconds, most: 60, unit: ' s' },
      { name: 'memory at most', value: megabytes, most: 600, unit: ' MB' },
      { name: 'list page p99, during the import ÷ alone', value: ratio, most: 5 },
    ].map(verdict),
  ].join('\n');
}

/** The benchmark's one table, what else was measured, and how it stands against the bars. */
export function report(figures: Figures): string {
  const { data, search, http } = figures;
  return [
    table(header, rowsOf(figures)),
    '',
    `Records: ${data.records}; a search matches ${(search.matched * 100).toFixed(0)} % of them on average`,
    `Written in ${number(data.seedSeconds)} s, indexed in ${number(data.indexSeconds)} s (when the data folder was made)`,
    `Database: ${number(data.bytes / data.records, 0)} bytes a record, search index included`,
    `A new search thread answers after ${number(search.openMs, 0)} ms`,
    `Resident memory: ${number(http.idleMegabytes, 0)} MB after the start, ${number(http.loadedMegabytes, 0)} MB after the load`,
    beside('search pages', http.besidePages),
    beside('API searches', http.besideApi),
    `MiniSearch: indexed in ${number(search.miniSearch.indexSeconds)} s, ${number(search.miniSearch.residentMegabytes, 0)} MB`,
    '',
    'Bars:',
    ...barsOf(figures).map(verdict),
  ].join('\n');
}
