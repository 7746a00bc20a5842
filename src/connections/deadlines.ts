import type { Trx } from '../../db/client.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { ConnectionMail } from '../accounts/mails.ts';
import { tell } from './mails.ts';
import { type ConnectionRow, type Doer, moderators, partiesOf, receivers } from './parties.ts';
import { pendingStates, runningStates, undecided } from './states.ts';
import { note, step } from './step.ts';

const day = 86_400_000;
/** design.md §6. */
export const remindAfterDays = 10;
export const expireAfterDays = 30;
export const askOutcomeAfterDays = 90;
const batch = 50;

const system: Doer = { userId: null, side: 'system' };

/** Tells both sides. */
async function tellBoth(
  accounts: Accounts,
  trx: Trx,
  connection: ConnectionRow,
  eventId: number,
  kind: ConnectionMail,
) {
  const parties = await partiesOf(trx, connection);
  for (const side of ['asker', 'asked'] as const) {
    await tell(accounts, trx, connection, eventId, kind, await receivers(trx, parties, side));
  }
}

/** Reminds whose yes or no is missing; their mail holds a new answer link. */
async function remind(accounts: Accounts, trx: Trx, id: number, now: Date): Promise<void> {
  const connection = await trx
    .updateTable('connection')
    .set({ remindedAt: now.toISOString() })
    .where('id', '=', id)
    .where('remindedAt', 'is', null)
    .where('state', 'in', pendingStates)
    .returningAll()
    .executeTakeFirst();
  if (!connection) return;
  const eventId = await note(trx, id, system, 'remind', {}, now);
  const parties = await partiesOf(trx, connection);
  for (const side of undecided(connection.state)) {
    const byDepartment = side === 'asked' && parties.departmentAnswers;
    const to = byDepartment ? await moderators(trx) : parties[side];
    await tell(accounts, trx, connection, eventId, 'connection.reminder', to, { answer: !byDepartment });
  }
}

async function expire(accounts: Accounts, trx: Trx, id: number, now: Date): Promise<void> {
  const done = await step(trx, id, system, { action: 'expire' }, now);
  if (done.ok) await tellBoth(accounts, trx, done.connection, done.eventId, 'connection.expired');
}

/** Asks both sides what has come of it. */
async function askOutcome(accounts: Accounts, trx: Trx, id: number, now: Date): Promise<void> {
  const connection = await trx
    .updateTable('connection')
    .set({ outcomeAskedAt: now.toISOString() })
    .where('id', '=', id)
    .where('outcomeAskedAt', 'is', null)
    .where('state', 'in', runningStates)
    .returningAll()
    .executeTakeFirst();
  if (!connection) return;
  const eventId = await note(trx, id, system, 'askOutcome', {}, now);
  await tellBoth(accounts, trx, connection, eventId, 'connection.outcome');
}

/**
 * Does what time asks for: ends what nobody has answered in 30 days, reminds after 10, asks for the outcome 90 days
 * after acceptance. Each connection in a transaction of its own that also marks it, so that nothing is done twice and
 * whoever crashes or comes second goes on where the other has left.
 * @returns how many connections were touched
 */
export async function followUpConnections(accounts: Accounts, now = new Date()): Promise<number> {
  const { db } = accounts;
  const before = (days: number) => new Date(now.getTime() - days * day).toISOString();
  const due = {
    unanswered: db
      .selectFrom('connection')
      .select('id')
      .where('acceptedAt', 'is', null)
      .where('endedAt', 'is', null)
      .orderBy('createdAt')
      .limit(batch),
    running: db
      .selectFrom('connection')
      .select('id')
      .where('endedAt', 'is', null)
      .where('outcomeAskedAt', 'is', null)
      .orderBy('acceptedAt')
      .limit(batch),
  };
  const jobs = [
    { find: due.unanswered.where('createdAt', '<=', before(expireAfterDays)), act: expire },
    {
      find: due.unanswered.where('createdAt', '<=', before(remindAfterDays)).where('remindedAt', 'is', null),
      act: remind,
    },
    {
      find: due.running.where('acceptedAt', '<=', before(askOutcomeAfterDays)),
      act: askOutcome,
    },
  ];
  let touched = 0;
  for (const { find, act } of jobs) {
    for (let ids = await find.execute(); ids.length > 0; ids = await find.execute()) {
      for (const { id } of ids) await db.transaction().execute((trx) => act(accounts, trx, id, now));
      touched += ids.length;
    }
  }
  return touched;
}
