import BetterSqlite3 from 'better-sqlite3';

interface Row {
  slug: string;
  kind: string;
  title: string;
  summary: string;
  publishedAt: number;
}

const database = new BetterSqlite3(process.env.BENCH_FILE, { readonly: true });
const select = database.prepare(
  'select slug, kind, title, summary, publishedAt from record where id > ? order by id limit 20',
);

/** The twenty records of a page. */
export const readRows = (page: number): Row[] => select.all(page * 20) as Row[];

// Read once, as the catalogue does with its classifications.
const terms = database.prepare('select code, vi as name from field order by code').all() as {
  code: string;
  name: string;
}[];

/** So many links as a list's filters have; the classification again from its beginning when it has fewer entries. */
export const linksOf = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ ...terms[i % terms.length], count: i }));
