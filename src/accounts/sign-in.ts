import * as z from 'zod';
import { type Outcome, refuse } from '../lib/form.ts';
import type { Accounts } from './accounts.ts';
import { email, password } from './fields.ts';
import { verifyPassword } from './password.ts';
import { takeAttempt } from './rate-limit.ts';
import { sendVerification } from './register.ts';

export const credentials = z.object({ email, password });

/**
 * Begins a session. A wrong address and a wrong password are told apart neither by the answer nor by its time. An
 * address that was never proved gets its link again.
 * @returns the `Set-Cookie` header
 */
export async function signIn(
  accounts: Accounts,
  input: z.infer<typeof credentials>,
  { client, userAgent }: { client: string; userAgent: string },
): Promise<Outcome<{ cookie: string }>> {
  const { db, sessions } = accounts;
  const allowed = [
    await takeAttempt(db, 'signInByAddress', input.email),
    await takeAttempt(db, 'signInByClient', client),
  ];
  if (allowed.includes(false)) return refuse('form.tooMany');
  const user = await db.selectFrom('user').selectAll().where('email', '=', input.email).executeTakeFirst();
  if (!(await verifyPassword(user?.passwordHash, input.password)) || !user) return refuse('form.credentials');
  if (user.emailVerifiedAt === null) {
    if (await takeAttempt(db, 'mailByAddress', user.email)) {
      await db.transaction().execute((trx) => sendVerification(accounts, trx, user));
    }
    return refuse('form.unverified');
  }
  return { ok: true, cookie: await sessions.begin(user.id, userAgent) };
}
