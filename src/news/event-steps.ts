import { setImmediate as breathe } from 'node:timers/promises';
import type { Db, Trx } from '../../db/client.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { mailRegistration } from './mails.ts';
import { forgetRegistrations, reminderHorizon } from './registrations.ts';

const batch = 100;
const dayMs = 86_400_000;
/** Who came is nobody's business any more so many days after an event. */
export const keepAttendeesDays = 90;

/** Marks the events that have ended: lists and kept pages follow. */
export const endEvents = (db: Db, now = new Date()) =>
  db
    .updateTable('event')
    .set({ isOver: 1 })
    .where('isOver', '=', 0)
    .where('endsAt', '<=', now.toISOString())
    .where('publishedAt', 'is not', null)
    .execute();

/**
 * Tells those who have registered of another time or place, or that an event is cancelled. Some at a time, each batch
 * in a transaction that also notes who has been told: whoever crashes or comes second goes on where the other has left.
 */
export async function tellOfChanges(accounts: Accounts): Promise<void> {
  const pending = (db: Db | Trx) =>
    db.selectFrom('event').selectAll().where('noticePending', '=', 1).orderBy('id').limit(1).executeTakeFirst();
  const some = () =>
    accounts.db.transaction().execute(async (trx) => {
      const event = await pending(trx);
      if (!event) return false;
      const rows = await trx
        .selectFrom('event_registration')
        .selectAll()
        .where('eventId', '=', event.id)
        .where('toldSequence', '<', event.noticeSequence)
        .orderBy('toldSequence')
        .limit(batch)
        .execute();
      const kind = event.status === 'cancelled' ? 'event.cancelled' : 'event.changed';
      for (const row of rows) {
        await mailRegistration(accounts, trx, kind, event, row, String(event.noticeSequence));
        await trx
          .updateTable('event_registration')
          .set({ toldSequence: event.noticeSequence, remindedAt: null })
          .where('id', '=', row.id)
          .execute();
      }
      if (rows.length < batch) {
        await trx.updateTable('event').set({ noticePending: 0 }).where('id', '=', event.id).execute();
      }
      return true;
    });
  // Asked all the time: where nobody is to be told, nobody has to wait for the right to write.
  while ((await pending(accounts.db)) && (await some())) await breathe();
}

/** Reminds those who have a seat, from eight in the morning of the day before; each once. */
export async function remindAttendees(accounts: Accounts, now = new Date()): Promise<void> {
  const events = await accounts.db
    .selectFrom('event')
    .selectAll()
    .where('publishedAt', 'is not', null)
    .where('isOver', '=', 0)
    .where('startsAt', '>', now.toISOString())
    .where('startsAt', '<', reminderHorizon(now))
    .where('status', '=', 'published')
    .where('noticePending', '=', 0)
    .execute();
  for (const event of events) {
    const some = () =>
      accounts.db.transaction().execute(async (trx) => {
        const rows = await trx
          .selectFrom('event_registration')
          .selectAll()
          .where('eventId', '=', event.id)
          .where('state', '=', 'registered')
          .where('remindedAt', 'is', null)
          .orderBy('id')
          .limit(batch)
          .execute();
        for (const row of rows) {
          await mailRegistration(accounts, trx, 'event.reminder', event, row, event.startsAt);
          await trx
            .updateTable('event_registration')
            .set({ remindedAt: now.toISOString() })
            .where('id', '=', row.id)
            .execute();
        }
        return rows.length === batch;
      });
    while (await some()) await breathe();
  }
}

/** Forgets who came to events that ended 90 days ago, with the mails about it. */
export async function forgetAttendees(db: Db, now = new Date()): Promise<void> {
  const before = new Date(now.getTime() - keepAttendeesDays * dayMs).toISOString();
  const some = () =>
    db.transaction().execute(async (trx) => {
      const rows = await trx
        .selectFrom('event')
        .innerJoin('event_registration', 'event_registration.eventId', 'event.id')
        .select('event_registration.id')
        .where('event.isOver', '=', 1)
        .where('event.endsAt', '<=', before)
        .limit(batch)
        .execute();
      if (rows.length > 0)
        await forgetRegistrations(
          trx,
          rows.map((row) => row.id),
        );
      return rows.length === batch;
    });
  while (await some()) await breathe();
}

/** What time asks of events, in this order: a change is told before a reminder repeats it. */
export async function followUpEvents(accounts: Accounts, now = new Date()): Promise<void> {
  await endEvents(accounts.db, now);
  await tellOfChanges(accounts);
  await remindAttendees(accounts, now);
}
