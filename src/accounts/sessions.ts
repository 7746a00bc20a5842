/** Sessions. The only file that knows Lucia; whoever replaces Lucia replaces this file. */
import { type Adapter, type DatabaseSession, Lucia, TimeSpan } from 'lucia';
import type { Db } from '../../db/client.ts';
import type { Role } from '../../db/schema.ts';
import { isUnwritable } from '../../db/unwritable.ts';
import { digest } from './secrets.ts';

/** Somebody who has signed in. */
export interface SignedIn {
  userId: string;
  email: string;
  name: string;
  role: Role;
  language: 'vi' | 'en';
  emailVerified: boolean;
  /** Has set up a second factor. */
  hasTwoFactor: boolean;
  /** This session has shown it. */
  twoFactorShown: boolean;
  /** Digest of this session, to tell it from the person's others. */
  sessionId: string;
}

interface UserAttributes {
  email: string;
  name: string;
  role: Role;
  language: 'vi' | 'en';
  emailVerified: boolean;
  hasTwoFactor: boolean;
}

interface SessionAttributes {
  createdAt: string;
  userAgent: string;
  twoFactor: number;
}

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof makeLucia>;
    DatabaseUserAttributes: UserAttributes;
    DatabaseSessionAttributes: SessionAttributes;
  }
}

/** Reading goes on while nothing can be written: what Lucia renews or removes on the way waits for the next visit. */
const orLater = (error: unknown): void => {
  if (!isUnwritable(error)) throw error;
};

/** Lucia's seven questions on Kysely. What the cookie holds is never stored: each id is digested on its way in. */
function adapterOf(db: Db): Adapter {
  const toLucia = (id: string, row: { userId: string; expiresAt: number } & SessionAttributes): DatabaseSession => ({
    id,
    userId: row.userId,
    expiresAt: new Date(row.expiresAt),
    attributes: { createdAt: row.createdAt, userAgent: row.userAgent, twoFactor: row.twoFactor },
  });
  return {
    async getSessionAndUser(sessionId) {
      const row = await db
        .selectFrom('session')
        .innerJoin('user', 'user.id', 'session.userId')
        .select(['session.userId', 'session.expiresAt', 'session.createdAt', 'session.userAgent', 'session.twoFactor'])
        .select([
          'user.email',
          'user.name',
          'user.role',
          'user.language',
          'user.emailVerifiedAt',
          'user.totpConfirmedAt',
        ])
        .where('session.id', '=', digest(sessionId))
        .where('user.blockedAt', 'is', null)
        .executeTakeFirst();
      if (!row) return [null, null];
      const { email, name, role, language, emailVerifiedAt, totpConfirmedAt } = row;
      const attributes = {
        email,
        name,
        role,
        language,
        emailVerified: emailVerifiedAt !== null,
        hasTwoFactor: totpConfirmedAt !== null,
      };
      return [toLucia(sessionId, row), { id: row.userId, attributes }];
    },
    async getUserSessions(userId) {
      const rows = await db.selectFrom('session').selectAll().where('userId', '=', userId).execute();
      return rows.map((row) => toLucia(row.id, row));
    },
    async setSession({ id, userId, expiresAt, attributes }) {
      await db
        .insertInto('session')
        .values({ id: digest(id), userId, expiresAt: expiresAt.getTime(), ...attributes })
        .execute();
    },
    async updateSessionExpiration(sessionId, expiresAt) {
      await db
        .updateTable('session')
        .set({ expiresAt: expiresAt.getTime() })
        .where('id', '=', digest(sessionId))
        .execute()
        .catch(orLater);
    },
    async deleteSession(sessionId) {
      await db.deleteFrom('session').where('id', '=', digest(sessionId)).execute().catch(orLater);
    },
    async deleteUserSessions(userId) {
      await db.deleteFrom('session').where('userId', '=', userId).execute();
    },
    async deleteExpiredSessions() {
      await db.deleteFrom('session').where('expiresAt', '<=', Date.now()).execute();
    },
  };
}

