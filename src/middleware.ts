import { defineMiddleware } from 'astro:middleware';
import { randomUUID } from 'node:crypto';
import { languageOf } from './i18n/routes.ts';
import { translator } from './i18n/translate.ts';
import { Answer, compress, negotiate } from './server/page-cache.ts';
import type { Services } from './server/services.ts';

let development: Promise<Services> | undefined;

/** In development nobody has started the application yet. */
function developmentServices(): Promise<Services> {
  development ??= (async () => {
    const { startApplication } = await import('./server/application.ts');
    const { readConfig } = await import('./server/config.ts');
    return (await startApplication(readConfig(), (text) => console.log(text))).services;
  })();
  return development;
}

const policy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

function secure(headers: Headers, services: Services): void {
  headers.set('content-security-policy', policy);
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'strict-origin-when-cross-origin');
  headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=()');
  if (services.config.publicUrl.startsWith('https:')) headers.set('strict-transport-security', 'max-age=31536000');
}

/** Who answers without `cache-control` is public: everybody may keep it, and asks each time whether it is still so. */
const isPublic = (request: Request, response: Response): boolean =>
  request.method === 'GET' && response.status === 200 && !response.headers.has('cache-control');

/** Pages that nobody may keep (errors, forms) still travel small. */
async function compressed(request: Request, response: Response): Promise<Response> {
  const encoding = negotiate(request.headers.get('accept-encoding'));
  const type = response.headers.get('content-type') ?? '';
  // An error page has been through here before: a rewrite passes the middleware twice.
  if (!encoding || !response.body || response.headers.has('content-encoding') || !/^text\/|json|xml/.test(type)) {
    return response;
  }
  const body = await compress(Buffer.from(await response.arrayBuffer()), encoding);
  const headers = new Headers(response.headers);
  headers.set('content-encoding', encoding);
  headers.append('vary', 'Accept-Encoding');
  headers.delete('content-length');
  return new Response(new Uint8Array(body), { status: response.status, headers });
}

export const onRequest = defineMiddleware(async (context, next) => {
  if (import.meta.env.DEV) context.locals.services ??= await developmentServices();
  const { services } = context.locals;
  const { request } = context;
  context.locals.language = languageOf(context.url.pathname);
  context.locals.t = translator(context.locals.language);
  // A rewrite to the error page comes through here again and keeps the code that was logged.
  context.locals.requestId ??= randomUUID();

  const version = services.contentVersion();
  let response: Response;
  try {
    response = await next();
  } catch (error) {
    console.error(
      JSON.stringify({ requestId: context.locals.requestId, url: request.url, error: String(error) }),
      error,
    );
    response = await context.rewrite('/500');
  }
  secure(response.headers, services);
  if (response.headers.get('content-type') === 'text/html')
    response.headers.set('content-type', 'text/html; charset=utf-8');
  if (import.meta.env.DEV) return response;
  if (!isPublic(request, response)) return compressed(request, response);

  response.headers.set('cache-control', 'public, no-cache');
  // Of the bytes before compression.
  response.headers.delete('content-length');
  const answer = new Answer(version, Object.fromEntries(response.headers), Buffer.from(await response.arrayBuffer()));
  services.pageCache.put(context.url.pathname + context.url.search, answer);
  const encoding = negotiate(request.headers.get('accept-encoding'));
  if (answer.isKnownTo(request.headers.get('if-none-match'))) {
    return new Response(null, { status: 304, headers: answer.headers(encoding) });
  }
  return new Response(new Uint8Array(await answer.in(encoding)), { headers: answer.headers(encoding) });
});
