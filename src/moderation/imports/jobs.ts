import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Db } from '../../../db/client.ts';
import type { ImportJobTable, ImportState } from '../../../db/schema.ts';
import type { SignedIn } from '../../accounts/sessions.ts';
import { attributeOfHeader, headerKey, importableColumns } from '../../catalogue/import/headers.ts';
import type { ImportReport } from '../../catalogue/import/report.ts';
import type { ImportMode } from '../../catalogue/import/write.ts';
import type { KindCode, KindDeclaration } from '../../catalogue/kind.ts';
import { isKindCode, kinds } from '../../catalogue/kinds/index.ts';
import type { FileStore } from '../../files/store.ts';
import { type Outcome, refuse } from '../../lib/form.ts';

/** Below what a form may be (astro.config.mjs), so that a file that is too large is refused beside its field. */
export const maxUploadMb = 15;
export const historyPageSize = 30;
/** States in which the program works. */
export const busyStates = ['checking', 'queued', 'running', 'undoing'] as const satisfies ImportState[];

/** What is known of a file's content: what was checked or written, and how its first rows were read. */
export interface JobReport extends ImportReport {
  header: string[];
  /** The first rows, as the file has them. */
  sample: { line: number; cells: Record<string, string> }[];
}

/** Why an import failed or cannot be undone: a key of the import's messages (`file.…`) or of the site's. */
export interface JobFailure {
  key: string;
  values?: Record<string, string | number>;
  /** Records that were changed since; the first ones. */
  records?: { kind: string; slug: string; title: string; isPublic: boolean }[];
}

export interface ImportJob extends Omit<Selectable<ImportJobTable>, 'kind' | 'columns' | 'report' | 'failure'> {
  kind: KindDeclaration;
  columns: Record<string, string> | undefined;
  report: JobReport | undefined;
  failure: JobFailure | undefined;
}

const parsed = <T>(json: string | null): T | undefined => (json === null ? undefined : (JSON.parse(json) as T));

/** One import; undefined when there is none. */
export async function readJob(db: Db, id: number): Promise<ImportJob | undefined> {
  const row = await db.selectFrom('import_job').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row || !isKindCode(row.kind)) return undefined;
  return {
    ...row,
    kind: kinds[row.kind],
    columns: parsed(row.columns),
    report: parsed(row.report),
    failure: parsed(row.failure),
  };
}

const isBusy = (state: ImportState): boolean => (busyStates as readonly string[]).includes(state);

/** One import, a short while later if the program is still at work on it: small files are done by then. */
export async function readSettledJob(db: Db, id: number, withinMs: number): Promise<ImportJob | undefined> {
  const end = Date.now() + withinMs;
  for (;;) {
    const job = await readJob(db, id);
    if (!job || !isBusy(job.state) || Date.now() > end) return job;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The latest imports, a page at a time. */
export const importHistory = (db: Db, before = Number.MAX_SAFE_INTEGER) =>
  db
    .selectFrom('import_job')
    .leftJoin('user as undoer', 'undoer.id', 'import_job.undoneBy')
    .select(['import_job.id', 'kind', 'userName', 'fileName', 'mode', 'state', 'import_job.createdAt', 'finishedAt'])
    .select(['undoneAt', 'undoer.name as undoneByName'])
    .select((eb) => [
      eb.fn<number | null>('json_extract', ['report', eb.val('$.created')]).as('created'),
      eb.fn<number | null>('json_extract', ['report', eb.val('$.updated')]).as('updated'),
      eb.fn<number | null>('json_extract', ['report', eb.val('$.unchanged')]).as('unchanged'),
      eb.fn<number | null>('json_extract', ['report', eb.val('$.errorCount')]).as('errors'),
    ])
    .where('import_job.id', '<', before)
    .orderBy('import_job.id', 'desc')
    .limit(historyPageSize)
    .execute();

/** A name that is safe to show and to keep. */
const shownName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\\/]+/gu, ' ')
    .trim()
    .slice(-120) || 'tep';

/**
 * Takes a sent file in: keeps it and lets it be checked. It lies in the store before the database knows it; one that
 * is left there by a crash goes with the tidying.
 */
