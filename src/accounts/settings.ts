import * as z from 'zod';
import { type Outcome, refuse } from '../lib/form.ts';
import { queueMail } from '../mail/queue.ts';
import { type Accounts, linkTo, ownNames } from './accounts.ts';
import { email, newPassword, password } from './fields.ts';
import { accountMail } from './mails.ts';
import { hashPassword, isEasilyGuessed, verifyPassword } from './password.ts';
import { takeAttempt } from './rate-limit.ts';
import { digest } from './secrets.ts';
import type { SignedIn } from './sessions.ts';
import { issueToken, redeemToken } from './tokens.ts';

export const passwordChange = z.object({ current: password, password: newPassword });
export const emailChange = z.object({ current: password, email });

/** The person's own password, asked again before anything that could lock them out. */
export async function isOwnPassword({ db }: Accounts, { userId }: SignedIn, typed: string): Promise<boolean> {
  const user = await db.selectFrom('user').select('passwordHash').where('id', '=', userId).executeTakeFirst();
  return verifyPassword(user?.passwordHash, typed);
}

/** Sets a new password and ends the person's other sessions. */
export async function changePassword(
  accounts: Accounts,
  person: SignedIn,
  input: z.infer<typeof passwordChange>,
  now = new Date(),
): Promise<Outcome> {
  const { db, sessions } = accounts;
  if (!(await takeAttempt(db, 'signInByAddress', person.email))) return refuse('form.tooMany');
  if (!(await isOwnPassword(accounts, person, input.current))) return refuse('form.password.wrong', 'current');
  if (isEasilyGuessed(input.password, person.email, ownNames(accounts)))
    return refuse('form.password.easy', 'password');
  const passwordHash = await hashPassword(input.password);
  await db.transaction().execute(async (trx) => {
    await trx.updateTable('user').set({ passwordHash }).where('id', '=', person.userId).execute();
    const cause = `passwordChanged:${person.userId}:${now.toISOString()}`;
    await queueMail(
      trx,
      accountMail(accounts, 'passwordChanged', { cause, to: person.email, language: person.language }),
    );
  });
  await sessions.endOthers(person.userId, person.sessionId);
  return { ok: true };
}

/** Sends a link to the new address; nothing changes until it is followed. */
export async function requestEmailChange(
  accounts: Accounts,
  person: SignedIn,
  input: z.infer<typeof emailChange>,
): Promise<Outcome> {
  const { db } = accounts;
  if (!(await takeAttempt(db, 'signInByAddress', person.email))) return refuse('form.tooMany');
  if (!(await isOwnPassword(accounts, person, input.current))) return refuse('form.password.wrong', 'current');
  if (!(await takeAttempt(db, 'mailByAddress', input.email))) return { ok: true };
  await db.transaction().execute(async (trx) => {
    // Whether the address belongs to somebody else is not told: the link then simply does not work.
    const secret = await issueToken(trx, { purpose: 'change_email', userId: person.userId, email: input.email });
    const url = linkTo(accounts, 'verifyEmail', person.language, secret);
    const cause = `changeEmail:${digest(secret)}`;
    await queueMail(
      trx,
      accountMail(accounts, 'changeEmail', { cause, to: input.email, language: person.language, url }),
    );
  });
  return { ok: true };
}

/** Follows the link in the new mailbox: the address changes, and the old one is told. */
export const confirmEmailChange = (accounts: Accounts, secret: string, now = new Date()): Promise<Outcome> =>
  accounts.db.transaction().execute(async (trx): Promise<Outcome> => {
    const subject = await redeemToken(trx, secret, 'change_email');
    if (!subject?.userId || !subject.email) return refuse('form.link');
    const taken = await trx.selectFrom('user').select('id').where('email', '=', subject.email).executeTakeFirst();
    if (taken) return refuse('form.link');
    const before = await trx.selectFrom('user').selectAll().where('id', '=', subject.userId).executeTakeFirstOrThrow();
    await trx
      .updateTable('user')
      .set({ email: subject.email, emailVerifiedAt: now.toISOString() })
      .where('id', '=', before.id)
      .execute();
    const cause = `emailChanged:${before.id}:${now.toISOString()}`;
    await queueMail(
      trx,
      accountMail(accounts, 'emailChanged', {
        cause,
        to: before.email,
        language: before.language,
        values: { email: subject.email },
      }),
    );
    return { ok: true };
  });
