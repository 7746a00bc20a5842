import type { Db, Trx } from '../../../db/client.ts';
import type { KindDeclaration } from '../kind.ts';
import { loadVocabulary } from '../vocabulary.ts';
import { type CheckOptions, checkTable } from './check.ts';
import type { ImportReport } from './report.ts';
import type { Table } from './table.ts';
import { ChangedMeanwhile, prepareWrites, runPrepared, type WrittenItem } from './write.ts';

export interface ImportOptions extends CheckOptions {
  /** Only says what an import would do. */
  dryRun: boolean;
  now?: Date;
  /** Writes what belongs to the import into the same transaction. */
  alongside?: (trx: Trx, items: WrittenItem[], report: ImportReport) => Promise<void>;
}

/** How often everything is checked anew when somebody writes to the same records meanwhile. */
const mostAttempts = 3;

const isCollision = (error: unknown): boolean =>
  error instanceof ChangedMeanwhile || String((error as { code?: string }).code).startsWith('SQLITE_CONSTRAINT');

/**
 * Imports a table's rows as records of one kind, or says what that would do. New records are published, or wait in the
 * review queue; a record with the row's natural key is updated if something differs and keeps its status, or gets a
 * version that waits. A column that the file lacks leaves the value as it is, an empty cell empties it. With any error
 * nothing is written, otherwise all of it in one transaction, which only runs what was made ready before it: others who
 * write wait for about a second in 20,000 rows.
 * @throws ChangedMeanwhile, or the database's error, when others keep writing to the same records
 */
export async function importTable(
  db: Db,
  kind: KindDeclaration,
  table: Table,
  { dryRun, now = new Date(), alongside, ...options }: ImportOptions,
): Promise<ImportReport> {
  const { mode = 'publish', onProgress = () => {} } = options;
  const vocabulary = await loadVocabulary(db);
  for (let attempt = 1; ; attempt += 1) {
    const { report, writes } = await checkTable(db, kind, table, options);
    if (dryRun || report.errorCount > 0 || (writes.length === 0 && !alongside)) return report;
    const total = writes.length;
    onProgress({ phase: 'write', done: 0, total });
    const prepared = await prepareWrites(db, kind, writes, { mode, now, vocabulary });
    try {
      await db.transaction().execute(async (trx) => {
        await runPrepared(trx, prepared, now);
        await alongside?.(trx, prepared.items, report);
      });
      onProgress({ phase: 'write', done: total, total });
      return report;
    } catch (error) {
      // Somebody has changed one of the records, or taken a number or an address, since the check: it is checked again.
      if (attempt === mostAttempts || !isCollision(error)) throw error;
    }
  }
}
