/** The server: cached answers and files at once, everything else through Astro. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import sirv from 'sirv';
import { startApplication } from './application.ts';
import { localUrl, readConfig } from './config.ts';
import { answerFromCache, refuse } from './serve.ts';

type AstroHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: undefined,
  locals: Pick<App.Locals, 'services' | 'drained'>,
) => Promise<void>;

const distribution = new URL('../../dist/', import.meta.url);

/** An address that no file system or decoder understands leads to the page for unknown addresses. */
function withSafeAddress(request: IncomingMessage): void {
  try {
    if (!decodeURIComponent((request.url ?? '/').split('?')[0]).includes('\0')) return;
  } catch {}
  request.url = '/khong-ton-tai';
}

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

async function main(): Promise<void> {
  const config = readConfig();
  const say = (text: string) => {
    if (config.logLevel === 'info') console.log(`• ${text}`);
  };
  const { services, stop } = await startApplication(config, say);
  const { handler } = (await import(new URL('server/entry.mjs', distribution).href)) as { handler: AstroHandler };
  const files = sirv(new URL('client', distribution).pathname, {
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders(response, path) {
      response.setHeader('x-content-type-options', 'nosniff');
      if (path.startsWith('/_astro/')) response.setHeader('cache-control', 'public, max-age=31536000, immutable');
    },
  });

  // A question of 10,000 characters gets an answer that a person understands, not a bare 431.
  const server = createServer({ maxHeaderSize: 96 * 1024 }, (request, response) => {
    if (refuse(request, response)) return;
    withSafeAddress(request);
    if (answerFromCache(services, request, response)) return;
    const drained = () => whenDrained(response);
    files(request, response, () => void handler(request, response, undefined, { services, drained }));
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    const reason = error.code === 'EADDRINUSE' ? `port ${config.port} is in use; set PORT to another` : error.message;
    console.error(`Cannot listen: ${reason}`);
    process.exit(1);
  });
  server.listen(config.port, config.host, () => {
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : config.port;
    say(`Listening on ${localUrl(config.host, port)}`);
  });

  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, async () => {
      if (stopping) return;
      stopping = true;
      // Whoever keeps a connection open without asking anything must not keep the server.
      server.close();
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 5_000).unref();
      await stop();
      process.exit(0);
    });
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
