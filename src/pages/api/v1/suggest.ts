import type { APIRoute } from 'astro';
import { apiLanguage } from '../../../catalogue/api.ts';
import { isKindCode, kinds } from '../../../catalogue/kinds/index.ts';
import { suggestions } from '../../../catalogue/suggest.ts';
import { json } from '../../../lib/respond.ts';

export const GET: APIRoute = async ({ url, locals: { services } }) => {
  const kind = url.searchParams.get('kind') ?? '';
  const only = isKindCode(kind) ? kinds[kind] : undefined;
  return json({
    items: await suggestions(services, url.searchParams.get('q') ?? '', apiLanguage(url.searchParams), only),
  });
};
