import { setImmediate as breathe } from 'node:timers/promises';
import type { Db, Trx } from '../../../db/client.ts';
import type { KindDeclaration } from '../kind.ts';
import { saveRecord } from '../save.ts';
import { checkTable } from './check.ts';
import type { ImportProgress, ImportReport } from './report.ts';
import type { Table } from './table.ts';

export interface ImportOptions {
  /** Only says what an import would do. */
  dryRun: boolean;
  onProgress?: (progress: ImportProgress) => void;
  now?: Date;
}

const writesPerBreath = 50;

/** The number that grows with every change of the catalogue, read while taking the right to write. */
const lockContent = async (trx: Trx): Promise<number> =>
  (
    await trx
      .updateTable('content_version')
      .set((eb) => ({ version: eb.ref('version') }))
      .returning('version')
      .executeTakeFirstOrThrow()
  ).version;

/**
 * Imports a table's rows as records of one kind, or says what that would do. New records are published; a record with
 * the row's natural key is updated if something differs and keeps its status. A column that the file lacks leaves the
 * value as it is, an empty cell empties it. With any error nothing is written, otherwise all of it in one transaction:
 * other users of `db` wait for it, the rest of the process goes on.
 */
export async function importTable(
  db: Db,
  kind: KindDeclaration,
  table: Table,
  { dryRun, onProgress = () => {}, now = new Date() }: ImportOptions,
): Promise<ImportReport> {
  const { version } = await db.selectFrom('content_version').select('version').executeTakeFirstOrThrow();
  let checked = await checkTable(db, kind, table, onProgress);
  if (dryRun || checked.report.errorCount > 0 || checked.writes.length === 0) return checked.report;
  await db.transaction().execute(async (trx) => {
    // Checking happens outside the transaction, to keep it short. Who changed something meanwhile is not overwritten.
    if ((await lockContent(trx)) !== version) checked = await checkTable(trx, kind, table, onProgress);
    if (checked.report.errorCount > 0) return;
    for (const [index, { id, status, input }] of checked.writes.entries()) {
      await saveRecord(trx, kind, input, { id, status, now });
      if ((index + 1) % writesPerBreath === 0) {
        onProgress({ phase: 'write', done: index + 1, total: checked.writes.length });
        await breathe();
      }
    }
    onProgress({ phase: 'write', done: checked.writes.length, total: checked.writes.length });
  });
  return checked.report;
}
