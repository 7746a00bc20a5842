import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';

/**
 * What a data folder is locked for: `server` while programs serve it (shared) or it is being replaced (exclusive);
 * `backup` while one is made.
 */
export type LockName = 'server' | 'backup';

/**
 * Takes a lock on a data folder. SQLite's own file locks are used: they end with the process, however it ends.
 * @returns what gives the lock back; undefined when somebody else holds it
 */
export function holdLock(dataDir: string, name: LockName, mode: 'shared' | 'exclusive'): (() => void) | undefined {
  mkdirSync(dataDir, { recursive: true });
  const sqlite = new BetterSqlite3(join(dataDir, `.${name}.lock`), { timeout: 0 });
  try {
    sqlite.exec(mode === 'shared' ? 'begin; select 1 from sqlite_master' : 'begin exclusive');
    return () => {
      sqlite.close();
    };
  } catch (error) {
    sqlite.close();
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return undefined;
    throw error;
  }
}
