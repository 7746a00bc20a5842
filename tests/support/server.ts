import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';

/** The address that the tests' servers believe to have; links in feeds and the API begin with it. */
export const publicUrl = 'http://catalogue.test';

export interface TestServer {
  url: string;
  pid: number;
  dataDir: string;
  /** What the server has printed so far. */
  output(): string;
  get(path: string, init?: RequestInit): Promise<Response>;
  text(path: string): Promise<string>;
  /** Ends it as an operator would. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>((resolve) => child.once('exit', () => resolve()));

/** Starts the built server, as `npm start` does, on a free port; resolves when it listens. */
export async function startServer(dataDir: string, env: Record<string, string> = {}): Promise<TestServer> {
  const child = spawn(process.execPath, ['src/server/main.ts'], {
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, PUBLIC_URL: publicUrl, MEILI_URL: '', ...env },
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      const address = output.match(/Listening on (\S+)/)?.[1];
      if (address) resolve(address);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${output}`)));
  });
  return {
    url,
    pid: child.pid as number,
    dataDir,
    output: () => output,
    get: (path, init) => fetch(url + path, { redirect: 'manual', ...init }),
    text: async (path) => (await fetch(url + path)).text(),
    async stop() {
      child.kill('SIGTERM');
      await ended(child);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended(child);
    },
  };
}

/** A data folder of its own with the demo catalogue, loaded and indexed; a copy of one made once. */
export function catalogueFolder(): { dataDir: string; remove: () => void } {
  const dataDir = mkdtempSync(join(tmpdir(), 'catalogue-'));
  cpSync(inject('catalogueTemplate'), dataDir, { recursive: true });
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}
