import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type Running, root, startProgram } from './processes.ts';

const folder = join(root, '.cache/bench');

/** An answer's bytes as they travel: `fetch` would decompress them. */
async function bytesOf(
  url: string,
  compressed: boolean,
): Promise<{ body: Buffer; headers: IncomingMessage['headers'] }> {
  const headers = { 'accept-encoding': compressed ? 'br' : 'identity' };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers }, resolve).on('error', reject);
  });
  return { body: await buffer(answer), headers: answer.headers };
}

/** How many bytes a server sends at an address without compression. */
export const sizeOf = async (url: string): Promise<number> => (await bytesOf(url, false)).body.length;

/** Starts bare node:http with the bytes that a server sends at an address, compressed as that server does it. */
export async function startBareServer(url: string, compressed: boolean): Promise<Running> {
  const { body, headers } = await bytesOf(url, compressed);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `bytes-${createHash('sha1').update(`${compressed}${url}`).digest('hex').slice(0, 12)}`);
  writeFileSync(file, body);
  const type = headers['content-type'] ?? 'application/octet-stream';
  return startProgram('tests/bench/bare-server.ts', [file, type, headers['content-encoding'] ?? '']);
}

/** Builds and starts the minimal Astro page that reads 20 rows with better-sqlite3. */
export async function startMinimalAstro(databaseFile: string): Promise<Running> {
  execFileSync(join(root, 'node_modules/.bin/astro'), ['build', '--silent', '--root', 'tests/bench/minimal-astro'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  return startProgram('tests/bench/minimal-astro/server.ts', [], { BENCH_FILE: databaseFile });
}

/** What makes the minimal page as long as another one: links, as a page's filters have them, or one text. */
export type Filler = 'links' | 'fill';

/** Addresses of the minimal page, each another one, whose answers have about so many bytes. */
export async function minimalPages(minimal: Running, bytes: number, filler: Filler): Promise<() => string> {
  const size = (amount: number) => sizeOf(`${minimal.url}/?page=1&${filler}=${amount}`);
  const [empty, hundred] = [await size(0), await size(100)];
  const amount = Math.max(0, Math.round((bytes - empty) / ((hundred - empty) / 100)));
  let page = 0;
  return () => {
    page = (page + 1) % 4000;
    return `/?page=${page}&${filler}=${amount}`;
  };
}
