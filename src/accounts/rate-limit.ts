import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
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
  answerByClient: { times: 60, windowMs: 60 * minute },
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

/** Whom a limit by client counts: an IPv6 connection has a network of its own, whose addresses are one client's. */
export function countedClient(client: string): string {
  const [address] = client.split('%');
  return isIPv6(address) ? `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`)}/64` : client;
}

/**
 * Spends one attempt.
 * @param subject whom the limit counts: an e-mail address, a client's address, a user
 * @returns false when none is left
 */
export async function takeAttempt(db: Db, name: LimitName, subject: string, now = Date.now()): Promise<boolean> {
  const { times, windowMs } = limits[name];
  const counted = name.endsWith('ByClient') ? countedClient(subject) : subject;
  const { used } = await db
    .insertInto('rate_limit')
    .values({ bucket: `${name}:${counted}`, used: 1, endsAt: now + windowMs })
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

/**
 * Twenty a second without an end, beside which `npm run bench` measures how long others wait; and twelve a minute for
 * each of a hundred people who share an address. What the page cache answers is not counted.
 */
export const searchByClient = { times: 1200, windowMs: minute };

/** Remembered at once; those of more networks are not one visitor's. */
const mostSearchers = 20_000;

/**
 * Counts searches by client, in memory: to write each down would cost more than to answer it. One window for everybody,
 * so that what is over is forgotten at once.
 */
export class SearchLimit {
  readonly #used = new Map<string, number>();
  #endsAt = 0;

  /** Spends one search. @returns 0, or after how many seconds to come again when none is left */
  spend(client: string, now = Date.now()): number {
    if (now >= this.#endsAt) {
      this.#used.clear();
      this.#endsAt = now + searchByClient.windowMs;
    }
    const counted = countedClient(client);
    const used = (this.#used.get(counted) ?? 0) + 1;
    this.#used.set(counted, used);
    // A Map remembers the order of insertion.
    if (this.#used.size > mostSearchers) this.#used.delete(this.#used.keys().next().value ?? '');
    return used <= searchByClient.times ? 0 : Math.ceil((this.#endsAt - now) / 1000);
  }
}
