import { setImmediate as breathe } from 'node:timers/promises';
import type { Db } from '../../db/client.ts';
import type { Sources } from '../catalogue/sources.ts';
import { matchesFor, readParty } from '../matching/match.ts';

/** A run takes a moment; visitors are answered between two of them. */
const perRun = 10;

/** Public needs that nobody has looked at yet, then those that were looked at longest ago, before this version. */
async function due(db: Db, version: number): Promise<number[]> {
  const fresh = await db
    .selectFrom('record')
    .leftJoin('need_match', 'need_match.recordId', 'record.id')
    .select('record.id')
    .where('record.kind', '=', 'need')
    .where('record.status', '=', 'published')
    .where('need_match.recordId', 'is', null)
    .limit(perRun)
    .execute();
  const stale = await db
    .selectFrom('need_match')
    .select('recordId as id')
    .where('version', '<', version)
    .orderBy('version')
    .orderBy('recordId')
    .limit(perRun - fresh.length)
    .execute();
  return [...fresh, ...stale].map(({ id }) => id);
}

/**
 * Looks for the best match of a few needs and keeps how much of the need it covers. Any change of the catalogue may
 * bring a need a better answer, so all come round again after one, a few at a time: a page that shows them never waits
 * for a matching.
 * @returns how many needs were looked at; 0 when all are up to date
 */
export async function refreshNeedMatches(
  sources: Pick<Sources, 'db' | 'search' | 'vocabulary'> & { contentVersion(): number },
  now = new Date(),
): Promise<number> {
  const { db } = sources;
  // Read first: what changes meanwhile brings the need round again.
  const version = sources.contentVersion();
  const ids = await due(db, version);
  for (const recordId of ids) {
    const record = await db.selectFrom('record').select('status').where('id', '=', recordId).executeTakeFirst();
    if (record?.status !== 'published') {
      await db.deleteFrom('need_match').where('recordId', '=', recordId).execute();
      continue;
    }
    const party = await readParty(sources, recordId, { whole: true });
    const matches = party ? await matchesFor(sources, party, { now }) : [];
    const best = matches.reduce<(typeof matches)[number] | undefined>(
      (most, one) => (one.coverage > (most?.coverage ?? 0) ? one : most),
      undefined,
    );
    const found = { bestId: best?.id ?? null, coverage: best?.coverage ?? 0, version, at: now.toISOString() };
    await db
      .insertInto('need_match')
      .values({ recordId, ...found })
      .onConflict((conflict) => conflict.column('recordId').doUpdateSet(found))
      .execute();
    await breathe();
  }
  return ids.length;
}
