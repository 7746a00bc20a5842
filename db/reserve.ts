import { sql } from 'kysely';
import type { Db } from './client.ts';

/**
 * Sets ids of a table aside, so that rows which name each other can be made ready before the transaction that writes
 * them. No other row ever gets them, also when they stay unused.
 * @returns the first of `count` ids that follow each other
 */
export const reserveIds = (db: Db, table: 'record' | 'revision', count: number): Promise<number> =>
  db.transaction().execute(async (trx) => {
    const known = await sql<{ seq: number }>`
      update sqlite_sequence set seq = seq + ${count} where name = ${table} returning seq`.execute(trx);
    if (known.rows.length > 0) return known.rows[0].seq - count + 1;
    // Nothing was ever written to the table.
    await sql`insert into sqlite_sequence (name, seq) values (${table}, ${count})`.execute(trx);
    return 1;
  });
