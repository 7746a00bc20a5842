import { type Kysely, sql } from 'kysely';

const frequencies = sql.raw(`('daily', 'weekly', 'paused')`);

/**
 * When each record was first public and last changed, by its place in the outbox; what people want to be told about,
 * what they have been told, and the links that stop it. Mail keeps headers of its own.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('publication')
    .addColumn('recordId', 'integer', (c) => c.primaryKey().references('record.id').onDelete('cascade'))
    .addColumn('firstSeq', 'integer', (c) => c.notNull())
    .addColumn('lastSeq', 'integer', (c) => c.notNull())
    .execute();
  for (const column of ['firstSeq', 'lastSeq']) {
    await db.schema.createIndex(`publication_by_${column}`).on('publication').column(column).execute();
  }
  await sql`
    insert into publication ("recordId", "firstSeq", "lastSeq")
    select id, 0, 0 from record where "publishedAt" is not null`.execute(db);
  await sql`
    create trigger outbox_insert_publication after insert on outbox
    when exists (select 1 from record where id = new."recordId" and status = 'published')
    begin
      insert into publication ("recordId", "firstSeq", "lastSeq") values (new."recordId", new.seq, new.seq)
      on conflict ("recordId") do update set "lastSeq" = excluded."lastSeq";
    end`.execute(db);

  await db.schema
    .createTable('saved_search')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('userId', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    // The list's Vietnamese address with its filters, in their one order.
    .addColumn('address', 'text', (c) => c.notNull().check(sql`address like '/%'`))
    .addColumn('frequency', 'text', (c) => c.notNull().check(sql`frequency in ${frequencies}`))
    // Of what was public before this place in the outbox its owner is not told (any more).
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .addUniqueConstraint('saved_search_once', ['userId', 'address'])
    .execute();

  await db.schema
    .createTable('digest')
    .addColumn('userId', 'text', (c) => c.primaryKey().references('user.id').onDelete('cascade'))
    // How often matches of the person's own needs and offers are told.
    .addColumn('matches', 'text', (c) => c.notNull().defaultTo('weekly').check(sql`matches in ${frequencies}`))
    // Matches have been looked for up to this place in the outbox; -1: never.
    .addColumn('matchesSeq', 'integer', (c) => c.notNull().defaultTo(-1))
    // The day in Việt Nam up to which everything has been told.
    .addColumn('doneOn', 'text', (c) => c.notNull())
    .addColumn('stoppedAt', 'text')
    .addColumn('firstSentAt', 'text')
    .execute();
  await sql`create index digest_due on digest ("doneOn") where "stoppedAt" is null`.execute(db);
  await sql`insert into digest ("userId", "doneOn") select id, date('now') from user`.execute(db);
  await sql`
    create trigger user_insert_digest after insert on user
    begin insert into digest ("userId", "doneOn") values (new.id, substr(new."createdAt", 1, 10)); end`.execute(db);

  await db.schema
    .createTable('digest_result')
    .addColumn('userId', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('recordId', 'integer', (c) => c.notNull().references('record.id').onDelete('cascade'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('digest_result_pk', ['userId', 'recordId'])
    .execute();
  await db.schema.createIndex('digest_result_by_record').on('digest_result').column('recordId').execute();
  await db.schema
    .createTable('digest_link')
    .addColumn('hash', 'text', (c) => c.primaryKey().check(sql`length(hash) = 64`))
    .addColumn('userId', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('digest_link_by_user').on('digest_link').column('userId').execute();
  await db.schema
    .alterTable('mail')
    .addColumn('headers', 'text', (c) => c.notNull().defaultTo('{}').check(sql`json_type(headers) = 'object'`))
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('mail').dropColumn('headers').execute();
  for (const trigger of ['user_insert_digest', 'outbox_insert_publication']) {
    await sql`drop trigger ${sql.ref(trigger)}`.execute(db);
  }
  for (const table of ['digest_link', 'digest_result', 'digest', 'saved_search', 'publication']) {
    await db.schema.dropTable(table).execute();
  }
}
