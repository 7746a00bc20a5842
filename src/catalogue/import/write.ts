import { setImmediate as breathe } from 'node:timers/promises';
import type { Compilable, CompiledQuery } from 'kysely';
import type { Db, Trx } from '../../../db/client.ts';
import { reserveIds } from '../../../db/reserve.ts';
import type { RecordStatus } from '../../../db/schema.ts';
import { slugify } from '../../../search/text.ts';
import { localDay } from '../../i18n/format.ts';
import { formOfValues } from '../../moderation/form.ts';
import { queueColumns } from '../../moderation/queue.ts';
import type { KindDeclaration } from '../kind.ts';
import { announceChange, ownColumns, type RecordInput, recordColumns } from '../save.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { PlannedWrite } from './check.ts';

/** Whether rows become public at once, or wait in the review queue. */
export type ImportMode = 'publish' | 'review';

/** Rows of one statement. */
const batchSize = 200;

/** A record changed between check and write; whoever imports checks again. */
export class ChangedMeanwhile extends Error {}

/** A record that the import writes, as it is afterwards. */
export interface WrittenItem {
  recordId: number;
  revisionId: number | null;
  version: number;
  /** Undefined for a new record. */
  before: PlannedWrite['existing'];
}

/** Everything that a transaction has to do, made ready before it begins. */
export interface PreparedWrites {
  items: WrittenItem[];
  /** Each changes exactly so many rows, or somebody was faster. */
  statements: { query: CompiledQuery; rows?: number }[];
  /** Records that the search has to read again. */
  announced: number[];
}

const chunksOf = <T>(list: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));

/** Addresses for new records, in order, that no record of the kind has or had and that differ from each other. */
async function freeSlugs(db: Db, kind: KindDeclaration, titles: string[]): Promise<string[]> {
  const bases = titles.map(slugify);
  const used = new Set<string>();
  const inUse = async (from: string, to: string) =>
    db
      .selectFrom('record')
      .select('slug')
      .where('kind', '=', kind.code)
      .where('slug', '>=', from)
      .where('slug', '<', to)
      .union((eb) =>
        eb
          .selectFrom('record_old_slug')
          .select('slug')
          .where('kind', '=', kind.code)
          .where('slug', '>=', from)
          .where('slug', '<', to),
      )
      .execute();
  for (const chunk of chunksOf([...new Set(bases)], 500)) {
    for (const table of ['record', 'record_old_slug'] as const) {
      const rows = await db
        .selectFrom(table)
        .select('slug')
        .where('kind', '=', kind.code)
        .where('slug', 'in', chunk)
        .execute();
      for (const { slug } of rows) used.add(slug);
    }
  }
  const next = new Map<string, number>();
  const slugs: string[] = [];
  for (const base of bases) {
    if (!used.has(base)) {
      used.add(base);
      slugs.push(base);
      continue;
    }
    // Only `base-` before a digit stands in this range of the index.
    if (!next.has(base)) for (const { slug } of await inUse(`${base}-`, `${base}-:`)) used.add(slug);
    let n = next.get(base) ?? 2;
    while (used.has(`${base}-${n}`)) n += 1;
    next.set(base, n + 1);
    used.add(`${base}-${n}`);
    slugs.push(`${base}-${n}`);
  }
  return slugs;
}

type WithId = { recordId: number; input: RecordInput };

const unique = <T>(values: T[]): T[] => [...new Set(values)];

