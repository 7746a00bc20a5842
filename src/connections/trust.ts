import * as z from 'zod';
import type { Db } from '../../db/client.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { takeAttempt } from '../accounts/rate-limit.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { audit } from '../moderation/audit.ts';
import { connectionId, longText } from './fields.ts';
import { otherSide, type Parties } from './parties.ts';

export const reportForm = z.object({
  connection: connectionId,
  what: longText(10, 2000, 'connection.report.missing'),
});
export const closeReportForm = z.object({
  report: z.coerce.number('connection.notNow').int('connection.notNow').positive('connection.notNow'),
  note: longText(3, 1000, 'connection.report.note.missing'),
});
export const stopForm = z.object({
  report: z.coerce.number('connection.notNow').int('connection.notNow').positive('connection.notNow'),
  change: z.enum(['stop', 'allow'], 'connection.notNow'),
});

/** Blocks everybody of the other side, or takes that back. Who is blocked is not told. */
export async function setBlock(
  db: Db,
  { userId }: SignedIn,
  id: number,
  parties: Parties,
  side: 'asker' | 'asked',
  blocked: boolean,
  now = new Date(),
): Promise<void> {
  const others = parties[otherSide(side)].map((member) => member.userId).filter((other) => other !== userId);
  if (others.length === 0) return;
  if (!blocked) {
    await db.deleteFrom('member_block').where('blockerId', '=', userId).where('blockedId', 'in', others).execute();
    return;
  }
  await db
    .insertInto('member_block')
    .values(others.map((blockedId) => ({ blockerId: userId, blockedId, connectionId: id, at: now.toISOString() })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Tells the Department of the other side's conduct. It does not open the messages to the Department. */
export async function reportConnection(
  { db }: Accounts,
  person: SignedIn,
  side: 'asker' | 'asked',
  input: z.infer<typeof reportForm>,
  now = new Date(),
): Promise<Outcome> {
  if (!(await takeAttempt(db, 'reportByMember', person.userId, now.getTime()))) {
    return refuse('connection.tooManyMessages', 'what');
  }
  await db
    .insertInto('member_report')
    .values({
      connectionId: input.connection,
      reporterId: person.userId,
      reportedSide: otherSide(side),
      reason: input.what,
      at: now.toISOString(),
      closedAt: null,
      closedBy: null,
      note: null,
    })
    .execute();
  return { ok: true };
}

const pageSize = 50;

/** Reports that wait, the oldest first, with who wrote them and who may be stopped from starting connections. */
export const openReports = (db: Db) =>
  db
    .selectFrom('member_report as report')
    .innerJoin('connection', 'connection.id', 'report.connectionId')
    .innerJoin('record', 'record.id', 'connection.recordId')
    .leftJoin('user as reporter', 'reporter.id', 'report.reporterId')
    .leftJoin('user as asker', 'asker.id', 'connection.askerId')
    .select(['report.id', 'report.at', 'report.reason', 'report.reportedSide', 'report.connectionId'])
    .select(['record.title', 'reporter.name as reporterName', 'asker.name as askerName', 'asker.connectingStoppedAt'])
    .where('report.closedAt', 'is', null)
    .orderBy('report.id')
    .limit(pageSize)
    .execute();

export const reportsWaiting = async (db: Db): Promise<number> =>
  (
    await db
      .selectFrom('member_report')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('closedAt', 'is', null)
      .executeTakeFirstOrThrow()
  ).n;

/** Ends a report with what was found, in the audit log. */
export const closeReport = (
  { db }: Accounts,
  person: SignedIn,
  { report, note }: z.infer<typeof closeReportForm>,
  now = new Date(),
): Promise<Outcome> =>
  db.transaction().execute(async (trx): Promise<Outcome> => {
    const closed = await trx
      .updateTable('member_report')
      .set({ closedAt: now.toISOString(), closedBy: person.userId, note })
      .where('id', '=', report)
      .where('closedAt', 'is', null)
      .returning('connectionId')
      .executeTakeFirst();
    if (!closed) return refuse('connection.notNow');
    const detail = { report, connection: closed.connectionId, note };
    await audit(trx, person, { action: 'closeReport', recordId: null, detail });
    return { ok: true };
  });

/** Stops the member who began a reported connection from starting others, or lets them again. */
export const stopConnecting = (
  { db }: Accounts,
  person: SignedIn,
  { report, change }: z.infer<typeof stopForm>,
  now = new Date(),
): Promise<Outcome> =>
  db.transaction().execute(async (trx): Promise<Outcome> => {
    const member = await trx
      .updateTable('user')
      .set({ connectingStoppedAt: change === 'stop' ? now.toISOString() : null })
      .where('id', '=', (eb) =>
        eb
          .selectFrom('member_report')
          .innerJoin('connection', 'connection.id', 'member_report.connectionId')
          .select('connection.askerId')
          .where('member_report.id', '=', report)
          .where('member_report.reportedSide', '=', 'asker'),
      )
      .returning('name')
      .executeTakeFirst();
    if (!member) return refuse('connection.notNow');
    const action = change === 'stop' ? 'stopConnecting' : 'allowConnecting';
    await audit(trx, person, { action, recordId: null, detail: { report, member: member.name } });
    return { ok: true };
  });
