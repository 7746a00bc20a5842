import type { Db } from '../../db/client.ts';
import type { Role } from '../../db/schema.ts';
import { createSessions } from '../../src/accounts/sessions.ts';
import { Person } from './person.ts';
import type { TestServer } from './server.ts';

/** Somebody with an account (`<id>@example.vn`) who has signed in, with the second factor if their role needs it. */
export async function signedIn(db: Db, server: TestServer, id: string, role: Role = 'member'): Promise<Person> {
  await db
    .insertInto('user')
    .values({
      id,
      email: `${id}@example.vn`,
      name: `Người ${id}`,
      passwordHash: null,
      role,
      language: 'vi',
      emailVerifiedAt: '2026-01-01',
      totpSecret: null,
      totpConfirmedAt: role === 'member' ? null : '2026-01-01',
      createdAt: '2026-01-01',
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const person = new Person(server);
  person.cookie = (await createSessions(db, false).begin(id, 'test')).split(';')[0];
  await db
    .updateTable('session')
    .set({ twoFactor: role === 'member' ? 0 : 1 })
    .where('userId', '=', id)
    .execute();
  return person;
}
