import type { Db, Trx } from '../../db/client.ts';
import { digest } from '../accounts/secrets.ts';
import { type ConnectionRow, type Doer, partiesOf } from './parties.ts';
import { undecided } from './states.ts';

export interface AnswerLink {
  connection: ConnectionRow;
  doer: Doer & { userId: string };
  /** False once it has been used, or somebody has answered otherwise. */
  works: boolean;
}

/**
 * What an answer link is for. Undefined for one that is unknown, for one whose receiver is no party any more, and
 * when somebody else than its receiver has signed in. Looking uses nothing up.
 * @param signedIn the user of the session, if there is one
 */
export async function findAnswerLink(
  db: Db | Trx,
  secret: string,
  signedIn: string | undefined,
): Promise<AnswerLink | undefined> {
  const link = await db.selectFrom('connection_link').selectAll().where('hash', '=', digest(secret)).executeTakeFirst();
  if (!link || (signedIn !== undefined && signedIn !== link.userId)) return undefined;
  const connection = await db
    .selectFrom('connection')
    .selectAll()
    .where('id', '=', link.connectionId)
    .executeTakeFirstOrThrow();
  const parties = await partiesOf(db, connection);
  const side = (['asker', 'asked'] as const).find((one) => parties[one].some(({ userId }) => userId === link.userId));
  if (!side) return undefined;
  return {
    connection,
    doer: { userId: link.userId, side },
    works: link.usedAt === null && undecided(connection.state).includes(side),
  };
}

/** Uses a link up, in the transaction of what is done with it. */
export const useAnswerLink = (trx: Trx, secret: string, now = new Date()) =>
  trx.updateTable('connection_link').set({ usedAt: now.toISOString() }).where('hash', '=', digest(secret)).execute();
