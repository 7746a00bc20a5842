import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Trx } from '../../db/client.ts';
import type { Database } from '../../db/schema.ts';
import { fold } from '../../search/text.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { type KindCode } from '../catalogue/kind.ts';
import { isKindCode } from '../catalogue/kinds/index.ts';

/** Submissions on one page of the queue, and how many are approved in one go at most. */
export const queuePageSize = 50;
/** Whoever took a submission and left it lying holds nobody up for longer than this. */
const claimHolds = 60 * 60_000;
/** Written out: with a parameter in its place SQLite does not see that the queue's partial indexes serve. */
const waiting = sql.lit('submitted' as const);

/** What a submission is found by in the queue. */
export const queueColumns = (kind: { code: KindCode }, title: string, isChange: boolean) => ({
  kind: kind.code,
  isChange: isChange ? 1 : 0,
  foldedTitle: fold(title),
});

export const waitingDays = [1, 3, 7, 14, 30] as const;

/** What the queue is narrowed to; nothing means everything that waits. */
export interface QueueFilter {
  kind?: KindCode;
  /** New records, or changes of public ones. */
  change?: 'new' | 'change';
  /** Taken by the one who asks, or by nobody. */
  claim?: 'mine' | 'nobody';
  /** Waiting longer than so many days. */
  days?: number;
  /** Words next to each other in the title, however spelled. */
  q?: string;
}

/** The place of a submission in the queue. */
export interface QueuePlace {
  submittedAt: string;
  id: number;
}

/** Reads a filter from an address; what it does not know counts as not asked for. */
export function readQueueFilter(params: URLSearchParams): QueueFilter {
  const kind = params.get('kind') ?? '';
  const change = params.get('change');
  const claim = params.get('claim');
  const days = Number(params.get('days'));
  const q = (params.get('q') ?? '').trim().slice(0, 200);
  return {
    ...(isKindCode(kind) && { kind }),
    ...((change === 'new' || change === 'change') && { change }),
    ...((claim === 'mine' || claim === 'nobody') && { claim }),
    ...(days > 0 && days <= 3650 && { days: Math.floor(days) }),
    ...(q && { q }),
  };
}

/** A filter as parameters of an address: what `readQueueFilter` reads. */
export const queueParameters = (filter: QueueFilter): URLSearchParams =>
  new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)]));

/** Reads a place as an address holds it, `submittedAt~id`; undefined for anything else. */
export function readPlace(text: string | null): QueuePlace | undefined {
  const [submittedAt = '', id = ''] = (text ?? '').split('~');
  return submittedAt && /^\d{1,15}$/.test(id) ? { submittedAt, id: Number(id) } : undefined;
}

type Revision = ExpressionBuilder<Database, 'revision'>;

/** A claim made before this moment holds no longer. */
const lapsed = () => new Date(Date.now() - claimHolds).toISOString();
const isFree = (eb: Revision) => eb.or([eb('revision.claimedBy', 'is', null), eb('revision.claimedAt', '<', lapsed())]);
const isAfter = (eb: Revision, { submittedAt, id }: QueuePlace) =>
  eb(eb.refTuple('revision.submittedAt', 'revision.id'), '>', eb.tuple(submittedAt, id));

const matches = (userId: string, filter: QueueFilter) => (eb: Revision) => {
  const { kind, change, claim, days, q } = filter;
  const conditions: Expression<SqlBool>[] = [eb('revision.state', '=', waiting)];
  if (kind) conditions.push(eb('revision.kind', '=', kind));
  if (change) conditions.push(eb('revision.isChange', '=', change === 'change' ? 1 : 0));
  if (claim === 'mine') conditions.push(eb('revision.claimedBy', '=', userId));
  if (claim === 'nobody') conditions.push(isFree(eb));
  if (days) {
    conditions.push(eb('revision.submittedAt', '<', new Date(Date.now() - days * 86_400_000).toISOString()));
  }
  // Folding leaves letters, digits and spaces: nothing that `like` would take for a wildcard.
  if (q) conditions.push(eb('revision.foldedTitle', 'like', `%${fold(q)}%`));
  return eb.and(conditions);
};

