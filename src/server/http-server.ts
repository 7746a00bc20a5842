import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as afterSockets, setTimeout as sleep } from 'node:timers/promises';

/** How much patience the server has with a client. */
export interface Limits {
  /** For the headers of a request, and for all of it: 16 MB over a slow line. */
  headersMs: number;
  requestMs: number;
  /** For a connection on which nothing moves at all: neither reads the client nor does it send. */
  silentMs: number;
  /** For the next request on a connection; longer than proxies keep theirs, which would else ask into a closed one. */
  idleMs: number;
  /** How often the first two are looked at. */
  checkMs: number;
  connections: number;
}

const usual: Limits = {
  headersMs: 15_000,
  requestMs: 180_000,
  silentMs: 120_000,
  idleMs: 75_000,
  checkMs: 5_000,
  connections: 4_000,
};

const openConnections = new WeakMap<Server, Set<Socket>>();

/** An HTTP server that lets go of whoever is slow on purpose. */
export function createHttpServer(listener: RequestListener, limits: Partial<Limits> = {}): Server {
  const { headersMs, requestMs, silentMs, idleMs, checkMs, connections } = { ...usual, ...limits };
  const server = createServer(
    {
      // A question of 10,000 characters gets an answer that a person understands, not a bare 431.
      maxHeaderSize: 96 * 1024,
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: idleMs,
      connectionsCheckingInterval: checkMs,
    },
    listener,
  );
  const open = new Set<Socket>();
  openConnections.set(server, open);
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.timeout = silentMs;
  server.maxConnections = connections;
  return server;
}

const takeOverMs = 50;
const unaskedMs = 1_000;
/** More than the system keeps for a server that is busy, within reason. */
const leastLooks = 500;

/**
 * Time in which what has come in is taken, too: after something long Node looks at its timers first and at sockets
 * afterwards, and takes one new connection each time it looks.
 */
async function whileTaking(ms: number): Promise<void> {
  const end = performance.now() + ms;
  await sleep(ms / 2);
  for (let looks = 0; looks < leastLooks || performance.now() < end; looks += 1) await afterSockets();
}
/**
 * Ends a server: nobody new is let in, requests under way get their answers.
 * @param withinMs after which connections that are still busy are cut
 */
export async function closeGracefully(server: Server, withinMs: number): Promise<void> {
  // Whom the system has connected before is taken over first: it would cut them off.
  await whileTaking(takeOverMs);
  const closed = new Promise((resolve) => server.close(resolve));
  // Whoever keeps a connection open without asking anything must not keep the server.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  // To Node a connection on which nothing was asked yet is a busy one; browsers open some in advance. What was asked
  // just now has been read until then.
  const unasked = setTimeout(async () => {
    await whileTaking(takeOverMs);
    for (const socket of openConnections.get(server) ?? []) if (socket.bytesRead === 0) socket.destroy();
  }, unaskedMs);
  const late = setTimeout(() => server.closeAllConnections(), withinMs);
  server.closeIdleConnections();
  await closed;
  clearInterval(idle);
  clearTimeout(unasked);
  clearTimeout(late);
}
