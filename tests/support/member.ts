import type { Db } from '../../db/client.ts';
import type { Role } from '../../db/schema.ts';
import type { Accounts } from '../../src/accounts/accounts.ts';
import { createSessions } from '../../src/accounts/sessions.ts';
import { Person } from './person.ts';
import { publicUrl, type TestServer } from './server.ts';

/** What background steps work with, for tests that take one at another time. */
export const accountsFor = (db: Db): Accounts => ({
  db,
  sessions: createSessions(db, false),
  publicUrl,
  siteName: { vi: 'Sàn', en: 'Exchange' },
  departmentName: { vi: 'Sở', en: 'Department' },
});

/** Makes an account (`<id>@example.vn`), once; returns its id. */
export async function account(
  db: Db,
  id: string,
  { role = 'member', language = 'vi' }: { role?: Role; language?: 'vi' | 'en' } = {},
): Promise<string> {
  await db
    .insertInto('user')
    .values({
      id,
      email: `${id}@example.vn`,
      name: `Người ${id}`,
      passwordHash: null,
      role,
      language,
      emailVerifiedAt: '2026-01-01',
      totpSecret: null,
      totpConfirmedAt: role === 'member' ? null : '2026-01-01',
      createdAt: '2026-01-01',
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return id;
}

/** Makes an account that has signed in, with its second factor where its role needs one; returns its cookie. */
export async function signIn(db: Db, id: string, role: Role = 'member'): Promise<string> {
  await account(db, id, { role });
  const cookie = (await createSessions(db, false).begin(id, 'test')).split(';')[0];
  await db
    .updateTable('session')
    .set({ twoFactor: role === 'member' ? 0 : 1 })
    .where('userId', '=', id)
    .execute();
  return cookie;
}

/** Somebody who has signed in, with a browser. */
export async function signedIn(
  db: Db,
  server: Pick<TestServer, 'get'>,
  id: string,
  role: Role = 'member',
): Promise<Person> {
  const person = new Person(server);
  person.cookie = await signIn(db, id, role);
  return person;
}
