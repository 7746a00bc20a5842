/** `npm run search:eval -- [DIR] [--json]`: how well the search answers a collection's queries, by query type. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readCollection } from './collection.ts';
import { type Evaluation, evaluate } from './evaluate.ts';

const usage = `Usage: npm run search:eval -- [DIR] [--json] [--misses]
  DIR       folder with records.json and search-queries.json; without it the repository's own collection
  --json    print JSON
  --misses  list the queries whose first ten results lack a relevant record or do not begin with one`;

const options = { json: { type: 'boolean' }, misses: { type: 'boolean' } } as const;

function asJson({ engine, types }: Evaluation): string {
  const figures = Object.entries(types).map(([type, { n, success1, recall10, mrr, exact }]) => [
    type,
    { n, 'success@1': success1, 'recall@10': recall10, mrr, exact },
  ]);
  return JSON.stringify({ types: Object.fromEntries(figures), engine }, null, 2);
}

function asTable({ engine, types }: Evaluation): string {
  const row = (cells: string[]) => cells.map((cell, i) => (i === 0 ? cell.padEnd(14) : cell.padStart(10))).join('');
  const lines = Object.entries(types).map(([type, { n, ...quality }]) =>
    row([
      type,
      String(n),
      ...[quality.success1, quality.recall10, quality.mrr, quality.exact].map((figure) => figure.toFixed(3)),
    ]),
  );
  const header = row(['type', 'n', 'success@1', 'recall@10', 'mrr', 'exact']);
  return [
    `Engine: ${engine}; exact: share of queries that found the relevant records and no others`,
    header,
    ...lines,
  ].join('\n');
}

const asMisses = ({ answers }: Evaluation): string[] =>
  answers
    .filter(({ quality }) => quality.success1 < 1 || quality.recall10 < 1)
    .map(
      ({ type, q, relevant, found }) =>
        `${type}: ${q}\n  relevant ${relevant.join(' ')}\n  found    ${found.slice(0, 10).join(' ')} (${found.length})`,
    );

/** @returns the exit code */
async function run(args: string[]): Promise<number> {
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch {
    console.error(usage);
    return 1;
  }
  const { values, positionals } = parsed;
  const folder = positionals[0] ?? fileURLToPath(new URL('./dev', import.meta.url));
  try {
    const evaluation = await evaluate(readCollection(folder));
    console.log(values.json ? asJson(evaluation) : asTable(evaluation));
    if (values.misses) for (const miss of asMisses(evaluation)) console.error(miss);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

process.exitCode = await run(process.argv.slice(2));
