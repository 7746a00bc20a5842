import { sql } from 'kysely';
import * as z from 'zod';
import type { Db, Trx } from '../../db/client.ts';
import { type Frequency, frequencies } from '../../db/schema.ts';
import type { PersonalDataPart } from '../accounts/data-subject.ts';
import type { Vocabulary } from '../catalogue/vocabulary.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { parseWatched, type Watched } from './watched.ts';

/** Nobody reads more. */
export const mostSearches = 50;

const frequency = z.enum(frequencies, 'alert.frequency.choose');

export const searchForm = z.object({
  tim: z.string('alert.address').max(5000, 'alert.address'),
  frequency: z.enum(['daily', 'weekly'], 'alert.frequency.choose'),
});
export const alertForm = z.object({
  search: z.coerce.number('alert.gone').int('alert.gone'),
  frequency,
  change: z.enum(['save', 'remove'], 'alert.frequency.choose'),
});
export const matchesForm = z.object({ frequency });

/** The newest place in the outbox. */
const lastPlace = async (db: Db | Trx): Promise<number> =>
  (
    await db
      .selectFrom('publication')
      .select((eb) => eb.fn.max('lastSeq').as('seq'))
      .executeTakeFirst()
  )?.seq ?? 0;

/**
 * Keeps a search; what is public already is not news. One that is kept already gets the frequency.
 * @param input.tim the address of the list or search page
 */
export async function saveSearch(
  db: Db,
  vocabulary: Vocabulary,
  userId: string,
  { tim, frequency }: z.infer<typeof searchForm>,
  now = new Date(),
): Promise<Outcome> {
  const watched = parseWatched(tim, vocabulary);
  if (!watched) return refuse('alert.address');
  return db.transaction().execute(async (trx): Promise<Outcome> => {
    const known = await trx.selectFrom('saved_search').select('address').where('userId', '=', userId).execute();
    if (known.length >= mostSearches && !known.some(({ address }) => address === watched.address)) {
      return refuse('alert.tooMany', undefined, { n: mostSearches });
    }
    await trx
      .insertInto('saved_search')
      .values({
        userId,
        address: watched.address,
        frequency,
        seq: await lastPlace(trx),
        createdAt: now.toISOString(),
      })
      .onConflict((conflict) => conflict.columns(['userId', 'address']).doUpdateSet({ frequency }))
      .execute();
    return { ok: true };
  });
}

/** Changes how often a kept search is told of, or forgets it; somebody else's stays as it is. */
export async function changeAlert(
  db: Db,
  userId: string,
  { search, frequency, change }: z.infer<typeof alertForm>,
): Promise<Outcome> {
  const done =
    change === 'remove'
      ? await db.deleteFrom('saved_search').where('id', '=', search).where('userId', '=', userId).executeTakeFirst()
      : await db
          .updateTable('saved_search')
          .set({ frequency })
          .where('id', '=', search)
          .where('userId', '=', userId)
          .executeTakeFirst();
  const touched = 'numDeletedRows' in done ? done.numDeletedRows : done.numUpdatedRows;
  return touched > 0n ? { ok: true } : refuse('alert.gone');
}

/** How often a person is told of matches of their own needs and offers. */
export async function changeMatches(db: Db, userId: string, matches: Frequency): Promise<Outcome> {
  await db.updateTable('digest').set({ matches }).where('userId', '=', userId).execute();
  return { ok: true };
}

/** Sends digests again to who had stopped them. */
export async function resumeDigests(db: Db, userId: string): Promise<Outcome> {
  await db.updateTable('digest').set({ stoppedAt: null }).where('userId', '=', userId).execute();
  return { ok: true };
}

/** A kept search as its owner sees it. */
export interface Alert {
  id: number;
  frequency: Frequency;
  createdAt: string;
  /** Undefined when its filters mean nothing any more (a classification has changed): nothing is told of it. */
  watched: Watched | undefined;
}

/** Everything that a person is told about, newest first. */
export async function alertsOf(
  db: Db,
  vocabulary: Vocabulary,
  userId: string,
): Promise<{ searches: Alert[]; matches: Frequency; stopped: boolean }> {
  const rows = await db
    .selectFrom('saved_search')
    .select(['id', 'address', 'frequency', 'createdAt'])
    .where('userId', '=', userId)
    .orderBy('id', 'desc')
    .execute();
  const digest = await db
    .selectFrom('digest')
    .select(['matches', 'stoppedAt'])
    .where('userId', '=', userId)
    .executeTakeFirstOrThrow();
  return {
    searches: rows.map(({ address, ...row }) => ({ ...row, watched: parseWatched(address, vocabulary) })),
    matches: digest.matches,
    stopped: digest.stoppedAt !== null,
  };
}

/** The person's own public needs and offers, whose matches are told. */
export const matchedRecords = (db: Db | Trx, userId: string) =>
  db
    .selectFrom('record_member as member')
    .innerJoin('record', 'record.id', 'member.recordId')
    .select(['record.id', 'record.title', 'record.titleEn', 'record.kind'])
    .where('member.userId', '=', userId)
    // The plus keeps SQLite from starting at all public records instead of at the person's few.
    .where(sql<string>`+record.status`, '=', 'published')
    .where('record.kind', 'in', ['need', 'offer'])
    .orderBy('record.id', 'desc')
    .execute();

/** What alerts hold about a person; it goes with the account. */
export const alertPart: PersonalDataPart = {
  name: 'alerts',
  collect: async (db, { userId }) => (userId === null ? {} : alertData(db, userId)),
  async erase() {},
};

export async function alertData(db: Db, userId: string): Promise<object> {
  const [savedSearches, digest, told] = await Promise.all([
    db.selectFrom('saved_search').select(['address', 'frequency', 'createdAt']).where('userId', '=', userId).execute(),
    db
      .selectFrom('digest')
      .select(['matches', 'doneOn', 'stoppedAt', 'firstSentAt'])
      .where('userId', '=', userId)
      .executeTakeFirst(),
    db
      .selectFrom('digest_result')
      .innerJoin('record', 'record.id', 'digest_result.recordId')
      .select(['record.kind', 'record.slug', 'digest_result.at'])
      .where('digest_result.userId', '=', userId)
      .execute(),
  ]);
  return { savedSearches, digest: { ...digest, told } };
}
