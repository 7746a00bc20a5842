import { randomUUID } from 'node:crypto';
import type { Db, Trx } from '../db/client.ts';
import { IndexMissing, type SearchDocument, type SearchIndex } from './engine.ts';

/** The documents of those of these records that are public now, and the ids of the others. */
export type DocumentLoader = (
  db: Db | Trx,
  ids: number[],
) => Promise<{ documents: SearchDocument[]; deletedIds: number[] }>;

export const batchSize = 200;
/** Consumed rows stay this long, so that a rebuild that is under way can still catch up. */
const keepMs = 24 * 3600_000;
const leaseMs = 60_000;
const firstRetryMs = 500;
const longestRetryMs = 60_000;
const holder = randomUUID();

/** How far an engine is behind. */
export interface Lag {
  engine: string;
  pending: number;
  oldestAgeMs: number;
  attempts: number;
  lastError: string | null;
}

async function nextBatch(db: Db | Trx, engine: string): Promise<{ upTo: number; ids: number[] } | undefined> {
  const rows = await db
    .selectFrom('outbox')
    .select(['seq', 'recordId'])
    .where('seq', '>', (eb) => eb.selectFrom('search_consumer').select('seq').where('engine', '=', engine))
    .orderBy('seq')
    .limit(batchSize)
    .execute();
  if (rows.length === 0) return undefined;
  // A document is built from the record as it is now, so several changes of one record are one document.
  return { upTo: rows[rows.length - 1].seq, ids: [...new Set(rows.map((row) => row.recordId))] };
}

const moveTo = (db: Db | Trx, engine: string, seq: number) =>
  db
    .updateTable('search_consumer')
    .set({ seq, attempts: 0, nextAttemptAt: 0, lastError: null })
    .where('engine', '=', engine)
    .execute();

/**
 * Registers an engine as a reader of the outbox.
 * @returns false when it was not known yet: its index must be rebuilt first
 */
export async function registerConsumer(db: Db, engine: string): Promise<boolean> {
  const known = await db.selectFrom('search_consumer').select('seq').where('engine', '=', engine).executeTakeFirst();
  return known !== undefined;
}

/**
 * Applies the next batch of changes to the embedded index. The index lives in the same file, so the place in the
 * outbox and the index move in one transaction: nothing is lost or applied twice, whenever the process dies.
 * @returns how many records were read; 0 when there was nothing to do
 */
export async function drainEmbedded(db: Db, index: SearchIndex, load: DocumentLoader): Promise<number> {
  // Asked several times a second: with nothing to do it must not keep writers waiting.
  if (!(await nextBatch(db, index.name))) return 0;
  return db.transaction().execute(async (trx) => {
    // The write lock comes first: a transaction that reads before it writes can be refused when another one wrote.
    await trx.updateTable('search_consumer').set({ attempts: 0 }).where('engine', '=', index.name).execute();
    const batch = await nextBatch(trx, index.name);
    if (!batch) return 0;
    const { documents, deletedIds } = await load(trx, batch.ids);
    await index.apply(documents, deletedIds);
    await moveTo(trx, index.name, batch.upTo);
    return batch.ids.length;
  });
}

/** Takes or renews the right to feed an engine: two processes that sent batches could swap their order. */
async function takeLease(db: Db, name: string, now: number): Promise<boolean> {
  const row = await db
    .insertInto('lease')
    .values({ name, holder, expiresAt: now + leaseMs })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder, expiresAt: now + leaseMs })
        .where((eb) => eb.or([eb('lease.holder', '=', holder), eb('lease.expiresAt', '<', now)])),
    )
    .returning('holder')
    .executeTakeFirst();
  return row?.holder === holder;
}

/**
 * Sends the next batch of changes to an engine outside the database. The place in the outbox moves only after the
 * engine has confirmed; a batch that was sent but not noted is sent again, which leaves the same index.
 * A failure is noted and retried later, each time after twice the pause, at most a minute. An engine that has lost its
 * index is forgotten, so that `registerConsumer` asks for a rebuild.
 * @returns how many records were sent; 0 when there is nothing to do, or not yet
 */
