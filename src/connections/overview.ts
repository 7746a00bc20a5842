import { sql } from 'kysely';
import type { Db } from '../../db/client.ts';
import { type ConnectionState, connectionStates } from '../../db/schema.ts';
import { remindAfterDays } from './deadlines.ts';

const day = 86_400_000;
const pageSize = 50;
/** Who asked before this moment should have had an answer. */
const lateBefore = (now: Date) => new Date(now.getTime() - remindAfterDays * day).toISOString();

export interface StageCount {
  state: ConnectionState;
  n: number;
  /** Of those that have ended, how long they took; of the others, how long they have been waiting. */
  averageDays: number;
}

/** How many connections stand where, and for how long. */
export async function stageCounts(db: Db, now = new Date()): Promise<StageCount[]> {
  const rows = await db
    .selectFrom('connection')
    .select((eb) => [
      'state',
      eb.fn.countAll<number>().as('n'),
      sql<number>`avg(julianday(coalesce("endedAt", ${now.toISOString()})) - julianday("createdAt"))`.as('averageDays'),
    ])
    .groupBy('state')
    .execute();
  return connectionStates.map((state) => rows.find((row) => row.state === state) ?? { state, n: 0, averageDays: 0 });
}

/** Agreements by their kind with their stated value, and requests that wait longer than they should. */
export async function outcomeCounts(db: Db, now = new Date()) {
  const agreements = await db
    .selectFrom('connection')
    .select((eb) => ['agreementKind', eb.fn.countAll<number>().as('n'), eb.fn.sum<number>('agreementVnd').as('vnd')])
    .where('state', '=', 'agreement')
    .groupBy('agreementKind')
    .execute();
  const { late } = await db
    .selectFrom('connection')
    .select((eb) => eb.fn.countAll<number>().as('late'))
    .where('acceptedAt', 'is', null)
    .where('endedAt', 'is', null)
    .where('createdAt', '<=', lateBefore(now))
    .executeTakeFirstOrThrow();
  return { agreements, late };
}

const lines = (db: Db) =>
  db
    .selectFrom('connection')
    .innerJoin('record', 'record.id', 'connection.recordId')
    .leftJoin('record as asker', 'asker.id', 'connection.askerRecordId')
    .select(['connection.id', 'connection.state', 'connection.origin', 'connection.purpose', 'connection.createdAt'])
    .select(['connection.updatedAt', 'connection.toDepartment', 'connection.brokerAskedAt', 'connection.agreementKind'])
    .select(['record.title', 'asker.title as askerTitle'])
    .limit(pageSize);

/** Open connections that wait for the Department: a side has asked it in, or nobody manages the record. Oldest first. */
export const forDepartment = (db: Db) =>
  lines(db)
    .where('connection.endedAt', 'is', null)
    // Written out, so that SQLite sees that the partial index serves.
    .where(sql<boolean>`(connection."brokerAskedAt" is not null or connection."toDepartment" = 1)`)
    .orderBy('connection.updatedAt')
    .execute();

/** How many wait for the Department. */
export const departmentWaiting = async (db: Db): Promise<number> =>
  (
    await db
      .selectFrom('connection')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('endedAt', 'is', null)
      .where(sql<boolean>`("brokerAskedAt" is not null or "toDepartment" = 1)`)
      .executeTakeFirstOrThrow()
  ).n;

/** Connections that have waited for an answer longer than they should, the oldest first. */
export const lateConnections = (db: Db, now = new Date()) =>
  lines(db)
    .where('connection.acceptedAt', 'is', null)
    .where('connection.endedAt', 'is', null)
    .where('connection.createdAt', '<=', lateBefore(now))
    .orderBy('connection.createdAt')
    .execute();

/** All connections, the newest first, a page at a time; `before` is the id of the last one seen. */
export const connectionPage = (
  db: Db,
  { state, before = Number.MAX_SAFE_INTEGER }: { state?: ConnectionState; before?: number },
) =>
  lines(db)
    .$if(state !== undefined, (query) => query.where('connection.state', '=', state ?? 'requested'))
    .where('connection.id', '<', before)
    .orderBy('connection.id', 'desc')
    .execute();
