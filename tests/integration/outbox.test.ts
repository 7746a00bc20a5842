import { spawn } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { catalogueFolder, startServer } from '../support/server.ts';

const folder = catalogueFolder();
afterAll(folder.remove);

const writeFor = async (first: number, durationMs: number): Promise<{ acknowledged: number[] }> => {
  const writer = spawn(process.execPath, ['tests/support/writer.ts', folder.dataDir, String(first)]);
  let printed = '';
  let errors = '';
  writer.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  writer.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const closed = new Promise((resolve) => writer.once('close', resolve));
  while (!printed.includes('\n')) {
    if (errors) throw new Error(errors);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await new Promise((resolve) => setTimeout(resolve, durationMs));
  writer.kill('SIGKILL');
  await closed;
  return { acknowledged: printed.split('\n').slice(0, -1).map(Number) };
};

test('a writer and a server that are killed at any moment leave no lost and no phantom record in the search', async () => {
  let next = 1;
  const acknowledged: number[] = [];
  for (const durationMs of [150, 400, 700, 1100]) {
    const server = await startServer(folder.dataDir);
    const [written] = await Promise.all([
      writeFor(next, durationMs),
      new Promise((resolve) => setTimeout(resolve, durationMs * 0.8)).then(server.kill),
    ]);
    acknowledged.push(...written.acknowledged);
    next = (acknowledged.at(-1) ?? 0) + 2;
  }
  expect(acknowledged.length).toBeGreaterThan(100);

  const server = await startServer(folder.dataDir);
  const pending = async () => (await (await server.get('/readyz')).json()).outbox[0].pending as number;
  while ((await pending()) > 0) await new Promise((resolve) => setTimeout(resolve, 50));

  const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));
  const generation = sqlite.prepare('select generation from search_state').pluck().get();
  const indexed = sqlite
    .prepare(`select id from search_document_${generation} where live = 1 order by id`)
    .pluck()
    .all();
  const text = sqlite.prepare(`select rowid from search_text_${generation} order by rowid`).pluck().all();
  const published = sqlite.prepare(`select id from record where status = 'published' order by id`).pluck().all();
  expect(indexed).toEqual(published);
  expect(text).toEqual(published);
  await db.destroy();

  const found = async (n: number) => (await (await server.get(`/api/v1/search?q=%22x${n}%22`)).json()).total as number;
  for (const n of acknowledged.filter((_, i) => i % 7 === 0))
    expect(await found(n), String(n)).toBe(n % 3 === 0 ? 0 : 1);
  await server.stop();
}, 60_000);
