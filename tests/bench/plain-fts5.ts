import { rmSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { fold, tokenize } from '../../search/text.ts';

/** A text of the catalogue as the baselines index it. */
export interface PlainDocument {
  id: number;
  title: string;
  summary: string;
  body: string;
}

/** Every published record's texts, as the search index of the catalogue's file holds them. */
export function* readDocuments(databaseFile: string): Generator<PlainDocument> {
  const sqlite = new BetterSqlite3(databaseFile, { readonly: true });
  const generation = sqlite.prepare('select generation from search_state').pluck().get();
  const rows = sqlite
    .prepare(
      `select id, display ->> 'title' as title, display ->> 'summary' as summary, body
       from search_document_${generation} where live = 1`,
    )
    .iterate();
  for (const row of rows) yield row as PlainDocument;
  sqlite.close();
}

/** Builds the bare baseline: better-sqlite3 with FTS5 over the folded texts, nothing else. */
export function buildPlainFts5(databaseFile: string, file: string): void {
  rmSync(file, { force: true });
  const sqlite = new BetterSqlite3(file);
  sqlite.pragma('journal_mode = WAL');
  sqlite.exec('create virtual table document using fts5(title, summary, body)');
  const insert = sqlite.prepare('insert into document (rowid, title, summary, body) values (?, ?, ?, ?)');
  sqlite.transaction(() => {
    for (const { id, title, summary, body } of readDocuments(databaseFile)) {
      insert.run(id, fold(title), fold(summary), fold(body));
    }
  })();
  sqlite.exec("insert into document(document) values ('optimize')");
  sqlite.close();
}

/** Opens the bare baseline: the top 20 by bm25 and their titles; no counts, facets, corrections or highlights. */
export function openPlainFts5(file: string): (q: string) => unknown[] {
  const sqlite = new BetterSqlite3(file, { readonly: true });
  const select = sqlite.prepare(
    'select rowid, title, summary from document where document match ? order by rank limit 20',
  );
  return (q) =>
    select.all(
      tokenize(q)
        .map(({ folded }) => `"${folded}"`)
        .join(' '),
    );
}
