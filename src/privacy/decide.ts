import { sql } from 'kysely';
import * as z from 'zod';
import type { Db, Trx } from '../../db/client.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { DataSubject } from '../accounts/data-subject.ts';
import { type AccountMail, accountMail } from '../accounts/mails.ts';
import { erase, personalData } from '../accounts/personal-data.ts';
import { mayErase } from '../accounts/policy.ts';
import { digest, newSecret } from '../accounts/secrets.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { hasOtherAdministrator } from '../accounts/users.ts';
import { parseRecordPath } from '../catalogue/address.ts';
import { localDay } from '../i18n/format.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { queueMail } from '../mail/queue.ts';
import { audit } from '../moderation/audit.ts';
import { noteRequest } from './requests.ts';

/** The link to an export works so long. */
export const exportDays = 7;

const request = z.coerce.number('record.notNow').int().positive();
const ticked = z.literal('on', 'privacy.identity.missing');

export const exportForm = z.object({ request, identity: ticked });
export const correctedForm = z.object({
  request,
  note: z.string('privacy.note.missing').trim().min(3, 'privacy.note.missing').max(2000, 'privacy.note.missing'),
});
export const eraseForm = z.object({
  request,
  identity: ticked,
  /** Addresses of pages about the person, one a line. */
  pages: z.string().max(3000, 'privacy.pages.wrong').default(''),
  sure: z.literal('on', 'privacy.sure.missing'),
});
export const refusalForm = z.object({
  request,
  reason: z.string('record.reasonMissing').trim().min(3, 'record.reasonMissing').max(2000, 'record.reasonMissing'),
});

/** Written out: with a parameter in its place SQLite does not see that the partial index serves. */
const open = sql.lit('open' as const);

/** How many requests wait, and how many of them longer than they may. */
export async function requestCounts(db: Db, now = new Date()): Promise<{ waiting: number; late: number }> {
  const count = (before?: string) =>
    db
      .selectFrom('personal_data_request')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('state', '=', open)
      .$if(before !== undefined, (query) => query.where('dueOn', '<', before ?? ''))
      .executeTakeFirstOrThrow();
  const [waiting, late] = await Promise.all([count(), count(localDay(now))]);
  return { waiting: waiting.n, late: late.n };
}

const shownDecided = 30;

/** Requests that wait, the most urgent first, and the latest ones that were decided. */
export async function requestLists(db: Db) {
  const columns = ['id', 'kind', 'state', 'name', 'createdAt', 'dueOn', 'decidedAt'] as const;
  const [waiting, decided] = await Promise.all([
    db
      .selectFrom('personal_data_request')
      .select(columns)
      .where('state', '=', open)
      .orderBy('dueOn')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('personal_data_request')
      .select(columns)
      .where('state', 'in', ['done', 'refused'])
      .orderBy('id', 'desc')
      .limit(shownDecided)
      .execute(),
  ]);
  return { waiting, decided };
}

/** One request with its history and whose account it is. */
export async function requestById(db: Db | Trx, id: number) {
  const found = await db
    .selectFrom('personal_data_request')
    .leftJoin('user', 'user.id', 'personal_data_request.userId')
    .selectAll('personal_data_request')
    .select('user.role')
    .where('personal_data_request.id', '=', id)
    .where('personal_data_request.state', '<>', 'unconfirmed')
    .executeTakeFirst();
  if (!found) return undefined;
  const history = await db
    .selectFrom('personal_data_event')
    .leftJoin('user', 'user.id', 'personal_data_event.userId')
    .select(['personal_data_event.at', 'personal_data_event.action', 'user.name'])
    .where('requestId', '=', id)
    .orderBy('personal_data_event.id')
    .execute();
  return { ...found, history };
}
type Request = NonNullable<Awaited<ReturnType<typeof requestById>>> & { email: string };

type RequestAction = 'exported' | 'corrected' | 'erased' | 'refused';

/** Decides on an open request, once, in one transaction with its history and the log; the log names only its number. */
const decide = (
  accounts: Accounts,
  person: SignedIn,
  id: number,
  action: RequestAction,
  act: (trx: Trx, request: Request, now: Date) => Promise<Outcome>,
): Promise<Outcome> =>
  accounts.db.transaction().execute(async (trx): Promise<Outcome> => {
    const now = new Date();
    const found = await requestById(trx, id);
    if (found?.state !== 'open' || found.email === null) return refuse('privacy.decided');
    const outcome = await act(trx, { ...found, email: found.email }, now);
    if (!outcome.ok) return outcome;
    await trx
      .updateTable('personal_data_request')
      .set({ state: action === 'refused' ? 'refused' : 'done', decidedAt: now.toISOString() })
      .where('id', '=', id)
      .execute();
    await noteRequest(trx, id, action, person.userId, now);
    await audit(trx, person, { action: `personalData.${action}`, recordId: null, detail: { text: `#${id}` } });
    return outcome;
  });

