import { type Kysely, sql } from 'kysely';

const statuses = sql`('draft', 'submitted', 'returned', 'published', 'withdrawn')`;

/** Who manages which record, proposed versions of records, and what the Department's people have done. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('record_member')
    .addColumn('recordId', 'integer', (c) => c.notNull().references('record.id').onDelete('cascade'))
    .addColumn('userId', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('record_member_pk', ['recordId', 'userId'])
    .execute();
  await db.schema.createIndex('record_member_by_user').on('record_member').column('userId').execute();
  await db.schema
    .createTable('revision')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('recordId', 'integer', (c) => c.notNull().references('record.id').onDelete('cascade'))
    .addColumn('authorId', 'text', (c) => c.references('user.id').onDelete('set null'))
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ${statuses}`))
    .addColumn('form', 'text', (c) => c.notNull().check(sql`json_type(form) = 'object'`))
    .addColumn('reasons', 'text', (c) => c.notNull().defaultTo('{}').check(sql`json_type(reasons) = 'object'`))
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .addColumn('updatedAt', 'text', (c) => c.notNull())
    .addColumn('submittedAt', 'text')
    .addColumn('decidedAt', 'text')
    .addColumn('claimedBy', 'text', (c) => c.references('user.id').onDelete('set null'))
    .addColumn('claimedAt', 'text')
    .execute();
  // One version at a time is being worked on.
  await sql`create unique index revision_open on revision ("recordId") where state in ('draft', 'submitted', 'returned')`.execute(
    db,
  );
  for (const column of ['recordId', 'authorId', 'claimedBy']) {
    await db.schema.createIndex(`revision_by_${column}`).on('revision').column(column).execute();
  }
  await sql`create index revision_queue on revision ("submittedAt", id) where state = 'submitted'`.execute(db);
  await db.schema
    .createTable('audit_log')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('userId', 'text', (c) => c.notNull())
    .addColumn('userName', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('recordId', 'integer')
    .addColumn('detail', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('audit_log_by_record').on('audit_log').column('recordId').execute();
  for (const event of ['update', 'delete']) {
    await sql`
      create trigger ${sql.ref(`audit_log_no_${event}`)} before ${sql.raw(event)} on audit_log
      begin select raise(abort, 'the audit log is append-only'); end`.execute(db);
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ['audit_log', 'revision', 'record_member']) await db.schema.dropTable(table).execute();
}
