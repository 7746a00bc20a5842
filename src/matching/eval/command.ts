/** `npm run matching:eval -- [DIR] [--json] [--needs]`: how well the matching answers a collection's needs. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readMatchingCollection } from './collection.ts';
import { evaluateMatching, type MatchingEvaluation } from './evaluate.ts';
import { type MatchingQuality, meanMatchingQuality } from './metrics.ts';

const usage = `Usage: npm run matching:eval -- [DIR] [--json] [--needs]
  DIR      folder with records.json, needs.json and matching-qrels.json; without it the repository's own collection
  --json   print JSON
  --needs  list each need with what was found for it`;

const options = { json: { type: 'boolean' }, needs: { type: 'boolean' } } as const;

const rounded = (figure: number): number => Number(figure.toFixed(4));

function asJson({ ours, baseline, without }: MatchingEvaluation): string {
  const figures = ({ ndcg10, recall10, mrr }: MatchingQuality) => ({
    'ndcg@10': rounded(ndcg10),
    'recall@10': rounded(recall10),
    mrr: rounded(mrr),
  });
  return JSON.stringify(
    {
      ...figures(ours),
      baseline: figures(baseline),
      without: Object.fromEntries(Object.entries(without).map(([signal, quality]) => [signal, figures(quality)])),
    },
    null,
    2,
  );
}

function asTable({ ours, baseline, without, needs }: MatchingEvaluation): string {
  const row = (cells: string[]) => cells.map((cell, i) => (i === 0 ? cell.padEnd(24) : cell.padStart(11))).join('');
  const line = (name: string, { ndcg10, recall10, relatedRecall10, mrr }: MatchingQuality) =>
    row([name, ...[ndcg10, recall10, relatedRecall10, mrr].map((figure) => figure.toFixed(3))]);
  // Two halves: a weight that is fitted to single needs shows as a difference.
  const half = (odd: number) =>
    meanMatchingQuality(needs.filter((_, i) => (i + 1) % 2 === odd).map(({ quality }) => quality));
  return [
    `${needs.length} needs; recall: share of the records with grade 2 or 3 among the first ten; related: grade 1 too`,
    row(['', 'ndcg@10', 'recall@10', 'related@10', 'mrr']),
    line('matching', ours),
    line('  odd needs', half(1)),
    line('  even needs', half(0)),
    line('plain BM25', baseline),
    ...Object.entries(without).map(([signal, quality]) => line(`without ${signal}`, quality)),
  ].join('\n');
}

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
  const folder = positionals[0] ?? fileURLToPath(new URL('../../../search/eval/dev', import.meta.url));
  try {
    const collection = readMatchingCollection(folder);
    const evaluation = await evaluateMatching(collection);
    console.log(values.json ? asJson(evaluation) : asTable(evaluation));
    if (values.needs) {
      for (const { need, found, quality } of evaluation.needs) {
        const grades = collection.grades.get(need.id);
        const ten = found.slice(0, 10).map((id) => `${id}:${grades?.get(id) ?? 0}`);
        console.error(`${need.id} ${quality.ndcg10.toFixed(2)} ${need.title}\n  ${ten.join(' ')}`);
      }
    }
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

process.exitCode = await run(process.argv.slice(2));
