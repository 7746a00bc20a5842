import type { APIRoute } from 'astro';
import { personalData } from '../../accounts/personal-data.ts';

export const GET: APIRoute = async ({ locals: { person, services } }) => {
  if (!person) return new Response(null, { status: 404 });
  return new Response(JSON.stringify(await personalData(services.db, person), null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="du-lieu-cua-toi.json"',
      'cache-control': 'private, no-store',
    },
  });
};
