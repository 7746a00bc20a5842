import * as z from 'zod';
import type { Db, Trx } from '../../db/client.ts';
import { type PersonalDataRequestTable, personalDataKinds } from '../../db/schema.ts';
import type { Language } from '../../search/engine.ts';
import { type Accounts, linkTo } from '../accounts/accounts.ts';
import { email, personName } from '../accounts/fields.ts';
import { type AccountMail, accountMail } from '../accounts/mails.ts';
import { takeAttempt } from '../accounts/rate-limit.ts';
import { digest, newSecret } from '../accounts/secrets.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { moderators } from '../connections/parties.ts';
import { formatDate, localDay } from '../i18n/format.ts';
import { pageRoutes } from '../i18n/routes.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { queueMail } from '../mail/queue.ts';
import { dayAfter } from '../moderation/lifecycle.ts';

/**
 * Days within which the Department does what somebody asks about data on them. Law 91/2025/QH15 leaves the periods to
 * Decree 356/2025/NĐ-CP, which published summaries give as an answer within 2 working days (the mail that is sent at
 * once, with the day on which it is due) and the request itself within 10 to 20 days, by its kind. Ten days for every
 * kind is the Department's own commitment within that; compare with the decree before raising it.
 */
export const answerWithinDays = 10;
/** Moderators are reminded so many days before. */
const remindDays = 3;
/** The link that proves an address works so long; then the request goes. */
const confirmMs = 48 * 3_600_000;

const message = z
  .string()
  .default('')
  .transform((text) => text.normalize('NFC').trim())
  .pipe(z.string().max(2000, 'privacy.message.wrong'));
const kind = z.enum(personalDataKinds, 'privacy.kind.missing');

const needsWords = <T extends { kind: string; message: string }>(schema: z.ZodType<T>) =>
  schema.refine(({ kind, message }) => kind !== 'correction' || message.length >= 10, {
    path: ['message'],
    message: 'privacy.message.wrong',
  });

/** A member's request, and one of somebody without an account. */
export const ownRequestForm = needsWords(z.object({ kind, message }));
export const publicRequestForm = needsWords(z.object({ kind, message, name: personName, email }));
export const confirmForm = z.object({ token: z.string('form.link').max(100, 'form.link') });

/** Adds a line to a request's history. */
export async function noteRequest(
  trx: Trx,
  requestId: number,
  action: string,
  userId: string | null,
  now: Date,
): Promise<void> {
  await trx.insertInto('personal_data_event').values({ requestId, action, userId, at: now.toISOString() }).execute();
}

/** Tells the person that the request has arrived and until when it is answered, and the moderators that it waits. */
async function announce(
  accounts: Accounts,
  trx: Trx,
  request: { id: number; kind: PersonalDataRequestTable['kind']; email: string; language: Language; dueOn: string },
): Promise<void> {
  const { id, language, dueOn } = request;
  const values = { date: formatDate(dueOn, language), n: String(id) };
  const cause = `personalDataReceived:${id}`;
  await queueMail(trx, accountMail(accounts, 'personalDataReceived', { cause, to: request.email, language, values }));
  await tellModerators(accounts, trx, 'personalDataAsked', request);
}

async function tellModerators(
  accounts: Accounts,
  trx: Trx,
  mail: Extract<AccountMail, 'personalDataAsked' | 'personalDataDue'>,
  { id, dueOn }: { id: number; dueOn: string },
): Promise<void> {
  for (const { userId, email: to, language } of await moderators(trx)) {
    const url = `${linkTo(accounts, 'personalData', language)}?request=${id}`;
    const values = { date: formatDate(dueOn, language), n: String(id) };
    await queueMail(trx, accountMail(accounts, mail, { cause: `${mail}:${id}:${userId}`, to, language, url, values }));
  }
}

