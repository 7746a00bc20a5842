import type { APIRoute } from 'astro';
import { calendarAnswer, calendarOf } from '../../news/calendar.ts';
import { eventAt } from '../../news/events.ts';
import { titleOf } from '../../news/shown.ts';

/** One event for a calendar; `?lang=en` in English. */
export const GET: APIRoute = async ({ params: { slug = '' }, url, locals: { services }, rewrite }) => {
  const event = await eventAt(services.db, slug);
  if (!event?.publishedAt) return rewrite('/khong-ton-tai');
  const language = url.searchParams.get('lang') === 'en' ? 'en' : 'vi';
  const { publicUrl } = services.config;
  return calendarAnswer(
    calendarOf([event], { name: titleOf(event, language), publicUrl, language }),
    `${event.slug}.ics`,
  );
};
