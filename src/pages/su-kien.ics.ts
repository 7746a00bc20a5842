import type { APIRoute } from 'astro';
import { translator } from '../i18n/translate.ts';
import { calendarAnswer, calendarOf } from '../news/calendar.ts';
import { calendarEvents } from '../news/events.ts';

/** All public events for a calendar to subscribe to; `?lang=en` in English. */
export const GET: APIRoute = async ({ url, locals: { services } }) => {
  const language = url.searchParams.get('lang') === 'en' ? 'en' : 'vi';
  const name = `${services.region.siteName[language]}: ${translator(language)('event.list')}`;
  const { publicUrl } = services.config;
  return calendarAnswer(calendarOf(await calendarEvents(services.db), { name, publicUrl, language }), 'su-kien.ics');
};