/** What waits for review, the oldest first; a page at a time, found by its place and not by counting. */
export const queuePage = (db: Db, userId: string, filter: QueueFilter, after?: QueuePlace) =>
  db
    .selectFrom('revision')
    .innerJoin('record', 'record.id', 'revision.recordId')
    .leftJoin('user as author', 'author.id', 'revision.authorId')
    .leftJoin('user as claimer', (join) =>
      join.onRef('claimer.id', '=', 'revision.claimedBy').on('revision.claimedAt', '>=', lapsed()),
    )
    .select(['revision.id', 'revision.recordId', 'revision.version', 'revision.form', 'revision.isChange'])
    .select((eb) => eb.fn.coalesce('revision.submittedAt', sql.lit('')).as('submittedAt'))
    .select(['record.kind', 'record.title', 'author.name as authorName'])
    .select(['claimer.id as claimerId', 'claimer.name as claimerName'])
    .where((eb) => matches(userId, filter)(eb as unknown as Revision))
    .$if(after !== undefined, (query) =>
      query.where((eb) => isAfter(eb as unknown as Revision, after ?? { submittedAt: '', id: 0 })),
    )
    .orderBy('revision.submittedAt')
    .orderBy('revision.id')
    .limit(queuePageSize)
    .execute();

/** How many wait of what is asked for. */
export const queueLength = async (db: Db, userId: string, filter: QueueFilter): Promise<number> =>
  (
    await db
      .selectFrom('revision')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where(matches(userId, filter))
      .executeTakeFirstOrThrow()
  ).n;

/** How many wait of each kind. */
export async function queueCounts(db: Db): Promise<Map<string | null, number>> {
  const rows = await db
    .selectFrom('revision')
    .select((eb) => ['kind', eb.fn.countAll<number>().as('n')])
    .where('state', '=', waiting)
    .groupBy('kind')
    .execute();
  return new Map(rows.map(({ kind, n }) => [kind, n]));
}

/**
 * Takes the next submission of what is asked for that nobody else looks at: the oldest one after a place in the
 * queue, or from the beginning again. One that was taken and is passed over becomes free.
 * @param current the version that has been decided on or is passed over
 * @returns its record; undefined when nothing else waits
 */
export async function claimNext(
  db: Db,
  person: SignedIn,
  filter: QueueFilter,
  current: number | undefined,
): Promise<number | undefined> {
  const claimed = { claimedBy: person.userId, claimedAt: new Date().toISOString() };
  const take = (trx: Trx, after: QueuePlace | undefined) =>
    trx
      .updateTable('revision')
      .set(claimed)
      .where('id', '=', (update) =>
        update
          .selectFrom('revision')
          .select('revision.id')
          .where((eb) => {
            const one = eb as unknown as Revision;
            return one.and([
              matches(person.userId, filter)(one),
              one.or([one('revision.claimedBy', '=', person.userId), isFree(one)]),
              one('revision.id', '!=', current ?? 0),
              ...(after ? [isAfter(one, after)] : []),
            ]);
          })
          .orderBy('revision.submittedAt')
          .orderBy('revision.id')
          .limit(1),
      )
      .returning('recordId')
      .executeTakeFirst();
  return db.transaction().execute(async (trx) => {
    const place = await trx
      .selectFrom('revision')
      .select(['submittedAt', 'id'])
      .where('id', '=', current ?? 0)
      .executeTakeFirst();
    await trx
      .updateTable('revision')
      .set({ claimedBy: null, claimedAt: null })
      .where('id', '=', current ?? 0)
      .where('claimedBy', '=', person.userId)
      .execute();
    const after = place?.submittedAt ? { submittedAt: place.submittedAt, id: place.id } : undefined;
    return ((await take(trx, after)) ?? (after && (await take(trx, undefined))))?.recordId;
  });
}
