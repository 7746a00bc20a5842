import { hash } from 'node:crypto';
import type { APIRoute } from 'astro';
import { datasetState, parseFile } from '../../insight/open-data.ts';
import { datasetFile, mediaTypes } from '../../insight/open-data-files.ts';
import { isUnchanged } from '../../lib/conditional.ts';
import { gzipped, streamed } from '../../lib/stream.ts';

/** Grows when the files' form changes, so that nobody keeps an old one. */
const formVersion = 1;

export const GET: APIRoute = async ({ params, request, locals, rewrite }) => {
  const { services } = locals;
  const file = parseFile(params.file ?? '');
  if (!file) return rewrite('/khong-ton-tai');
  const { kind, format } = file;
  const { version, modified } = await datasetState(services.db, kind.code);
  const made = [formVersion, services.site, services.config.publicUrl, kind.code, format, version].join(' ');
  const headers = new Headers({
    'content-type': mediaTypes[format],
    'content-disposition': `attachment; filename="${params.file}"`,
    'access-control-allow-origin': '*',
    'cache-control': 'public, no-cache',
    etag: `W/"${hash('sha1', made, 'base64url')}"`,
    vary: 'Accept-Encoding',
    link: `<${services.region.licence.url}>; rel="license"`,
    ...(modified && { 'last-modified': new Date(modified).toUTCString() }),
  });
  if (isUnchanged(request, headers)) return new Response(null, { status: 304, headers });
  const pieces = datasetFile(services, kind, format, modified);
  // A workbook is packed already.
  const packs = format !== 'xlsx' && /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  if (packs) headers.set('content-encoding', 'gzip');
  return new Response(streamed(packs ? gzipped(pieces) : pieces, locals.drained), { headers });
};
