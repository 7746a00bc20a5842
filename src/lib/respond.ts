import type { Problem } from '../catalogue/api.ts';
import { type ExportFormat, mediaTypes } from '../catalogue/export/formats.ts';
import { attachment } from './attachment.ts';

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

/** A file to save, under its own name; nobody keeps it on the way. */
export const download = (body: BodyInit | Uint8Array, { type, name }: { type: ExportFormat; name: string }): Response =>
  new Response(body as BodyInit, {
    headers: {
      'content-type': mediaTypes[type],
      'content-disposition': attachment(name, `data.${type}`),
      'cache-control': 'private, no-store',
    },
  });
