import type { Selectable } from 'kysely';
import type { Db, Trx } from '../../db/client.ts';
import type { EventTable, EventType } from '../../db/schema.ts';
import { havingWords } from './words.ts';

export type EventRow = Selectable<EventTable>;

/** Until when somebody may register: the event's deadline, else its beginning. */
export const registrationEnd = (event: Pick<EventRow, 'registerUntil' | 'startsAt'>): string =>
  event.registerUntil ?? event.startsAt;

/** Whether somebody may register, or wait for a seat, now. */
export const takesRegistrations = (
  event: Pick<EventRow, 'status' | 'takesRegistrations' | 'registerUntil' | 'startsAt'>,
  now = new Date(),
): boolean =>
  event.status === 'published' && event.takesRegistrations === 1 && registrationEnd(event) > now.toISOString();

export const findEvent = (db: Db | Trx, id: number): Promise<EventRow | undefined> =>
  db.selectFrom('event').selectAll().where('id', '=', id).executeTakeFirst();

/** A public event by its address; a draft too for those who may see it. */
export const eventAt = (db: Db, slug: string): Promise<EventRow | undefined> =>
  db.selectFrom('event').selectAll().where('slug', '=', slug).executeTakeFirst();

export interface EventFilter {
  /** True for those that have ended. */
  past?: boolean;
  type?: EventType;
  /** Words that title, summary, place or organiser hold, however they are spelled. */
  q?: string;
}

/** What a list shows of an event; texts can be long. */
const listed = [
  'id',
  'slug',
  'type',
  'status',
  'title',
  'titleEn',
  'summary',
  'summaryEn',
  'organiser',
  'place',
  'startsAt',
  'endsAt',
  'demo',
] as const;
export type ListedEvent = Pick<EventRow, (typeof listed)[number]>;

/** A region has a few events a week: what is read for a list with words, before they are compared. */
const mostRead = 2000;

/** Public events, those to come in the order of their beginning, past ones from the last. */
export async function publicEvents(
  db: Db,
  { past = false, type, q = '' }: EventFilter,
  { offset = 0, limit }: { offset?: number; limit: number },
): Promise<{ events: ListedEvent[]; total: number }> {
  const has = havingWords(q);
  const all = await db
    .selectFrom('event')
    .select(listed)
    .where('publishedAt', 'is not', null)
    .where('isOver', '=', past ? 1 : 0)
    .$if(type !== undefined, (query) => query.where('type', '=', type as EventType))
    .orderBy('startsAt', past ? 'desc' : 'asc')
    .orderBy('id', past ? 'desc' : 'asc')
    .limit(mostRead)
    .execute();
  const found = all.filter((one) => has([one.title, one.titleEn, one.summary, one.place, one.organiser]));
  return { events: found.slice(offset, offset + limit), total: found.length };
}

/** The next public events that take place, for the home page. */
export const nextEvents = (db: Db, limit: number): Promise<ListedEvent[]> =>
  db
    .selectFrom('event')
    .select(listed)
    .where('publishedAt', 'is not', null)
    .where('isOver', '=', 0)
    .where('status', '=', 'published')
    .orderBy('startsAt')
    .orderBy('id')
    .limit(limit)
    .execute();

/** All events for those who write them, with how many come and wait: the latest first, a page at a time. */
export const eventsToManage = (db: Db, before?: { startsAt: string; id: number }, limit = 50) =>
  db
    .selectFrom('event')
    .select(['id', 'title', 'type', 'status', 'isOver', 'startsAt', 'place', 'takesRegistrations', 'capacity', 'demo'])
    .select((eb) =>
      (['registered', 'waiting'] as const).map((state) =>
        eb
          .selectFrom('event_registration')
          .select((count) => count.fn.countAll<number>().as('n'))
          .whereRef('event_registration.eventId', '=', 'event.id')
          .where('event_registration.state', '=', state)
          .as(state),
      ),
    )
    .$if(before !== undefined, (query) =>
      query.where((eb) => eb(eb.refTuple('startsAt', 'id'), '<', eb.tuple(before?.startsAt ?? '', before?.id ?? 0))),
    )
    .orderBy('startsAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();

/** Public events for a calendar: what is to come and what ended in the last months, the cancelled included. */
export const calendarEvents = (db: Db, now = new Date()): Promise<EventRow[]> =>
  db
    .selectFrom('event')
    .selectAll()
    .where('publishedAt', 'is not', null)
    .where('startsAt', '>=', new Date(now.getTime() - 180 * 86_400_000).toISOString())
    .orderBy('startsAt')
    .limit(mostRead)
    .execute();
