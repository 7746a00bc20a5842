import { type ExpressionBuilder, sql } from 'kysely';
import * as z from 'zod';
import type { Db, Trx } from '../../db/client.ts';
import type { Database } from '../../db/schema.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { accountMail } from '../accounts/mails.ts';
import { mayDecideRequest, mayManage } from '../accounts/policy.ts';
import { takeAttempt } from '../accounts/rate-limit.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { recordPath } from '../catalogue/address.ts';
import { isKindCode, kinds } from '../catalogue/kinds/index.ts';
import { addressOf } from '../i18n/routes.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { queueMail } from '../mail/queue.ts';
import { audit } from './audit.ts';
import { managersOf } from './managers.ts';

const text = (min: number, max: number, message: string) =>
  z.string(message).normalize('NFC').trim().min(min, message).max(max, message);

const id = z.coerce.number('record.notNow').int('record.notNow').positive('record.notNow');

export const manageRequest = z.object({
  record: id,
  message: text(10, 1000, 'manage.message.wrong'),
});

export const requestDecision = z.discriminatedUnion(
  'decision',
  [
    z.object({ request: id, decision: z.literal('grant') }),
    z.object({
      request: id,
      decision: z.literal('refuse'),
      reason: text(3, 1000, 'record.reasonMissing'),
    }),
  ],
  'record.notNow',
);

/** Written out: with a parameter in its place SQLite does not see that a partial index serves. */
const waiting = sql.lit('open' as const);

/** A public record that people may ask to manage: documents of others are nobody's. */
export async function askable(db: Db, recordId: number) {
  const record = await db
    .selectFrom('record')
    .select(['id', 'kind', 'slug', 'title'])
    .where('id', '=', recordId)
    .where('status', '=', 'published')
    .executeTakeFirst();
  return record && isKindCode(record.kind) && !kinds[record.kind].isDocument ? record : undefined;
}

