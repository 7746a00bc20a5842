import { type Kysely, sql } from 'kysely';

const settingsTables = ['field', 'area', 'area_former_name', 'synonym_group', 'site_setting'];
/** The others raise the content version since `0003-search`. */
const newForCaches = ['area_former_name', 'synonym_group', 'site_setting'];
const events = ['insert', 'update', 'delete'];

/**
 * What the Department changes in the browser: classifications, synonyms, the site's settings; accounts that are
 * blocked, the history of signing in, and requests about personal data.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Since when an entry is not offered any more.
  await db.schema
    .alterTable('field')
    .addColumn('retiredAt', 'text', (c) => c.check(sql`"retiredAt" is date("retiredAt")`))
    .execute();
  // 1 for an entry that the Department has added, which the files of db/seed do not have.
  await db.schema
    .alterTable('field')
    .addColumn('own', 'integer', (c) => c.notNull().defaultTo(0).check(sql`own in (0, 1)`))
    .execute();
  // The last day on which the area existed by itself, and the area that it belongs to since.
  await db.schema
    .alterTable('area')
    .addColumn('validUntil', 'text', (c) => c.check(sql`"validUntil" is date("validUntil")`))
    .execute();
  await db.schema
    .alterTable('area')
    .addColumn('mergedInto', 'text', (c) => c.references('area.code'))
    .execute();
  for (const table of ['field', 'area']) {
    // What somebody has edited is not overwritten from the files at the next start.
    await db.schema.alterTable(table).addColumn('editedAt', 'text').execute();
  }

  await db.schema
    .createTable('synonym_group')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('members', 'text', (c) => c.notNull().check(sql`json_array_length(members) >= 2`))
    .addColumn('updatedAt', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('site_setting')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull().check(sql`json_valid(value)`))
    .addColumn('updatedAt', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('settings_version')
    .addColumn('id', 'integer', (c) => c.primaryKey().check(sql`id = 1`))
    .addColumn('version', 'integer', (c) => c.notNull())
    // Null until the list of synonyms was read from its file.
    .addColumn('synonymsReadAt', 'text')
    .execute();
  await sql`insert into settings_version (id, version) values (1, 1)`.execute(db);
  for (const event of events) {
    for (const table of settingsTables) {
      await sql`
        create trigger ${sql.ref(`${table}_${event}_settings`)} after ${sql.raw(event)} on ${sql.table(table)}
        begin update settings_version set version = version + 1; end`.execute(db);
    }
    for (const table of newForCaches) {
      await sql`
        create trigger ${sql.ref(`${table}_${event}_version`)} after ${sql.raw(event)} on ${sql.table(table)}
        begin update content_version set version = version + 1; end`.execute(db);
    }
  }

  await db.schema.alterTable('user').addColumn('blockedAt', 'text').execute();
  await db.schema
    .createTable('sign_in')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('userId', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('network', 'text', (c) => c.notNull())
    .addColumn('userAgent', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) =>
      c
        .notNull()
        .check(sql`outcome in ('entered', 'wrongPassword', 'unverified', 'blocked', 'codeShown', 'wrongCode')`),
    )
    .execute();
  await db.schema.createIndex('sign_in_by_user').on('sign_in').columns(['userId', 'id']).execute();
  await db.schema.createIndex('sign_in_by_time').on('sign_in').column('at').execute();

  // 1 for a message whose row goes once it is sent: its receiver has asked to be forgotten.
  await db.schema
    .alterTable('mail')
    .addColumn('forget', 'integer', (c) => c.notNull().defaultTo(0).check(sql`forget in (0, 1)`))
    .execute();
  await sql`create index mail_forgotten on mail ("createdAt") where forget = 1`.execute(db);
  await db.schema.createIndex('mail_by_recipient').on('mail').column('recipient').execute();

  await db.schema
    .createTable('personal_data_request')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('export', 'correction', 'deletion')`))
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('unconfirmed', 'open', 'done', 'refused')`))
    .addColumn('userId', 'text', (c) => c.references('user.id').onDelete('set null'))
    // These four are emptied when the person's data is deleted.
    .addColumn('name', 'text')
    .addColumn('email', 'text')
    .addColumn('message', 'text')
    .addColumn('reason', 'text')
    .addColumn('language', 'text', (c) => c.notNull().check(sql`language in ('vi', 'en')`))
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .addColumn('dueOn', 'text', (c) => c.check(sql`"dueOn" is date("dueOn")`))
    .addColumn('remindedAt', 'text')
    .addColumn('decidedAt', 'text')
    // SHA-256 of what a link holds: the one that proves the address, then the one to the export.
    .addColumn('hash', 'text', (c) => c.unique().check(sql`length(hash) = 64`))
    .addColumn('worksUntil', 'integer')
    .addCheckConstraint(
      'personal_data_request_open',
      sql`state <> 'open' or ("dueOn" is not null and email is not null)`,
    )
    .execute();
  await sql`create index personal_data_request_waiting on personal_data_request ("dueOn", id) where state = 'open'`.execute(
    db,
  );
  await db.schema
    .createIndex('personal_data_request_by_state')
    .on('personal_data_request')
    .columns(['state', 'id'])
    .execute();
  await db.schema.createIndex('personal_data_request_by_user').on('personal_data_request').column('userId').execute();
  await db.schema.createIndex('personal_data_request_by_email').on('personal_data_request').column('email').execute();
  await db.schema
    .createTable('personal_data_event')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('requestId', 'integer', (c) => c.notNull().references('personal_data_request.id').onDelete('cascade'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    // Which of the Department's people; null for the person themselves and for the program.
    .addColumn('userId', 'text', (c) => c.references('user.id').onDelete('set null'))
    .execute();
  await db.schema.createIndex('personal_data_event_by_request').on('personal_data_event').column('requestId').execute();
  await db.schema.createIndex('personal_data_event_by_user').on('personal_data_event').column('userId').execute();

  // Since when the Department may answer a request that a record's managers have left lying.
  await db.schema.alterTable('manage_request').addColumn('departmentSince', 'text').execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('manage_request').dropColumn('departmentSince').execute();
  for (const table of ['personal_data_event', 'personal_data_request', 'sign_in']) {
    await db.schema.dropTable(table).execute();
  }
  for (const index of ['mail_by_recipient', 'mail_forgotten']) await db.schema.dropIndex(index).execute();
  await db.schema.alterTable('mail').dropColumn('forget').execute();
  await db.schema.alterTable('user').dropColumn('blockedAt').execute();
  for (const event of events) {
    for (const table of settingsTables) await sql`drop trigger ${sql.ref(`${table}_${event}_settings`)}`.execute(db);
    for (const table of newForCaches) await sql`drop trigger ${sql.ref(`${table}_${event}_version`)}`.execute(db);
  }
  for (const table of ['settings_version', 'site_setting', 'synonym_group']) {
    await db.schema.dropTable(table).execute();
  }
  for (const column of ['editedAt', 'mergedInto', 'validUntil']) {
    await db.schema.alterTable('area').dropColumn(column).execute();
  }
  for (const column of ['editedAt', 'own', 'retiredAt']) {
    await db.schema.alterTable('field').dropColumn(column).execute();
  }
}
