import { defineMiddleware } from 'astro:middleware';
import { randomUUID } from 'node:crypto';
import type { APIContext, MiddlewareNext } from 'astro';
import { isUnwritable } from '../db/unwritable.ts';
import { access, audienceOf } from './accounts/policy.ts';
import { apiLanguage } from './catalogue/api.ts';
import { languageOf, pageRoutes } from './i18n/routes.ts';
import { translator } from './i18n/translate.ts';
import { isOneClick, isOwnForm } from './lib/own-form.ts';
import { problem } from './lib/respond.ts';
import { Answer, compress, negotiate } from './server/page-cache.ts';
import { refine } from './server/security-headers.ts';
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
  const isFile = response.headers.has('content-disposition');
  if (
    isFile ||
    !encoding ||
    !response.body ||
    response.headers.has('content-encoding') ||
    !/^text\/|json|[/+]xml/.test(type)
  ) {
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
  const answer = new Answer(
    version,
    Object.fromEntries(response.headers),
    Buffer.from(await response.arrayBuffer()),
    locals.route,
  );
  locals.services.pageCache.put(url.pathname + url.search, answer);
  const encoding = negotiate(request.headers.get('accept-encoding'));
  const headers = answer.headers(encoding);
  if (answer.isKnownTo(request.headers.get('if-none-match'))) return new Response(null, { status: 304, headers });
  return new Response((await answer.in(encoding)) as BodyInit, { headers });
}

/** Pages for everybody take words; those of an account take pictures too, as large as astro.config.mjs says. */
const largestForm = { everybody: 1024 * 1024, account: 16 * 1024 * 1024 };

/**
 * What is answered to a search when its client has spent all of theirs: a page, or a problem where a program asks; in the
 * visitor's language. What the page cache answers has not come here and is not counted.
 */
async function tooManySearches(
  { request, url, locals, routePattern }: APIContext,
  refuse: (page: string) => Promise<Response>,
): Promise<Response | undefined> {
  const { visit, services } = locals;
  const isSearch = (request.method === 'GET' || request.method === 'HEAD') && url.searchParams.has('q');
  // Nobody forwarded it: a program on this machine asks, which is the operator's own, such as a load test.
  if (!isSearch || visit.isLocal) return undefined;
  const seconds = services.searchLimit.spend(visit.client);
  if (seconds === 0) return undefined;
  const t = translator(apiLanguage(url.searchParams));
  const response = /^\/api\/|\.xml$/.test(routePattern)
    ? problem({ status: 429, title: t('error.429.title'), detail: t('error.429.text') })
    : await refuse('/qua-nhieu');
  response.headers.set('retry-after', String(seconds));
  return response;
}

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
  const tooMany = await tooManySearches(context, refuse);
  if (tooMany) return tooMany;
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
  if (import.meta.env.DEV) {
    locals.services ??= await developmentServices();
    locals.requestId ??= randomUUID();
    locals.visit ??= { client: context.clientAddress, isLocal: true };
  }
  const { services } = locals;
  const version = services.contentVersion();
  await services.refresh();
  // A rewrite to a page that says no comes through here again: in the language that was asked for, with the code that
  // was logged.
  locals.language ??= languageOf(context.url.pathname);
  locals.t = translator(locals.language);
  locals.route ??= context.routePattern;
  locals.setCookies ??= [];
  let response: Response;
  try {
    const session = await services.accounts.sessions.read(request.headers.get('cookie'));
    locals.person = session?.person;
    if (session?.renewedCookie) locals.setCookies.push(session.renewedCookie);
    response = await admitted(context, next);
    const { failure } = locals;
    locals.failure = undefined;
    if (failure) throw failure;
  } catch (error) {
    const { requestId, route } = locals;
    services.log.error({ requestId, method: request.method, path: context.url.pathname, route, err: error }, 'Failed');
    locals.isRefusal = true;
    const page = new URL(isUnwritable(error) ? '/tam-ngung-ghi' : '/500', context.url);
    // A form's body has been read; the page that says so needs none.
    response = await context.rewrite(new Request(page, { headers: request.headers }));
  }
  refine(response.headers);
  for (const cookie of locals.setCookies.splice(0)) response.headers.append('set-cookie', cookie);
  if (import.meta.env.DEV) return response;
  if (isPublic(context, response)) return kept(context, response, version);
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store');
  return compressed(request, response);
});
