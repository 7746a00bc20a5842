import { type Kysely, sql } from 'kysely';

/** Rows of a table are added and never changed; an account that is deleted leaves them without its name. */
async function appendOnly(db: Kysely<unknown>, table: string, columns: string[]): Promise<void> {
  const changed = sql.join(columns.map((column) => sql`${sql.ref(column)}`));
  await sql`
    create trigger ${sql.ref(`${table}_no_update`)} before update of ${changed} on ${sql.table(table)}
    begin select raise(abort, 'figures are append-only'); end`.execute(db);
  await sql`
    create trigger ${sql.ref(`${table}_no_delete`)} before delete on ${sql.table(table)}
    begin select raise(abort, 'figures are append-only'); end`.execute(db);
}

/**
 * What the Department counts: how well the catalogue answers each need, the plan's indicators with the history of their
 * figures, reports as they were given; and what records and connections are counted by.
 */
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
  await db.schema.createIndex('connection_by_acceptance').on('connection').column('acceptedAt').execute();

  await db.schema
    .createTable('indicator')
    .addColumn('code', 'text', (c) => c.primaryKey())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('vi', 'text', (c) => c.notNull())
    .addColumn('en', 'text', (c) => c.notNull())
    .addColumn('definitionVi', 'text', (c) => c.notNull())
    .addColumn('definitionEn', 'text', (c) => c.notNull())
    .addColumn('unit', 'text', (c) => c.notNull().check(sql`unit in ('count', 'percent')`))
    // How the catalogue counts it; null for what the Department enters.
    .addColumn('measure', 'text')
    .addColumn('target', 'real')
    .addColumn('targetKind', 'text', (c) => c.notNull().check(sql`"targetKind" in ('value', 'timesBaseline')`))
    .addColumn('comparison', 'text', (c) => c.notNull().check(sql`comparison in ('atLeast', 'more')`))
    // The target is counted from this day to the end of this year.
    .addColumn('countedFrom', 'text', (c) => c.notNull().check(sql`"countedFrom" is date("countedFrom")`))
    .addColumn('targetYear', 'integer', (c) => c.notNull())
    .addColumn('sourceVi', 'text')
    .addColumn('sourceEn', 'text')
    .addColumn('sourceNumber', 'text')
    .execute();
  // A correction is a new row: the last one of an indicator and period holds.
  await db.schema
    .createTable('indicator_value')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('indicator', 'text', (c) => c.notNull().references('indicator.code'))
    .addColumn('period', 'text', (c) =>
      c
        .notNull()
        .check(sql`period in ('plan', 'baseline') or period glob '20[0-9][0-9]' or period glob '20[0-9][0-9]-Q[1-4]'`),
    )
    .addColumn('value', 'real', (c) => c.notNull())
    // Demo records that would have counted; they are no part of the value.
    .addColumn('demo', 'integer', (c) => c.notNull().defaultTo(0))
    // Null for what was counted in the catalogue.
    .addColumn('source', 'text')
    .addColumn('enteredBy', 'text', (c) => c.references('user.id').onDelete('set null'))
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('indicator_value_by_period')
    .on('indicator_value')
    .columns(['indicator', 'period', 'id'])
    .execute();
  await db.schema.createIndex('indicator_value_by_user').on('indicator_value').column('enteredBy').execute();
  await db.schema
    .createTable('report')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('period', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    // JSON: everything that the report says (src/insight/report.ts).
    .addColumn('data', 'text', (c) => c.notNull().check(sql`json_type(data) = 'object'`))
    .addColumn('frozenBy', 'text', (c) => c.references('user.id').onDelete('set null'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addUniqueConstraint('report_version', ['period', 'version'])
    .execute();
  await db.schema.createIndex('report_by_user').on('report').column('frozenBy').execute();
  await appendOnly(db, 'indicator_value', ['indicator', 'period', 'value', 'demo', 'source', 'at']);
  await appendOnly(db, 'report', ['period', 'version', 'data', 'at']);
  // Public pages show them.
  for (const [table, event] of [
    ['indicator', 'insert'],
    ['indicator', 'update'],
    ['indicator_value', 'insert'],
  ]) {
    await sql`
      create trigger ${sql.ref(`${table}_${event}_version`)} after ${sql.raw(event)} on ${sql.table(table)}
      begin update content_version set version = version + 1; end`.execute(db);
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ['report', 'indicator_value', 'indicator', 'need_match']) {
    await db.schema.dropTable(table).execute();
  }
  for (const index of ['connection_by_acceptance', 'connection_by_creation', 'record_by_kind']) {
    await db.schema.dropIndex(index).execute();
  }
}
