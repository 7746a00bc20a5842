import { sql } from 'kysely';
import type { Db } from '../../db/client.ts';

const pageSize = 50;
/** Written out: with a parameter in its place SQLite does not see that the queue's partial index serves. */
const waiting = sql.lit('submitted' as const);

export interface QueueFilter {
  kind?: string | undefined;
  /** `submittedAt id` of the last one seen. */
  after?: { submittedAt: string; id: number } | undefined;
}

/** What waits for review, the oldest first; a page at a time, found by its place and not by counting. */
export const queuePage = (db: Db, { kind, after }: QueueFilter) =>
  db
    .selectFrom('revision')
    .innerJoin('record', 'record.id', 'revision.recordId')
    .leftJoin('user as author', 'author.id', 'revision.authorId')
    .leftJoin('user as claimer', 'claimer.id', 'revision.claimedBy')
    .select(['revision.id', 'revision.recordId', 'revision.submittedAt', 'revision.form'])
    .select([
      'record.kind',
      'record.title',
      'record.status',
      'author.name as authorName',
      'claimer.name as claimerName',
    ])
    .where('revision.state', '=', waiting)
    // The plus keeps SQLite from starting at all records of the kind instead of at the queue.
    .$if(kind !== undefined, (query) => query.where(sql<string>`+record.kind`, '=', kind ?? ''))
    .$if(after !== undefined, (query) =>
      query.where((eb) =>
        eb(eb.refTuple('revision.submittedAt', 'revision.id'), '>', eb.tuple(after?.submittedAt ?? '', after?.id ?? 0)),
      ),
    )
    .orderBy('revision.submittedAt')
    .orderBy('revision.id')
    .limit(pageSize)
    .execute();

/** How many wait. */
export const queueLength = async (db: Db): Promise<number> =>
  (
    await db
      .selectFrom('revision')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('state', '=', waiting)
      .executeTakeFirstOrThrow()
  ).n;
