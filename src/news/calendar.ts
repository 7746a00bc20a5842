import { TZDate } from '@date-fns/tz';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Language } from '../../search/engine.ts';
import { addressOf } from '../i18n/routes.ts';
import type { EventRow } from './events.ts';
import { titleOf } from './shown.ts';

const timeZone = 'Asia/Ho_Chi_Minh';

/** The zone's rule (RFC 5545, 3.6.5): seven hours ahead of UTC without summer time since 13 June 1975. */
const timeZoneRule = [
  'BEGIN:VTIMEZONE',
  `TZID:${timeZone}`,
  'BEGIN:STANDARD',
  'DTSTART:19750613T000000',
  'TZOFFSETFROM:+0700',
  'TZOFFSETTO:+0700',
  'TZNAME:+07',
  'END:STANDARD',
  'END:VTIMEZONE',
].join('\r\n');

/**
 * Events as an iCalendar document (RFC 5545). An event has the same UID for good, so that a calendar replaces what it
 * knows: by a later time, or by the news that it is cancelled.
 */
export function calendarOf(
  events: EventRow[],
  { name, publicUrl, language }: { name: string; publicUrl: string; language: Language },
): string {
  const calendar = ical({
    name,
    prodId: { company: 'xu-dong-innovation', product: 'events', language: language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    timezone: { name: null, generator: () => timeZoneRule },
  });
  calendar.x('X-WR-TIMEZONE', timeZone);
  const { hostname } = new URL(publicUrl);
  for (const event of events) {
    const summary = (language === 'en' && event.summaryEn) || event.summary;
    const url = publicUrl + addressOf('event', language, event.slug);
    calendar.createEvent({
      id: `event-${event.id}@${hostname}`,
      sequence: event.sequence,
      stamp: new Date(event.updatedAt),
      created: new Date(event.createdAt),
      lastModified: new Date(event.updatedAt),
      timezone: timeZone,
      start: new TZDate(event.startsAt, timeZone),
      end: new TZDate(event.endsAt, timeZone),
      summary: titleOf(event, language),
      description: [event.status === 'cancelled' ? event.cancelReason : '', summary, url].filter(Boolean).join('\n\n'),
      location: event.place,
      url,
      status: event.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  return `${calendar.toString().trimEnd()}\r\n`;
}

/** The document as an answer. */
export const calendarAnswer = (body: string, file: string): Response =>
  new Response(body, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `attachment; filename="${file}"`,
    },
  });
