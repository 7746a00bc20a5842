import { createServer, type RequestListener, type Server } from 'node:http';

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
  server.timeout = silentMs;
  server.maxConnections = connections;
  return server;
}

/**
 * Ends a server: nobody new is let in, requests under way get their answers.
 * @param withinMs after which connections that are still busy are cut
 */
export async function closeGracefully(server: Server, withinMs: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  // Whoever keeps a connection open without asking anything must not keep the server.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const late = setTimeout(() => server.closeAllConnections(), withinMs);
  server.closeIdleConnections();
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}