/** The name of the session's cookie, or its end: over https no other host of the domain can set it (`__Host-`). */
export const sessionCookieName = 'session';

const hour = 3_600_000;
/**
 * After this time somebody signs in again, however active (ASVS 7.3.2): the Department's people, who decide on what
 * others have written, once a working day.
 */
const longestSessionMs: Record<Role, number> = {
  member: 90 * 24 * hour,
  moderator: 12 * hour,
  administrator: 12 * hour,
};

const makeLucia = (db: Db, secure: boolean) =>
  new Lucia(adapterOf(db), {
    sessionExpiresIn: new TimeSpan(30, 'd'),
    sessionCookie: {
      name: secure ? `__Host-${sessionCookieName}` : sessionCookieName,
      attributes: { secure, sameSite: 'lax', path: '/' },
    },
    getUserAttributes: (attributes: UserAttributes) => attributes,
    getSessionAttributes: (attributes: SessionAttributes) => attributes,
  });

export interface Sessions {
  /** Begins a session; returns the `Set-Cookie` header. */
  begin(userId: string, userAgent: string): Promise<string>;
  /** Who a request's cookies belong to, and a renewed `Set-Cookie` header when half of the session's life is over. */
  read(cookieHeader: string | null): Promise<{ person: SignedIn; renewedCookie: string | undefined } | undefined>;
  /** Notes that a session has shown the second factor. */
  confirmTwoFactor(sessionId: string): Promise<void>;
  list(userId: string): Promise<{ id: string; createdAt: string; userAgent: string }[]>;
  /** Ends one session of a person, by its digest. */
  end(userId: string, sessionId: string): Promise<void>;
  /** Ends all of a person's sessions but one. */
  endOthers(userId: string, keptSessionId?: string): Promise<void>;
  forgetExpired(): Promise<void>;
  /** The `Set-Cookie` header that makes a browser forget its session. */
  blankCookie(): string;
}

/** @param secure true where the site is reached over https */
export function createSessions(db: Db, secure: boolean): Sessions {
  const lucia = makeLucia(db, secure);
  return {
    async begin(userId, userAgent) {
      const session = await lucia.createSession(userId, {
        createdAt: new Date().toISOString(),
        userAgent: userAgent.slice(0, 300),
        twoFactor: 0,
      });
      return lucia.createSessionCookie(session.id).serialize();
    },
    async read(cookieHeader) {
      const id = cookieHeader && lucia.readSessionCookie(cookieHeader);
      if (!id) return undefined;
      const { session, user } = await lucia.validateSession(id);
      if (!session) return undefined;
      if (Date.now() - Date.parse(session.createdAt) > longestSessionMs[user.role]) {
        await lucia.invalidateSession(id);
        return undefined;
      }
      const { id: userId, ...attributes } = user;
      return {
        person: { userId, ...attributes, twoFactorShown: session.twoFactor === 1, sessionId: digest(id) },
        renewedCookie: session.fresh ? lucia.createSessionCookie(id).serialize() : undefined,
      };
    },
    async confirmTwoFactor(sessionId) {
      await db.updateTable('session').set({ twoFactor: 1 }).where('id', '=', sessionId).execute();
    },
    list: (userId) =>
      db
        .selectFrom('session')
        .select(['id', 'createdAt', 'userAgent'])
        .where('userId', '=', userId)
        .where('expiresAt', '>', Date.now())
        .orderBy('createdAt', 'desc')
        .execute(),
    async end(userId, sessionId) {
      await db.deleteFrom('session').where('id', '=', sessionId).where('userId', '=', userId).execute();
    },
    async endOthers(userId, keptSessionId = '') {
      await db.deleteFrom('session').where('userId', '=', userId).where('id', '<>', keptSessionId).execute();
    },
    forgetExpired: () => lucia.deleteExpiredSessions(),
    blankCookie: () => lucia.createBlankSessionCookie().serialize(),
  };
}
