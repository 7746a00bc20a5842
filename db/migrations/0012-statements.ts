import { type Kysely, sql } from 'kysely';

/** What somebody has said first in a guided form, kept while they sign in; a week at most. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('statement')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('hash', 'text', (c) => c.notNull().unique().check(sql`length(hash) = 64`))
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('need', 'offer')`))
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('userId', 'text', (c) => c.references('user.id').onDelete('cascade'))
    // The record that came of it: a form that is sent twice makes one.
    .addColumn('recordId', 'integer', (c) => c.references('record.id').onDelete('cascade'))
    .addColumn('expiresAt', 'integer', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('statement_by_user').on('statement').column('userId').execute();
  // Without those that wait, or the planner would look through all of them by it.
  await sql`create index statement_by_record on statement ("recordId") where "recordId" is not null`.execute(db);
  await db.schema.createIndex('statement_by_expiry').on('statement').column('expiresAt').execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('statement').execute();
}
