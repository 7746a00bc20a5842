import { sql } from 'kysely';
import type { Db } from '../../db/client.ts';
import type { PersonalDataPart } from '../accounts/data-subject.ts';

/** Mail to the person, and what mail to others says about them. */
export const mailPart: PersonalDataPart = {
  name: 'mail',
  collect: async (db, { email }) => ({
    received: await db
      .selectFrom('mail')
      .select(['createdAt', 'subject', 'state'])
      .where('recipient', '=', email)
      .execute(),
  }),
  async erase(_, trx, { email }) {
    await trx.deleteFrom('mail').where('recipient', '=', email).execute();
    // The row stays, so that its cause gets no second message; one that still waits is sent without the address.
    await trx
      .updateTable('mail')
      .set({
        subject: sql<string>`replace(subject, ${email}, '…')`,
        text: sql<string>`replace(text, ${email}, '…')`,
        html: sql<string>`replace(html, ${email}, '…')`,
        lastError: null,
      })
      .where(sql<number>`instr(subject || text || html || coalesce("lastError", ''), ${email})`, '>', 0)
      .execute();
    await trx.deleteFrom('mail').where(sql<number>`instr(cause, ${email})`, '>', 0).execute();
  },
};

const forgottenAfterDays = 7;

/** Removes last messages to people who were forgotten whose sending a crash has interrupted. */
export const forgetStuckMail = (db: Db, now = Date.now()) =>
  db
    .deleteFrom('mail')
    // Written out: with a parameter in its place SQLite does not see that the partial index serves.
    .where('forget', '=', sql.lit(1))
    .where('state', '<>', 'waiting')
    .where('createdAt', '<', new Date(now - forgottenAfterDays * 86_400_000).toISOString())
    .execute();
