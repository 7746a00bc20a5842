import { fileURLToPath } from 'node:url';
import type { Db } from '../../../db/client.ts';
import type { KindCode } from '../kind.ts';
import { kinds } from '../kinds/index.ts';
import { importTable } from './import.ts';
import { errorText } from './messages.ts';
import { readTableFile } from './read-table.ts';
import type { ImportReport } from './report.ts';

/** The files of db/seed in an order in which every link finds its record. */
const files: [path: string, kind: KindCode][] = [
  ['real/policies.csv', 'policy'],
  ['demo/organisations.csv', 'organisation'],
  ['demo/enterprises.csv', 'enterprise'],
  ['demo/startups.csv', 'startup'],
  ['demo/experts.csv', 'expert'],
  ['demo/offers.csv', 'offer'],
  ['demo/achievements.csv', 'achievement'],
  ['demo/trademarks.csv', 'trademark'],
  ['demo/needs.csv', 'need'],
];

/** A file of the seed that is wrong: ours to correct. */
export class SeedError extends Error {
  readonly report: ImportReport;
  constructor(path: string, kind: KindCode, report: ImportReport) {
    const lines = report.errors.map((error) => {
      const { column, reason } = errorText(kind, error, 'en');
      return `  line ${error.line}, ${column} “${error.value}”: ${reason}`;
    });
    super(`${path}: ${report.errorCount} errors\n${lines.join('\n')}`);
    this.report = report;
  }
}

/**
 * Loads the real policy documents and the demo catalogue. Files that are already loaded change nothing.
 * @param onFile told after each file
 * @throws SeedError
 */
export async function seedCatalogue(
  db: Db,
  onFile: (path: string, report: ImportReport) => void = () => {},
): Promise<void> {
  for (const [path, code] of files) {
    const file = fileURLToPath(new URL(`../../../db/seed/${path}`, import.meta.url));
    const report = await importTable(db, kinds[code], await readTableFile(file), { dryRun: false });
    if (report.errorCount > 0) throw new SeedError(path, code, report);
    onFile(path, report);
  }
}