/** Statements for the rows beside a record's own: its kind's, fields, areas and links. */
function belongings(db: Db, kind: KindDeclaration, records: WithId[]): Compilable[] {
  const own = records.map(({ recordId, input }) => ({ recordId, ...ownColumns(input.attributes) }));
  const fields = records.flatMap(({ recordId, input }) =>
    unique(input.shared.fields).map((fieldCode) => ({ recordId, fieldCode })),
  );
  const areas = records.flatMap(({ recordId, input }) =>
    unique(input.shared.areas).map((areaCode) => ({ recordId, areaCode })),
  );
  const links = records.flatMap(({ recordId, input }) =>
    Object.entries(input.links).flatMap(([relation, ids]) =>
      unique(ids).map((toId) => ({ fromId: recordId, relation, toId })),
    ),
  );
  return [
    db.insertInto(kind.code).values(own),
    ...(fields.length > 0 ? [db.insertInto('record_field').values(fields)] : []),
    ...(areas.length > 0 ? [db.insertInto('record_area').values(areas)] : []),
    ...(links.length > 0 ? [db.insertInto('record_link').values(links)] : []),
  ];
}

/** A record that is set to these values, if nobody has changed it since its version was read. */
export interface Replacement extends WithId {
  version: number;
  status: RecordStatus;
  publishedAt: string | null;
}

/** Statements that set records to other values; they fail together with the caller's transaction when one has changed. */
export function replaceRecords(
  db: Db,
  kind: KindDeclaration,
  records: Replacement[],
  now: Date,
): PreparedWrites['statements'] {
  return chunksOf(records, batchSize).flatMap((batch) => {
    const ids = batch.map(({ recordId }) => recordId);
    const updates = batch.map(({ recordId, version, status, publishedAt, input }) => ({
      query: db
        .updateTable('record')
        .set({
          ...recordColumns(input.shared),
          status,
          publishedAt,
          updatedAt: now.toISOString(),
          version: version + 1,
        })
        .where('id', '=', recordId)
        .where('version', '=', version)
        .compile(),
      rows: 1,
    }));
    const cleared = [
      db.deleteFrom('record_field').where('recordId', 'in', ids),
      db.deleteFrom('record_area').where('recordId', 'in', ids),
      db.deleteFrom('record_link').where('fromId', 'in', ids),
      db.deleteFrom(kind.code).where('recordId', 'in', ids),
    ];
    return [...updates, ...[...cleared, ...belongings(db, kind, batch)].map((one) => ({ query: one.compile() }))];
  });
}

/** The form of a version that waits for review, as its owner would have typed it. */
function proposedForm(
  kind: KindDeclaration,
  { input, existing }: PlannedWrite,
  titles: Map<number, string>,
  vocabulary: Vocabulary,
): string {
  const { shared, attributes, links } = input;
  const values = Object.fromEntries(
    Object.entries({ ...shared, ...attributes }).map(([name, value]) => [
      name,
      value === true ? 1 : value === false ? 0 : value,
    ]),
  );
  const pictures = existing?.pictures;
  return JSON.stringify({
    ...formOfValues(values, vocabulary),
    ...Object.fromEntries(
      Object.keys(kind.relations).map((relation) => [
        relation,
        (links[relation] ?? []).map((id) => titles.get(id) ?? '').join('\n'),
      ]),
    ),
    ...(pictures && {
      logo: pictures.logo ? JSON.stringify(pictures.logo) : '',
      photos: pictures.photos.map((photo) => JSON.stringify(photo)),
    }),
  });
}

async function titlesOf(db: Db, ids: number[]): Promise<Map<number, string>> {
  const titles = new Map<number, string>();
  for (const chunk of chunksOf(unique(ids), 500)) {
    const rows = await db.selectFrom('record').select(['id', 'title']).where('id', 'in', chunk).execute();
    for (const { id, title } of rows) titles.set(id, title);
  }
  return titles;
}

