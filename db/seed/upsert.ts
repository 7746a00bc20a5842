import { sql } from 'kysely';
import type { Trx } from '../client.ts';

type SeededTable = 'field' | 'area' | 'area_former_name' | 'vsic_section' | 'nice_class' | 'indicator';

/** What the Department has edited since is left as it is. */
const unlessEdited = (table: SeededTable) =>
  table === 'field' || table === 'area' ? sql`and ${sql.ref(`${table}.editedAt`)} is null` : sql``;

/** Inserts rows or corrects those whose key exists; a row that is already so is not touched. */
export async function upsert(
  trx: Trx,
  table: SeededTable,
  key: string[],
  rows: Record<string, string | number | null>[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0]);
  const others = columns.filter((column) => !key.includes(column));
  const list = (names: string[]) => sql.join(names.map((name) => sql.ref(name)));
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
  await sql`
    insert into ${sql.table(table)} (${list(columns)}) values ${sql.join(values)}
    on conflict (${list(key)}) do update
    set ${sql.join(others.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`))}
    where (${list(others.map((column) => `${table}.${column}`))}) is not (${list(others.map((column) => `excluded.${column}`))})
      ${unlessEdited(table)}
  `.execute(trx);
}
