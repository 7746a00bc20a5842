import type { Db, Trx } from '../../../db/client.ts';
import { importTable } from '../../catalogue/import/import.ts';
import { readTable } from '../../catalogue/import/read-table.ts';
import type { ImportProgress, ImportReport } from '../../catalogue/import/report.ts';
import { type Table, UnreadableFile } from '../../catalogue/import/table.ts';
import type { WrittenItem } from '../../catalogue/import/write.ts';
import type { FileStore } from '../../files/store.ts';
import { audit } from '../audit.ts';
import { busyStates, guessColumns, type ImportJob, type JobFailure, type JobReport, readJob } from './jobs.ts';
import { undo } from './undo.ts';

const sampleRows = 5;
const longestSample = 120;
const progressEveryMs = 300;
/** Rows of one statement. */
const itemsPerInsert = 1000;

/** Takes the next import that waits for the program; undefined when none does. */
export async function takeJob(db: Db): Promise<number | undefined> {
  const waiting = db
    .selectFrom('import_job')
    .select('id')
    .where('state', 'in', ['checking', 'queued', 'undoing'])
    .where('pid', 'is', null)
    .orderBy('id')
    .limit(1);
  // Looking takes no right to write: somebody may be importing just now.
  if (!(await waiting.executeTakeFirst())) return undefined;
  const taken = await db
    .updateTable('import_job')
    .set((eb) => ({
      pid: process.pid,
      done: 0,
      total: 0,
      state: eb
        .case()
        .when('state', '=', 'queued')
        .then('running' as const)
        .else(eb.ref('state'))
        .end(),
    }))
    .where('id', '=', waiting)
    .returning('id')
    .executeTakeFirst();
  return taken?.id;
}

/** Notes that an import did not come to its end. Its transaction went with it: nothing of it is in the catalogue. */
export const failJob = (db: Db, id: number, failure: JobFailure) =>
  db
    .updateTable('import_job')
    .set((eb) => ({
      // One that could not be undone is done as before.
      state: eb
        .case()
        .when('state', '=', 'undoing')
        .then('done' as const)
        .else('failed' as const)
        .end(),
      failure: JSON.stringify(failure),
      pid: null,
      undoneBy: null,
      finishedAt: eb.fn.coalesce('finishedAt', eb.val(new Date().toISOString())),
    }))
    .where('id', '=', id)
    .where('state', 'in', busyStates)
    .execute();

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch {
    return false;
  }
};

/** Finds imports whose program was ended in the middle, at the start of a new one. */
export async function recoverJobs(db: Db): Promise<void> {
  const rows = await db
    .selectFrom('import_job')
    .select(['id', 'pid'])
    .where('state', 'in', busyStates)
    .where('pid', 'is not', null)
    .execute();
  for (const { id, pid } of rows) {
    if (pid !== null && !isAlive(pid)) await failJob(db, id, { key: 'import.failed.interrupted' });
  }
}

const shown = (value: unknown): string => {
  const text = String(value ?? '');
  return text.length > longestSample ? `${text.slice(0, longestSample)}…` : text;
};

const reportOf = (report: ImportReport, { header, rows }: Table): string =>
  JSON.stringify({
    ...report,
    header,
    sample: rows.slice(0, sampleRows).map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(Object.entries(cells).map(([name, value]) => [name, shown(value)])),
    })),
  } satisfies JobReport);

/** Notes how far an import is, now and then. */
function progressNotes(db: Db, id: number): (progress: ImportProgress) => void {
  let notedAt = 0;
  let last = '';
  return ({ phase, done, total }) => {
    if (phase === last && Date.now() - notedAt < progressEveryMs) return;
    [notedAt, last] = [Date.now(), phase];
    db.updateTable('import_job')
      .set({ phase, done, total })
      .where('id', '=', id)
      .where('state', 'in', busyStates)
      .execute()
      .catch(() => {});
  };
}

/** What the import wrote, beside it in its own transaction: so that it can be undone, and is noted and done at once. */
const finish =
  (job: ImportJob, table: Table, now: Date) => async (trx: Trx, items: WrittenItem[], report: ImportReport) => {
    for (let at = 0; at < items.length; at += itemsPerInsert) {
      await trx
        .insertInto('import_item')
        .values(
          items.slice(at, at + itemsPerInsert).map(({ recordId, revisionId, version, before }) => ({
            importId: job.id,
            recordId,
            revisionId,
            version,
            before: before ? JSON.stringify(before) : null,
          })),
        )
        .execute();
    }
    await trx
      .updateTable('import_job')
      .set({
        state: 'done',
        report: reportOf(report, table),
        pid: null,
        file: null,
        finishedAt: now.toISOString(),
      })
      .where('id', '=', job.id)
      .execute();
    const { kind, fileName, mode } = job;
    const { created, updated } = report;
    await audit(
      trx,
      { userId: job.userId, name: job.userName },
      {
        action: 'import',
        recordId: null,
        detail: { import: job.id, file: fileName, kind: kind.code, mode, created, updated },
      },
    );
  };

async function check(db: Db, job: ImportJob, table: Table): Promise<void> {
  const columns = job.columns ?? (await guessColumns(db, job.kind, table.header));
  const report = await importTable(db, job.kind, table, {
    dryRun: true,
    columns,
    onProgress: progressNotes(db, job.id),
  });
  await db
    .updateTable('import_job')
    .set({ state: 'checked', columns: JSON.stringify(columns), report: reportOf(report, table), pid: null })
    .where('id', '=', job.id)
    .execute();
}

async function write(db: Db, files: FileStore, job: ImportJob, table: Table): Promise<void> {
  const now = new Date();
  const report = await importTable(db, job.kind, table, {
    dryRun: false,
    columns: job.columns,
    mode: job.mode ?? 'review',
    now,
    onProgress: progressNotes(db, job.id),
    alongside: finish(job, table, now),
  });
  if (report.errorCount > 0) {
    // Somebody has changed the catalogue since the check.
    await db
      .updateTable('import_job')
      .set({ report: reportOf(report, table) })
      .where('id', '=', job.id)
      .execute();
    await failJob(db, job.id, { key: 'import.failed.errors' });
  } else if (job.file) await files.remove(job.file);
}

/** Does what an import waits for: reads and checks its file, writes it, or undoes it. */
export async function runJob(db: Db, files: FileStore, id: number): Promise<void> {
  const job = await readJob(db, id);
  if (!job) return;
  if (job.state === 'undoing') return undo(db, job);
  await db.updateTable('import_job').set({ phase: 'read' }).where('id', '=', id).execute();
  const bytes = job.file && (await files.read(job.file));
  try {
    if (!bytes) throw new UnreadableFile('file.empty');
    const table = await readTable(bytes);
    if (job.state === 'checking') await check(db, job, table);
    else await write(db, files, job, table);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    await failJob(db, id, { key: error.key, values: error.values });
  }
}
