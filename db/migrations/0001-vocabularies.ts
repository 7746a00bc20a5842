import { type Kysely, sql } from 'kysely';

/** The classifications that records refer to: fields, areas with their former names, VSIC sections, Nice classes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('field')
    .addColumn('code', 'text', (c) => c.primaryKey().check(sql`code glob '[0-9]*' and length(code) in (1, 3, 5)`))
    .addColumn('parent', 'text', (c) => c.references('field.code'))
    .addColumn('vi', 'text', (c) => c.notNull())
    .addColumn('en', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('area')
    .addColumn('code', 'text', (c) => c.primaryKey())
    .addColumn('parent', 'text', (c) => c.references('area.code'))
    .addColumn('type', 'text', (c) => c.notNull().check(sql`type in ('province', 'city', 'ward', 'commune')`))
    .addColumn('vi', 'text', (c) => c.notNull())
    .addColumn('en', 'text', (c) => c.notNull())
    .addColumn('officialName', 'text', (c) => c.notNull())
    .addColumn('validFrom', 'text', (c) => c.check(sql`"validFrom" is date("validFrom")`))
    .execute();
  await db.schema
    .createTable('area_former_name')
    .addColumn('areaCode', 'text', (c) => c.notNull().references('area.code').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('validUntil', 'text', (c) => c.check(sql`"validUntil" is date("validUntil")`))
    .addColumn('sourceText', 'text')
    .addPrimaryKeyConstraint('area_former_name_pk', ['areaCode', 'name'])
    .execute();
  for (const table of ['vsic_section', 'nice_class']) {
    await db.schema
      .createTable(table)
      .addColumn('code', 'text', (c) => c.primaryKey())
      .addColumn('vi', 'text', (c) => c.notNull())
      .addColumn('en', 'text', (c) => c.notNull())
      .execute();
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ['nice_class', 'vsic_section', 'area_former_name', 'area', 'field']) {
    await db.schema.dropTable(table).execute();
  }
}
