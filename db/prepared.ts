import type { Compilable, CompiledQuery } from 'kysely';
import type { Db, Trx } from './client.ts';

/**
 * A query whose SQL Kysely makes at the first call and not again: for a record's page that takes longer than SQLite
 * takes to answer.
 * @param build gets stand-ins for the arguments, so it may only put them where the query has values
 * @example const byId = prepared((db, id: number) => db.selectFrom('record').selectAll().where('id', '=', id))
 */
export function prepared<Args extends unknown[], Row>(
  build: (db: Db | Trx, ...args: Args) => Compilable<Row>,
): (db: Db | Trx, ...args: Args) => Promise<Row[]> {
  let made: { query: CompiledQuery<Row>; argumentAt: number[] } | undefined;
  return async (db, ...args) => {
    if (!made) {
      const places = args.map(() => Symbol('argument'));
      const query = build(db, ...(places as unknown as Args)).compile();
      made = { query, argumentAt: query.parameters.map((value) => places.indexOf(value as symbol)) };
    }
    const { query, argumentAt } = made;
    const parameters = query.parameters.map((value, i) => (argumentAt[i] < 0 ? value : args[argumentAt[i]]));
    return (await db.executeQuery<Row>({ ...query, parameters } as CompiledQuery<Row>)).rows;
  };
}
