import type { Selectable } from 'kysely';
import * as z from 'zod';
import type { Db, Trx } from '../../db/client.ts';
import type { EventRegistrationTable } from '../../db/schema.ts';
import type { Language } from '../../search/engine.ts';
import { type Accounts, consentVersion } from '../accounts/accounts.ts';
import type { PersonalDataPart } from '../accounts/data-subject.ts';
import { agreed, email, personName } from '../accounts/fields.ts';
import { takeAttempt } from '../accounts/rate-limit.ts';
import { digest } from '../accounts/secrets.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { dayStart, localDay } from '../i18n/format.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { forgetMail } from '../mail/queue.ts';
import { audit } from '../moderation/audit.ts';
import { type EventRow, findEvent, takesRegistrations } from './events.ts';
import { itemId, optionalLine } from './fields.ts';
import { mailRegistration } from './mails.ts';

export type RegistrationRow = Selectable<EventRegistrationTable>;

export const registrationForm = z.object({
  event: itemId,
  name: personName,
  email,
  organisation: optionalLine(200, 'event.problem.organisation'),
  consent: agreed,
});

/** Reminders go out at eight in the morning of the day before. */
const reminderLeadMs = 16 * 3_600_000;

/** Events that begin before this moment are due to be reminded of. */
export const reminderHorizon = (now: Date): string => dayStart(localDay(now.getTime() + reminderLeadMs), 1);

async function seatsTaken(trx: Db | Trx, eventId: number): Promise<number> {
  const { n } = await trx
    .selectFrom('event_registration')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('eventId', '=', eventId)
    .where('state', '=', 'registered')
    .executeTakeFirstOrThrow();
  return n;
}

/** How many seats are free; null where there is no limit. */
export async function freeSeats(db: Db | Trx, event: Pick<EventRow, 'id' | 'capacity'>): Promise<number | null> {
  return event.capacity === null ? null : Math.max(0, event.capacity - (await seatsTaken(db, event.id)));
}

/**
 * Gives somebody a seat, or a place in the waiting list when there is none left; they get a mail that says which. One
 * address is one registration: who sends it again gets the mail again, and the page says the same, so that nobody
 * learns who comes.
 * @param options.client the visitor's network address, for the rate limit
 */
