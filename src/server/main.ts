/** The server: cached answers and files at once, everything else through Astro. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import sirv from 'sirv';
import { startApplication } from './application.ts';
import { localUrl, readConfig } from './config.ts';
import { closeGracefully, createHttpServer } from './http-server.ts';
import { takeConsole } from './log.ts';
import { securityHeaders } from './security-headers.ts';
import { answerFromCache, note, refusalOf } from './serve.ts';
import { meet, requestIdOf, trustIn } from './visit.ts';

type Locals = Pick<App.Locals, 'services' | 'requestId' | 'visit' | 'route' | 'drained'>;
type AstroHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: undefined,
  locals: Locals,
) => Promise<void>;

const distribution = new URL('../../dist/', import.meta.url);

/** An address that no file system or decoder understands leads to the page for unknown addresses. */
function withSafeAddress(request: IncomingMessage): void {
  let { url = '/' } = request;
  try {
    if (!url.startsWith('/')) {
      // With the host, as one asks a proxy, it means the same (RFC 9112, 3.2.2): there is one site here.
      const { pathname, search } = new URL(url);
      url = pathname + search;
    }
    if (url.startsWith('/') && !decodeURIComponent(url.split('?')[0]).includes('\0')) {
      request.url = url;
      return;
    }
  } catch {}
  request.url = '/khong-ton-tai';
}

/** Service managers wait ten seconds at least. */
const longestAnswerMs = 7_000;
const longestEndMs = 9_000;

/** Files of the build that are text; sirv names their type without the encoding. */
const textTypes: Record<string, string> = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };

/** Resolves once the client has taken what was sent, or is gone. */
const whenDrained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    if (!response.writableNeedDrain || response.destroyed) return resolve();
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.once('drain', done);
    response.once('close', done);
  });

/** Ends a start that has failed; whoever starts the server reads why, without JSON. */
function giveUp(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  // Ten frames, the default, end within the query builder.
  Error.stackTraceLimit = 30;
  const config = readConfig();
  const say = (text: string) => {
    if (config.logLevel === 'info' || config.logLevel === 'debug') process.stdout.write(`• ${text}\n`);
  };
  const { services, stop } = await startApplication(config, say);
  const { log } = services;
  takeConsole(log);
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'The server ends: nobody has foreseen this');
    process.exit(1);
  });
  const { handler } = (await import(new URL('server/entry.mjs', distribution).href)) as { handler: AstroHandler };
  const files = sirv(new URL('client', distribution).pathname, {
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders(response, path) {
      const type = textTypes[extname(path)];
      if (type) response.setHeader('content-type', `${type}; charset=utf-8`);
      if (path.startsWith('/_astro/')) response.setHeader('cache-control', 'public, max-age=31536000, immutable');
    },
  });

  const security = securityHeaders(config.publicUrl);
  const trust = trustIn(config.trustProxy);
  let stopping = false;
  const server = createHttpServer((request, response) => {
    response.setHeaders(security);
    const requestId = requestIdOf(request, trust);
    // Asked on a connection that was open before the end began: the last answer on it.
    if (stopping) response.setHeader('connection', 'close');
    const refusal = refusalOf(request);
    if (!refusal && answerFromCache(services, request, response, requestId)) return;
    const locals: Locals = { services, requestId, visit: meet(request, trust), route: undefined };
    response.setHeader('x-request-id', requestId);
    note(services, request, response, locals);
    if (refusal) {
      response.writeHead(refusal.status, refusal.headers).end(refusal.body);
      return;
    }
    withSafeAddress(request);
    locals.drained = () => whenDrained(response);
    files(request, response, () => void handler(request, response, undefined, locals));
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    const reason = error.code === 'EADDRINUSE' ? `port ${config.port} is in use; set PORT to another` : error.message;
    giveUp(`Cannot listen: ${reason}`);
  });
  server.listen(config.port, config.host, () => {
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : config.port;
    say(`Listening on ${localUrl(config.host, port)}`);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, async () => {
      if (stopping) return;
      stopping = true;
      // Whatever hangs, a mail server for instance: what is not done is done after the next start.
      setTimeout(() => process.exit(0), longestEndMs).unref();
      await closeGracefully(server, longestAnswerMs);
      await stop();
      process.exit(0);
    });
  }
}

try {
  await main();
} catch (error) {
  giveUp(error instanceof Error ? error.message : String(error));
}