export async function drainRemote(db: Db, index: SearchIndex, load: DocumentLoader, now = Date.now()): Promise<number> {
  const consumer = await db
    .selectFrom('search_consumer')
    .selectAll()
    .where('engine', '=', index.name)
    .executeTakeFirst();
  if (!consumer || consumer.nextAttemptAt > now) return 0;
  const batch = await nextBatch(db, index.name);
  if (!batch || !(await takeLease(db, `search:${index.name}`, now))) return 0;
  try {
    const { documents, deletedIds } = await load(db, batch.ids);
    await index.apply(documents, deletedIds);
  } catch (error) {
    if (error instanceof IndexMissing) {
      await db.deleteFrom('search_consumer').where('engine', '=', index.name).execute();
      return 0;
    }
    const attempts = consumer.attempts + 1;
    await db
      .updateTable('search_consumer')
      .set({
        attempts,
        nextAttemptAt: now + Math.min(longestRetryMs, firstRetryMs * 2 ** (attempts - 1)),
        lastError: String(error).slice(0, 500),
      })
      .where('engine', '=', index.name)
      .execute();
    return 0;
  }
  await moveTo(db, index.name, batch.upTo);
  return batch.ids.length;
}

/** Removes the rows that every engine has read and no rebuild needs any more. */
export async function pruneOutbox(db: Db, now = Date.now()): Promise<void> {
  await db
    .deleteFrom('outbox')
    .where('seq', '<=', (eb) => eb.selectFrom('search_consumer').select((s) => s.fn.min('seq').as('seq')))
    .where('createdAt', '<', new Date(now - keepMs).toISOString())
    .execute();
}

/** Forgets engines that are no longer configured, so that they neither hold the outbox nor return half-filled. */
export async function forgetConsumers(db: Db, except: string[]): Promise<void> {
  await db.deleteFrom('search_consumer').where('engine', 'not in', except).execute();
}

/**
 * Builds an engine's index anew from the records and swaps it in. What changes meanwhile reaches the live index as
 * always, and the new one before and after the swap.
 */
export async function rebuild(
  db: Db,
  index: SearchIndex,
  load: DocumentLoader,
  onProgress: (done: number) => void = () => {},
): Promise<number> {
  const lastSeq = async () =>
    (
      await db
        .selectFrom('outbox')
        .select((eb) => eb.fn.max('seq').as('seq'))
        .executeTakeFirst()
    )?.seq ?? 0;
  const startSeq = Math.max(
    await lastSeq(),
    (
      await db
        .selectFrom('search_consumer')
        .select((eb) => eb.fn.max('seq').as('seq'))
        .executeTakeFirst()
    )?.seq ?? 0,
  );
  let caughtUpTo = startSeq;
  let done = 0;
  async function* batches() {
    let after = 0;
    for (;;) {
      const rows = await db
        .selectFrom('record')
        .select('id')
        .where('status', '=', 'published')
        .where('id', '>', after)
        .orderBy('id')
        .limit(batchSize)
        .execute();
      if (rows.length === 0) return;
      after = rows[rows.length - 1].id;
      const { documents } = await load(
        db,
        rows.map((row) => row.id),
      );
      yield documents;
      done += documents.length;
      onProgress(done);
    }
  }
  await index.rebuild(batches(), async () => {
    const rows = await db.selectFrom('outbox').select(['seq', 'recordId']).where('seq', '>', startSeq).execute();
    caughtUpTo = Math.max(startSeq, ...rows.map((row) => row.seq));
    const ids = [...new Set(rows.map((row) => row.recordId))];
    return ids.length > 0 ? load(db, ids) : { documents: [], deletedIds: [] };
  });
  // Back to what the new index has: a drain may have moved on with the old one.
  await db
    .insertInto('search_consumer')
    .values({ engine: index.name, seq: caughtUpTo, attempts: 0, nextAttemptAt: 0, lastError: null })
    .onConflict((conflict) =>
      conflict.column('engine').doUpdateSet({ seq: caughtUpTo, attempts: 0, nextAttemptAt: 0, lastError: null }),
    )
    .execute();
  return done;
}

/** How far each engine is behind the records, for /readyz and /metrics. */
export async function lagOf(db: Db, now = Date.now()): Promise<Lag[]> {
  const rows = await db
    .selectFrom('search_consumer as consumer')
    .select((eb) => [
      'consumer.engine',
      'consumer.attempts',
      'consumer.lastError',
      eb
        .selectFrom('outbox')
        .select((o) => o.fn.countAll<number>().as('n'))
        .whereRef('outbox.seq', '>', 'consumer.seq')
        .as('pending'),
      eb
        .selectFrom('outbox')
        .select('createdAt')
        .whereRef('outbox.seq', '>', 'consumer.seq')
        .orderBy('seq')
        .limit(1)
        .as('oldest'),
    ])
    .execute();
  return rows.map(({ engine, attempts, lastError, pending, oldest }) => ({
    engine,
    attempts,
    lastError,
    pending: pending ?? 0,
    oldestAgeMs: oldest ? Math.max(0, now - Date.parse(oldest)) : 0,
  }));
}
