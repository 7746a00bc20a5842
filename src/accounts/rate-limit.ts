import { sql } from 'kysely';
import type { Db } from '../../db/client.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** How often something may be tried in a while. */
export const limits = {
  signInByAddress: { times: 10, windowMs: 15 * minute },
  signInByClient: { times: 50, windowMs: 15 * minute },
  registerByClient: { times: 20, windowMs: 60 * minute },
  mailByAddress: { times: 3, windowMs: 60 * minute },
  manageRequestByUser: { times: 10, windowMs: day },
  invitationByUser: { times: 30, windowMs: day },
  invitationByAddress: { times: 5, windowMs: day },
  picturesByUser: { times: 60, windowMs: 60 * minute },
  connectByMember: { times: 10, windowMs: day },
  messageByMember: { times: 60, windowMs: 60 * minute },
  fileByMember: { times: 30, windowMs: 60 * minute },
  /** Somebody who types and thinks asks every few seconds; a hundred people may share an address. */
  liveMatchesByClient: { times: 300, windowMs: 10 * minute },
  statementByClient: { times: 30, windowMs: 60 * minute },
  reportByMember: { times: 10, windowMs: day },
  personalDataByClient: { times: 5, windowMs: 60 * minute },
  exportByClient: { times: 120, windowMs: 10 * minute },
  eventByClient: { times: 30, windowMs: 60 * minute },
  eventByAddress: { times: 10, windowMs: day },
  secondFactor: { times: 5, windowMs: 15 * minute },
} as const;
export type LimitName = keyof typeof limits;

/**
 * Spends one attempt.
 * @param subject whom the limit counts: an e-mail address, a client's address, a user
 * @returns false when none is left
 */
export async function takeAttempt(db: Db, name: LimitName, subject: string, now = Date.now()): Promise<boolean> {
  const { times, windowMs } = limits[name];
  const { used } = await db
    .insertInto('rate_limit')
    .values({ bucket: `${name}:${subject}`, used: 1, endsAt: now + windowMs })
    .onConflict((conflict) =>
      conflict.column('bucket').doUpdateSet({
        used: sql<number>`case when rate_limit."endsAt" <= ${now} then 1 else rate_limit.used + 1 end`,
        endsAt: sql<number>`case when rate_limit."endsAt" <= ${now} then ${now + windowMs} else rate_limit."endsAt" end`,
      }),
    )
    .returning('used')
    .executeTakeFirstOrThrow();
  return used <= times;
}

/** Removes counters whose time is over. */
export const forgetAttempts = (db: Db, now = Date.now()) =>
  db.deleteFrom('rate_limit').where('endsAt', '<=', now).execute();
