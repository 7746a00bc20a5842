import type { APIRoute } from 'astro';
import { apiLanguage } from '../../../catalogue/api.ts';
import { suggestions } from '../../../catalogue/suggest.ts';
import { json } from '../../../lib/respond.ts';

export const GET: APIRoute = async ({ url, locals: { services } }) =>
  json({ items: await suggestions(services, url.searchParams.get('q') ?? '', apiLanguage(url.searchParams)) });
