import type { Problem } from '../catalogue/api.ts';

const open = { 'access-control-allow-origin': '*' };

/** An answer of the API; anybody's page may read it. */
export const json = (body: unknown, type = 'application/json'): Response =>
  new Response(JSON.stringify(body), { headers: { ...open, 'content-type': `${type}; charset=utf-8` } });

/** What is wrong with a request (RFC 9457). */
export const problem = (details: Omit<Problem, 'type'>): Response =>
  new Response(JSON.stringify({ type: 'about:blank', ...details }), {
    status: details.status,
    headers: { ...open, 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' },
  });
