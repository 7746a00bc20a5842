import * as z from 'zod';
import type { SignInOutcome } from '../../db/schema.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import type { Accounts } from './accounts.ts';
import { email, password } from './fields.ts';
import { verifyPassword } from './password.ts';
import { takeAttempt } from './rate-limit.ts';
import { sendVerification } from './register.ts';
import { noteSignIn, type Visitor } from './sign-ins.ts';

export const credentials = z.object({ email, password });

/**
 * Begins a session. A wrong address and a wrong password are told apart neither by the answer nor by its time. An
 * address that was never proved gets its link again.
 * @returns the `Set-Cookie` header
 */
export async function signIn(
  accounts: Accounts,
  input: z.infer<typeof credentials>,
  visitor: Visitor,
): Promise<Outcome<{ cookie: string }>> {
  const { db, sessions } = accounts;
  const allowed = [
    await takeAttempt(db, 'signInByAddress', input.email),
    await takeAttempt(db, 'signInByClient', visitor.client),
  ];
  if (allowed.includes(false)) return refuse('form.tooMany');
  const user = await db.selectFrom('user').selectAll().where('email', '=', input.email).executeTakeFirst();
  const isRight = await verifyPassword(user?.passwordHash, input.password);
  if (!user) return refuse('form.credentials');
  const note = (outcome: SignInOutcome) => noteSignIn(db, user.id, visitor, outcome);
  if (!isRight) {
    await note('wrongPassword');
    return refuse('form.credentials');
  }
  // Only who knows the password learns that the account is kept out.
  if (user.blockedAt !== null) {
    await note('blocked');
    return refuse('form.blocked');
  }
  if (user.emailVerifiedAt === null) {
    await note('unverified');
    if (await takeAttempt(db, 'mailByAddress', user.email)) {
      await db.transaction().execute((trx) => sendVerification(accounts, trx, user));
    }
    return refuse('form.unverified');
  }
  await note('entered');
  return { ok: true, cookie: await sessions.begin(user.id, visitor.userAgent) };
}