/** Where a person's latest request to manage a record stands. */
export const requestOf = (db: Db, recordId: number, userId: string) =>
  db
    .selectFrom('manage_request')
    .select(['state', 'createdAt', 'reason'])
    .where('recordId', '=', recordId)
    .where('userId', '=', userId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

/**
 * Asks to manage a public record; its managers are told by mail. One request at a time: the same asked again, or a form
 * sent twice, changes nothing.
 */
export async function askToManage(
  accounts: Accounts,
  person: SignedIn,
  { record: recordId, message }: z.infer<typeof manageRequest>,
): Promise<Outcome> {
  const { db } = accounts;
  const record = await askable(db, recordId);
  if (!record) return refuse('record.notNow');
  if (!(await takeAttempt(db, 'manageRequestByUser', person.userId))) return refuse('manage.tooMany');
  return db.transaction().execute(async (trx): Promise<Outcome> => {
    const managers = await managersOf(trx, recordId);
    if (managers.some(({ id }) => id === person.userId)) return refuse('manage.already');
    const request = await trx
      .insertInto('manage_request')
      .values({
        recordId,
        userId: person.userId,
        message,
        state: 'open',
        createdAt: new Date().toISOString(),
        decidedAt: null,
        reason: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!request) return { ok: true };
    for (const { id, email, language } of managers) {
      await queueMail(
        trx,
        accountMail(accounts, 'manageAsked', {
          cause: `manageAsked:${request.id}:${id}`,
          to: email,
          language,
          url: accounts.publicUrl + addressOf('managers', language, recordId),
          values: { title: record.title, name: person.name, email: person.email, message },
        }),
      );
    }
    return { ok: true };
  });
}

const requests = (db: Db) =>
  db
    .selectFrom('manage_request')
    .innerJoin('user', 'user.id', 'manage_request.userId')
    .innerJoin('record', 'record.id', 'manage_request.recordId')
    .select([
      'manage_request.id',
      'manage_request.message',
      'manage_request.createdAt',
      'manage_request.departmentSince',
    ])
    .select(['user.name', 'user.email', 'record.kind', 'record.slug', 'record.title'])
    .where('manage_request.state', '=', waiting);
export type OpenRequest = Awaited<ReturnType<typeof requestsForManagers>>[number];

/** What waits for the answer of a record's managers. */
export const requestsForManagers = (db: Db, recordId: number) =>
  requests(db).where('manage_request.recordId', '=', recordId).orderBy('manage_request.id').execute();

const pageSize = 50;

/** Of records that nobody manages, or left lying by the managers. */
const forTheDepartment = ({ or, eb, not, exists, selectFrom }: ExpressionBuilder<Database, 'manage_request'>) =>
  or([
    eb('manage_request.departmentSince', 'is not', null),
    not(
      exists(
        selectFrom('record_member')
          .select('record_member.userId')
          .whereRef('record_member.recordId', '=', 'manage_request.recordId'),
      ),
    ),
  ]);

/** How many requests wait for the Department's answer. */
export const requestsWaiting = async (db: Db): Promise<number> =>
  (
    await db
      .selectFrom('manage_request')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('manage_request.state', '=', waiting)
      .where(forTheDepartment)
      .executeTakeFirstOrThrow()
  ).n;

/** Requests for the Department to answer, the oldest first. */
export const requestsForDepartment = (db: Db) =>
  requests(db)
    .where((eb) => forTheDepartment(eb as unknown as ExpressionBuilder<Database, 'manage_request'>))
    .orderBy('manage_request.createdAt')
    .orderBy('manage_request.id')
    .limit(pageSize)
    .execute();

/** How long a record's managers have before the Department may answer in their place. */
export const managersHaveDays = 14;
const batch = 100;

/** Tells a record's managers what becomes of a request. */
async function tellManagers(
  accounts: Accounts,
  trx: Trx,
  mail: 'manageLeftLying' | 'manageGrantedByDepartment',
  { id, recordId, userId }: { id: number; recordId: number; userId: string },
): Promise<void> {
  const { title, name } = await trx
    .selectFrom('manage_request')
    .innerJoin('record', 'record.id', 'manage_request.recordId')
    .innerJoin('user', 'user.id', 'manage_request.userId')
    .select(['record.title', 'user.name'])
    .where('manage_request.id', '=', id)
    .executeTakeFirstOrThrow();
  for (const manager of await managersOf(trx, recordId)) {
    if (manager.id === userId) continue;
    const { email: to, language } = manager;
    const url = accounts.publicUrl + addressOf('managers', language, recordId);
    const cause = `${mail}:${id}:${manager.id}`;
    const values = { title, name, n: String(managersHaveDays) };
    await queueMail(trx, accountMail(accounts, mail, { cause, to, language, url, values }));
  }
}

/**
 * Hands requests to the Department that a record's managers have left lying; the managers are told, and may still
 * answer. What is decided by then is not touched.
 */
export const handToDepartment = (accounts: Accounts, now = new Date()): Promise<void> =>
  accounts.db.transaction().execute(async (trx) => {
    const left = await trx
      .selectFrom('manage_request')
      .select(['id', 'recordId', 'userId'])
      .where('state', '=', waiting)
      .where('createdAt', '<=', new Date(now.getTime() - managersHaveDays * 86_400_000).toISOString())
      .where('departmentSince', 'is', null)
      .orderBy('createdAt')
      .limit(batch)
      .execute();
    for (const request of left) {
      await trx
        .updateTable('manage_request')
        .set({ departmentSince: now.toISOString() })
        .where('id', '=', request.id)
        .execute();
      await tellManagers(accounts, trx, 'manageLeftLying', request);
    }
  });

/** Tells who asked; what the Department decides goes into the audit log. */
async function conclude(
  accounts: Accounts,
  trx: Trx,
  person: SignedIn,
  request: { id: number; recordId: number; userId: string },
  reason: string | undefined,
  byDepartment: boolean,
): Promise<void> {
  const asker = await trx
    .selectFrom('user')
    .select(['name', 'email', 'language'])
    .where('id', '=', request.userId)
    .executeTakeFirstOrThrow();
  const record = await trx
    .selectFrom('record')
    .select(['kind', 'slug', 'title'])
    .where('id', '=', request.recordId)
    .executeTakeFirstOrThrow();
  const { language } = asker;
  const path =
    reason === undefined ? addressOf('editRecord', language, request.recordId) : recordPath(record, language);
  await queueMail(
    trx,
    accountMail(accounts, reason === undefined ? 'manageGranted' : 'manageRefused', {
      cause: `manageDecided:${request.id}`,
      to: asker.email,
      language,
      url: accounts.publicUrl + path,
      values: { title: record.title, ...(reason !== undefined && { reason }) },
    }),
  );
  if (!byDepartment) return;
  if (reason === undefined) await tellManagers(accounts, trx, 'manageGrantedByDepartment', request);
  const action = reason === undefined ? 'manageGrant' : 'manageRefuse';
  const detail = { user: asker.name, ...(reason !== undefined && { reason }) };
  await audit(trx, person, { action, recordId: request.recordId, detail });
}

/** Answers a request: the asker becomes a manager, or is told why not. */
export const decideRequest = (
  accounts: Accounts,
  person: SignedIn,
  input: z.infer<typeof requestDecision>,
): Promise<Outcome> =>
  accounts.db.transaction().execute(async (trx): Promise<Outcome> => {
    const request = await trx
      .selectFrom('manage_request')
      .select(['id', 'recordId', 'userId', 'state', 'departmentSince'])
      .where('id', '=', input.request)
      .executeTakeFirst();
    const managers = request ? (await managersOf(trx, request.recordId)).map(({ id }) => id) : [];
    if (!request || !mayDecideRequest(person, managers, request.departmentSince !== null))
      return refuse('form.forbidden');
    if (request.state !== 'open') return refuse('manage.decided');
    const granted = input.decision === 'grant';
    const reason = granted ? undefined : input.reason;
    await trx
      .updateTable('manage_request')
      .set({
        state: granted ? 'granted' : 'refused',
        decidedAt: new Date().toISOString(),
        reason: reason ?? null,
      })
      .where('id', '=', request.id)
      .execute();
    if (granted) {
      await trx
        .insertInto('record_member')
        .values({ recordId: request.recordId, userId: request.userId })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    await conclude(accounts, trx, person, request, reason, !mayManage(person, managers));
    return { ok: true };
  });
