import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { databaseFile } from '../../db/client.ts';
import { type End, repeat } from './background.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';

const day = 86_400_000;
const keptDays = 7;
const keptWeeks = 4;
const lookEveryMs = 600_000;

const pattern = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\dZ)\.tar\.zst$/;

/** The name of a scheduled backup, which says when it was made. */
export const backupName = (at: Date): string => `${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z.tar.zst`;

/** When a scheduled backup was made, by its name; undefined for any other file. */
const madeAt = (name: string): number | undefined => {
  const parts = name.match(pattern);
  return parts ? Date.parse(parts.slice(1).join(':')) : undefined;
};

async function scheduledIn(folder: string): Promise<{ name: string; at: number }[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.flatMap((name) => {
    const at = madeAt(name);
    return at === undefined ? [] : [{ name, at }];
  });
}

/** When the newest scheduled backup was made, in milliseconds since 1970; undefined when there is none. */
export async function newestBackup(folder: string): Promise<number | undefined> {
  const times = (await scheduledIn(folder)).map(({ at }) => at);
  return times.length > 0 ? Math.max(...times) : undefined;
}

/**
 * Those backups that need not be kept: all but the newest of each of the last 7 days and of the last 4 weeks that have
 * one. Files with other names are nobody's business.
 */
export function outlived(names: string[]): string[] {
  const newestFirst = names
    .flatMap((name) => {
      const at = madeAt(name);
      return at === undefined ? [] : [{ name, at }];
    })
    .sort((a, b) => b.at - a.at);
  const kept = new Set<string>();
  const keepNewestOf = (span: number, offset: number, count: number) => {
    const newest = new Map<number, string>();
    for (const { name, at } of newestFirst) {
      const index = Math.floor((at + offset) / span);
      if (!newest.has(index)) newest.set(index, name);
    }
    for (const name of [...newest.values()].slice(0, count)) kept.add(name);
  };
  keepNewestOf(day, 0, keptDays);
  // 1 January 1970 was a Thursday; weeks begin on Monday.
  keepNewestOf(7 * day, 3 * day, keptWeeks);
  return newestFirst.map(({ name }) => name).filter((name) => !kept.has(name));
}

/** A new installation has its first backup after a day, like every other one after it. */
async function isDue(config: Config, now: number): Promise<boolean> {
  const last = (await newestBackup(config.backupDir)) ?? (await stat(databaseFile(config.dataDir))).birthtimeMs;
  return now - last >= day;
}

/**
 * Backs the data folder up once a day and removes backups that have outlived their use. It runs in a thread of its own:
 * visitors do not wait for it.
 */
export function scheduleBackups(config: Config, log: Log): End {
  let thread: Worker | undefined;
  const inThread = (file: string) =>
    new Promise<void>((resolve, reject) => {
      thread = new Worker(new URL('./backup-thread.ts', import.meta.url), {
        workerData: { dataDir: config.dataDir, file },
      });
      thread.once('error', reject);
      // One that is ended with the server resolves as well: the next start makes it anew.
      thread.once('exit', () => resolve());
    }).finally(() => {
      thread = undefined;
    });
  const step = async () => {
    const now = Date.now();
    if (!(await isDue(config, now))) return;
    const name = backupName(new Date(now));
    await inThread(join(config.backupDir, name));
    const scheduled = (await scheduledIn(config.backupDir)).map((backup) => backup.name);
    if (!scheduled.includes(name)) return;
    for (const old of outlived(scheduled)) await rm(join(config.backupDir, old));
    log.info({ file: name, seconds: (Date.now() - now) / 1000 }, 'Backed up');
  };
  const end = repeat(step, lookEveryMs, (error) => log.error({ err: error }, 'The backup failed'));
  return async () => {
    await thread?.terminate();
    await end();
  };
}
