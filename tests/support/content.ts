import type BetterSqlite3 from 'better-sqlite3';

/**
 * What changes by itself while nobody acts: counters, sessions in use, the index and what is found with it, mail on its
 * way. And what is noted of a refused attempt to sign in.
 */
const restless = /^(?:rate_limit|lease|search_|sqlite_|kysely_|outbox|content_version|need_match|sign_in)/;
const steady: Record<string, string> = {
  mail: 'select cause, recipient from mail where forget = 0',
  session: 'select id, userId from session',
};

/** Everything that is stored, as one text a table: two of them tell what an action has changed. */
export function contentOf(sqlite: BetterSqlite3.Database): Record<string, string> {
  const tables = sqlite
    .prepare("select name from sqlite_master where type = 'table' order by name")
    .pluck()
    .all() as string[];
  return Object.fromEntries(
    tables
      .filter((name) => !restless.test(name))
      .map((name) => [name, JSON.stringify(sqlite.prepare(steady[name] ?? `select * from "${name}"`).all())]),
  );
}

/** The tables that differ. */
export const changedTables = (before: Record<string, string>, after: Record<string, string>): string[] =>
  Object.keys(after).filter((name) => after[name] !== before[name]);
