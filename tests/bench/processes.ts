import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startServer } from '../../.scripts/serve.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Running {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** Resident memory of a process, in megabytes (10⁶ bytes), as Linux counts it. */
export function residentMegabytes(pid: number): number {
  const kibibytes = readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmRSS:\s+(\d+)/m)?.[1];
  return (Number(kibibytes) * 1024) / 1e6;
}

/** Processor time that a process with its threads has taken, in seconds, as Linux counts it. */
export function processorSeconds(pid: number): number {
  // After the name in brackets, which may hold anything; user and system time in hundredths.
  const figures = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(figures[11]) + Number(figures[12])) / 100;
}

/** Programs that still run: they end with the benchmark, however it ends. */
const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill();
});

const stdio: StdioOptions = ['ignore', 'pipe', 'inherit'];

/** Waits until a program prints the address it listens on. */
async function listening(child: ChildProcess): Promise<Running> {
  children.add(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  ended.then(() => children.delete(child));
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk;
      const address = output.match(/^(?:.*Listening on )?(http:\/\/[\d.]+:\d+)$/m)?.[1];
      if (address) resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`${child.spawnargs.join(' ')} ended with ${code}:\n${output}`)));
  });
  return {
    url,
    pid: child.pid as number,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Starts a Node program that prints the address it listens on. */
export const startProgram = (file: string, args: string[], env: Record<string, string> = {}): Promise<Running> =>
  listening(spawn(process.execPath, [file, ...args], { cwd: root, env: { ...process.env, ...env }, stdio }));

/**
 * Starts the built server on a data folder, as `npm start` does; resolves when it can answer.
 * @param log an open file for what it writes to standard error
 */
export async function startCatalogue(
  dataDir: string,
  { env = {}, log }: { env?: Record<string, string>; log?: number } = {},
): Promise<Running> {
  // Somebody may just be building.
  for (let tries = 0; !existsSync(`${root}/dist/server/entry.mjs`); tries += 1) {
    if (tries > 120) throw new Error('There is no dist/: build first (astro build)');
    await sleep(1000);
  }
  const server = await listening(
    startServer({
      env: { DATA_DIR: dataDir, PORT: '0', MEILI_URL: '', ...env },
      stdio: log === undefined ? stdio : ['ignore', 'pipe', log],
    }),
  );
  for (let tries = 0; ; tries += 1) {
    if (tries > 300) throw new Error('The server does not become ready');
    const ready = await fetch(`${server.url}/readyz`).catch(() => undefined);
    await ready?.body?.cancel();
    if (ready?.ok) return server;
    await sleep(200);
  }
}
