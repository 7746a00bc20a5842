import * as z from 'zod';
import type { Db, Trx } from '../../db/client.ts';
import { digest, newSecret } from '../accounts/secrets.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { withdrawMail } from '../mail/queue.ts';

/** What the links of a digest do: end all digests, make daily ones weekly, or take the end back. */
export const digestChange = z.object({
  token: z.string().max(100),
  change: z.enum(['stop', 'weekly', 'resume'], 'form.link'),
});
export type DigestChange = z.infer<typeof digestChange>;

/**
 * Makes a secret with which whoever holds it changes one person's digests, and nothing else, without signing in. It
 * works for as long as the account exists: a mail is found again years later.
 * @returns what the link holds; the database keeps its digest
 */
export async function issueDigestLink(trx: Trx, userId: string, now: Date): Promise<string> {
  const secret = newSecret();
  await trx
    .insertInto('digest_link')
    .values({ hash: digest(secret), userId, createdAt: now.toISOString() })
    .execute();
  return secret;
}

/** What a link is for; looking changes nothing, since programs fetch the links of every mail. */
export async function findDigests(
  db: Db | Trx,
  secret: string,
): Promise<{ userId: string; stopped: boolean; hasDaily: boolean } | undefined> {
  const row = await db
    .selectFrom('digest_link as link')
    .innerJoin('digest', 'digest.userId', 'link.userId')
    .select(['digest.userId', 'digest.stoppedAt', 'digest.matches'])
    .select((eb) =>
      eb
        .selectFrom('saved_search')
        .select('id')
        .whereRef('saved_search.userId', '=', 'digest.userId')
        .where('frequency', '=', 'daily')
        .limit(1)
        .as('daily'),
    )
    .where('link.hash', '=', digest(secret))
    .executeTakeFirst();
  if (!row) return undefined;
  const hasDaily = row.matches === 'daily' || row.daily !== null;
  return { userId: row.userId, stopped: row.stoppedAt !== null, hasDaily };
}

/**
 * Changes the digests of the person whom the link was sent to. As often as it is asked, it comes to the same. Whoever
 * stops them gets none any more that waits for the mail server.
 */
export const changeDigests = (db: Db, { token, change }: DigestChange, now = new Date()): Promise<Outcome> =>
  db.transaction().execute(async (trx): Promise<Outcome> => {
    const found = await findDigests(trx, token);
    if (!found) return refuse('form.link');
    const { userId, stopped } = found;
    const stoppedAt = change === 'stop' ? now.toISOString() : null;
    if (!(change === 'stop' && stopped)) {
      await trx.updateTable('digest').set({ stoppedAt }).where('userId', '=', userId).execute();
    }
    if (change === 'stop') await withdrawMail(trx, `digest:${userId}:`);
    if (change === 'weekly') {
      for (const [table, column] of [['saved_search', 'frequency'] as const, ['digest', 'matches'] as const]) {
        await trx
          .updateTable(table)
          .set({ [column]: 'weekly' })
          .where('userId', '=', userId)
          .where(column as 'frequency', '=', 'daily')
          .execute();
      }
    }
    return { ok: true };
  });
