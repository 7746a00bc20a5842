import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestServer } from './server.ts';

const succeeds = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** A folder on a disk that can be filled to the last byte. */
export interface SmallDisk {
  folder: string;
  /** From now on nothing can be written. */
  fill(server: TestServer): void;
  free(server: TestServer): void;
  remove(): void;
}

/**
 * A file system of its own in memory, where this account may mount one; else an ordinary folder, and `fill` lets the
 * server's process write into files no more (the kernel then answers EFBIG instead of ENOSPC).
 */
export function smallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'disk-'));
  const isMounted = succeeds('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder);
  const ballast = join(folder, 'ballast');
  const limit = (server: TestServer, bytes: string) => {
    if (!succeeds('prlimit', `--pid=${server.pid}`, `--fsize=${bytes}:unlimited`)) {
      throw new Error('Neither mount nor prlimit works here');
    }
  };
  return {
    folder,
    fill(server) {
      if (!isMounted) return limit(server, '0');
      const file = openSync(ballast, 'w');
      try {
        for (;;) writeSync(file, Buffer.alloc(4096));
      } catch {
        closeSync(file);
      }
    },
    free(server) {
      if (isMounted) rmSync(ballast);
      else limit(server, 'unlimited');
    },
    remove() {
      if (isMounted) succeeds('umount', '--lazy', folder);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
