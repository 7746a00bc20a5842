import * as z from 'zod';
import type { Language } from '../../search/engine.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { queueMail } from '../mail/queue.ts';
import { type Accounts, linkTo, ownNames } from './accounts.ts';
import { email, newPassword } from './fields.ts';
import { accountMail } from './mails.ts';
import { hashPassword, isEasilyGuessed } from './password.ts';
import { takeAttempt } from './rate-limit.ts';
import { digest } from './secrets.ts';
import { findToken, issueToken, redeemToken } from './tokens.ts';

export const resetRequest = z.object({ email });
export const resetForm = z.object({ token: z.string().max(100), password: newPassword });

/**
 * Sends a link for a new password. The answer is the same for every address; one without an account is told so by
 * mail, since it may have been mistyped by its owner.
 */
export async function requestReset(
  accounts: Accounts,
  input: z.infer<typeof resetRequest>,
  language: Language,
  now = new Date(),
): Promise<Outcome> {
  const { db } = accounts;
  if (!(await takeAttempt(db, 'mailByAddress', input.email))) return { ok: true };
  await db.transaction().execute(async (trx) => {
    const user = await trx.selectFrom('user').selectAll().where('email', '=', input.email).executeTakeFirst();
    const to = input.email;
    if (!user) {
      const cause = `resetUnknown:${to}:${now.toISOString().slice(0, 13)}`;
      const url = linkTo(accounts, 'register', language);
      await queueMail(trx, accountMail(accounts, 'resetUnknown', { cause, to, language, url }));
      return;
    }
    const secret = await issueToken(trx, { purpose: 'reset_password', userId: user.id, email: to });
    const url = linkTo(accounts, 'forgotPassword', user.language, secret);
    const cause = `reset:${digest(secret)}`;
    await queueMail(trx, accountMail(accounts, 'reset', { cause, to, language: user.language, url }));
  });
  return { ok: true };
}

/** Sets the new password, which also proves the address, and ends every session of the account. */
export async function resetPassword(
  accounts: Accounts,
  { token, password }: z.infer<typeof resetForm>,
  now = new Date(),
): Promise<Outcome> {
  const { db, sessions } = accounts;
  const known = await findToken(db, token, 'reset_password');
  if (!known?.userId) return refuse('form.link');
  if (isEasilyGuessed(password, known.email ?? '', ownNames(accounts))) return refuse('form.password.easy', 'password');
  const passwordHash = await hashPassword(password);
  const at = now.toISOString();
  const outcome = await db.transaction().execute(async (trx): Promise<Outcome<{ userId: string }>> => {
    const subject = await redeemToken(trx, token, 'reset_password');
    if (!subject?.userId) return refuse('form.link');
    const user = await trx
      .updateTable('user')
      .set((eb) => ({ passwordHash, emailVerifiedAt: eb.fn.coalesce('emailVerifiedAt', eb.val(at)) }))
      .where('id', '=', subject.userId)
      .returningAll()
      .executeTakeFirstOrThrow();
    const cause = `passwordChanged:${user.id}:${at}`;
    await queueMail(trx, accountMail(accounts, 'passwordChanged', { cause, to: user.email, language: user.language }));
    return { ok: true, userId: user.id };
  });
  if (outcome.ok) await sessions.endOthers(outcome.userId);
  return outcome;
}
