import { defineMiddleware } from 'astro:middleware';
import { randomUUID } from 'node:crypto';
import type { APIContext, MiddlewareNext } from 'astro';
import { access, audienceOf } from './accounts/policy.ts';
import { languageOf, pageRoutes } from './i18n/routes.ts';
import { translator } from './i18n/translate.ts';
import { isOneClick, isOwnForm } from './lib/own-form.ts';
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

const contentPolicy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

function secure(headers: Headers, { config }: Services): void {
  headers.set('content-security-policy', contentPolicy);
  headers.set('x-content-type-options', 'nosniff');
  if (!headers.has('referrer-policy')) headers.set('referrer-policy', 'strict-origin-when-cross-origin');
  headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=()');
  if (config.publicUrl.startsWith('https:')) headers.set('strict-transport-security', 'max-age=31536000');
  if (headers.get('content-type') === 'text/html') headers.set('content-type', 'text/html; charset=utf-8');
}

/** Who answers without `cache-control` is public: everybody may keep it, and asks each time whether it is still so. */
const isPublic = ({ request, locals }: APIContext, response: Response): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') &&
  response.status === 200 &&
  !locals.person &&
  !response.headers.has('cache-control');

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

/** Keeps a public answer for the next visitor and gives it in the form that this one asks for. */
async function kept({ request, url, locals }: APIContext, response: Response, version: number): Promise<Response> {
  response.headers.set('cache-control', 'public, no-cache');
  // Of the bytes before compression.
  response.headers.delete('content-length');
  const answer = new Answer(version, Object.fromEntries(response.headers), Buffer.from(await response.arrayBuffer()));
  locals.services.pageCache.put(url.pathname + url.search, answer);
  const encoding = negotiate(request.headers.get('accept-encoding'));
  const headers = answer.headers(encoding);
  if (answer.isKnownTo(request.headers.get('if-none-match'))) return new Response(null, { status: 304, headers });
  return new Response((await answer.in(encoding)) as BodyInit, { headers });
}

/** Pages for everybody take words; those of an account take pictures too, as large as astro.config.mjs says. */
const largestForm = { everybody: 1024 * 1024, account: 16 * 1024 * 1024 };

/** Lets a person to the page, or says what they have to do first. */
async function admitted(context: APIContext, next: MiddlewareNext): Promise<Response> {
  const { request, url, locals } = context;
  const { language, person, services } = locals;
  // A rewrite to a page that says no comes through here again.
  if (locals.isRefusal) return next();
  const refuse = (page: string) => {
    locals.isRefusal = true;
    return context.rewrite(page);
  };
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (!isRead && !isOwnForm(request, services.config.publicUrl) && !isOneClick(request, url)) {
    return refuse('/loi-bieu-mau');
  }
  const audience = audienceOf(context.routePattern);
  const largest = largestForm[audience === 'everybody' ? 'everybody' : 'account'];
  // Whoever has signed in is told by the form's own page.
  if (!person && Number(request.headers.get('content-length')) > largest) return refuse('/qua-lon');
  const verdict = audience && access(person, audience);
  // What was typed must not be lost to a session that has ended meanwhile.
  if (request.method === 'POST' && (verdict === 'signIn' || verdict === 'secondFactor')) {
    locals.resume = url.pathname + url.search;
    return refuse('/phien-het');
  }
  switch (verdict) {
    case 'allowed':
      return next();
    case 'signIn':
      return context.redirect(`${pageRoutes.signIn[language]}?next=${encodeURIComponent(url.pathname + url.search)}`);
    case 'secondFactor':
      return context.redirect(
        `${pageRoutes.secondFactor[language]}?next=${encodeURIComponent(url.pathname + url.search)}`,
      );
    case 'setUpTwoFactor':
      return context.redirect(pageRoutes.accountTwoFactor[language]);
    default:
      return refuse('/khong-duoc-phep');
  }
}

export const onRequest = defineMiddleware(async (context, next) => {
  const { request, locals } = context;
  if (import.meta.env.DEV) locals.services ??= await developmentServices();
  const { services } = locals;
  const version = services.contentVersion();
  // A rewrite to a page that says no comes through here again: in the language that was asked for, with the code that
  // was logged.
  locals.language ??= languageOf(context.url.pathname);
  locals.t = translator(locals.language);
  locals.requestId ??= randomUUID();
  locals.setCookies ??= [];
  const session = await services.accounts.sessions.read(request.headers.get('cookie'));
  locals.person = session?.person;
  if (session?.renewedCookie) locals.setCookies.push(session.renewedCookie);

  let response: Response;
  try {
    response = await admitted(context, next);
  } catch (error) {
    console.error(JSON.stringify({ requestId: locals.requestId, url: request.url, error: String(error) }), error);
    locals.isRefusal = true;
    response = await context.rewrite('/500');
  }
  secure(response.headers, services);
  for (const cookie of locals.setCookies.splice(0)) response.headers.append('set-cookie', cookie);
  if (import.meta.env.DEV) return response;
  if (isPublic(context, response)) return kept(context, response, version);
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store');
  return compressed(request, response);
});
