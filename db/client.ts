import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Kysely, type Transaction } from 'kysely';
import { patienceMs, TwoConnectionDialect } from './dialect.ts';
import type { Database } from './schema.ts';

export type Db = Kysely<Database>;
export type Trx = Transaction<Database>;

export interface OpenDatabase {
  /** Typed queries; close with `db.destroy()`, which also closes the connections. */
  db: Db;
  /** The connection that writes, for what Kysely has no words for. It sees what a transaction under way has done. */
  sqlite: BetterSqlite3.Database;
  /** The connection that reads what is committed. */
  reader: BetterSqlite3.Database;
}

/** The database's file in a data folder. */
export const databaseFile = (dataDir: string): string => join(dataDir, 'catalogue.sqlite');

/** What a connection keeps of the file in memory, at most. The system keeps more of it. */
const cacheKb = 2_000;
/** For one that answers visitors. */
export const busyCacheKb = 8_000;

/**
 * Opens a SQLite file with this project's settings: write-ahead log, so that readers never wait for a writer;
 * five seconds of patience for another writer; foreign keys enforced.
 * @param options.readonly for workers that only answer questions; the file must exist
 * @param options.cache in kilobytes
 */
export function openSqlite(file: string, { readonly = false, cache = cacheKb } = {}): BetterSqlite3.Database {
  if (!readonly && file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const sqlite = new BetterSqlite3(file, { readonly });
  sqlite.pragma(`busy_timeout = ${patienceMs}`);
  sqlite.pragma('foreign_keys = ON');
  if (!readonly) {
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = NORMAL');
  }
  sqlite.pragma(`cache_size = -${cache}`);
  return sqlite;
}

/**
 * Opens a SQLite file for typed queries.
 * @param cache of the reading connection, in kilobytes
 */
export function openDatabase(file: string, cache = cacheKb): OpenDatabase {
  const sqlite = openSqlite(file);
  // What lies in memory has no second connection.
  const reader = file === ':memory:' ? sqlite : openSqlite(file, { cache });
  if (reader !== sqlite) reader.pragma('query_only = ON');
  return { sqlite, reader, db: new Kysely<Database>({ dialect: new TwoConnectionDialect(reader, sqlite) }) };
}
