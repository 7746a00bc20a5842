import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
let server: TestServer;

/** A port on which nobody listens. */
const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

beforeAll(async () => {
  server = await startServer(folder.dataDir, { MEILI_URL: `http://127.0.0.1:${await freePort()}`, MEILI_KEY: 'k' });
});

afterAll(async () => {
  await server.stop();
  folder.remove();
});

test('with Meilisearch down searches are answered, and /readyz says by whom', async () => {
  const answer = await (await server.get('/api/v1/search?q=s%E1%BA%A5y')).json();
  expect(answer).toMatchObject({ engine: 'embedded', total: expect.any(Number) });
  expect(answer.total).toBeGreaterThan(5);
  const ready = await server.get('/readyz');
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({
    ready: true,
    search: { engine: 'embedded', configured: 'meilisearch', degraded: true },
  });
});
