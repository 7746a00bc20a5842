import type { IncomingMessage, ServerResponse } from 'node:http';
import { negotiate } from './page-cache.ts';
import type { Services } from './services.ts';

/**
 * Answers a visitor's GET or HEAD from the cache.
 * @returns false when somebody else must answer
 */
export function answerFromCache(services: Services, request: IncomingMessage, response: ServerResponse): boolean {
  if ((request.method !== 'GET' && request.method !== 'HEAD') || !request.url) return false;
  const answer = services.pageCache.get(request.url, services.contentVersion());
  if (!answer) return false;
  const encoding = negotiate(request.headers['accept-encoding']);
  const headers = answer.headers(encoding);
  if (answer.isKnownTo(request.headers['if-none-match'])) {
    response.writeHead(304, headers).end();
    return true;
  }
  const send = (body: Buffer) => {
    response.writeHead(200, { ...headers, 'content-length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  const body = answer.in(encoding);
  if (body instanceof Promise) {
    body.then(send, () => response.destroy());
  } else send(body);
  return true;
}