export async function receiveImport(
  { db, importFiles }: { db: Db; importFiles: FileStore },
  person: SignedIn,
  kind: KindCode,
  file: File,
): Promise<Outcome<{ jobId: number }>> {
  if (file.size === 0) return refuse('import.file.missing', 'file');
  if (file.size > maxUploadMb * 1e6) return refuse('import.file.tooLarge', 'file', { max: maxUploadMb });
  const name = `${randomUUID()}.table`;
  await importFiles.write(name, new Uint8Array(await file.arrayBuffer()));
  const { id } = await db
    .insertInto('import_job')
    .values({
      kind,
      userId: person.userId,
      userName: person.name,
      fileName: shownName(file.name),
      file: name,
      columns: null,
      mode: null,
      state: 'checking',
      pid: null,
      phase: null,
      report: null,
      failure: null,
      createdAt: new Date().toISOString(),
      finishedAt: null,
      undoneAt: null,
      undoneBy: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { ok: true, jobId: id };
}

/** Moves an import that stands where it may be moved from; of two who press at once the second is told. */
async function move(
  db: Db,
  id: number,
  from: ImportState[],
  changes: Partial<Pick<ImportJobTable, 'state' | 'columns' | 'mode' | 'undoneBy'>>,
): Promise<Outcome> {
  const moved = await db
    .updateTable('import_job')
    .set({ ...changes, pid: null, phase: null, failure: null })
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst();
  return moved.numUpdatedRows > 0n ? { ok: true } : refuse('import.notNow');
}

/** Reads what a person says each column means: fields `column.0`, `column.1`, … */
export function readColumns(job: ImportJob, form: FormData): Record<string, string> {
  const allowed = new Set(importableColumns(job.kind));
  return Object.fromEntries(
    (job.report?.header ?? []).map((header, index) => {
      const attribute = String(form.get(`column.${index}`) ?? '');
      return [header, allowed.has(attribute) ? attribute : ''];
    }),
  );
}

/** Has a file checked (again), by what a person says its columns mean. */
export const recheck = (db: Db, job: ImportJob, columns: Record<string, string> | undefined): Promise<Outcome> =>
  job.file === null
    ? Promise.resolve(refuse('import.notNow'))
    : move(db, job.id, ['checked', 'failed'], {
        state: 'checking',
        ...(columns && { columns: JSON.stringify(columns) }),
      });

/** Lets a checked file be imported, and remembers what its columns meant. */
export async function startImport(db: Db, job: ImportJob, mode: ImportMode): Promise<Outcome> {
  const { report, columns = {} } = job;
  if (!report || report.errorCount > 0 || report.created + report.updated === 0) return refuse('import.notNow');
  const moved = await move(db, job.id, ['checked'], { state: 'queued', mode });
  if (!moved.ok) return moved;
  const meanings = new Map(Object.entries(columns).map(([header, attribute]) => [headerKey(header), attribute]));
  meanings.delete('');
  if (meanings.size > 0) {
    await db
      .insertInto('import_mapping')
      .values([...meanings].map(([header, attribute]) => ({ kind: job.kind.code, header, attribute })))
      .onConflict((conflict) =>
        conflict.columns(['kind', 'header']).doUpdateSet((eb) => ({ attribute: eb.ref('excluded.attribute') })),
      )
      .execute();
  }
  return moved;
}

/** Lets an import be undone. */
export const startUndo = (db: Db, person: SignedIn, job: ImportJob): Promise<Outcome> =>
  move(db, job.id, ['done'], { state: 'undoing', undoneBy: person.userId });

/** What each column of a file means: as somebody said of such a header before, or as the header says. */
export async function guessColumns(db: Db, kind: KindDeclaration, header: string[]): Promise<Record<string, string>> {
  const rows = await db
    .selectFrom('import_mapping')
    .select(['header', 'attribute'])
    .where('kind', '=', kind.code)
    .execute();
  const remembered = new Map(rows.map((row) => [row.header, row.attribute]));
  const columns: Record<string, string> = {};
  for (const name of header) {
    const attribute = remembered.get(headerKey(name)) ?? attributeOfHeader(kind, name);
    // Unknown ones stay unknown: the check says so.
    if (attribute !== undefined) columns[name] = attribute;
  }
  return columns;
}

const day = 86_400_000;
const daysKept = 7;

/** Removes files that nobody imports any more, with the jobs that came to nothing, after a week. */
export async function forgetOldUploads(db: Db, files: FileStore, now = Date.now()): Promise<void> {
  const before = new Date(now - daysKept * day).toISOString();
  await db
    .deleteFrom('import_job')
    .where('createdAt', '<', before)
    .where('file', 'is not', null)
    .where('state', 'in', ['checked', 'failed'])
    .execute();
  for await (const names of files.writtenBefore(now - daysKept * day)) {
    const known = await db.selectFrom('import_job').select('file').where('file', 'in', names).execute();
    const kept = new Set(known.map(({ file }) => file));
    for (const name of names) if (!kept.has(name)) await files.remove(name);
  }
}
