import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Db } from '../../db/client.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { queueMail } from '../mail/queue.ts';
import type { Accounts } from './accounts.ts';
import { accountMail } from './mails.ts';
import { takeAttempt } from './rate-limit.ts';
import { digest } from './secrets.ts';
import type { SignedIn } from './sessions.ts';
import { noteSignIn, type Visitor } from './sign-ins.ts';

const periodSeconds = 30;
const recoveryCodes = 10;

const totpOf = (secret: string, email: string, issuer: string): TOTP =>
  new TOTP({ issuer, label: email, secret: Secret.fromBase32(secret), digits: 6, period: periodSeconds });

/**
 * The secret that an authenticator app is set up with; the same until it is confirmed.
 * @returns the secret in Base32 and the `otpauth:` address for a QR code
 */
export async function pendingTwoFactor(
  { db, siteName }: Accounts,
  person: SignedIn,
): Promise<{ secret: string; uri: string }> {
  // In one transaction: a page that is loaded twice at once must show one secret.
  const secret = await db.transaction().execute(async (trx) => {
    const user = await trx.selectFrom('user').selectAll().where('id', '=', person.userId).executeTakeFirstOrThrow();
    const pending = user.totpConfirmedAt === null ? user.totpSecret : null;
    if (pending !== null) return pending;
    const made = new Secret({ size: 20 }).base32;
    await trx
      .updateTable('user')
      .set({ totpSecret: made })
      .where('id', '=', person.userId)
      .where('totpConfirmedAt', 'is', null)
      .execute();
    return made;
  });
  return { secret, uri: totpOf(secret, person.email, siteName[person.language]).toString() };
}

/** Accepts a code once: one step before or after now is allowed for clocks that differ (RFC 6238, 5.2). */
async function acceptTotp(db: Db, userId: string, code: string, now: number): Promise<boolean> {
  const user = await db.selectFrom('user').selectAll().where('id', '=', userId).executeTakeFirst();
  if (!user?.totpSecret) return false;
  const drift = totpOf(user.totpSecret, user.email, '').validate({ token: code, timestamp: now, window: 1 });
  if (drift === null) return false;
  const step = Math.floor(now / 1000 / periodSeconds) + drift;
  const { numUpdatedRows } = await db
    .updateTable('user')
    .set({ totpLastStep: step })
    .where('id', '=', userId)
    .where('totpLastStep', '<', step)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Turns the second factor on with a first code from the app.
 * @returns codes for the day when the phone is lost; they are shown once and work once each
 */
export async function confirmTwoFactor(
  accounts: Accounts,
  person: SignedIn,
  code: string,
  now = Date.now(),
): Promise<Outcome<{ codes: string[] }>> {
  const { db, sessions } = accounts;
  if (!(await takeAttempt(db, 'secondFactor', person.userId))) return refuse('form.tooMany');
  if (person.hasTwoFactor || !(await acceptTotp(db, person.userId, code, now))) return refuse('form.code', 'code');
  const codes = Array.from({ length: recoveryCodes }, () => randomBytes(5).toString('hex'));
  await db.transaction().execute(async (trx) => {
    const at = new Date(now).toISOString();
    await trx.updateTable('user').set({ totpConfirmedAt: at }).where('id', '=', person.userId).execute();
    await trx.deleteFrom('recovery_code').where('userId', '=', person.userId).execute();
    await trx
      .insertInto('recovery_code')
      .values(codes.map((one) => ({ userId: person.userId, hash: digest(one) })))
      .execute();
    const cause = `twoFactorOn:${person.userId}:${at}`;
    await queueMail(trx, accountMail(accounts, 'twoFactorOn', { cause, to: person.email, language: person.language }));
  });
  await sessions.confirmTwoFactor(person.sessionId);
  return { ok: true, codes };
}

/** Shows the second factor for this session: a code of the app, or a recovery code, which is then used up. */
export async function showTwoFactor(
  { db, sessions }: Accounts,
  person: SignedIn,
  code: string,
  visitor: Visitor,
  now = Date.now(),
): Promise<Outcome> {
  if (!(await takeAttempt(db, 'secondFactor', person.userId))) return refuse('form.tooMany');
  const accepted =
    code.length === 6
      ? await acceptTotp(db, person.userId, code, now)
      : (
          await db
            .deleteFrom('recovery_code')
            .where('userId', '=', person.userId)
            .where('hash', '=', digest(code))
            .executeTakeFirst()
        ).numDeletedRows > 0n;
  await noteSignIn(db, person.userId, visitor, accepted ? 'codeShown' : 'wrongCode');
  if (!accepted) return refuse('form.code', 'code');
  await sessions.confirmTwoFactor(person.sessionId);
  return { ok: true };
}
