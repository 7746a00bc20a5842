import { type Kysely, sql } from 'kysely';

/** Who has been reminded of which end of a listing, with the link to renew it; and the days by which it is asked. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const kind of ['offer', 'need']) {
    await db.schema.createIndex(`${kind}_by_expiry`).on(kind).column('expiresOn').execute();
  }
  await db.schema
    .createTable('renewal_link')
    .addColumn('recordId', 'integer', (c) => c.notNull().references('record.id').onDelete('cascade'))
    .addColumn('userId', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('expiresOn', 'text', (c) => c.notNull().check(sql`"expiresOn" is date("expiresOn")`))
    .addColumn('reminder', 'text', (c) =>
      c.notNull().check(sql`reminder in ('expiresInMonth', 'expiresInWeek', 'expired')`),
    )
    .addColumn('worksUntil', 'text', (c) => c.notNull().check(sql`"worksUntil" is date("worksUntil")`))
    .addColumn('hash', 'text', (c) => c.notNull().unique().check(sql`length(hash) = 64`))
    .addPrimaryKeyConstraint('renewal_link_pk', ['recordId', 'userId', 'expiresOn', 'reminder'])
    .execute();
  await db.schema.createIndex('renewal_link_by_user').on('renewal_link').column('userId').execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('renewal_link').execute();
  for (const kind of ['offer', 'need']) await db.schema.dropIndex(`${kind}_by_expiry`).execute();
}
