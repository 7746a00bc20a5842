import * as z from 'zod';
import type { Db, Trx } from '../../db/client.ts';
import { connectionPurposes } from '../../db/schema.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { takeAttempt } from '../accounts/rate-limit.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { parseRecordPath } from '../catalogue/address.ts';
import { isKindCode, kinds } from '../catalogue/kinds/index.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { audit } from '../moderation/audit.ts';
import { contactIn } from '../moderation/checks.ts';
import { longText, optionalId } from './fields.ts';
import { tell } from './mails.ts';
import { managersOf, moderators, partiesOf } from './parties.ts';
import { openStates } from './states.ts';
import { note } from './step.ts';

const purpose = z.enum(connectionPurposes, 'connection.purpose.missing');
const firstMessage = longText(20, 2000, 'connection.message.length');

export const connectForm = z.object({
  record: z.string().max(300),
  purpose,
  message: firstMessage,
  askerRecord: optionalId,
  /** Ticked by who wants the contact data in their message sent. */
  withContacts: z.literal('on').optional().catch(undefined),
});

/** A record that people may be connected with. */
export interface Connectable {
  id: number;
  kind: string;
  slug: string;
  title: string;
  titleEn: string | null;
  demo: number;
}

const recordColumns = ['id', 'kind', 'slug', 'title', 'titleEn', 'demo'] as const;

/** The public record at an address; undefined for a document, for what is not public and for no record at all. */
export async function connectable(db: Db | Trx, address: string): Promise<Connectable | undefined> {
  const place = parseRecordPath(address);
  if (!place || kinds[place.kind].isDocument) return undefined;
  return db
    .selectFrom('record')
    .select(recordColumns)
    .where('kind', '=', place.kind)
    .where('slug', '=', place.slug)
    .where('status', '=', 'published')
    .executeTakeFirst();
}

/** One's own public records, to say what one asks for. */
export const ownRecords = async (db: Db | Trx, userId: string): Promise<Connectable[]> =>
  (
    await db
      .selectFrom('record_member')
      .innerJoin('record', 'record.id', 'record_member.recordId')
      .select(['record.id', 'record.kind', 'record.slug', 'record.title', 'record.titleEn', 'record.demo'])
      .where('record_member.userId', '=', userId)
      .where('record.status', '=', 'published')
      .orderBy('record.title')
      .execute()
  ).filter(({ kind }) => isKindCode(kind) && !kinds[kind].isDocument);

