import { type Kysely, sql } from 'kysely';

const open = sql.raw(`('proposed', 'requested', 'awaiting_asker', 'accepted', 'in_discussion')`);
const sides = sql.raw(`('asker', 'asked', 'moderator', 'system')`);

/** Connections of two sides, what they write and send each other, their history; blocks and reports. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('connection')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    // The record that is asked for.
    .addColumn('recordId', 'integer', (c) => c.notNull().references('record.id').onDelete('cascade'))
    .addColumn('askerRecordId', 'integer', (c) => c.references('record.id').onDelete('set null'))
    // Null for what the Department proposes, and after the asker's account is deleted.
    .addColumn('askerId', 'text', (c) => c.references('user.id').onDelete('set null'))
    .addColumn('origin', 'text', (c) => c.notNull().check(sql`origin in ('member', 'department')`))
    .addColumn('proposedBy', 'text', (c) => c.references('user.id').onDelete('set null'))
    // 1 when nobody managed the record: the Department answers.
    .addColumn('toDepartment', 'integer', (c) => c.notNull().defaultTo(0).check(sql`"toDepartment" in (0, 1)`))
    .addColumn('purpose', 'text', (c) =>
      c.notNull().check(sql`purpose in ('acquire', 'offer', 'research', 'service', 'invest', 'other')`),
    )
    .addColumn('state', 'text', (c) =>
      c
        .notNull()
        .check(
          sql`state in ('proposed', 'requested', 'awaiting_asker', 'accepted', 'in_discussion', 'agreement', 'closed', 'declined', 'withdrawn', 'expired')`,
        ),
    )
    .addColumn('reason', 'text')
    .addColumn('agreementKind', 'text', (c) =>
      c.check(
        sql`"agreementKind" in ('transfer', 'purchase', 'service', 'joint_research', 'investment', 'memorandum', 'other')`,
      ),
    )
    .addColumn('agreementVnd', 'integer', (c) => c.check(sql`"agreementVnd" between 0 and 1000000000000000`))
    .addColumn('nextStep', 'text')
    .addColumn('nextStepOn', 'text', (c) => c.check(sql`"nextStepOn" is date("nextStepOn")`))
    // Who acted last: the other side is waited for.
    .addColumn('lastSide', 'text', (c) => c.notNull().check(sql`"lastSide" in ${sides}`))
    .addColumn('brokerAskedAt', 'text')
    .addColumn('brokerAskedBy', 'text', (c) => c.references('user.id').onDelete('set null'))
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .addColumn('updatedAt', 'text', (c) => c.notNull())
    .addColumn('remindedAt', 'text')
    .addColumn('acceptedAt', 'text')
    .addColumn('outcomeAskedAt', 'text')
    .addColumn('endedAt', 'text')
    .addCheckConstraint('connection_two_records', sql`"askerRecordId" is not "recordId"`)
    .addCheckConstraint('connection_ended', sql`("endedAt" is null) = (state in ${open})`)
    .addCheckConstraint('connection_reason', sql`state <> 'declined' or reason is not null`)
    .addCheckConstraint(
      'connection_accepted',
      sql`("acceptedAt" is not null) = (state in ('accepted', 'in_discussion', 'agreement', 'closed'))`,
    )
    .addCheckConstraint('connection_outcome', sql`(state = 'agreement') = ("agreementKind" is not null)`)
    .addCheckConstraint('connection_value', sql`"agreementVnd" is null or state = 'agreement'`)
    .execute();
  // However often a button is pressed and in however many tabs, there is one open connection.
  await sql`create unique index connection_one_by_asker on connection ("askerId", "recordId") where state in ${open}`.execute(
    db,
  );
  await sql`create unique index connection_one_by_proposal on connection ("askerRecordId", "recordId") where origin = 'department' and state in ${open}`.execute(
    db,
  );
  for (const column of ['recordId', 'askerRecordId', 'askerId', 'proposedBy', 'brokerAskedBy']) {
    await db.schema.createIndex(`connection_by_${column}`).on('connection').column(column).execute();
  }
  await db.schema.createIndex('connection_by_state').on('connection').columns(['state', 'id']).execute();
  await db.schema.createIndex('connection_ages').on('connection').columns(['state', 'createdAt', 'endedAt']).execute();
  // Waiting for an answer, running without a stated outcome, waiting for the Department.
  await sql`create index connection_unanswered on connection ("createdAt") where "acceptedAt" is null and "endedAt" is null`.execute(
    db,
  );
  await sql`create index connection_running on connection ("acceptedAt") where "endedAt" is null and "outcomeAskedAt" is null`.execute(
    db,
  );
  await sql`create index connection_for_department on connection ("updatedAt") where "endedAt" is null and ("brokerAskedAt" is not null or "toDepartment" = 1)`.execute(
    db,
  );

  await db.schema
    .createTable('connection_event')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('connectionId', 'integer', (c) => c.notNull().references('connection.id').onDelete('cascade'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('userId', 'text', (c) => c.references('user.id').onDelete('set null'))
    .addColumn('side', 'text', (c) => c.notNull().check(sql`side in ${sides}`))
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull().defaultTo('{}').check(sql`json_type(detail) = 'object'`))
    .execute();
  await sql`
    create trigger connection_event_no_update before update of "connectionId", at, side, action, detail on connection_event
    begin select raise(abort, 'a connection''s history is append-only'); end`.execute(db);
  // Only together with its connection: that one is gone before what belongs to it.
  await sql`
    create trigger connection_event_no_delete before delete on connection_event
    when exists (select 1 from connection where id = old."connectionId")
    begin select raise(abort, 'a connection''s history is append-only'); end`.execute(db);
  await db.schema
    .createTable('connection_message')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('connectionId', 'integer', (c) => c.notNull().references('connection.id').onDelete('cascade'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('userId', 'text', (c) => c.references('user.id').onDelete('set null'))
    .addColumn('side', 'text', (c) => c.notNull().check(sql`side in ${sides}`))
    .addColumn('text', 'text', (c) => c.notNull().check(sql`length(trim(text)) > 0`))
    // Of the form that it was typed into: sent twice, it is one message.
    .addColumn('formKey', 'text', (c) => c.unique())
    .execute();
  await db.schema
    .createTable('connection_file')
    .addColumn('id', 'text', (c) => c.primaryKey().check(sql`length(id) = 36`))
    .addColumn('connectionId', 'integer', (c) => c.notNull().references('connection.id').onDelete('cascade'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('userId', 'text', (c) => c.references('user.id').onDelete('set null'))
    .addColumn('side', 'text', (c) => c.notNull().check(sql`side in ${sides}`))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull().check(sql`type in ('pdf', 'jpg', 'png')`))
    .addColumn('bytes', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('connection_link')
    .addColumn('hash', 'text', (c) => c.primaryKey().check(sql`length(hash) = 64`))
    .addColumn('connectionId', 'integer', (c) => c.notNull().references('connection.id').onDelete('cascade'))
    .addColumn('userId', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('usedAt', 'text')
    .execute();
  for (const table of ['connection_event', 'connection_message', 'connection_file', 'connection_link']) {
    await db.schema.createIndex(`${table}_by_connection`).on(table).column('connectionId').execute();
    await db.schema.createIndex(`${table}_by_user`).on(table).column('userId').execute();
  }

  await db.schema
    .createTable('member_block')
    .addColumn('blockerId', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('blockedId', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    // Where they met.
    .addColumn('connectionId', 'integer', (c) => c.references('connection.id').onDelete('set null'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('member_block_pk', ['blockerId', 'blockedId'])
    .addCheckConstraint('member_block_other', sql`"blockerId" <> "blockedId"`)
    .execute();
  await db.schema.createIndex('member_block_by_blocked').on('member_block').column('blockedId').execute();
  await db.schema.createIndex('member_block_by_connection').on('member_block').column('connectionId').execute();
  await db.schema
    .createTable('member_report')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('connectionId', 'integer', (c) => c.notNull().references('connection.id').onDelete('cascade'))
    .addColumn('reporterId', 'text', (c) => c.references('user.id').onDelete('set null'))
    .addColumn('reportedSide', 'text', (c) => c.notNull().check(sql`"reportedSide" in ('asker', 'asked')`))
    .addColumn('reason', 'text', (c) => c.notNull().check(sql`length(trim(reason)) > 0`))
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('closedAt', 'text')
    .addColumn('closedBy', 'text', (c) => c.references('user.id').onDelete('set null'))
    .addColumn('note', 'text')
    .execute();
  for (const column of ['connectionId', 'reporterId', 'closedBy']) {
    await db.schema.createIndex(`member_report_by_${column}`).on('member_report').column(column).execute();
  }
  await sql`create index member_report_open on member_report (id) where "closedAt" is null`.execute(db);
  await db.schema.alterTable('user').addColumn('connectingStoppedAt', 'text').execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('user').dropColumn('connectingStoppedAt').execute();
  for (const table of [
    'member_report',
    'member_block',
    'connection_link',
    'connection_file',
    'connection_message',
    'connection_event',
    'connection',
  ]) {
    await db.schema.dropTable(table).execute();
  }
}
