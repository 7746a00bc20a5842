import type { Compilable } from 'kysely';
import type { Db, Trx } from '../../../db/client.ts';
import type { ExistingRecord } from '../../catalogue/import/existing.ts';
import { type Replacement, replaceRecords, runPrepared } from '../../catalogue/import/write.ts';
import { type KindDeclaration, sharedSchema } from '../../catalogue/kind.ts';
import { announceChange, type RecordInput } from '../../catalogue/save.ts';
import { audit } from '../audit.ts';
import type { ImportJob, JobFailure } from './jobs.ts';

const perStatement = 500;
const mostNamed = 50;

/**
 * What was touched since an import: changed, decided on, taken over by somebody, connected, named by other records.
 * Whoever did that counts on the record as it is.
 */
export const touchedSince = (db: Db | Trx, importId: number, finishedAt: string) =>
  db
    .selectFrom('import_item as item')
    .leftJoin('record', 'record.id', 'item.recordId')
    .leftJoin('revision', 'revision.id', 'item.revisionId')
    .select(['item.recordId', 'record.kind', 'record.slug', 'record.title', 'record.status'])
    .where('item.importId', '=', importId)
    .where((eb) => {
      const isCreated = eb('item.before', 'is', null);
      const has = (table: 'record_member' | 'manage_request' | 'invitation' | 'picture') =>
        eb.exists(eb.selectFrom(table).select(`${table}.recordId`).whereRef(`${table}.recordId`, '=', 'item.recordId'));
      return eb.or([
        eb('record.id', 'is', null),
        eb('record.version', '<>', eb.ref('item.version')),
        eb.and([
          eb('item.revisionId', 'is not', null),
          eb.or([
            eb('revision.id', 'is', null),
            eb('revision.state', '<>', 'submitted'),
            eb('revision.version', '<>', 1),
          ]),
        ]),
        eb.exists(
          eb
            .selectFrom('revision as other')
            .select('other.id')
            .whereRef('other.recordId', '=', 'item.recordId')
            .where('other.createdAt', '>=', finishedAt)
            .where((one) =>
              one.or([one('item.revisionId', 'is', null), one('other.id', '<>', one.ref('item.revisionId'))]),
            ),
        ),
        eb.and([
          isCreated,
          eb.or([
            has('record_member'),
            has('manage_request'),
            has('invitation'),
            has('picture'),
            eb.exists(
              eb.selectFrom('connection').select('connection.id').whereRef('connection.recordId', '=', 'item.recordId'),
            ),
            eb.exists(
              eb
                .selectFrom('connection')
                .select('connection.id')
                .whereRef('connection.askerRecordId', '=', 'item.recordId'),
            ),
            eb.exists(
              eb
                .selectFrom('record_link as link')
                .leftJoin('import_item as mine', (join) =>
                  join.onRef('mine.recordId', '=', 'link.fromId').on('mine.importId', '=', importId),
                )
                .select('link.fromId')
                .whereRef('link.toId', '=', 'item.recordId')
                .where('mine.recordId', 'is', null),
            ),
          ]),
        ]),
      ]);
    })
    .orderBy('item.recordId');

/** A record as it was, in the form in which records are written. */
function inputOf(kind: KindDeclaration, { values, links }: ExistingRecord): RecordInput {
  const pick = (names: string[]) => Object.fromEntries(names.map((name) => [name, values[name]]));
  return {
    shared: { ...pick(Object.keys(sharedSchema.shape)), demo: values.demo === 1 } as unknown as RecordInput['shared'],
    attributes: pick(Object.keys(kind.attributes.shape)),
    links,
  };
}

const chunksOf = <T>(list: T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / perStatement) }, (_, i) =>
    list.slice(i * perStatement, (i + 1) * perStatement),
  );

/**
 * Takes an import back in one transaction: what it created is removed, what it changed is as it was before, what it
 * proposed leaves the queue. With a single record touched since, nothing happens, and the import says which.
 */
export async function undo(db: Db, job: ImportJob, now = new Date()): Promise<void> {
  const { kind, id } = job;
  const items = await db.selectFrom('import_item').selectAll().where('importId', '=', id).execute();
  const created = items.filter(({ before }) => before === null).map(({ recordId }) => recordId);
  const revisions = items.flatMap(({ revisionId, before }) =>
    revisionId !== null && before !== null ? [revisionId] : [],
  );
  const changed = items.flatMap(({ recordId, version, before, revisionId }): Replacement[] => {
    if (before === null || revisionId !== null) return [];
    const existing: ExistingRecord = JSON.parse(before);
    const { status, publishedAt } = existing;
    return [{ recordId, version, status, publishedAt, input: inputOf(kind, existing) }];
  });
  const removals: Compilable[] = [
    ...chunksOf(revisions).map((ids) => db.deleteFrom('revision').where('id', 'in', ids)),
    ...chunksOf(created).map((ids) => db.deleteFrom('record').where('id', 'in', ids)),
  ];
  const statements = [...replaceRecords(db, kind, changed, now), ...removals.map((one) => ({ query: one.compile() }))];
  const isPublic = job.mode === 'publish';
  await db.transaction().execute(async (trx) => {
    const touched = await touchedSince(trx, id, job.finishedAt ?? '').execute();
    if (touched.length > 0) {
      const failure: JobFailure = {
        key: 'import.failed.edited',
        values: { n: touched.length },
        records: touched.slice(0, mostNamed).map(({ kind: code, slug, title, status, recordId }) => ({
          kind: code ?? kind.code,
          slug: slug ?? '',
          title: title ?? `#${recordId}`,
          isPublic: status === 'published',
        })),
      };
      await trx
        .updateTable('import_job')
        .set({ state: 'done', failure: JSON.stringify(failure), pid: null, undoneBy: null })
        .where('id', '=', id)
        .execute();
      return;
    }
    // Before they go: records that name them are told too.
    if (isPublic) for (const ids of chunksOf(created)) await announceChange(trx, ids, now);
    await runPrepared(trx, { statements, announced: changed.map(({ recordId }) => recordId) }, now);
    await trx.deleteFrom('import_item').where('importId', '=', id).execute();
    await trx
      .updateTable('import_job')
      .set({ state: 'undone', undoneAt: now.toISOString(), pid: null, failure: null })
      .where('id', '=', id)
      .execute();
    const user = await trx
      .selectFrom('user')
      .select(['id', 'name'])
      .where('id', '=', job.undoneBy ?? '')
      .executeTakeFirst();
    await audit(
      trx,
      { userId: user?.id ?? job.userId, name: user?.name ?? job.userName },
      { action: 'importUndo', recordId: null, detail: { import: id, file: job.fileName, kind: kind.code } },
    );
  });
}
