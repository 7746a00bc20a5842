import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Trx } from '../../db/client.ts';
import type { Language } from '../../search/engine.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { queueMail } from '../mail/queue.ts';
import { giveStatement } from '../moderation/statements.ts';
import { type Accounts, consentVersion, linkTo, ownNames } from './accounts.ts';
import { agreed, email, newPassword, personName } from './fields.ts';
import { accountMail } from './mails.ts';
import { hashPassword, isEasilyGuessed } from './password.ts';
import { takeAttempt } from './rate-limit.ts';
import { digest } from './secrets.ts';
import { issueToken, redeemToken } from './tokens.ts';

export const registration = z.object({ name: personName, email, password: newPassword, terms: agreed });

/** Sends the link that proves an address. */
export async function sendVerification(
  accounts: Accounts,
  trx: Trx,
  user: { id: string; email: string; language: Language },
): Promise<void> {
  const secret = await issueToken(trx, { purpose: 'verify_email', userId: user.id, email: user.email });
  const url = linkTo(accounts, 'verifyEmail', user.language, secret);
  await queueMail(
    trx,
    accountMail(accounts, 'verify', {
      cause: `verify:${digest(secret)}`,
      to: user.email,
      language: user.language,
      url,
    }),
  );
}

/**
 * Makes an account that waits for its address to be proved. Whether the address has an account already is answered by
 * mail only, to whoever owns it: the page says the same and takes as long.
 * @param client the visitor's network address, for the rate limit
 * @param statement secret of what the visitor has said in a guided form before
 */
export async function register(
  accounts: Accounts,
  input: z.infer<typeof registration>,
  {
    language,
    client,
    statement,
    now = new Date(),
  }: { language: Language; client: string; statement?: string | undefined; now?: Date },
): Promise<Outcome> {
  if (isEasilyGuessed(input.password, input.email, ownNames(accounts))) return refuse('form.password.easy', 'password');
  const { db } = accounts;
  if (!(await takeAttempt(db, 'registerByClient', client))) return refuse('form.tooMany');
  const passwordHash = await hashPassword(input.password);
  const at = now.toISOString();
  await db.transaction().execute(async (trx) => {
    const known = await trx.selectFrom('user').select('id').where('email', '=', input.email).executeTakeFirst();
    if (known) {
      const url = linkTo(accounts, 'signIn', language);
      const cause = `alreadyRegistered:${input.email}:${at.slice(0, 10)}`;
      await queueMail(trx, accountMail(accounts, 'alreadyRegistered', { cause, to: input.email, language, url }));
      return;
    }
    const user = { id: randomUUID(), email: input.email, language };
    await trx
      .insertInto('user')
      .values({
        ...user,
        name: input.name,
        passwordHash,
        role: 'member',
        emailVerifiedAt: null,
        totpSecret: null,
        totpConfirmedAt: null,
        createdAt: at,
      })
      .execute();
    await trx
      .insertInto('user_consent')
      .values(
        (['terms', 'privacy'] as const).map((document) => ({ userId: user.id, document, version: consentVersion, at })),
      )
      .execute();
    if (statement) await giveStatement(trx, statement, user.id);
    await sendVerification(accounts, trx, user);
  });
  return { ok: true };
}

/** Proves an address with the link that was sent to it. */
export async function verifyEmail({ db }: Accounts, secret: string, now = new Date()): Promise<Outcome> {
  return db.transaction().execute(async (trx): Promise<Outcome> => {
    const subject = await redeemToken(trx, secret, 'verify_email');
    if (!subject?.userId) return refuse('form.link');
    await trx
      .updateTable('user')
      .set({ emailVerifiedAt: now.toISOString() })
      .where('id', '=', subject.userId)
      .where('email', '=', subject.email ?? '')
      .execute();
    return { ok: true };
  });
}
