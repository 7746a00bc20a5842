import { type Kysely, sql } from 'kysely';

/** Pictures that were sent for a record, and those of them that its public version shows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('picture')
    .addColumn('recordId', 'integer', (c) => c.notNull().references('record.id').onDelete('cascade'))
    .addColumn('hash', 'text', (c) => c.notNull().check(sql`length(hash) = 32 and hash not glob '*[^0-9a-f]*'`))
    .addColumn('uploadedBy', 'text', (c) => c.references('user.id').onDelete('set null'))
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('picture_pk', ['recordId', 'hash'])
    .modifyEnd(sql`without rowid`)
    .execute();
  for (const column of ['hash', 'uploadedBy']) {
    await db.schema.createIndex(`picture_by_${column}`).on('picture').column(column).execute();
  }
  await db.schema
    .alterTable('record')
    .addColumn('logo', 'text', (c) => c.check(sql`json_type(logo) = 'object'`))
    .execute();
  await db.schema
    .alterTable('record')
    .addColumn('photos', 'text', (c) => c.notNull().defaultTo('[]').check(sql`json_type(photos) = 'array'`))
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const column of ['photos', 'logo']) await db.schema.alterTable('record').dropColumn(column).execute();
  await db.schema.dropTable('picture').execute();
}
