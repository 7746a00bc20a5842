import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  type Transaction,
} from 'kysely';
import type { Database } from './schema.ts';

export type Db = Kysely<Database>;
export type Trx = Transaction<Database>;

export interface OpenDatabase {
  /** Typed queries; close with `db.destroy()`, which also closes `sqlite`. */
  db: Db;
  /** The same connection, for what Kysely has no words for (pragmas, backup). */
  sqlite: BetterSqlite3.Database;
}

/** The database's file in a data folder. */
export const databaseFile = (dataDir: string): string => join(dataDir, 'catalogue.sqlite');

/** How long a write waits for another connection's, milliseconds. */
const patienceMs = 5_000;
/** Most writes are over sooner than the thread would come back from something else. */
const standStillMs = 20;
const lookAgainMs = 5;

/**
 * Opens a SQLite file with this project's settings: write-ahead log, so that readers never wait for a writer;
 * five seconds of patience for another writer; foreign keys enforced.
 * @param readonly for workers that only answer questions; the file must exist
 */
export function openSqlite(file: string, { readonly = false } = {}): BetterSqlite3.Database {
  if (!readonly && file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const sqlite = new BetterSqlite3(file, { readonly });
  sqlite.pragma(`busy_timeout = ${patienceMs}`);
  sqlite.pragma('foreign_keys = ON');
  if (!readonly) {
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = NORMAL');
  }
  sqlite.pragma('cache_size = -8000');
  return sqlite;
}

const isBusy = (error: unknown) => error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY');

/**
 * Takes the right to write when a transaction begins. SQLite refuses one that reads first and writes later when
 * another connection has written meanwhile, and no patience helps against that. SQLite's own patience keeps the
 * thread from everything else, such as answering visitors, so it is short for transactions and single writes.
 */
class WritingDriver extends SqliteDriver {
  readonly #sqlite: BetterSqlite3.Database;

  constructor(config: SqliteDialectConfig, sqlite: BetterSqlite3.Database) {
    super(config);
    this.#sqlite = sqlite;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    return {
      executeQuery: (query, options) => {
        const ask = () => connection.executeQuery<never>(query, options);
        const mayWait = query.query.kind !== 'SelectQueryNode' && !this.#sqlite.inTransaction;
        return mayWait ? this.#whenFree(ask) : ask();
      },
      streamQuery: (query, chunkSize, options) => connection.streamQuery(query, chunkSize, options),
    };
  }

  override async beginTransaction(): Promise<void> {
    await this.#whenFree(async () => this.#sqlite.exec('begin immediate'));
  }

  /** Tries something that writes until no other connection does. What was refused has had no effect. */
  async #whenFree<T>(write: () => Promise<T>): Promise<T> {
    const end = performance.now() + patienceMs;
    for (;;) {
      const isLast = performance.now() > end;
      try {
        return await this.#standingStill(write);
      } catch (error) {
        if (isLast || !isBusy(error)) throw error;
      }
      await sleep(lookAgainMs);
    }
  }

  /** SQLite's functions are done when they return, so that nothing else sees the short patience. */
  #standingStill<T>(write: () => Promise<T>): Promise<T> {
    this.#sqlite.pragma(`busy_timeout = ${standStillMs}`);
    try {
      return write();
    } finally {
      this.#sqlite.pragma(`busy_timeout = ${patienceMs}`);
    }
  }

  /** On a full disk SQLite has rolled back by itself; a second time would hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#sqlite.inTransaction) await super.rollbackTransaction(connection);
  }
}

class WritingDialect extends SqliteDialect {
  readonly #sqlite: BetterSqlite3.Database;
  readonly #config: SqliteDialectConfig;

  constructor(sqlite: BetterSqlite3.Database) {
    const config = { database: preparingOnce(sqlite) };
    super(config);
    this.#sqlite = sqlite;
    this.#config = config;
  }

  override createDriver(): Driver {
    return new WritingDriver(this.#config, this.#sqlite);
  }
}

const mostStatements = 300;

/** Prepares each statement once: that costs as much as a small query itself. The least recently used ones go first. */
function preparingOnce(sqlite: BetterSqlite3.Database): SqliteDatabase {
  const statements = new Map<string, BetterSqlite3.Statement>();
  return {
    close: () => {
      sqlite.close();
    },
    prepare(sql) {
      const statement = statements.get(sql) ?? sqlite.prepare(sql);
      statements.delete(sql);
      statements.set(sql, statement);
      if (statements.size > mostStatements) statements.delete(statements.keys().next().value ?? '');
      return statement;
    },
  };
}

/** Opens a SQLite file for typed queries. */
export function openDatabase(file: string): OpenDatabase {
  const sqlite = openSqlite(file);
  return { sqlite, db: new Kysely<Database>({ dialect: new WritingDialect(sqlite) }) };
}
