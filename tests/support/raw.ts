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
    const socket = connect(Number(port), hostname);
    socket
      .on('data', (piece) => pieces.push(piece))
      .on('error', reject)
      .on('close', () => resolve(Buffer.concat(pieces).toString()));
    // Not ended: Node lets go of whoever hangs up before the answer.
    socket.write(request);
  });
