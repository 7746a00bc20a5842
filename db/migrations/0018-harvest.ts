import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';

/**
 * What other catalogues harvest and what is harvested from them: a name for this catalogue that no other one has, the
 * number of each public record's last change, and the sources with what came from them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('site')
    .addColumn('id', 'integer', (c) => c.primaryKey().check(sql`id = 1`))
    .addColumn('uuid', 'text', (c) => c.notNull().check(sql`length(uuid) = 36`))
    .execute();
  await sql`insert into site (id, uuid) values (1, ${randomUUID()})`.execute(db);

  // Without a reference: what was public once is named as gone even when its row is deleted.
  await db.schema
    .createTable('record_change')
    .addColumn('recordId', 'integer', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('slug', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull().unique())
    .addColumn('changedAt', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('record_change_by_kind').on('record_change').columns(['kind', 'seq']).execute();
  await db.schema.createIndex('record_change_by_time').on('record_change').columns(['changedAt', 'seq']).execute();
  // Below every number that the outbox will give.
  await sql`
    insert into record_change ("recordId", kind, slug, seq, "changedAt")
    select id, kind, slug, row_number() over (order by "updatedAt", id) - count(*) over (), "updatedAt"
    from record where status = 'published'`.execute(db);
  // A record that was never public has no row, so that nothing tells of it.
  await sql`
    create trigger outbox_record_change after insert on outbox begin
      insert into record_change ("recordId", kind, slug, seq, "changedAt")
        select id, kind, slug, new.seq, new."createdAt" from record where id = new."recordId" and status = 'published'
        on conflict ("recordId") do update set slug = excluded.slug, seq = excluded.seq, "changedAt" = excluded."changedAt";
      update record_change set seq = new.seq, "changedAt" = new."createdAt" where "recordId" = new."recordId" and seq <> new.seq;
    end`.execute(db);
  await sql`
    create trigger record_delete_change after delete on record
    when exists (select 1 from record_change where "recordId" = old.id) begin
      insert into outbox ("recordId", "createdAt") values (old.id, strftime('%Y-%m-%dT%H:%M:%fZ'));
    end`.execute(db);

  // The downloads walk one kind's public records in this order.
  await db.schema.createIndex('record_in_order').on('record').columns(['kind', 'status', 'id']).execute();

  await db.schema
    .createTable('harvest_source')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('name', 'text', (c) => c.notNull().check(sql`length(trim(name)) > 0`))
    .addColumn('url', 'text', (c) => c.notNull().unique())
    .addColumn('format', 'text', (c) => c.notNull().check(sql`format in ('api', 'csv')`))
    .addColumn('kinds', 'text', (c) => c.notNull().check(sql`json_type(kinds) = 'array'`))
    .addColumn('everyHours', 'integer', (c) => c.notNull().check(sql`"everyHours" between 1 and 720`))
    .addColumn('active', 'integer', (c) => c.notNull().defaultTo(1).check(sql`active in (0, 1)`))
    .addColumn('catalogue', 'text')
    .addColumn('cursor', 'text')
    .addColumn('nextRunAt', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('lastRunAt', 'text')
    .addColumn('lastError', 'text')
    .addColumn('counts', 'text', (c) => c.notNull().defaultTo('{}').check(sql`json_type(counts) = 'object'`))
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('harvest_source_due').on('harvest_source').columns(['active', 'nextRunAt']).execute();

  await db.schema
    .createTable('harvested_record')
    .addColumn('sourceId', 'integer', (c) => c.notNull().references('harvest_source.id').onDelete('cascade'))
    .addColumn('remoteId', 'text', (c) => c.notNull())
    .addColumn('recordId', 'integer', (c) => c.references('record.id').onDelete('set null'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('url', 'text')
    .addColumn('originCatalogue', 'text')
    .addColumn('originId', 'text', (c) => c.notNull().unique())
    .addColumn('harvestedAt', 'text', (c) => c.notNull())
    .addColumn('latestForm', 'text')
    .addColumn('baseForm', 'text')
    .addColumn('proposedForm', 'text')
    .addColumn('revisionId', 'integer', (c) => c.references('revision.id').onDelete('set null'))
    .addColumn('notes', 'text', (c) => c.notNull().defaultTo('[]').check(sql`json_type(notes) = 'array'`))
    .addColumn('state', 'text', (c) =>
      c.notNull().check(sql`state in ('settled', 'proposed', 'waiting', 'invalid', 'refused', 'known', 'gone')`),
    )
    .addPrimaryKeyConstraint('harvested_record_pk', ['sourceId', 'remoteId'])
    .execute();
  await db.schema.createIndex('harvested_by_record').on('harvested_record').column('recordId').execute();
  await db.schema.createIndex('harvested_by_revision').on('harvested_record').column('revisionId').execute();
  await db.schema.createIndex('harvested_of_source').on('harvested_record').columns(['sourceId', 'state']).execute();
  await db.schema.createIndex('harvested_by_state').on('harvested_record').columns(['state', 'harvestedAt']).execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const trigger of ['record_delete_change', 'outbox_record_change']) {
    await sql`drop trigger ${sql.ref(trigger)}`.execute(db);
  }
  await db.schema.dropIndex('record_in_order').execute();
  for (const table of ['harvested_record', 'harvest_source', 'record_change', 'site']) {
    await db.schema.dropTable(table).execute();
  }
}