export async function register(
  accounts: Accounts,
  input: z.infer<typeof registrationForm>,
  { language, client, now = new Date() }: { language: Language; client: string; now?: Date },
): Promise<Outcome> {
  const { db } = accounts;
  if (!(await takeAttempt(db, 'eventByClient', client))) return refuse('form.tooMany');
  if (!(await takeAttempt(db, 'eventByAddress', input.email))) return refuse('form.tooMany');
  // The transaction holds the right to write from its beginning, so two never count the same seat.
  return db.transaction().execute(async (trx): Promise<Outcome> => {
    const event = await findEvent(trx, input.event);
    if (!event || !takesRegistrations(event, now)) return refuse('event.closed');
    const known = await trx
      .selectFrom('event_registration')
      .selectAll()
      .where('eventId', '=', event.id)
      .where('email', '=', input.email)
      .executeTakeFirst();
    const kind = (state: RegistrationRow['state']) => (state === 'registered' ? 'event.confirmed' : 'event.waiting');
    if (known) {
      await mailRegistration(accounts, trx, kind(known.state), event, known, `again:${now.getTime()}`);
      return { ok: true };
    }
    const free = await freeSeats(trx, event);
    const at = now.toISOString();
    const registration = await trx
      .insertInto('event_registration')
      .values({
        eventId: event.id,
        email: input.email,
        name: input.name,
        organisation: input.organisation,
        language,
        state: free === 0 ? 'waiting' : 'registered',
        consentVersion,
        createdAt: at,
        toldSequence: event.sequence,
        // Who registers on the last day has just been told.
        remindedAt: event.startsAt < reminderHorizon(now) ? at : null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await mailRegistration(accounts, trx, kind(registration.state), event, registration, 'new');
    return { ok: true };
  });
}

/** Moves those who have waited longest up to the free seats of an event that is still to come; each gets a mail. */
export async function fillSeats(accounts: Accounts, trx: Trx, event: EventRow, now: Date): Promise<void> {
  const at = now.toISOString();
  if (event.status !== 'published' || event.startsAt <= at) return;
  const free = await freeSeats(trx, event);
  if (free === 0) return;
  const next = await trx
    .selectFrom('event_registration')
    .selectAll()
    .where('eventId', '=', event.id)
    .where('state', '=', 'waiting')
    .orderBy('id')
    .$if(free !== null, (query) => query.limit(free ?? 0))
    .execute();
  for (const registration of next) {
    const remindedAt = event.startsAt < reminderHorizon(now) ? at : null;
    await trx
      .updateTable('event_registration')
      .set({ state: 'registered', remindedAt, toldSequence: event.sequence })
      .where('id', '=', registration.id)
      .execute();
    await mailRegistration(accounts, trx, 'event.movedUp', event, registration, 'movedUp');
  }
}

/** Removes a registration with the mails about it, and lets the next one in the waiting list move up. */
async function remove(accounts: Accounts, trx: Trx, registration: RegistrationRow, now: Date): Promise<void> {
  await forgetRegistrations(trx, [registration.id]);
  const event = await findEvent(trx, registration.eventId);
  if (event) await fillSeats(accounts, trx, event, now);
}

/** Removes registrations with the mails about them. */
export async function forgetRegistrations(trx: Trx, ids: number[]): Promise<void> {
  for (const id of ids) await forgetMail(trx, `event:${id}:`);
  await trx.deleteFrom('event_registration').where('id', 'in', ids).execute();
}

/** What the link in a mail leads to; looking changes nothing. */
export async function findRegistration(
  db: Db | Trx,
  secret: string,
): Promise<{ event: EventRow; registration: RegistrationRow } | undefined> {
  const registration = await db
    .selectFrom('event_link')
    .innerJoin('event_registration', 'event_registration.id', 'event_link.registrationId')
    .selectAll('event_registration')
    .where('event_link.hash', '=', digest(secret))
    .executeTakeFirst();
  const event = registration && (await findEvent(db, registration.eventId));
  return event && registration && { event, registration };
}

/** Cancels the registration of a mail's link. It works once: nothing of the registration is kept. */
export async function cancelRegistration(
  accounts: Accounts,
  secret: string,
  now = new Date(),
): Promise<Outcome<{ event: EventRow }>> {
  return accounts.db.transaction().execute(async (trx) => {
    const found = await findRegistration(trx, secret);
    if (!found) return refuse('event.link');
    await remove(accounts, trx, found.registration, now);
    return { ok: true, event: found.event };
  });
}

/** Removes somebody who asked the Department to; the audit log says that it was done, not whom it was about. */
export async function removeAttendee(
  accounts: Accounts,
  person: SignedIn,
  registrationId: number,
  now = new Date(),
): Promise<Outcome> {
  return accounts.db.transaction().execute(async (trx): Promise<Outcome> => {
    const registration = await trx
      .selectFrom('event_registration')
      .selectAll()
      .where('id', '=', registrationId)
      .executeTakeFirst();
    if (!registration) return refuse('news.gone');
    const event = await findEvent(trx, registration.eventId);
    await remove(accounts, trx, registration, now);
    await audit(trx, person, { action: 'attendeeRemoved', recordId: null, detail: { text: event?.title ?? '' } });
    return { ok: true };
  });
}

/** Who comes and who waits, each in the order in which they registered; for the event's organisers. */
export const attendees = (db: Db, eventId: number, limit = 100_000): Promise<RegistrationRow[]> =>
  db
    .selectFrom('event_registration')
    .selectAll()
    .where('eventId', '=', eventId)
    .orderBy('state')
    .orderBy('id')
    .limit(limit)
    .execute();

/** What events hold about an address. */
export const registrationData = (db: Db, address: string) =>
  db
    .selectFrom('event_registration')
    .innerJoin('event', 'event.id', 'event_registration.eventId')
    .select(['event.title', 'event.startsAt', 'event_registration.name', 'event_registration.organisation'])
    .select(['event_registration.state', 'event_registration.createdAt'])
    .where('event_registration.email', '=', address)
    .execute();

/** Before an account goes: its address is taken off every event. */
export async function leaveEvents(accounts: Accounts, trx: Trx, address: string, now = new Date()): Promise<void> {
  const rows = await trx.selectFrom('event_registration').selectAll().where('email', '=', address).execute();
  for (const registration of rows) await remove(accounts, trx, registration, now);
}

/** Places at events: given up, and passed on to who waits. */
export const registrationPart: PersonalDataPart = {
  name: 'events',
  collect: async (db, { email }) => ({ events: await registrationData(db, email) }),
  erase: (accounts, trx, { email }) => leaveEvents(accounts, trx, email),
};
