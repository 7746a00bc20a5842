import { connect } from 'node:net';

/**
 * What comes back for bytes that no client library would send: headers and body as they travel.
 * @param url the server's
 * @param request all of it; a server that keeps the connection open is asked not to (`Connection: close`)
 */
export const raw = (url: string, request: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const pieces: Buffer[] = [];
    connect(Number(port), hostname)
      .on('data', (piece) => pieces.push(piece))
      .on('error', reject)
      .on('close', () => resolve(Buffer.concat(pieces).toString()))
      .end(request);
  });
