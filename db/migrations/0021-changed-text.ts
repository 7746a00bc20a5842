import type { Kysely } from 'kysely';

/**
 * The rest of what a document is searched by, as JSON: the searcher corrects what it remembers of a word when a
 * document changes, without asking the index again. Documents written before have none, and need none: what was read
 * from the index has them.
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
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const generation of ['a', 'b']) {
    for (const column of ['keys', 'places']) {
      await db.schema.alterTable(`search_document_${generation}`).dropColumn(column).execute();
    }
  }
}
