import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepThread } from '../../src/server/background.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'threads-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const thread = (code: string) => {
  const file = join(folder, 'thread.mjs');
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads'; import { appendFileSync } from 'node:fs'; ${code}`,
  );
  return pathToFileURL(file);
};

test('a thread that dies is started again, and ends when it is asked to', async () => {
  const said: string[] = [];
  const url = thread(`parentPort.postMessage({ ready: true }); parentPort.once('message', () => process.exit(0));
    if (!globalThis.process.env.SECOND) { process.env.SECOND = '1'; setTimeout(() => { throw new Error('bang') }, 20); }`);
  const end = await keepThread(url, {}, (text) => said.push(text));
  while (!said.some((text) => text.includes('started again'))) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(said.join()).toContain('bang');
  await new Promise((resolve) => setTimeout(resolve, 700));
  await end();
});

test('one that never gets ready is an error', async () => {
  await expect(keepThread(thread('process.exit(3)'), {}, () => {})).rejects.toThrow('ended with code 3');
});

test('ending one that has died waits for nothing', async () => {
  const end = await keepThread(
    thread(`parentPort.postMessage({ ready: true }); setTimeout(() => process.exit(1), 10)`),
    {},
    () => {},
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  await end();
});
