import { type Kysely, sql } from 'kysely';

/** What a policy document says besides, in plain words: who benefits, how to apply; where its text is, until when it holds. */
const policyColumns = ['expiredOn', 'documentUrl', 'beneficiaries', 'howToApply'];

/** Tables that public pages are made of: each change makes kept pages worthless (as in 0003). */
const publicTables = {
  event: ['insert', 'update', 'delete'],
  article: ['insert', 'update', 'delete'],
  // What changes in a bulletin is only how far it has been sent.
  bulletin: ['insert', 'delete'],
};

/**
 * Events with those who register for them, articles with their pictures, and the monthly bulletin with its readers.
 * `isOver` is written by the server once an event has ended, so that lists need no clock and kept pages end with it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('event')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('slug', 'text', (c) => c.notNull().unique())
    .addColumn('type', 'text', (c) => c.notNull().check(sql`type in ('startup', 'conference', 'fair', 'training')`))
    .addColumn('status', 'text', (c) =>
      c.notNull().defaultTo('draft').check(sql`status in ('draft', 'published', 'cancelled')`),
    )
    .addColumn('title', 'text', (c) => c.notNull().check(sql`length(trim(title)) > 0`))
    .addColumn('titleEn', 'text')
    .addColumn('summary', 'text', (c) => c.notNull())
    .addColumn('summaryEn', 'text')
    .addColumn('body', 'text')
    .addColumn('organiser', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('website', 'text')
    .addColumn('startsAt', 'text', (c) => c.notNull())
    .addColumn('endsAt', 'text', (c) => c.notNull())
    .addColumn('takesRegistrations', 'integer', (c) => c.notNull().check(sql`"takesRegistrations" in (0, 1)`))
    .addColumn('capacity', 'integer', (c) => c.check(sql`capacity > 0`))
    .addColumn('registerUntil', 'text')
    .addColumn('sequence', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('noticeSequence', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('noticePending', 'integer', (c) => c.notNull().defaultTo(0).check(sql`"noticePending" in (0, 1)`))
    .addColumn('isOver', 'integer', (c) => c.notNull().defaultTo(0).check(sql`"isOver" in (0, 1)`))
    .addColumn('cancelReason', 'text')
    .addColumn('demo', 'integer', (c) => c.notNull().defaultTo(0).check(sql`demo in (0, 1)`))
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .addColumn('updatedAt', 'text', (c) => c.notNull())
    .addColumn('publishedAt', 'text')
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .addCheckConstraint('event_ends_after_start', sql`"endsAt" > "startsAt"`)
    .addCheckConstraint('event_public_or_draft', sql`(status = 'draft') = ("publishedAt" is null)`)
    .execute();
  await sql`create index event_public on event ("isOver", "startsAt", id) where "publishedAt" is not null`.execute(db);
  await sql`create index event_by_publication on event ("publishedAt") where "publishedAt" is not null`.execute(db);
  await db.schema.createIndex('event_by_end').on('event').columns(['isOver', 'endsAt']).execute();
  await db.schema.createIndex('event_by_start').on('event').columns(['startsAt', 'id']).execute();
  await sql`create index event_with_notice on event (id) where "noticePending" = 1`.execute(db);

  await db.schema
    .createTable('event_registration')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('eventId', 'integer', (c) => c.notNull().references('event.id').onDelete('cascade'))
    .addColumn('email', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('organisation', 'text')
    .addColumn('language', 'text', (c) => c.notNull().check(sql`language in ('vi', 'en')`))
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('registered', 'waiting')`))
    .addColumn('consentVersion', 'text', (c) => c.notNull())
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .addColumn('toldSequence', 'integer', (c) => c.notNull())
    .addColumn('remindedAt', 'text')
    .addUniqueConstraint('event_registration_once', ['eventId', 'email'])
    .execute();
  await db.schema
    .createIndex('event_registration_by_state')
    .on('event_registration')
    .columns(['eventId', 'state', 'id'])
    .execute();
  await db.schema
    .createIndex('event_registration_by_notice')
    .on('event_registration')
    .columns(['eventId', 'toldSequence', 'id'])
    .execute();
  await db.schema.createIndex('event_registration_by_email').on('event_registration').column('email').execute();
  await db.schema
    .createTable('event_link')
    .addColumn('hash', 'text', (c) => c.primaryKey().check(sql`length(hash) = 64`))
    .addColumn('registrationId', 'integer', (c) => c.notNull().references('event_registration.id').onDelete('cascade'))
    .execute();
  await db.schema.createIndex('event_link_by_registration').on('event_link').column('registrationId').execute();

  await db.schema
    .createTable('article')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('slug', 'text', (c) => c.notNull().unique())
    .addColumn('status', 'text', (c) => c.notNull().defaultTo('draft').check(sql`status in ('draft', 'published')`))
    .addColumn('title', 'text', (c) => c.notNull().check(sql`length(trim(title)) > 0`))
    .addColumn('titleEn', 'text')
    .addColumn('summary', 'text', (c) => c.notNull())
    .addColumn('summaryEn', 'text')
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('photos', 'text', (c) => c.notNull().defaultTo('[]').check(sql`json_type(photos) = 'array'`))
    .addColumn('demo', 'integer', (c) => c.notNull().defaultTo(0).check(sql`demo in (0, 1)`))
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .addColumn('updatedAt', 'text', (c) => c.notNull())
    // Kept when an article is taken back: published again, it is no news.
    .addColumn('publishedAt', 'text')
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .addCheckConstraint('article_published_once', sql`status = 'draft' or "publishedAt" is not null`)
    .execute();
  await db.schema.createIndex('article_by_status').on('article').columns(['status', 'publishedAt', 'id']).execute();
  await db.schema.createIndex('article_by_update').on('article').columns(['updatedAt', 'id']).execute();
  await db.schema
    .createTable('article_picture')
    .addColumn('articleId', 'integer', (c) => c.notNull().references('article.id').onDelete('cascade'))
    .addColumn('hash', 'text', (c) => c.notNull().check(sql`length(hash) = 32 and hash not glob '*[^0-9a-f]*'`))
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('article_picture_pk', ['articleId', 'hash'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema.createIndex('article_picture_by_hash').on('article_picture').column('hash').execute();

  await db.schema
    .createTable('bulletin')
    .addColumn('month', 'text', (c) => c.primaryKey().check(sql`month glob '[0-9][0-9][0-9][0-9]-[0-1][0-9]'`))
    .addColumn('intro', 'text', (c) => c.notNull())
    .addColumn('introEn', 'text')
    .addColumn('items', 'text', (c) => c.notNull().check(sql`json_type(items) = 'array'`))
    .addColumn('publishedAt', 'text', (c) => c.notNull())
    .addColumn('sentThrough', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('sentAt', 'text')
    .execute();
  await sql`create index bulletin_to_send on bulletin (month) where "sentAt" is null`.execute(db);
  await db.schema
    .createTable('bulletin_reader')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('email', 'text', (c) => c.notNull().unique())
    .addColumn('language', 'text', (c) => c.notNull().check(sql`language in ('vi', 'en')`))
    .addColumn('consentVersion', 'text', (c) => c.notNull())
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .addColumn('confirmedAt', 'text')
    .execute();
  await sql`create index bulletin_reader_unconfirmed on bulletin_reader ("createdAt") where "confirmedAt" is null`.execute(
    db,
  );
  await db.schema
    .createTable('bulletin_link')
    .addColumn('hash', 'text', (c) => c.primaryKey().check(sql`length(hash) = 64`))
    .addColumn('readerId', 'integer', (c) => c.notNull().references('bulletin_reader.id').onDelete('cascade'))
    .execute();
  await db.schema.createIndex('bulletin_link_by_reader').on('bulletin_link').column('readerId').execute();
  for (const column of policyColumns) {
    await db.schema.alterTable('policy').addColumn(column, 'text').execute();
  }
  // A bulletin takes from a month's records only what is new.
  await db.schema
    .createIndex('record_by_publication')
    .on('record')
    .columns(['status', 'kind', 'publishedAt', 'id'])
    .execute();

  for (const [table, changes] of Object.entries(publicTables)) {
    for (const change of changes) {
      await sql`
        create trigger ${sql.ref(`${table}_${change}_version`)} after ${sql.raw(change)} on ${sql.table(table)}
        begin update content_version set version = version + 1; end`.execute(db);
    }
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('record_by_publication').execute();
  for (const column of policyColumns) await db.schema.alterTable('policy').dropColumn(column).execute();
  for (const table of [
    'bulletin_link',
    'bulletin_reader',
    'bulletin',
    'article_picture',
    'article',
    'event_link',
    'event_registration',
    'event',
  ]) {
    await db.schema.dropTable(table).execute();
  }
}