/** Whether one of these people has blocked the other, either way. */
export const isBlocked = async (db: Db | Trx, userId: string, others: string[]): Promise<boolean> =>
  others.length > 0 &&
  (await db
    .selectFrom('member_block')
    .select('at')
    .where((eb) =>
      eb.or([
        eb.and([eb('blockerId', '=', userId), eb('blockedId', 'in', others)]),
        eb.and([eb('blockedId', '=', userId), eb('blockerId', 'in', others)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst()) !== undefined;

const openOf = (db: Db | Trx, askerId: string, recordId: number) =>
  db
    .selectFrom('connection')
    .select('id')
    .where('askerId', '=', askerId)
    .where('recordId', '=', recordId)
    .where('state', 'in', openStates)
    .executeTakeFirst();

/** How many connections with a record somebody has asked for so far. */
export const connectionsWith = async (db: Db, askerId: string, recordId: number): Promise<number> =>
  (
    await db
      .selectFrom('connection')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('askerId', '=', askerId)
      .where('recordId', '=', recordId)
      .executeTakeFirstOrThrow()
  ).n;

const emptyColumns = {
  reason: null,
  agreementKind: null,
  agreementVnd: null,
  nextStep: null,
  nextStepOn: null,
  remindedAt: null,
  acceptedAt: null,
  outcomeAskedAt: null,
  endedAt: null,
};

/**
 * Asks the people of a record for a connection. An open one of the same member for the same record is given instead of
 * a second: a double click, two tabs.
 * @throws Error when the person and the record are no parties, which no form of ours asks for
 */
export async function startConnection(
  accounts: Accounts,
  person: SignedIn,
  record: Connectable,
  input: z.infer<typeof connectForm>,
  now = new Date(),
): Promise<Outcome<{ id: number }>> {
  const { db } = accounts;
  const { userId } = person;
  const managers = await managersOf(db, record.id);
  if (managers.some((manager) => manager.userId === userId)) return refuse('connection.own');
  const own = await ownRecords(db, userId);
  if (input.askerRecord !== null && !own.some(({ id }) => id === input.askerRecord)) {
    return refuse('connection.askerRecord.notOwn', 'askerRecord');
  }
  const already = await openOf(db, userId, record.id);
  if (already) return { ok: true, ...already };
  const found = contactIn(input.message);
  if (found && !input.withContacts) return refuse('connection.contactFound', 'withContacts', { found });
  const { connectingStoppedAt } = await db
    .selectFrom('user')
    .select('connectingStoppedAt')
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  if (connectingStoppedAt !== null) return refuse('connection.stopped');
  const managerIds = managers.map((manager) => manager.userId);
  if (await isBlocked(db, userId, managerIds)) return refuse('connection.blocked');
  if (!(await takeAttempt(db, 'connectByMember', userId, now.getTime()))) return refuse('connection.tooMany');

  const at = now.toISOString();
  return db.transaction().execute(async (trx) => {
    const connection = await trx
      .insertInto('connection')
      .values({
        ...emptyColumns,
        recordId: record.id,
        askerRecordId: input.askerRecord,
        askerId: userId,
        origin: 'member',
        proposedBy: null,
        toDepartment: managers.length === 0 ? 1 : 0,
        purpose: input.purpose,
        state: 'requested',
        lastSide: 'asker',
        brokerAskedAt: null,
        brokerAskedBy: null,
        createdAt: at,
        updatedAt: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    // The other click was quicker.
    if (!connection) return { ok: true, id: (await openOf(trx, userId, record.id))?.id ?? 0 };
    const doer = { userId, side: 'asker' } as const;
    const eventId = await note(trx, connection.id, doer, 'start', {}, now);
    await trx
      .insertInto('connection_message')
      .values({ connectionId: connection.id, at, ...doer, text: input.message, formKey: null })
      .execute();
    const values = () => ({ message: input.message });
    if (managers.length > 0) {
      await tell(accounts, trx, connection, eventId, 'connection.asked', managers, { answer: true, values });
    } else {
      await tell(accounts, trx, connection, eventId, 'connection.askedDepartment', await moderators(trx), { values });
    }
    return { ok: true, id: connection.id };
  });
}

export const proposalForm = z.object({
  asker: z.string().max(500),
  asked: z.string().max(500),
  purpose,
  message: firstMessage,
});

/**
 * The Department proposes a connection to the people of two records; both have to accept. For a record that nobody
 * manages the Department itself says yes.
 */
export async function proposeConnection(
  accounts: Accounts,
  person: SignedIn,
  input: z.infer<typeof proposalForm>,
  now = new Date(),
): Promise<Outcome<{ id: number }>> {
  const { db } = accounts;
  const [asker, asked] = [await connectable(db, input.asker), await connectable(db, input.asked)];
  if (!asker) return refuse('connection.propose.noRecord', 'asker');
  if (!asked || asked.id === asker.id) return refuse('connection.propose.noRecord', 'asked');
  const [askers, askeds] = [await managersOf(db, asker.id), await managersOf(db, asked.id)];
  if (askers.length + askeds.length === 0) return refuse('connection.propose.nobody', 'asked');
  const askedIds = askeds.map(({ userId }) => userId);
  if (askers.some(({ userId }) => askedIds.includes(userId))) return refuse('connection.propose.same', 'asked');
  for (const { userId } of askers) {
    if (await isBlocked(db, userId, askedIds)) return refuse('connection.propose.blocked', 'asked');
  }
  const at = now.toISOString();
  return db.transaction().execute(async (trx): Promise<Outcome<{ id: number }>> => {
    const connection = await trx
      .insertInto('connection')
      .values({
        ...emptyColumns,
        recordId: asked.id,
        askerRecordId: asker.id,
        askerId: null,
        origin: 'department',
        proposedBy: person.userId,
        toDepartment: askeds.length === 0 ? 1 : 0,
        purpose: input.purpose,
        state: askers.length === 0 ? 'requested' : askeds.length === 0 ? 'awaiting_asker' : 'proposed',
        lastSide: 'moderator',
        // For the record that nobody manages it goes on reading and writing.
        brokerAskedAt: askers.length === 0 ? at : null,
        brokerAskedBy: null,
        createdAt: at,
        updatedAt: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!connection) return refuse('connection.propose.open', 'asked');
    const doer = { userId: person.userId, side: 'moderator' } as const;
    const eventId = await note(trx, connection.id, doer, 'propose', {}, now);
    await trx
      .insertInto('connection_message')
      .values({ connectionId: connection.id, at, ...doer, text: input.message, formKey: null })
      .execute();
    const { asker: askerSide, asked: askedSide } = await partiesOf(trx, connection);
    await tell(accounts, trx, connection, eventId, 'connection.proposed', [...askerSide, ...askedSide], {
      answer: true,
      values: () => ({ message: input.message }),
    });
    await audit(trx, person, {
      action: 'proposeConnection',
      recordId: asked.id,
      detail: { connection: connection.id, to: asker.title },
    });
    return { ok: true, id: connection.id };
  });
}
