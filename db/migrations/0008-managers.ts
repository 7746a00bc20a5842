import { type Kysely, sql } from 'kysely';

/** People who ask to manage a public record, and people whom a record's managers invite. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('manage_request')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('recordId', 'integer', (c) => c.notNull().references('record.id').onDelete('cascade'))
    .addColumn('userId', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('message', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('open', 'granted', 'refused')`))
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .addColumn('decidedAt', 'text')
    .addColumn('reason', 'text')
    .execute();
  // One question at a time: a form that is sent twice asks once.
  await sql`create unique index manage_request_open on manage_request ("recordId", "userId") where state = 'open'`.execute(
    db,
  );
  await sql`create index manage_request_waiting on manage_request ("createdAt", id) where state = 'open'`.execute(db);
  await db.schema
    .createIndex('manage_request_by_record')
    .on('manage_request')
    .columns(['recordId', 'userId', 'id'])
    .execute();
  await db.schema.createIndex('manage_request_by_user').on('manage_request').column('userId').execute();
  await db.schema
    .createTable('invitation')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('recordId', 'integer', (c) => c.notNull().references('record.id').onDelete('cascade'))
    .addColumn('email', 'text', (c) => c.notNull().check(sql`email = lower(email)`))
    .addColumn('invitedBy', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('hash', 'text', (c) => c.notNull().unique().check(sql`length(hash) = 64`))
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .addColumn('expiresAt', 'integer', (c) => c.notNull())
    .addUniqueConstraint('invitation_once', ['recordId', 'email'])
    .execute();
  await db.schema.createIndex('invitation_by_inviter').on('invitation').column('invitedBy').execute();
  await db.schema.createIndex('invitation_by_expiry').on('invitation').column('expiresAt').execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ['invitation', 'manage_request']) await db.schema.dropTable(table).execute();
}
