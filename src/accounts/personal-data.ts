import { sql } from 'kysely';
import * as z from 'zod';
import type { Db, Trx } from '../../db/client.ts';
import { connectionPart } from '../connections/personal-data.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { mailPart } from '../mail/personal-data.ts';
import { queueMail } from '../mail/queue.ts';
import { recordsPart } from '../moderation/personal-data.ts';
import { statementPart } from '../moderation/statements.ts';
import { alertPart } from '../news/alerts.ts';
import { readerPart } from '../news/readers.ts';
import { registrationPart } from '../news/registrations.ts';
import type { Accounts } from './accounts.ts';
import type { DataSubject, ErasureChoice, PersonalDataPart } from './data-subject.ts';
import { password } from './fields.ts';
import { accountMail } from './mails.ts';
import { takeAttempt } from './rate-limit.ts';
import type { SignedIn } from './sessions.ts';
import { isOwnPassword } from './settings.ts';
import { signInsOf } from './sign-ins.ts';
import { hasOtherAdministrator } from './users.ts';

export const deletion = z.object({ current: password });

/** The account itself, its sessions and history, and attempts that were counted by the address. */
const accountPart: PersonalDataPart = {
  name: 'account',
  async collect(db, { userId }) {
    if (userId === null) return {};
    const [user, consents, sessions, signIns] = await Promise.all([
      db
        .selectFrom('user')
        .select(['email', 'name', 'role', 'language', 'emailVerifiedAt', 'totpConfirmedAt', 'createdAt'])
        .where('id', '=', userId)
        .executeTakeFirstOrThrow(),
      db.selectFrom('user_consent').select(['document', 'version', 'at']).where('userId', '=', userId).execute(),
      db.selectFrom('session').select(['createdAt', 'userAgent']).where('userId', '=', userId).execute(),
      signInsOf(db, userId, 10_000),
    ]);
    return { user, consents, sessions, signIns };
  },
  async erase(_, trx, { userId, email }) {
    await trx.deleteFrom('rate_limit').where(sql<number>`instr(bucket, ${email})`, '>', 0).execute();
    await trx.deleteFrom('one_time_token').where('email', '=', email).execute();
    if (userId !== null) await trx.deleteFrom('user').where('id', '=', userId).execute();
  },
};

/** Earlier requests of the same person: what was asked and when stays, who asked does not. */
const requestPart: PersonalDataPart = {
  name: 'requests',
  collect: async (db, { email }) => ({
    requests: await db
      .selectFrom('personal_data_request')
      .select(['kind', 'state', 'message', 'createdAt', 'dueOn', 'decidedAt', 'reason'])
      .where('email', '=', email)
      .execute(),
  }),
  async erase(_, trx, { email }) {
    await trx
      .deleteFrom('personal_data_request')
      .where('email', '=', email)
      .where('state', '=', 'unconfirmed')
      .execute();
    await trx
      .updateTable('personal_data_request')
      .set((eb) => ({
        state: eb
          .case()
          .when('state', '=', 'open')
          .then('done' as const)
          .else(eb.ref('state'))
          .end(),
        decidedAt: eb.fn.coalesce('decidedAt', eb.val(new Date().toISOString())),
        name: null,
        email: null,
        message: null,
        reason: null,
        hash: null,
        worksUntil: null,
      }))
      .where('email', '=', email)
      .execute();
  },
};

/**
 * Every domain's share in what the site holds about people, in the order of an erasure: what has to tell others first,
 * the account last. A domain that keeps data on people adds its part here.
 */
export const personalDataParts: readonly PersonalDataPart[] = [
  connectionPart,
  recordsPart,
  statementPart,
  alertPart,
  registrationPart,
  readerPart,
  mailPart,
  requestPart,
  accountPart,
];

/** Everything the site holds about a person, for them to keep (Law 91/2025/QH15); secrets are left out. */
export async function personalData(db: Db, subject: DataSubject): Promise<object> {
  const parts = await Promise.all(personalDataParts.map((part) => part.collect(db, subject)));
  return Object.assign({}, ...parts);
}

/** Deletes what the site holds about somebody, all of it or nothing; they are told by a message that is forgotten too. */
export async function erase(
  accounts: Accounts,
  trx: Trx,
  subject: DataSubject,
  choice: ErasureChoice,
  mail: 'deleted' | 'personalDataDeleted',
  now = new Date(),
): Promise<void> {
  for (const part of personalDataParts) await part.erase(accounts, trx, subject, choice);
  // Neither the cause nor, once it is sent, anything else names the person.
  const cause = `${mail}:${crypto.randomUUID()}`;
  const { email: to, language } = subject;
  await queueMail(trx, { ...accountMail(accounts, mail, { cause, to, language }), forget: true }, now);
}

/** Deletes the account with everything that belongs to the person alone, their records included; the last administrator has to name another first. */
export async function deleteAccount(
  accounts: Accounts,
  person: SignedIn,
  input: z.infer<typeof deletion>,
): Promise<Outcome> {
  if (!(await takeAttempt(accounts.db, 'signInByAddress', person.email))) return refuse('form.tooMany');
  if (!(await isOwnPassword(accounts, person, input.current))) return refuse('form.password.wrong', 'current');
  return accounts.db.transaction().execute(async (trx): Promise<Outcome> => {
    if (person.role === 'administrator' && !(await hasOtherAdministrator(trx, person.userId))) {
      return refuse('form.lastAdministrator');
    }
    await erase(accounts, trx, person, { recordIds: [] }, 'deleted');
    return { ok: true };
  });
}
