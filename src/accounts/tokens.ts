import type { Db, Trx } from '../../db/client.ts';
import type { TokenPurpose } from '../../db/schema.ts';
import { digest, newSecret } from './secrets.ts';

const hour = 3_600_000;
const lifetimeMs: Record<TokenPurpose, number> = {
  verify_email: 48 * hour,
  reset_password: hour,
  change_email: 24 * hour,
  administrator: 24 * hour,
};

export interface TokenSubject {
  purpose: TokenPurpose;
  userId: string | null;
  /** The new address of a change, or the administrator's. */
  email: string | null;
}

/**
 * Makes a secret for a link that works once. An earlier one for the same purpose stops working.
 * @returns what the link holds; the database keeps its digest
 */
export async function issueToken(trx: Trx, subject: TokenSubject, now = Date.now()): Promise<string> {
  const { purpose, userId } = subject;
  await trx.deleteFrom('one_time_token').where('purpose', '=', purpose).where('userId', 'is', userId).execute();
  const secret = newSecret();
  await trx
    .insertInto('one_time_token')
    .values({ hash: digest(secret), ...subject, expiresAt: now + lifetimeMs[purpose] })
    .execute();
  return secret;
}

/** What a link is for, while it works and its account is not blocked; looking does not use it up. */
export const findToken = (
  db: Db | Trx,
  secret: string,
  purpose: TokenPurpose,
  now = Date.now(),
): Promise<TokenSubject | undefined> =>
  db
    .selectFrom('one_time_token as token')
    .leftJoin('user', 'user.id', 'token.userId')
    .select(['token.purpose', 'token.userId', 'token.email'])
    .where('token.hash', '=', digest(secret))
    .where('token.purpose', '=', purpose)
    .where('token.expiresAt', '>', now)
    .where('user.blockedAt', 'is', null)
    .executeTakeFirst();

/** Uses a link up. Undefined when it is unknown, used or too old, or its account is blocked. */
export async function redeemToken(
  trx: Trx,
  secret: string,
  purpose: TokenPurpose,
  now = Date.now(),
): Promise<TokenSubject | undefined> {
  const subject = await findToken(trx, secret, purpose, now);
  if (subject) await trx.deleteFrom('one_time_token').where('hash', '=', digest(secret)).execute();
  return subject;
}
