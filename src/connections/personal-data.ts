import { sql } from 'kysely';
import type { Db, Trx } from '../../db/client.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { PersonalDataPart } from '../accounts/data-subject.ts';
import type { ConnectionMail } from '../accounts/mails.ts';
import { tell } from './mails.ts';
import { type ConnectionRow, type Doer, otherSide, partiesOf, receivers } from './parties.ts';
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

const mailOf = {
  close: 'connection.closed',
  withdraw: 'connection.withdrawn',
  expire: 'connection.expired',
} as const satisfies Record<string, ConnectionMail>;

/** Ends an open connection because one side goes, and tells the other side. */
async function endWithout(
  accounts: Accounts,
  trx: Trx,
  before: ConnectionRow,
  side: 'asker' | 'asked',
  { userId, now }: { userId: string | null; now: Date },
): Promise<void> {
  const parties = await partiesOf(trx, before);
  const action = before.acceptedAt !== null ? 'close' : before.state === 'requested' ? 'withdraw' : 'expire';
  const done = await step(trx, before.id, system, { action, set: { reason: 'accountDeleted' } }, now);
  if (!done.ok) return;
  const to = (await receivers(trx, parties, otherSide(side))).filter((member) => member.userId !== userId);
  await tell(accounts, trx, done.connection, done.eventId, mailOf[action], to, { values: () => ({ reason: '–' }) });
}

/**
 * Before an account goes: open connections of which it is all of one side end, and the other side is told. What was
 * written and sent stays with the other side without the name; blocks and answer links go with the account.
 */
export async function leaveConnections(accounts: Accounts, trx: Trx, userId: string, now = new Date()): Promise<void> {
  const connections = await trx
    .selectFrom('connection')
    .selectAll('connection')
    .where('askerId', '=', userId)
    .where('state', 'in', openStates)
    .union(
      trx
        .selectFrom('record_member')
        .innerJoin('connection', 'connection.recordId', 'record_member.recordId')
        .selectAll('connection')
        .where('record_member.userId', '=', userId)
        .where('connection.state', 'in', openStates),
    )
    .union(
      trx
        .selectFrom('record_member')
        .innerJoin('connection', 'connection.askerRecordId', 'record_member.recordId')
        .selectAll('connection')
        .where('record_member.userId', '=', userId)
        .where('connection.state', 'in', openStates),
    )
    .execute();
  for (const connection of connections) {
    const parties = await partiesOf(trx, connection);
    const side = (['asker', 'asked'] as const).find((one) => parties[one].every((member) => member.userId === userId));
    if (side && parties[side].length > 0) await endWithout(accounts, trx, connection, side, { userId, now });
  }
}

/** Before a record about somebody is deleted: open connections to it end, and who asked for them is told. */
export async function leaveRecordConnections(
  accounts: Accounts,
  trx: Trx,
  recordId: number,
  now = new Date(),
): Promise<void> {
  const connections = await trx
    .selectFrom('connection')
    .selectAll()
    .where('recordId', '=', recordId)
    .where('state', 'in', openStates)
    .execute();
  for (const connection of connections) {
    await endWithout(accounts, trx, connection, 'asked', { userId: null, now });
  }
}

/** Connections: ended where the person was all of one side; their address is taken out of what they wrote. */
export const connectionPart: PersonalDataPart = {
  name: 'connections',
  collect: async (db, { userId }) => (userId === null ? {} : connectionData(db, userId)),
  async erase(accounts, trx, { userId, email }) {
    if (userId === null) return;
    await leaveConnections(accounts, trx, userId);
    await trx
      .updateTable('connection_message')
      .set({ text: sql<string>`replace(text, ${email}, '…')` })
      .where('userId', '=', userId)
      .execute();
  },
};
