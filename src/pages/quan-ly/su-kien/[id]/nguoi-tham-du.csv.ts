import type { APIRoute } from 'astro';
import { formatMoment } from '../../../../i18n/format.ts';
import { csvText } from '../../../../lib/csv.ts';
import { findEvent } from '../../../../news/events.ts';
import { attendees } from '../../../../news/registrations.ts';

/** Who comes to an event and who waits, for its organisers. */
export const GET: APIRoute = async ({ params: { id }, locals: { services, t, language }, rewrite }) => {
  const event = /^\d{1,15}$/.test(id ?? '') ? await findEvent(services.db, Number(id)) : undefined;
  if (!event) return rewrite('/khong-ton-tai');
  const head = (['field.name', 'field.email', 'event.organisation', 'event.state', 'event.registeredAt'] as const).map(
    (key) => t(key),
  );
  const rows = (await attendees(services.db, event.id)).map((one) => [
    one.name,
    one.email,
    one.organisation,
    t(`event.state.${one.state}`),
    formatMoment(one.createdAt, language),
  ]);
  return new Response(csvText([head, ...rows]), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${event.slug}.csv"`,
      'cache-control': 'private, no-store',
    },
  });
};
