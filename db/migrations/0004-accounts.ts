import { type Kysely, sql } from 'kysely';

/** People who sign in, their sessions and one-time links, the mail that waits to be sent, and spent attempts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('user')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('email', 'text', (c) => c.notNull().unique().check(sql`email = lower(email)`))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('passwordHash', 'text')
    .addColumn('role', 'text', (c) => c.notNull().check(sql`role in ('member', 'moderator', 'administrator')`))
    .addColumn('language', 'text', (c) => c.notNull().check(sql`language in ('vi', 'en')`))
    .addColumn('emailVerifiedAt', 'text')
    .addColumn('totpSecret', 'text')
    .addColumn('totpConfirmedAt', 'text')
    // The step of the last code that was accepted: a code that somebody has watched does not work again.
    .addColumn('totpLastStep', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('user_consent')
    .addColumn('userId', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('document', 'text', (c) => c.notNull().check(sql`document in ('terms', 'privacy')`))
    .addColumn('version', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('user_consent_pk', ['userId', 'document', 'version'])
    .execute();
  await db.schema
    .createTable('session')
    .addColumn('id', 'text', (c) => c.primaryKey().check(sql`length(id) = 64`))
    .addColumn('userId', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('expiresAt', 'integer', (c) => c.notNull())
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .addColumn('userAgent', 'text', (c) => c.notNull())
    .addColumn('twoFactor', 'integer', (c) => c.notNull().defaultTo(0).check(sql`"twoFactor" in (0, 1)`))
    .execute();
  await db.schema.createIndex('session_by_user').on('session').column('userId').execute();
  await db.schema.createIndex('session_by_expiry').on('session').column('expiresAt').execute();
  await db.schema
    .createTable('one_time_token')
    .addColumn('hash', 'text', (c) => c.primaryKey().check(sql`length(hash) = 64`))
    .addColumn('purpose', 'text', (c) =>
      c.notNull().check(sql`purpose in ('verify_email', 'reset_password', 'change_email', 'administrator')`),
    )
    .addColumn('userId', 'text', (c) => c.references('user.id').onDelete('cascade'))
    .addColumn('email', 'text')
    .addColumn('expiresAt', 'integer', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('one_time_token_by_user').on('one_time_token').column('userId').execute();
  await db.schema
    .createTable('recovery_code')
    .addColumn('userId', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('hash', 'text', (c) => c.notNull().check(sql`length(hash) = 64`))
    .addPrimaryKeyConstraint('recovery_code_pk', ['userId', 'hash'])
    .execute();
  await db.schema
    .createTable('mail')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('cause', 'text', (c) => c.notNull().unique())
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('html', 'text', (c) => c.notNull())
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) =>
      c.notNull().defaultTo('waiting').check(sql`state in ('waiting', 'sending', 'sent', 'failed')`),
    )
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('nextAttemptAt', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('lastError', 'text')
    .execute();
  await db.schema.createIndex('mail_by_state').on('mail').columns(['state', 'nextAttemptAt']).execute();
  await db.schema
    .createTable('rate_limit')
    .addColumn('bucket', 'text', (c) => c.primaryKey())
    .addColumn('used', 'integer', (c) => c.notNull())
    .addColumn('endsAt', 'integer', (c) => c.notNull())
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ['rate_limit', 'mail', 'recovery_code', 'one_time_token', 'session', 'user_consent', 'user']) {
    await db.schema.dropTable(table).execute();
  }
}
