import type { Db, Trx } from '../../db/client.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { ConnectionMail } from '../accounts/mails.ts';
import { tell } from './mails.ts';
import { type Doer, otherSide, partiesOf, receivers } from './parties.ts';
import { connectionsOf } from './read.ts';
import { openStates } from './states.ts';
import { step } from './step.ts';

/** What connections hold about a person: their own connections, what they wrote and sent, whom they blocked and reported. */
export async function connectionData(db: Db, userId: string): Promise<object> {
  const [connections, messages, files, blocks, reports] = await Promise.all([
    connectionsOf(db, userId),
    db.selectFrom('connection_message').select(['connectionId', 'at', 'text']).where('userId', '=', userId).execute(),
    db
      .selectFrom('connection_file')
      .select(['connectionId', 'at', 'name', 'bytes'])
      .where('userId', '=', userId)
      .execute(),
    db.selectFrom('member_block').select(['connectionId', 'at']).where('blockerId', '=', userId).execute(),
    db.selectFrom('member_report').select(['connectionId', 'at', 'reason']).where('reporterId', '=', userId).execute(),
  ]);
  return { connections, messages, files, blocks, reports };
}

const system: Doer = { userId: null, side: 'system' };

/**
 * Before an account goes: open connections of which it is all of one side end, and the other side is told. What was
 * written and sent stays with the other side without the name; blocks and answer links go with the account.
 */
export async function leaveConnections(accounts: Accounts, trx: Trx, userId: string, now = new Date()): Promise<void> {
  const ids = await trx
    .selectFrom('connection')
    .select('id')
    .where('askerId', '=', userId)
    .where('state', 'in', openStates)
    .union(
      trx
        .selectFrom('record_member')
        .innerJoin('connection', 'connection.recordId', 'record_member.recordId')
        .select('connection.id')
        .where('record_member.userId', '=', userId)
        .where('connection.state', 'in', openStates),
    )
    .union(
      trx
        .selectFrom('record_member')
        .innerJoin('connection', 'connection.askerRecordId', 'record_member.recordId')
        .select('connection.id')
        .where('record_member.userId', '=', userId)
        .where('connection.state', 'in', openStates),
    )
    .execute();
  for (const { id } of ids) {
    const before = await trx.selectFrom('connection').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    const parties = await partiesOf(trx, before);
    const side = (['asker', 'asked'] as const).find((one) => parties[one].every((member) => member.userId === userId));
    if (!side || parties[side].length === 0) continue;
    const action = before.acceptedAt !== null ? 'close' : before.state === 'requested' ? 'withdraw' : 'expire';
    const mail = {
      close: 'connection.closed',
      withdraw: 'connection.withdrawn',
      expire: 'connection.expired',
    } as const;
    const done = await step(trx, id, system, { action, set: { reason: 'accountDeleted' } }, now);
    if (!done.ok) continue;
    const to = (await receivers(trx, parties, otherSide(side))).filter((member) => member.userId !== userId);
    await tell(accounts, trx, done.connection, done.eventId, mail[action] satisfies ConnectionMail, to, {
      values: () => ({ reason: '–' }),
    });
  }
}
