import type { IncomingMessage, ServerResponse } from 'node:http';
import { sessionCookieName } from '../accounts/sessions.ts';
import { negotiate } from './page-cache.ts';
import type { Services } from './services.ts';

/** Methods by what is asked: the API is only read, pages take forms as well. */
const methods = { api: ['GET', 'HEAD', 'OPTIONS'], page: ['GET', 'HEAD', 'POST'] } as const;

/** Addresses that machines ask every few seconds. */
const probes = new Set(['/healthz', '/readyz', '/metrics']);

/** Notes an answer, once it has ended, in the log and in the figures. */
export function note(
  { log, metrics }: Services,
  request: IncomingMessage,
  response: ServerResponse,
  locals: Pick<App.Locals, 'requestId' | 'route'>,
): void {
  const started = performance.now();
  const { method } = request;
  const path = (request.url ?? '/').split('?')[0].slice(0, 200);
  response.once('close', () => {
    const milliseconds = Math.round(performance.now() - started);
    const status = response.writableFinished ? response.statusCode : 'aborted';
    // A file of the build, or what no page was asked for.
    const route = locals.route ?? 'none';
    metrics.count(route, status, milliseconds / 1000);
    if (route === 'none') return;
    const fields = { requestId: locals.requestId, method, path, route, status, milliseconds };
    if (probes.has(path)) log.debug(fields, 'Answered');
    else log.info(fields, 'Answered');
  });
}

/** An answer that no page is for. */
export interface Refusal {
  status: number;
  headers: Record<string, string>;
  body?: string;
}

/**
 * What is answered to a request that no page is for: a host name that is none or names a person, a method that means nothing here, a
 * browser's question whether another site's page may read the API; undefined for any other request.
 */
export function refusalOf({ method = '', url = '/', headers: { host } }: IncomingMessage): Refusal | undefined {
  const isApi = url.startsWith('/api/');
  const allowed: readonly string[] = isApi ? methods.api : methods.page;
  const refusal = (status: number, text: string, headers: Record<string, string> = {}): Refusal => {
    const type = isApi ? 'application/problem+json' : 'text/plain; charset=utf-8';
    const body = isApi ? JSON.stringify({ type: 'about:blank', title: text, status, detail: text }) : `${text}\n`;
    return { status, headers: { 'content-type': type, ...headers }, body: method === 'HEAD' ? undefined : body };
  };
  const address = URL.parse(`http://${host ?? ''}`);
  // Astro makes an address of it, and fails at one with a name or a password.
  if (!address || address.username || address.password) return refusal(400, 'Bad Host');
  if (!allowed.includes(method)) return refusal(405, 'Method Not Allowed', { allow: allowed.join(', ') });
  if (method !== 'OPTIONS') return undefined;
  const cors = { 'access-control-allow-origin': '*', 'access-control-allow-methods': allowed.join(', ') };
  return { status: 204, headers: { ...cors, 'access-control-max-age': '86400' } };
}

/**
 * Answers a visitor's GET or HEAD from the cache.
 * @returns false when somebody else must answer
 */
export function answerFromCache(
  services: Services,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): boolean {
  if ((request.method !== 'GET' && request.method !== 'HEAD') || !request.url) return false;
  // Whoever has signed in sees pages of their own.
  if (request.headers.cookie?.includes(`${sessionCookieName}=`)) return false;
  const answer = services.pageCache.get(request.url, services.contentVersion());
  if (!answer) return false;
  const encoding = negotiate(request.headers['accept-encoding']);
  const headers = answer.headers(encoding);
  if (answer.isKnownTo(request.headers['if-none-match'])) {
    response.writeHead(304, { ...headers, 'x-request-id': requestId }).end();
    answer.given.unchanged += 1;
    return true;
  }
  const send = (body: Buffer) => {
    response.writeHead(200, { ...headers, 'content-length': body.length, 'x-request-id': requestId });
    response.end(request.method === 'HEAD' ? undefined : body);
    answer.given.full += 1;
  };
  const body = answer.in(encoding);
  if (body instanceof Promise) {
    body.then(send, () => response.destroy());
  } else send(body);
  return true;
}
