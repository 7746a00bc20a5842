import { type Kysely, sql } from 'kysely';

/** Kinds of partner with which a need does not want to deal: a hard condition of matching. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('need')
    .addColumn('excludedPartnerTypes', 'text', (c) =>
      c.notNull().defaultTo('[]').check(sql`json_type("excludedPartnerTypes") = 'array'`),
    )
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('need').dropColumn('excludedPartnerTypes').execute();
}