/** Files a member's request, which needs no proof of the address; one of a kind at a time. */
export const askForOwnData = (
  accounts: Accounts,
  person: SignedIn,
  { kind, message }: z.infer<typeof ownRequestForm>,
  now = new Date(),
): Promise<Outcome> =>
  accounts.db.transaction().execute(async (trx): Promise<Outcome> => {
    const { userId, name, email: address, language } = person;
    const waits = await trx
      .selectFrom('personal_data_request')
      .select('id')
      .where('email', '=', address)
      .where('state', '=', 'open')
      .where('kind', '=', kind)
      .executeTakeFirst();
    if (waits) return refuse('privacy.waits');
    const dueOn = dayAfter(localDay(now), answerWithinDays);
    const { id } = await trx
      .insertInto('personal_data_request')
      .values({
        kind,
        state: 'open',
        userId,
        name,
        email: address,
        message,
        language,
        createdAt: now.toISOString(),
        dueOn,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await noteRequest(trx, id, 'asked', null, now);
    await announce(accounts, trx, { id, kind, email: address, language, dueOn });
    return { ok: true };
  });

/**
 * Takes the request of somebody without an account. It counts once the link in the mail is followed; the answer is the
 * same whatever the site holds about the address.
 * @param visitor.client the visitor's network address, for the rate limit
 */
export async function askForData(
  accounts: Accounts,
  { kind, message, name, email: address }: z.infer<typeof publicRequestForm>,
  { client, language, now = new Date() }: { client: string; language: Language; now?: Date },
): Promise<Outcome> {
  const { db } = accounts;
  if (!(await takeAttempt(db, 'personalDataByClient', client))) return refuse('form.tooMany');
  if (!(await takeAttempt(db, 'mailByAddress', address))) return { ok: true };
  const secret = newSecret();
  const hash = digest(secret);
  await db.transaction().execute(async (trx) => {
    const user = await trx.selectFrom('user').select('id').where('email', '=', address).executeTakeFirst();
    await trx
      .insertInto('personal_data_request')
      .values({
        kind,
        state: 'unconfirmed',
        userId: user?.id ?? null,
        name,
        email: address,
        message,
        language,
        createdAt: now.toISOString(),
        hash,
        worksUntil: now.getTime() + confirmMs,
      })
      .execute();
    const url = linkTo(accounts, 'privacyRequest', language, secret);
    const cause = `personalDataConfirm:${hash}`;
    await queueMail(trx, accountMail(accounts, 'personalDataConfirm', { cause, to: address, language, url }));
  });
  return { ok: true };
}

/** Follows the link in the mail: the request is open from now on, and its time runs. */
export const confirmRequest = (accounts: Accounts, secret: string, now = new Date()): Promise<Outcome> =>
  accounts.db.transaction().execute(async (trx): Promise<Outcome> => {
    const dueOn = dayAfter(localDay(now), answerWithinDays);
    const request = await trx
      .updateTable('personal_data_request')
      .set({ state: 'open', dueOn, hash: null, worksUntil: null })
      .where('hash', '=', digest(secret))
      .where('state', '=', 'unconfirmed')
      .where('worksUntil', '>', now.getTime())
      .returning(['id', 'kind', 'email', 'language'])
      .executeTakeFirst();
    if (!request?.email) return refuse('form.link');
    await noteRequest(trx, request.id, 'asked', null, now);
    await announce(accounts, trx, { ...request, email: request.email, dueOn });
    return { ok: true };
  });

/** A person's own requests, the newest first. */
export const requestsOf = (db: Db, userId: string) =>
  db
    .selectFrom('personal_data_request')
    .select(['id', 'kind', 'state', 'createdAt', 'dueOn', 'decidedAt', 'reason'])
    .where('userId', '=', userId)
    .where('state', '<>', 'unconfirmed')
    .orderBy('id', 'desc')
    .limit(20)
    .execute();

/** Reminds moderators of what is due soon, once each, and removes requests whose address was never proved. */
export async function followUpRequests(accounts: Accounts, now = new Date()): Promise<void> {
  await accounts.db.transaction().execute(async (trx) => {
    await trx
      .deleteFrom('personal_data_request')
      .where('state', '=', 'unconfirmed')
      .where('worksUntil', '<=', now.getTime())
      .execute();
    const due = await trx
      .updateTable('personal_data_request')
      .set({ remindedAt: now.toISOString() })
      .where('state', '=', 'open')
      .where('remindedAt', 'is', null)
      .where('dueOn', '<=', dayAfter(localDay(now), remindDays))
      .returning(['id', 'dueOn'])
      .execute();
    for (const { id, dueOn } of due) {
      await noteRequest(trx, id, 'reminded', null, now);
      await tellModerators(accounts, trx, 'personalDataDue', { id, dueOn: dueOn ?? '' });
    }
  });
}

/** The address of the Department's page for a request. */
export const requestPath = (language: Language, id: number): string =>
  `${pageRoutes.personalData[language]}?request=${id}`;
