import * as z from 'zod';
import { eventTypes } from '../../db/schema.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { audit } from '../moderation/audit.ts';
import { type EventRow, findEvent } from './events.ts';
import {
  line,
  moment,
  optionalCount,
  optionalLine,
  optionalMoment,
  optionalText,
  optionalUrl,
  ticked,
} from './fields.ts';
import { fillSeats } from './registrations.ts';
import { freeSlug } from './slug.ts';

export const eventForm = z
  .object({
    type: z.enum(eventTypes, 'event.problem.type'),
    title: line(5, 200, 'event.problem.title'),
    titleEn: optionalLine(200, 'news.problem.titleEn'),
    summary: line(10, 500, 'news.problem.summary'),
    summaryEn: optionalLine(500, 'news.problem.summaryEn'),
    body: optionalText(20_000, 'news.problem.body'),
    organiser: line(2, 200, 'event.problem.organiser'),
    place: line(2, 300, 'event.problem.place'),
    website: optionalUrl('event.problem.website'),
    startsAt: moment('event.problem.moment'),
    endsAt: moment('event.problem.moment'),
    takesRegistrations: ticked,
    capacity: optionalCount(100_000, 'event.problem.capacity'),
    registerUntil: optionalMoment('event.problem.moment'),
  })
  .refine(({ startsAt, endsAt }) => endsAt > startsAt, { path: ['endsAt'], message: 'event.problem.ends' })
  .refine(({ registerUntil, startsAt }) => registerUntil === null || registerUntil <= startsAt, {
    path: ['registerUntil'],
    message: 'event.problem.registerUntil',
  });
export type EventInput = z.infer<typeof eventForm>;

const columns = (input: EventInput) => ({ ...input, takesRegistrations: input.takesRegistrations ? 1 : 0 });

/** Writes a new event as a draft, noted in the audit log. */
export async function addEvent(
  { db }: Accounts,
  person: SignedIn,
  input: EventInput,
  now = new Date(),
): Promise<Outcome<{ eventId: number }>> {
  return db.transaction().execute(async (trx) => {
    const at = now.toISOString();
    const { id } = await trx
      .insertInto('event')
      .values({
        ...columns(input),
        slug: await freeSlug(trx, 'event', input.title),
        cancelReason: null,
        createdAt: at,
        updatedAt: at,
        publishedAt: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(trx, person, { action: 'eventAdded', recordId: null, detail: { text: input.title } });
    return { ok: true, eventId: id };
  });
}

type Shown = 'title' | 'startsAt' | 'endsAt' | 'place';
const differs = (before: EventRow, input: EventInput, names: Shown[]): boolean =>
  names.some((name) => before[name] !== input[name]);

/**
 * Changes an event, noted in the audit log. Who has registered hears of another time or place; a larger limit lets
 * those who wait move up.
 * @param version that the form was made from
 */
export async function changeEvent(
  accounts: Accounts,
  person: SignedIn,
  { id, version }: { id: number; version: number },
  input: EventInput,
  now = new Date(),
): Promise<Outcome> {
  return accounts.db.transaction().execute(async (trx): Promise<Outcome> => {
    const before = await findEvent(trx, id);
    if (!before || before.status === 'cancelled') return refuse('news.gone');
    if (before.version !== version) return refuse('record.conflict');
    const isPublic = before.status === 'published';
    const isMoved = isPublic && differs(before, input, ['startsAt', 'endsAt', 'place']);
    const sequence = before.sequence + Number(isMoved || (isPublic && differs(before, input, ['title'])));
    const isOver = isPublic && input.endsAt <= now.toISOString() ? 1 : 0;
    const after = await trx
      .updateTable('event')
      .set({
        ...columns(input),
        // An address never changes once it is public.
        ...(isPublic ? {} : { slug: await freeSlug(trx, 'event', input.title, id) }),
        sequence,
        ...(isMoved && !isOver && { noticeSequence: sequence, noticePending: 1 }),
        isOver,
        updatedAt: now.toISOString(),
        version: version + 1,
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await fillSeats(accounts, trx, after, now);
    await audit(trx, person, { action: 'eventChanged', recordId: null, detail: { text: input.title } });
    return { ok: true };
  });
}

/** The ways of an event: what each needs it to be. A cancelled one stays, so that everybody sees it. */
const moves = { publish: 'draft', remove: 'draft', cancel: 'published' } as const;
export const eventMoves = ['publish', 'remove', 'cancel'] as const;
export type EventMove = (typeof eventMoves)[number];

/** Publishes a draft, removes one, or cancels what is public (who has registered hears why); noted in the audit log. */
export async function moveEvent(
  { db }: Accounts,
  person: SignedIn,
  { id, move, reason }: { id: number; move: EventMove; reason: string },
  now = new Date(),
): Promise<Outcome> {
  if (move === 'cancel' && reason.length < 3) return refuse('event.problem.reason', 'reason');
  return db.transaction().execute(async (trx): Promise<Outcome> => {
    const event = await findEvent(trx, id);
    if (!event || event.status !== moves[move]) return refuse('news.gone');
    const at = now.toISOString();
    if (move === 'remove') await trx.deleteFrom('event').where('id', '=', id).execute();
    else {
      const sequence = event.sequence + 1;
      const isOver = event.endsAt <= at ? 1 : 0;
      await trx
        .updateTable('event')
        .set(
          move === 'publish'
            ? { status: 'published', publishedAt: at, isOver }
            : {
                status: 'cancelled',
                cancelReason: reason,
                sequence,
                noticeSequence: sequence,
                noticePending: 1 - isOver,
              },
        )
        .set({ updatedAt: at, version: event.version + 1 })
        .where('id', '=', id)
        .execute();
    }
    const action = ({ publish: 'eventPublished', remove: 'eventRemoved', cancel: 'eventCancelled' } as const)[move];
    await audit(trx, person, { action, recordId: null, detail: { text: event.title, ...(reason && { reason }) } });
    return { ok: true };
  });
}