/** Statements that put versions into the review queue, the queue's columns filled in. */
async function submissions(
  db: Db,
  kind: KindDeclaration,
  writes: (PlannedWrite & { recordId: number; revisionId: number })[],
  { now, vocabulary }: { now: Date; vocabulary: Vocabulary },
): Promise<Compilable[]> {
  const titles = await titlesOf(
    db,
    writes.flatMap(({ input }) => Object.values(input.links).flat()),
  );
  const at = now.toISOString();
  const statements: Compilable[] = [];
  for (const batch of chunksOf(writes, batchSize)) {
    statements.push(
      db.insertInto('revision').values(
        batch.map((write) => ({
          id: write.revisionId,
          recordId: write.recordId,
          // The Department itself: nobody waits for a mail.
          authorId: null,
          state: 'submitted' as const,
          form: proposedForm(kind, write, titles, vocabulary),
          createdAt: at,
          updatedAt: at,
          submittedAt: at,
          decidedAt: null,
          claimedBy: null,
          claimedAt: null,
          ...queueColumns(kind, write.input.shared.title, Boolean(write.existing?.publishedAt)),
        })),
      ),
    );
    await breathe();
  }
  return statements;
}

/**
 * Makes everything ready that writes these rows: ids, addresses and the statements themselves, so that the transaction
 * only runs them. A second of it holds up everybody else who writes.
 */
export async function prepareWrites(
  db: Db,
  kind: KindDeclaration,
  writes: PlannedWrite[],
  { mode, now, vocabulary }: { mode: ImportMode; now: Date; vocabulary: Vocabulary },
): Promise<PreparedWrites> {
  const isReview = mode === 'review';
  const fresh = writes.filter(({ existing }) => existing === undefined);
  const slugs = await freeSlugs(
    db,
    kind,
    fresh.map(({ input }) => input.shared.title),
  );
  let nextId = fresh.length > 0 ? await reserveIds(db, 'record', fresh.length) : 0;
  let nextRevision = isReview ? await reserveIds(db, 'revision', writes.length) : 0;
  const planned = writes.map((write) => ({
    ...write,
    recordId: write.existing?.id ?? nextId++,
    revisionId: isReview ? nextRevision++ : 0,
  }));
  const at = now.toISOString();
  const statements: PreparedWrites['statements'] = [];
  const add = (queries: Compilable[]) => {
    for (const one of queries) statements.push({ query: one.compile() });
  };
  const created = planned.filter(({ existing }) => existing === undefined);
  let slugAt = 0;
  for (const batch of chunksOf(created, batchSize)) {
    const rows = batch.map(({ recordId, input }) => ({
      ...recordColumns(input.shared),
      id: recordId,
      kind: kind.code,
      slug: slugs[slugAt++],
      status: isReview ? ('submitted' as const) : ('published' as const),
      createdAt: at,
      updatedAt: at,
      // What was never public has no day of publication: its approval sets one.
      publishedAt: isReview ? null : (input.shared.publishedAt ?? localDay(now)),
    }));
    add([db.insertInto('record').values(rows), ...belongings(db, kind, batch)]);
    await breathe();
  }
  const changed = planned.flatMap(({ existing, recordId, input }) => {
    if (!existing) return [];
    const { version, status } = existing;
    const publishedAt = input.shared.publishedAt ?? existing.publishedAt ?? localDay(now);
    return [{ recordId, input, version, status, publishedAt }];
  });
  if (isReview) add(await submissions(db, kind, planned, { now, vocabulary }));
  else statements.push(...replaceRecords(db, kind, changed, now));
  return {
    statements,
    items: planned.map(({ recordId, revisionId, existing }) => ({
      recordId,
      revisionId: isReview ? revisionId : null,
      version: existing ? existing.version + (isReview ? 0 : 1) : 1,
      before: existing,
    })),
    announced: isReview ? [] : planned.map(({ recordId }) => recordId),
  };
}

/**
 * Runs what was made ready.
 * @throws ChangedMeanwhile, or the database's error when somebody has taken an address or a number meanwhile
 */
export async function runPrepared(
  trx: Trx,
  { statements, announced }: Pick<PreparedWrites, 'statements' | 'announced'>,
  now: Date,
): Promise<void> {
  for (const { query, rows } of statements) {
    const result = await trx.executeQuery(query);
    if (rows !== undefined && Number(result.numAffectedRows) !== rows) throw new ChangedMeanwhile();
  }
  for (const ids of chunksOf(announced, 500)) await announceChange(trx, ids, now);
}
