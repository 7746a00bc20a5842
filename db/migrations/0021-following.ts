import type { Kysely } from 'kysely';

/**
 * What the searcher follows the index by. The rest of what a document is searched by, as JSON: the searcher corrects
 * what it remembers of a word when a document changes, without asking the index again. Documents written before have
 * none, and need none: what was read from the index has them. And the number of rebuilds: after two of them the tables
 * are the same ones again, with other documents in them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const generation of ['a', 'b']) {
    for (const column of ['keys', 'places']) {
      await db.schema
        .alterTable(`search_document_${generation}`)
        .addColumn(column, 'text', (c) => c.notNull().defaultTo('[]'))
        .execute();
    }
  }
  await db.schema
    .alterTable('search_state')
    .addColumn('rebuilds', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('search_state').dropColumn('rebuilds').execute();
  for (const generation of ['a', 'b']) {
    for (const column of ['keys', 'places']) {
      await db.schema.alterTable(`search_document_${generation}`).dropColumn(column).execute();
    }
  }
}
