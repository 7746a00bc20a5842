import { type Kysely, sql } from 'kysely';

const events = ['insert', 'update', 'delete'] as const;

/** No public page shows a record on its way to the first publication. */
const isUnseen = (row: 'old' | 'new') => sql`${sql.raw(row)}.status in ('draft', 'submitted', 'returned')`;

const unseen = {
  insert: isUnseen('new'),
  update: sql`${isUnseen('old')} and ${isUnseen('new')}`,
  delete: isUnseen('old'),
};

/** Kept pages stay good while people write drafts: before, each step of a draft made all of them worthless. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const event of events) {
    const trigger = sql.ref(`record_${event}_version`);
    await sql`drop trigger ${trigger}`.execute(db);
    await sql`
      create trigger ${trigger} after ${sql.raw(event)} on record when not (${unseen[event]})
      begin update content_version set version = version + 1; end`.execute(db);
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const event of events) {
    const trigger = sql.ref(`record_${event}_version`);
    await sql`drop trigger ${trigger}`.execute(db);
    await sql`
      create trigger ${trigger} after ${sql.raw(event)} on record
      begin update content_version set version = version + 1; end`.execute(db);
  }
}
