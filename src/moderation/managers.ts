import * as z from 'zod';
import type { Db, Trx } from '../../db/client.ts';
import { type Accounts, linkTo } from '../accounts/accounts.ts';
import { email } from '../accounts/fields.ts';
import { accountMail } from '../accounts/mails.ts';
import { takeAttempt } from '../accounts/rate-limit.ts';
import { digest, newSecret } from '../accounts/secrets.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { addressOf } from '../i18n/routes.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { queueMail } from '../mail/queue.ts';
import type { Draft } from './drafts.ts';

export const invitationForm = z.object({ record: z.coerce.number('record.notNow').int().positive(), email });

const lifetimeMs = 14 * 24 * 3_600_000;

/** Who manages a record. */
export const managersOf = (db: Db | Trx, recordId: number) =>
  db
    .selectFrom('record_member')
    .innerJoin('user', 'user.id', 'record_member.userId')
    .select(['user.id', 'user.name', 'user.email', 'user.language'])
    .where('record_member.recordId', '=', recordId)
    .orderBy('user.name')
    .execute();

/** Invitations of a record that can still be accepted. */
export const invitationsOf = (db: Db, recordId: number, now = Date.now()) =>
  db
    .selectFrom('invitation')
    .select(['id', 'email', 'expiresAt'])
    .where('recordId', '=', recordId)
    .where('expiresAt', '>', now)
    .orderBy('email')
    .execute();

/** Removes invitations whose time is over. */
export const forgetInvitations = (db: Db, now = Date.now()) =>
  db.deleteFrom('invitation').where('expiresAt', '<=', now).execute();

/**
 * Invites somebody by e-mail to manage a record too; whether the address has an account changes nothing that the
 * inviter sees. An earlier invitation of the same address stops working.
 */
export async function invite(
  accounts: Accounts,
  person: SignedIn,
  draft: Draft,
  address: string,
  now = new Date(),
): Promise<Outcome> {
  const { db } = accounts;
  if ((await managersOf(db, draft.recordId)).some((manager) => manager.email === address)) {
    return refuse('managers.already', 'email');
  }
  const allowed = [
    await takeAttempt(db, 'invitationByUser', person.userId),
    await takeAttempt(db, 'invitationByAddress', address),
  ];
  if (allowed.includes(false)) return refuse('managers.tooMany');
  const secret = newSecret();
  const row = {
    invitedBy: person.userId,
    hash: digest(secret),
    createdAt: now.toISOString(),
    expiresAt: now.getTime() + lifetimeMs,
  };
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('invitation')
      .values({ recordId: draft.recordId, email: address, ...row })
      .onConflict((conflict) => conflict.columns(['recordId', 'email']).doUpdateSet(row))
      .execute();
    const known = await trx.selectFrom('user').select('language').where('email', '=', address).executeTakeFirst();
    const language = known?.language ?? person.language;
    await queueMail(
      trx,
      accountMail(accounts, 'invited', {
        cause: `invited:${row.hash}`,
        to: address,
        language,
        url: linkTo(accounts, 'invitation', language, secret),
        values: { title: draft.title, name: person.name, email: address },
      }),
      now,
    );
  });
  return { ok: true };
}

/** Takes an invitation back: its link stops working. */
export async function takeBackInvitation(db: Db, draft: Draft, invitation: number): Promise<Outcome> {
  await db.deleteFrom('invitation').where('id', '=', invitation).where('recordId', '=', draft.recordId).execute();
  return { ok: true };
}

/** What a link invites to, while it works; looking does not use it up. */
export const findInvitation = (db: Db | Trx, secret: string, now = Date.now()) =>
  db
    .selectFrom('invitation')
    .innerJoin('record', 'record.id', 'invitation.recordId')
    .innerJoin('user', 'user.id', 'invitation.invitedBy')
    .select(['invitation.id', 'invitation.recordId', 'invitation.email', 'record.title', 'record.kind'])
    .select(['user.name as inviterName', 'user.email as inviterEmail', 'user.language as inviterLanguage'])
    .where('invitation.hash', '=', digest(secret))
    .where('invitation.expiresAt', '>', now)
    .executeTakeFirst();

/** Follows an invitation, once: the invited address, and no other, becomes a manager; who invited it is told. */
export const acceptInvitation = (
  accounts: Accounts,
  person: SignedIn,
  secret: string,
): Promise<Outcome<{ recordId: number }>> =>
  accounts.db.transaction().execute(async (trx): Promise<Outcome<{ recordId: number }>> => {
    const invitation = await findInvitation(trx, secret);
    if (!invitation) return refuse('form.link');
    const { recordId } = invitation;
    if (invitation.email !== person.email) return refuse('invitation.other', undefined, { email: invitation.email });
    await trx.deleteFrom('invitation').where('id', '=', invitation.id).execute();
    await trx
      .insertInto('record_member')
      .values({ recordId, userId: person.userId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const language = invitation.inviterLanguage;
    await queueMail(
      trx,
      accountMail(accounts, 'managerAdded', {
        cause: `managerAdded:${invitation.id}`,
        to: invitation.inviterEmail,
        language,
        url: accounts.publicUrl + addressOf('managers', language, recordId),
        values: { title: invitation.title, name: person.name, email: person.email },
      }),
    );
    return { ok: true, recordId };
  });

/**
 * Ends somebody's managing, another's or one's own; the last manager stays. What they have invited others to goes with
 * them, and whoever did not leave by themselves is told.
 */
export const removeManager = (accounts: Accounts, person: SignedIn, draft: Draft, userId: string): Promise<Outcome> =>
  accounts.db.transaction().execute(async (trx): Promise<Outcome> => {
    const { recordId, title } = draft;
    const managers = await managersOf(trx, recordId);
    const removed = managers.find(({ id }) => id === userId);
    if (!removed) return { ok: true };
    if (managers.length === 1) return refuse('managers.last');
    await trx.deleteFrom('record_member').where('recordId', '=', recordId).where('userId', '=', userId).execute();
    await trx.deleteFrom('invitation').where('recordId', '=', recordId).where('invitedBy', '=', userId).execute();
    if (userId === person.userId) return { ok: true };
    const { email: to, language } = removed;
    const cause = `managerRemoved:${recordId}:${userId}:${new Date().toISOString()}`;
    const values = { title, name: person.name };
    await queueMail(trx, accountMail(accounts, 'managerRemoved', { cause, to, language, values }));
    return { ok: true };
  });
