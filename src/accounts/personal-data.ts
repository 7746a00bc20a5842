import * as z from 'zod';
import { connectionData, leaveConnections } from '../connections/personal-data.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { queueMail } from '../mail/queue.ts';
import { leaveRecords } from '../moderation/lifecycle.ts';
import { leaveBulletin, readerData } from '../news/readers.ts';
import { leaveEvents, registrationData } from '../news/registrations.ts';
import type { Accounts } from './accounts.ts';
import { password } from './fields.ts';
import { accountMail } from './mails.ts';
import type { SignedIn } from './sessions.ts';
import { isOwnPassword } from './settings.ts';

export const deletion = z.object({ current: password });

/** Everything the site holds about a person, for them to keep (Law 91/2025/QH15); secrets are left out. */
export async function personalData({ db }: Accounts, { userId, email }: SignedIn): Promise<object> {
  const [user, consents, sessions, mail, manageRequests, pictures, connections, events, bulletin] = await Promise.all([
    db
      .selectFrom('user')
      .select(['email', 'name', 'role', 'language', 'emailVerifiedAt', 'totpConfirmedAt', 'createdAt'])
      .where('id', '=', userId)
      .executeTakeFirstOrThrow(),
    db.selectFrom('user_consent').select(['document', 'version', 'at']).where('userId', '=', userId).execute(),
    db.selectFrom('session').select(['createdAt', 'userAgent']).where('userId', '=', userId).execute(),
    db
      .selectFrom('mail')
      .innerJoin('user', 'user.email', 'mail.recipient')
      .select(['mail.createdAt', 'mail.subject', 'mail.state'])
      .where('user.id', '=', userId)
      .execute(),
    db
      .selectFrom('manage_request')
      .innerJoin('record', 'record.id', 'manage_request.recordId')
      .select(['record.title', 'manage_request.message', 'manage_request.state', 'manage_request.createdAt'])
      .where('manage_request.userId', '=', userId)
      .execute(),
    db
      .selectFrom('picture')
      .innerJoin('record', 'record.id', 'picture.recordId')
      .select(['record.title as record', 'picture.hash', 'picture.createdAt'])
      .where('picture.uploadedBy', '=', userId)
      .execute(),
    connectionData(db, userId),
    registrationData(db, email),
    readerData(db, email),
  ]);
  return { user, consents, sessions, mail, manageRequests, pictures, ...connections, events, bulletin };
}

/** Deletes the account with everything that belongs to the person alone, their records included; the last administrator has to name another first. */
export async function deleteAccount(
  accounts: Accounts,
  person: SignedIn,
  input: z.infer<typeof deletion>,
): Promise<Outcome> {
  if (!(await isOwnPassword(accounts, person, input.current))) return refuse('form.password.wrong', 'current');
  return accounts.db.transaction().execute(async (trx): Promise<Outcome> => {
    if (person.role === 'administrator') {
      const others = await trx
        .selectFrom('user')
        .select('id')
        .where('role', '=', 'administrator')
        .where('id', '<>', person.userId)
        .executeTakeFirst();
      if (!others) return refuse('form.lastAdministrator');
    }
    await leaveConnections(accounts, trx, person.userId);
    await leaveEvents(accounts, trx, person.email);
    await leaveBulletin(trx, person.email);
    const cause = `deleted:${person.userId}`;
    await trx.deleteFrom('mail').where('recipient', '=', person.email).execute();
    await queueMail(trx, accountMail(accounts, 'deleted', { cause, to: person.email, language: person.language }));
    await leaveRecords(trx, person.userId);
    await trx.deleteFrom('user').where('id', '=', person.userId).execute();
    return { ok: true };
  });
}
