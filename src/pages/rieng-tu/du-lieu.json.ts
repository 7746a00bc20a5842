import type { APIRoute } from 'astro';
import { pageRoutes } from '../../i18n/routes.ts';
import { exportFor } from '../../privacy/decide.ts';

/** Everything that the site holds about a person, for who has the link from the mail. */
export const GET: APIRoute = async ({ url, redirect, locals: { services, language } }) => {
  const data = await exportFor(services.db, (url.searchParams.get('token') ?? '').slice(0, 100));
  if (!data) return redirect(`${pageRoutes.privacyRequest[language]}?old`);
  return new Response(JSON.stringify(data, null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="du-lieu-cua-toi.json"',
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
    },
  });
};
