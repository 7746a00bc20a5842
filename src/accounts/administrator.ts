import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Db } from '../../db/client.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { type Accounts, consentVersion, ownNames } from './accounts.ts';
import { email, newPassword, personName } from './fields.ts';
import { hashPassword, isEasilyGuessed } from './password.ts';
import { takeAttempt } from './rate-limit.ts';
import { findToken, issueToken, redeemToken, type TokenSubject } from './tokens.ts';

export const administratorForm = z.object({
  token: z.string().max(100),
  name: personName,
  email,
  password: newPassword,
});

export const hasAdministrator = async (db: Db): Promise<boolean> =>
  (await db.selectFrom('user').select('id').where('role', '=', 'administrator').executeTakeFirst()) !== undefined;

/**
 * A link that makes an administrator, once.
 * @param address whose it is; without one the link's user types theirs
 */
export const issueAdministratorToken = (db: Db, address: string | null): Promise<string> =>
  db.transaction().execute((trx) => issueToken(trx, { purpose: 'administrator', userId: null, email: address }));

/**
 * Makes the administrator whom a link is for, or gives an existing account that role.
 * @param client the network address that the form comes from
 */
export async function setUpAdministrator(
  accounts: Accounts,
  { token, name, email: address, password }: z.infer<typeof administratorForm>,
  client: string,
  now = new Date(),
): Promise<Outcome> {
  if (!(await takeAttempt(accounts.db, 'signInByClient', client))) return refuse('form.tooMany');
  const isFor = (subject: TokenSubject | undefined) =>
    subject !== undefined && (subject.email === null || subject.email === address);
  // Before the password costs anything.
  if (!isFor(await findToken(accounts.db, token, 'administrator'))) return refuse('form.link');
  if (isEasilyGuessed(password, address, ownNames(accounts))) return refuse('form.password.easy', 'password');
  const { db } = accounts;
  const passwordHash = await hashPassword(password);
  const at = now.toISOString();
  return db.transaction().execute(async (trx): Promise<Outcome> => {
    if (!isFor(await redeemToken(trx, token, 'administrator'))) return refuse('form.link');
    const { id } = await trx
      .insertInto('user')
      .values({
        id: randomUUID(),
        email: address,
        name,
        passwordHash,
        role: 'administrator',
        language: 'vi',
        emailVerifiedAt: at,
        totpSecret: null,
        totpConfirmedAt: null,
        createdAt: at,
      })
      .onConflict((conflict) => conflict.column('email').doUpdateSet({ role: 'administrator', passwordHash, name }))
      .returning('id')
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('user_consent')
      .values(
        (['terms', 'privacy'] as const).map((document) => ({ userId: id, document, version: consentVersion, at })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return { ok: true };
  });
}
