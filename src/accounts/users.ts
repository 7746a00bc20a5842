import * as z from 'zod';
import type { Db } from '../../db/client.ts';
import { roles } from '../../db/schema.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { audit } from '../moderation/audit.ts';
import type { Accounts } from './accounts.ts';
import { email } from './fields.ts';
import type { SignedIn } from './sessions.ts';

export const roleChange = z.object({ email, role: z.enum(roles, 'form.role') });

/** Who works for the Department here: moderators and administrators. */
export const staff = (db: Db) =>
  db
    .selectFrom('user')
    .select(['id', 'name', 'email', 'role', 'totpConfirmedAt'])
    .where('role', 'in', ['moderator', 'administrator'])
    .orderBy('name')
    .execute();

/**
 * Gives an account a role, noted in the audit log. An administrator does not take the role from themselves, so that
 * there is always one.
 */
export async function changeRole(
  { db, sessions }: Accounts,
  person: SignedIn,
  { email: address, role }: z.infer<typeof roleChange>,
): Promise<Outcome> {
  if (address === person.email) return refuse('form.ownRole', 'email');
  const changed = await db.transaction().execute(async (trx) => {
    const user = await trx
      .updateTable('user')
      .set({ role })
      .where('email', '=', address)
      .where('emailVerifiedAt', 'is not', null)
      .returning(['id', 'name'])
      .executeTakeFirst();
    if (user) await audit(trx, person, { action: 'role', recordId: null, detail: { user: user.name, role } });
    return user;
  });
  if (!changed) return refuse('form.noSuchUser', 'email');
  // Sessions that began with other rights end.
  await sessions.endOthers(changed.id);
  return { ok: true };
}
