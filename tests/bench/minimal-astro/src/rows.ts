import BetterSqlite3 from 'better-sqlite3';

interface Row {
  slug: string;
  title: string;
  summary: string;
}

const database = new BetterSqlite3(process.env.BENCH_FILE, { readonly: true });
const select = database.prepare('select slug, title, summary from record where id > ? order by id limit 20');

/** The twenty records of a page. */
export const readRows = (page: number): Row[] => select.all(page * 20) as Row[];
