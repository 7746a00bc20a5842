import * as z from 'zod';
import type { Db, Trx } from '../../db/client.ts';
import { roles } from '../../db/schema.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { queueMail } from '../mail/queue.ts';
import { audit } from '../moderation/audit.ts';
import type { Accounts } from './accounts.ts';
import { email } from './fields.ts';
import { accountMail } from './mails.ts';
import type { SignedIn } from './sessions.ts';

export const roleChange = z.object({ email, role: z.enum(roles, 'form.role') });

const userId = z.string('form.noSuchUser').max(64, 'form.noSuchUser');

export const blockForm = z.object({
  user: userId,
  change: z.enum(['block', 'unblock'], 'record.notNow'),
  reason: z.string('record.reasonMissing').trim().min(3, 'record.reasonMissing').max(1000, 'record.reasonMissing'),
});

export const twoFactorReset = z.object({ user: userId });

/** Who works for the Department here: moderators and administrators. */
export const staff = (db: Db) =>
  db
    .selectFrom('user')
    .select(['id', 'name', 'email', 'role', 'totpConfirmedAt', 'blockedAt'])
    .where('role', 'in', ['moderator', 'administrator'])
    .orderBy('name')
    .execute();

const mostFound = 50;

/** The accounts whose name or address holds a text. An administrator asks now and then, so all accounts are looked at. */
export const usersWith = (db: Db, text: string) => {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return db
    .selectFrom('user')
    .select(['id', 'name', 'email', 'role', 'totpConfirmedAt', 'blockedAt'])
    .where(({ or, eb, ref, val, fn }) => {
      const like = (column: 'name' | 'email') => eb(fn<number>('like', [val(pattern), ref(column), val('\\')]), '=', 1);
      return or([like('name'), like('email')]);
    })
    .orderBy('name')
    .limit(mostFound)
    .execute();
};

/** One account as administrators see it. */
export const userById = (db: Db, id: string) =>
  db
    .selectFrom('user')
    .select(['id', 'name', 'email', 'role', 'language', 'emailVerifiedAt', 'totpConfirmedAt', 'blockedAt', 'createdAt'])
    .select((eb) => [
      eb
        .selectFrom('record_member')
        .select((m) => m.fn.countAll<number>().as('n'))
        .whereRef('record_member.userId', '=', 'user.id')
        .as('records'),
    ])
    .where('id', '=', id)
    .executeTakeFirst();

/**
 * Whether somebody else administers the site and can sign in: asked before an administrator loses the role, the account
 * or the second factor, in the transaction that takes it.
 */
export const hasOtherAdministrator = async (trx: Trx, id: string): Promise<boolean> =>
  (await trx
    .selectFrom('user')
    .select('id')
    .where('role', '=', 'administrator')
    .where('blockedAt', 'is', null)
    .where('id', '<>', id)
    .executeTakeFirst()) !== undefined;

/**
 * Gives an account a role, noted in the audit log. An administrator does not take the role from themselves, and the
 * last one who can sign in keeps it.
 */
export async function changeRole(
  { db, sessions }: Accounts,
  person: SignedIn,
  { email: address, role }: z.infer<typeof roleChange>,
): Promise<Outcome> {
  if (address === person.email) return refuse('form.ownRole', 'email');
  const outcome = await db.transaction().execute(async (trx): Promise<Outcome<{ id: string }>> => {
    const user = await trx
      .selectFrom('user')
      .select(['id', 'name', 'role'])
      .where('email', '=', address)
      .where('emailVerifiedAt', 'is not', null)
      .executeTakeFirst();
    if (!user) return refuse('form.noSuchUser', 'email');
    const losesIt = user.role === 'administrator' && role !== 'administrator';
    if (losesIt && !(await hasOtherAdministrator(trx, user.id))) return refuse('form.lastAdministrator', 'email');
    await trx.updateTable('user').set({ role }).where('id', '=', user.id).execute();
    await audit(trx, person, { action: 'role', recordId: null, detail: { user: user.name, role } });
    return { ok: true, id: user.id };
  });
  if (!outcome.ok) return outcome;
  // Sessions that began with other rights end.
  await sessions.endOthers(outcome.id);
  return { ok: true };
}

/** Keeps somebody out, or lets them in again: their sessions end, they are told why by mail, and the log holds it. */
export async function blockUser(
  accounts: Accounts,
  person: SignedIn,
  { user: id, change, reason }: z.infer<typeof blockForm>,
  now = new Date(),
): Promise<Outcome> {
  const { db, sessions } = accounts;
  if (id === person.userId) return refuse('users.notYourself');
  const blocks = change === 'block';
  const outcome = await db.transaction().execute(async (trx): Promise<Outcome> => {
    const user = await trx.selectFrom('user').selectAll().where('id', '=', id).executeTakeFirst();
    if (!user) return refuse('form.noSuchUser');
    if ((user.blockedAt !== null) === blocks) return { ok: true };
    if (blocks && user.role === 'administrator' && !(await hasOtherAdministrator(trx, id))) {
      return refuse('form.lastAdministrator');
    }
    const at = now.toISOString();
    await trx
      .updateTable('user')
      .set({ blockedAt: blocks ? at : null })
      .where('id', '=', id)
      .execute();
    const { email: to, language, name } = user;
    const cause = `${change}:${id}:${at}`;
    const kind = blocks ? 'blocked' : 'unblocked';
    await queueMail(trx, accountMail(accounts, kind, { cause, to, language, values: { reason } }));
    await audit(trx, person, { action: kind, recordId: null, detail: { user: name, reason } });
    return { ok: true };
  });
  if (outcome.ok && blocks) await sessions.endOthers(id);
  return outcome;
}

/**
 * Takes a lost second factor from an account, with its recovery codes and sessions: the person signs in with the
 * password and, where the role asks for it, sets up a new one before anything else. They are told by mail.
 */
export async function resetTwoFactor(
  accounts: Accounts,
  person: SignedIn,
  { user: id }: z.infer<typeof twoFactorReset>,
  now = new Date(),
): Promise<Outcome> {
  const { db, sessions } = accounts;
  const outcome = await db.transaction().execute(async (trx): Promise<Outcome> => {
    const user = await trx.selectFrom('user').selectAll().where('id', '=', id).executeTakeFirst();
    if (!user) return refuse('form.noSuchUser');
    if (user.totpConfirmedAt === null) return refuse('users.noTwoFactor');
    if (user.role === 'administrator' && !(await hasOtherAdministrator(trx, id))) {
      return refuse('form.lastAdministrator');
    }
    await trx
      .updateTable('user')
      .set({ totpSecret: null, totpConfirmedAt: null, totpLastStep: 0 })
      .where('id', '=', id)
      .execute();
    await trx.deleteFrom('recovery_code').where('userId', '=', id).execute();
    const { email: to, language, name } = user;
    const cause = `twoFactorReset:${id}:${now.toISOString()}`;
    await queueMail(trx, accountMail(accounts, 'twoFactorReset', { cause, to, language }));
    await audit(trx, person, { action: 'twoFactorReset', recordId: null, detail: { user: name } });
    return { ok: true };
  });
  if (outcome.ok) await sessions.endOthers(id);
  return outcome;
}
