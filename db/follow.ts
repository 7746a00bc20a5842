import type BetterSqlite3 from 'better-sqlite3';
import type { Db, Trx } from './client.ts';

/**
 * Keeps something that is read from the settings' tables (classifications, synonyms, the site's settings) as fresh as
 * they are, whichever process or thread changes them: triggers raise a version number, which is looked at each time.
 * @param read what to keep
 * @returns gives what is kept, read anew after a change; inside a transaction it is asked with that transaction
 */
export function followSettings<T>(
  sqlite: BetterSqlite3.Database,
  read: (source: Db | Trx) => Promise<T>,
): (source: Db | Trx) => Promise<T> {
  const versionOf = sqlite.prepare('select version from settings_version').pluck();
  let kept: { version: unknown; value: T } | undefined;
  return async (source) => {
    const version = versionOf.get();
    // What changes while it is read has raised the number again, and is read at the next look.
    if (kept && kept.version === version) return kept.value;
    const value = await read(source);
    kept = { version, value };
    return value;
  };
}
