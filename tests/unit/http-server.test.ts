import type { AddressInfo } from 'node:net';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { closeGracefully, createHttpServer, type Limits } from '../../src/server/http-server.ts';

const servers: ReturnType<typeof createHttpServer>[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => closeGracefully(server, 0)));
});

/** A server with hardly any patience, whose answers take a while. */
async function serve(limits: Partial<Limits>, answerMs = 0): Promise<number> {
  const server = createHttpServer(
    (request, response) => {
      request.resume().on('end', () => setTimeout(() => response.end('done'), answerMs));
      request.on('error', () => {});
    },
    { checkMs: 20, ...limits },
  );
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Everything that comes until the server closes the connection. */
const untilClosed = (socket: Socket) =>
  new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
  });

test('headers that come a letter at a time end with 408, and others are answered meanwhile', async () => {
  const port = await serve({ headersMs: 150 });
  const socket = connect(port, '127.0.0.1');
  const answer = untilClosed(socket);
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n');
  const drip = setInterval(() => socket.writable && socket.write('X-A: b\r\n'), 15);
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('done');
  expect(await answer).toMatch(/^HTTP\/1.1 408/);
  clearInterval(drip);
});

test('so does a form that never ends', async () => {
  const port = await serve({ headersMs: 150, requestMs: 200 });
  const socket = connect(port, '127.0.0.1');
  const answer = untilClosed(socket);
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n');
  const drip = setInterval(() => socket.writable && socket.write('a'), 15);
  expect(await answer).toMatch(/^HTTP\/1.1 408/);
  clearInterval(drip);
});

test('a connection on which nothing moves is let go', async () => {
  const port = await serve({ silentMs: 100 });
  const socket = connect(port, '127.0.0.1');
  expect(await untilClosed(socket)).toBe('');
});

test('no more connections than the limit are taken; a place that gets free is given', async () => {
  const port = await serve({ connections: 2 });
  const sockets = [0, 1].map(() => connect(port, '127.0.0.1'));
  await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
  expect(await untilClosed(connect(port, '127.0.0.1'))).toBe('');
  for (const socket of sockets) socket.destroy();
  await expect
    .poll(() =>
      fetch(`http://127.0.0.1:${port}/`).then(
        (one) => one.text(),
        () => '',
      ),
    )
    .toBe('done');
});

test('at the end, what is under way gets its answer and nobody new is let in', async () => {
  const port = await serve({}, 500);
  const idle = connect(port, '127.0.0.1');
  const idleEnd = untilClosed(idle);
  await new Promise((resolve) => idle.once('connect', resolve));
  const busy = fetch(`http://127.0.0.1:${port}/`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const closed = closeGracefully(servers.splice(0)[0], 5_000);
  const comesLate = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => 'let in',
      () => 'refused',
    );
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(await comesLate()).toBe('refused');
  expect(await (await busy).text()).toBe('done');
  await closed;
  expect(await idleEnd).toBe('');
});
