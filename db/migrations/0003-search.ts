import { type Kysely, sql } from 'kysely';

/**
 * The outbox that carries changes to the search engines, the embedded engine's tables (two generations, so that a
 * rebuild swaps with no gap) and the number that tells caches when the public content has changed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('outbox')
    .addColumn('seq', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('recordId', 'integer', (c) => c.notNull())
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('search_consumer')
    .addColumn('engine', 'text', (c) => c.primaryKey())
    .addColumn('seq', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('nextAttemptAt', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('lastError', 'text')
    .execute();
  await db.schema
    .createTable('lease')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('holder', 'text', (c) => c.notNull())
    .addColumn('expiresAt', 'integer', (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('search_state')
    .addColumn('id', 'integer', (c) => c.primaryKey().check(sql`id = 1`))
    .addColumn('generation', 'text', (c) => c.notNull().check(sql`generation in ('a', 'b')`))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .execute();
  await sql`insert into search_state (id, generation, seq) values (1, 'a', 0)`.execute(db);
  for (const generation of ['a', 'b']) {
    const documents = `search_document_${generation}`;
    await db.schema
      .createTable(documents)
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('live', 'integer', (c) => c.notNull())
      .addColumn('publishedAt', 'integer', (c) => c.notNull())
      .addColumn('completeness', 'real', (c) => c.notNull())
      .addColumn('titleKey', 'text', (c) => c.notNull())
      .addColumn('titleWords', 'integer', (c) => c.notNull())
      .addColumn('facets', 'text', (c) => c.notNull())
      .addColumn('display', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex(`${documents}_by_seq`).on(documents).column('seq').execute();
    // Text arrives folded and with `_` joining word pairs; `ascii` leaves every non-ASCII letter alone.
    await sql`
      create virtual table ${sql.table(`search_text_${generation}`)} using fts5(
        title, keys, summary, places, body, pairs, exact,
        content='', contentless_delete=1, tokenize="ascii tokenchars '_'")`.execute(db);
    await db.schema
      .createTable(`search_word_${generation}`)
      .addColumn('word', 'text', (c) => c.primaryKey())
      .addColumn('seq', 'integer', (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex(`search_word_${generation}_by_seq`)
      .on(`search_word_${generation}`)
      .column('seq')
      .execute();
  }

  await db.schema
    .createTable('content_version')
    .addColumn('id', 'integer', (c) => c.primaryKey().check(sql`id = 1`))
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute();
  await sql`insert into content_version (id, version) values (1, 1)`.execute(db);
  for (const table of ['record', 'field', 'area', 'search_state']) {
    for (const event of ['insert', 'update', 'delete']) {
      await sql`
        create trigger ${sql.ref(`${table}_${event}_version`)} after ${sql.raw(event)} on ${sql.table(table)}
        begin update content_version set version = version + 1; end`.execute(db);
    }
  }
  // A search engine outside the database answers differently once it has followed a change.
  await sql`
    create trigger search_consumer_version after update of seq on search_consumer when new.seq <> old.seq
    begin update content_version set version = version + 1; end`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ['record', 'field', 'area']) {
    for (const event of ['insert', 'update', 'delete']) {
      await sql`drop trigger ${sql.ref(`${table}_${event}_version`)}`.execute(db);
    }
  }
  for (const generation of ['a', 'b']) {
    for (const table of ['search_word', 'search_text', 'search_document']) {
      await db.schema.dropTable(`${table}_${generation}`).execute();
    }
  }
  for (const table of ['content_version', 'search_state', 'lease', 'search_consumer', 'outbox']) {
    await db.schema.dropTable(table).execute();
  }
}
