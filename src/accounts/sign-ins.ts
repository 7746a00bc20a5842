import { isIPv4, isIPv6 } from 'node:net';
import type { Db } from '../../db/client.ts';
import type { SignInOutcome } from '../../db/schema.ts';

/** So long the history of signing in is kept; the privacy page says so. */
export const signInsKeptDays = 180;

/** Where an attempt comes from. */
export interface Visitor {
  /** The network address. */
  client: string;
  userAgent: string;
}

/**
 * The network that an address belongs to, which tells home from abroad but not one device from the next.
 * @returns `203.0.113.0/24`, `2001:db8:1::/48`; empty when the address is unknown
 */
export function networkOf(client: string): string {
  const address = client.replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIPv4(address)) return `${address.split('.').slice(0, 3).join('.')}.0/24`;
  if (!isIPv6(address)) return '';
  // The URL parser writes an address in its shortest form.
  const [head, tail] = new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1).split('::');
  const front = head ? head.split(':') : [];
  const back = tail ? tail.split(':') : [];
  const middle = tail === undefined ? [] : Array<string>(8 - front.length - back.length).fill('0');
  const groups = [...front, ...middle, ...back].slice(0, 3);
  while (groups.length > 1 && groups.at(-1) === '0') groups.pop();
  return `${groups.join(':')}::/48`;
}

/** Notes an attempt to sign in to an account; those on addresses without one are not noted. */
export async function noteSignIn(
  db: Db,
  userId: string,
  { client, userAgent }: Visitor,
  outcome: SignInOutcome,
  now = new Date(),
): Promise<void> {
  await db
    .insertInto('sign_in')
    .values({ userId, at: now.toISOString(), network: networkOf(client), userAgent: userAgent.slice(0, 300), outcome })
    .execute();
}

/** The latest attempts on an account, the newest first. */
export const signInsOf = (db: Db, userId: string, limit: number) =>
  db
    .selectFrom('sign_in')
    .select(['at', 'network', 'userAgent', 'outcome'])
    .where('userId', '=', userId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
export type SignInLine = Awaited<ReturnType<typeof signInsOf>>[number];

/** Removes attempts whose time is over. */
export const forgetSignIns = (db: Db, now = Date.now()) =>
  db
    .deleteFrom('sign_in')
    .where('at', '<', new Date(now - signInsKeptDays * 86_400_000).toISOString())
    .execute();
