import { type Kysely, sql } from 'kysely';

const states = sql.raw(`('checking', 'checked', 'queued', 'running', 'done', 'failed', 'undoing', 'undone')`);

/** Imports in the browser: what became of each file, what each has written, and which column meant what. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('import_job')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('kind', 'text', (c) => c.notNull())
    // Who, as it was then: accounts may be deleted, the history stays.
    .addColumn('userId', 'text', (c) => c.notNull())
    .addColumn('userName', 'text', (c) => c.notNull())
    .addColumn('fileName', 'text', (c) => c.notNull())
    // Its name in the store; null once it is not needed any more.
    .addColumn('file', 'text')
    .addColumn('columns', 'text', (c) => c.check(sql`json_type(columns) = 'object'`))
    .addColumn('mode', 'text', (c) => c.check(sql`mode in ('publish', 'review')`))
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ${states}`))
    .addColumn('pid', 'integer')
    .addColumn('phase', 'text', (c) => c.check(sql`phase in ('read', 'check', 'write')`))
    .addColumn('done', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('total', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('report', 'text', (c) => c.check(sql`json_type(report) = 'object'`))
    .addColumn('failure', 'text', (c) => c.check(sql`json_type(failure) = 'object'`))
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .addColumn('finishedAt', 'text')
    .addColumn('undoneAt', 'text')
    .addColumn('undoneBy', 'text')
    .execute();
  await sql`create index import_job_at_work on import_job (id) where state in ('checking', 'queued', 'running', 'undoing')`.execute(
    db,
  );
  await sql`create index import_job_with_file on import_job ("createdAt") where file is not null`.execute(db);

  await db.schema
    .createTable('import_item')
    .addColumn('importId', 'integer', (c) => c.notNull().references('import_job.id').onDelete('cascade'))
    // No reference: the record may be deleted, and an undoing has to see that it was.
    .addColumn('recordId', 'integer', (c) => c.notNull())
    .addColumn('revisionId', 'integer')
    // The record's version right after the import.
    .addColumn('version', 'integer', (c) => c.notNull())
    // What the record was before; null for one that the import has created.
    .addColumn('before', 'text', (c) => c.check(sql`json_type("before") = 'object'`))
    .addPrimaryKeyConstraint('import_item_pk', ['importId', 'recordId'])
    .modifyEnd(sql`without rowid`)
    .execute();

  await db.schema
    .createTable('import_mapping')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('header', 'text', (c) => c.notNull())
    // Empty for a column that is left aside.
    .addColumn('attribute', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('import_mapping_pk', ['kind', 'header'])
    .modifyEnd(sql`without rowid`)
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ['import_mapping', 'import_item', 'import_job']) await db.schema.dropTable(table).execute();
}