const mailFor = (
  accounts: Accounts,
  trx: Trx,
  kind: AccountMail,
  { id, email: to, language }: Request,
  more: { url?: string; values?: Record<string, string> } = {},
): Promise<void> => queueMail(trx, accountMail(accounts, kind, { cause: `${kind}:${id}`, to, language, ...more }));

const subjectOf = ({ email, userId, language }: Request): DataSubject => ({ email, userId, language });

/** Sends a link to everything that the site holds about the person, once somebody has made sure who asks. */
export const sendExport = (accounts: Accounts, person: SignedIn, input: z.infer<typeof exportForm>): Promise<Outcome> =>
  decide(accounts, person, input.request, 'exported', async (trx, request, now) => {
    const secret = newSecret();
    await trx
      .updateTable('personal_data_request')
      .set({ hash: digest(secret), worksUntil: now.getTime() + exportDays * 86_400_000 })
      .where('id', '=', request.id)
      .execute();
    const url = `${accounts.publicUrl}/rieng-tu/du-lieu.json?token=${secret}`;
    await mailFor(accounts, trx, 'personalDataExport', request, { url });
    return { ok: true };
  });

/** What a link to an export leads to, while it works: as the data is now. */
export async function exportFor(db: Db, secret: string, now = Date.now()): Promise<object | undefined> {
  const request = await db
    .selectFrom('personal_data_request')
    .select(['email', 'userId', 'language'])
    .where('hash', '=', digest(secret))
    .where('state', '=', 'done')
    .where('worksUntil', '>', now)
    .executeTakeFirst();
  return request?.email ? personalData(db, { ...request, email: request.email }) : undefined;
}

/** Notes that the data was corrected, with the tools of the catalogue, and tells the person what was done. */
export const markCorrected = (
  accounts: Accounts,
  person: SignedIn,
  input: z.infer<typeof correctedForm>,
): Promise<Outcome> =>
  decide(accounts, person, input.request, 'corrected', async (trx, request) => {
    await trx.updateTable('personal_data_request').set({ reason: input.note }).where('id', '=', request.id).execute();
    await mailFor(accounts, trx, 'personalDataCorrected', request, { values: { note: input.note } });
    return { ok: true };
  });

/** Tells the person why the request is not met. */
export const refuseRequest = (
  accounts: Accounts,
  person: SignedIn,
  input: z.infer<typeof refusalForm>,
): Promise<Outcome> =>
  decide(accounts, person, input.request, 'refused', async (trx, request) => {
    await trx.updateTable('personal_data_request').set({ reason: input.reason }).where('id', '=', request.id).execute();
    await mailFor(accounts, trx, 'personalDataRefused', request, { values: { reason: input.reason } });
    return { ok: true };
  });

/** The records at the addresses that were typed; undefined when one leads to none. */
async function recordsAt(trx: Trx, pages: string): Promise<number[] | undefined> {
  const ids: number[] = [];
  for (const line of pages.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const place = parseRecordPath(line);
    const record = await trx
      .selectFrom('record')
      .select('id')
      .where('kind', '=', place?.kind ?? '')
      .where('slug', '=', place?.slug ?? '')
      .executeTakeFirst();
    if (!record) return undefined;
    ids.push(record.id);
  }
  return [...new Set(ids)];
}

/**
 * Deletes what the site holds about the person, and the records about them that were named. What stays is the request's
 * kind and dates, and in the audit log its number: proof that the law was kept, without the person.
 */
export const eraseSubject = (
  accounts: Accounts,
  person: SignedIn,
  input: z.infer<typeof eraseForm>,
): Promise<Outcome> =>
  decide(accounts, person, input.request, 'erased', async (trx, request, now) => {
    if (!mayErase(person, request.role ?? undefined)) return refuse('privacy.staff');
    if (request.userId === person.userId) return refuse('privacy.notYourself');
    if (request.role === 'administrator' && !(await hasOtherAdministrator(trx, request.userId ?? ''))) {
      return refuse('form.lastAdministrator');
    }
    const recordIds = await recordsAt(trx, input.pages);
    if (!recordIds) return refuse('privacy.pages.wrong', 'pages');
    await erase(accounts, trx, subjectOf(request), { recordIds }, 'personalDataDeleted', now);
    return { ok: true };
  });
