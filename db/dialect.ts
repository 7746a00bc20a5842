import { setTimeout as sleep } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

/** How long a write waits for another process's or thread's, milliseconds. */
export const patienceMs = 5_000;
/** SQLite's own patience keeps the thread from everything else, such as answering visitors: it has next to none here. */
const standStillMs = 1;
const lookAgainMs = 3;

const isBusy = (error: unknown) => error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY');

const mostStatements = 300;

/** A connection that prepares each statement once: that costs as much as a small query itself. */
class Prepared {
  readonly sqlite: BetterSqlite3.Database;
  readonly #statements = new Map<string, BetterSqlite3.Statement>();

  constructor(sqlite: BetterSqlite3.Database) {
    this.sqlite = sqlite;
  }

  prepare(sql: string): BetterSqlite3.Statement {
    const statement = this.#statements.get(sql) ?? this.sqlite.prepare(sql);
    // The least recently used ones go first.
    this.#statements.delete(sql);
    this.#statements.set(sql, statement);
    if (this.#statements.size > mostStatements) this.#statements.delete(this.#statements.keys().next().value ?? '');
    return statement;
  }

  run<R>({ sql, parameters }: CompiledQuery): QueryResult<R> {
    const statement = this.prepare(sql);
    if (statement.reader) return { rows: statement.all(parameters) as R[] };
    const { changes, lastInsertRowid } = statement.run(parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }
}

/** The right to use the writing connection: one has it at a time, the others in the order in which they came. */
class Turn {
  #last = Promise.resolve();

  /** @returns gives the turn to the next one */
  async take(): Promise<() => void> {
    const before = this.#last;
    let done = () => {};
    this.#last = new Promise((resolve) => {
      done = resolve;
    });
    await before;
    return done;
  }
}

/**
 * What Kysely takes for a connection. What only reads, outside a transaction, is answered at once by the reading
 * connection, from what is committed: no visitor waits for somebody's transaction.
 */
class Connection implements DatabaseConnection {
  readonly #reader: Prepared;
  readonly #writer: Prepared;
  readonly #turn: Turn;
  #endTurn: (() => void) | undefined;

  constructor(reader: Prepared, writer: Prepared, turn: Turn) {
    this.#reader = reader;
    this.#writer = writer;
    this.#turn = turn;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#endTurn) return this.#writer.run(query);
    if (query.query.kind === 'SelectQueryNode') return this.#reader.run(query);
    // Written by hand: SQLite tells. Its words on an index or trigger that was made just now the reading connection would
    // take from what it remembers.
    if (this.#writer.prepare(query.sql).readonly) return this.#reader.run(query);
    const endTurn = await this.#turn.take();
    try {
      return await this.#whenFree(() => this.#writer.run<R>(query));
    } finally {
      endTurn();
    }
  }

  // biome-ignore lint/correctness/useYield: nothing reads in pieces this way
  async *streamQuery(): AsyncGenerator<never> {
    throw new Error('Read in pages: an open cursor would keep the connection from everybody else');
  }

  /**
   * Takes the right to write at once. SQLite refuses a transaction that reads first and writes later when another
   * connection has written meanwhile, and no patience helps against that.
   */
  async begin(): Promise<void> {
    if (this.#endTurn) throw new Error('A transaction has no transaction within it');
    this.#endTurn = await this.#turn.take();
    await this.#whenFree(() => this.#writer.sqlite.exec('begin immediate'));
  }

  commit(): void {
    this.#writer.sqlite.exec('commit');
    this.release();
  }

  /** On a full disk SQLite has rolled back by itself; a second time would hide why. */
  rollback(): void {
    if (this.#writer.sqlite.inTransaction) this.#writer.sqlite.exec('rollback');
    this.release();
  }

  release(): void {
    this.#endTurn?.();
    this.#endTurn = undefined;
  }

  /** Tries something that writes until no other process or thread does. What was refused has had no effect. */
  async #whenFree<T>(write: () => T): Promise<T> {
    const { sqlite } = this.#writer;
    const end = performance.now() + patienceMs;
    for (;;) {
      const isLast = performance.now() > end;
      sqlite.pragma(`busy_timeout = ${standStillMs}`);
      try {
        return write();
      } catch (error) {
        if (isLast || !isBusy(error)) throw error;
      } finally {
        sqlite.pragma(`busy_timeout = ${patienceMs}`);
      }
      await sleep(lookAgainMs);
    }
  }
}

class TwoConnectionDriver implements Driver {
  readonly #reader: Prepared;
  readonly #writer: Prepared;
  readonly #turn = new Turn();

  constructor(reader: BetterSqlite3.Database, writer: BetterSqlite3.Database) {
    this.#reader = new Prepared(reader);
    this.#writer = new Prepared(writer);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<Connection> {
    return new Connection(this.#reader, this.#writer, this.#turn);
  }

  beginTransaction = (connection: Connection): Promise<void> => connection.begin();

  async commitTransaction(connection: Connection): Promise<void> {
    connection.commit();
  }

  async rollbackTransaction(connection: Connection): Promise<void> {
    connection.rollback();
  }

  async releaseConnection(connection: Connection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {
    // Whoever is writing has the time that writing has.
    await this.#turn.take();
    this.#reader.sqlite.close();
    this.#writer.sqlite.close();
  }
}

class TwoConnectionAdapter extends SqliteAdapter {
  /** As many as anybody wants: of those that write one does at a time. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/** SQLite through two connections to one file with a write-ahead log: one that reads, one for those who write in turn. */
export class TwoConnectionDialect implements Dialect {
  readonly #reader: BetterSqlite3.Database;
  readonly #writer: BetterSqlite3.Database;

  constructor(reader: BetterSqlite3.Database, writer: BetterSqlite3.Database) {
    this.#reader = reader;
    this.#writer = writer;
  }

  createDriver = (): Driver => new TwoConnectionDriver(this.#reader, this.#writer) as Driver;
  createQueryCompiler = (): QueryCompiler => new SqliteQueryCompiler();
  createAdapter = (): SqliteAdapter => new TwoConnectionAdapter();
  // biome-ignore lint/suspicious/noExplicitAny: as Kysely declares it
  createIntrospector = (db: Kysely<any>): DatabaseIntrospector => new SqliteIntrospector(db);
}
