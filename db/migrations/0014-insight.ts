import type { Kysely } from 'kysely';

/** What the Department counts: how well the catalogue answers each need, and what it finds records and connections by. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('need_match')
    .addColumn('recordId', 'integer', (c) => c.primaryKey().references('record.id').onDelete('cascade'))
    // The record that answers the need best, and how much of it.
    .addColumn('bestId', 'integer', (c) => c.references('record.id').onDelete('set null'))
    .addColumn('coverage', 'real', (c) => c.notNull())
    // The content version that was looked at.
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('need_match_by_version').on('need_match').columns(['version', 'recordId']).execute();
  await db.schema.createIndex('need_match_by_coverage').on('need_match').columns(['coverage', 'recordId']).execute();
  await db.schema.createIndex('need_match_by_best').on('need_match').column('bestId').execute();
  await db.schema.createIndex('record_by_kind').on('record').columns(['kind', 'status', 'publishedAt']).execute();
  await db.schema.createIndex('connection_by_creation').on('connection').column('createdAt').execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const index of ['connection_by_creation', 'record_by_kind']) await db.schema.dropIndex(index).execute();
  await db.schema.dropTable('need_match').execute();
}
