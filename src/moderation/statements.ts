import * as z from 'zod';
import type { Db, Trx } from '../../db/client.ts';
import type { PersonalDataPart } from '../accounts/data-subject.ts';
import { digest, newSecret } from '../accounts/secrets.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import type { KindDeclaration } from '../catalogue/kind.ts';
import { justBegun, startRecord } from './drafts.ts';
import type { TypedForm } from './form.ts';
import { type GuideCode, guideCodes } from './guides.ts';

/** Long enough to say something that can be matched. */
export const statementLength = { min: 20, max: 4000 };

export const statementForm = z.object({
  guide: z.enum(guideCodes, 'guided.text.length'),
  text: z
    .string('guided.text.length')
    .normalize('NFC')
    .trim()
    .min(statementLength.min, 'guided.text.length')
    .max(statementLength.max, 'guided.text.length'),
  /** `look` shows what the catalogue has, `next` goes on to the form. */
  go: z.enum(['look', 'next']).catch('look'),
});

const lifetimeMs = 7 * 24 * 3_600_000;

/** The cookie that leads a browser back to what was said before its owner has signed in. */
export const statementCookie = 'statement';

/**
 * The `Set-Cookie` header of a statement.
 * @param secret none makes the browser forget it
 */
export const statementCookieHeader = (secret: string | undefined, isSecure: boolean): string =>
  `${statementCookie}=${secret ?? ''}; Path=/; Max-Age=${secret ? lifetimeMs / 1000 : 0}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;

/** What somebody has said and not yet made a record of. */
export interface Statement {
  id: number;
  kind: GuideCode;
  text: string;
}

/** Who may read a statement: whose browser has its secret, and whose account it belongs to. */
export interface Speaker {
  userId?: string | undefined;
  secret?: string | undefined;
}

const ofSpeaker = (db: Db | Trx, { userId, secret }: Speaker) =>
  db
    .selectFrom('statement')
    .select(['id', 'kind', 'text', 'recordId'])
    .where((eb) => eb.or([eb('hash', '=', digest(secret ?? '')), eb('userId', '=', userId ?? null)]));

/** Keeps what was said for a week; returns the secret that leads back to it. */
export async function keepStatement(
  db: Db,
  { guide, text }: Pick<z.infer<typeof statementForm>, 'guide' | 'text'>,
  userId: string | undefined,
  now = Date.now(),
): Promise<string> {
  const secret = newSecret();
  await db
    .insertInto('statement')
    .values({
      hash: digest(secret),
      kind: guide,
      text,
      userId: userId ?? null,
      recordId: null,
      expiresAt: now + lifetimeMs,
    })
    .execute();
  return secret;
}

/** The last thing somebody has said and not yet made a record of. */
export const openStatement = (
  db: Db,
  speaker: Speaker,
  kind?: GuideCode,
  now = Date.now(),
): Promise<Statement | undefined> =>
  ofSpeaker(db, speaker)
    .where('recordId', 'is', null)
    .where('expiresAt', '>', now)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind as GuideCode))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

/** Gives it to a new account: the link of the mail may be opened on another machine. */
export const giveStatement = (trx: Trx, secret: string, userId: string) =>
  trx.updateTable('statement').set({ userId }).where('hash', '=', digest(secret)).where('userId', 'is', null).execute();

/**
 * Begins the record of a statement; a form that is sent twice leads to the same record.
 * @param isAnother its author has said that it is none of those of the same name
 */
export const startStated = (
  db: Db,
  person: SignedIn,
  kind: KindDeclaration,
  form: TypedForm,
  { id, secret, isAnother }: { id: number | undefined; secret: string | undefined; isAnother: boolean },
): Promise<number> =>
  db.transaction().execute(async (trx) => {
    const statement =
      id === undefined
        ? undefined
        : await ofSpeaker(trx, { userId: person.userId, secret }).where('id', '=', id).executeTakeFirst();
    if (statement?.recordId) return statement.recordId;
    const begun = isAnother ? undefined : await justBegun(trx, person, kind, String(form.title));
    const recordId = begun ?? (await startRecord(trx, person, kind, form));
    if (statement) {
      // The cookie ends now: a form that is sent again is known by its sender.
      const set = { recordId, text: '', userId: person.userId };
      await trx.updateTable('statement').set(set).where('id', '=', statement.id).execute();
    }
    return recordId;
  });

/** Removes what nobody has come back to. */
export const forgetStatements = (db: Db, now = Date.now()) =>
  db.deleteFrom('statement').where('expiresAt', '<=', now).execute();

/** What somebody has said and not yet made a record of; it goes with the account, else after a week. */
export const statementPart: PersonalDataPart = {
  name: 'statements',
  collect: async (db, { userId }) => ({
    statements:
      userId === null
        ? []
        : await db
            .selectFrom('statement')
            .select(['kind', 'text'])
            .where('userId', '=', userId)
            .where('text', '<>', '')
            .execute(),
  }),
  async erase() {},
};
