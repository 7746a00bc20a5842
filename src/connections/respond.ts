import * as z from 'zod';
import type { Trx } from '../../db/client.ts';
import { agreementKinds } from '../../db/schema.ts';
import type { Language } from '../../search/engine.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { ConnectionMail } from '../accounts/mails.ts';
import { takeAttempt } from '../accounts/rate-limit.ts';
import { formatDate, formatMoney } from '../i18n/format.ts';
import { translator } from '../i18n/translate.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { contactIn } from '../moderation/checks.ts';
import { contactLine, revealContacts } from './contacts.ts';
import { longText, money, optionalDay } from './fields.ts';
import { tell } from './mails.ts';
import {
  type ConnectionRow,
  type Doer,
  type Member,
  moderators,
  otherSide,
  type Parties,
  partiesOf,
  receivers,
} from './parties.ts';
import { isBlocked } from './start.ts';
import { isPending, undecided } from './states.ts';
import { type Step, step } from './step.ts';

const reason = longText(3, 1000, 'connection.reason.missing');

/** The answer to a request; `text` is the reason of a no, or the question. */
export const answerForm = z.discriminatedUnion(
  'decision',
  [
    z.object({ decision: z.literal('accept') }),
    z.object({ decision: z.literal('decline'), reason }),
    z.object({
      decision: z.literal('ask'),
      question: longText(3, 2000, 'connection.question.missing'),
      formKey: z.string().max(40).optional(),
      withContacts: z.literal('on').optional().catch(undefined),
    }),
  ],
  { error: 'connection.decision.missing' },
);
export const messageForm = z.object({
  text: longText(1, 4000, 'connection.text.missing'),
  formKey: z.string().max(40).optional(),
  withContacts: z.literal('on').optional().catch(undefined),
});
export const planForm = z.object({ nextStep: longText(3, 300, 'connection.plan.missing'), nextStepOn: optionalDay });
export const outcomeForm = z.discriminatedUnion(
  'outcome',
  [
    z.object({
      outcome: z.literal('agree'),
      agreementKind: z.enum(agreementKinds, 'connection.agreement.missing'),
      agreementVnd: money,
    }),
    z.object({ outcome: z.literal('close'), reason }),
  ],
  { error: 'connection.outcome.missing' },
);

type Done = { connection: ConnectionRow; eventId: number };

/** Everybody but the one who acts, on the sides that should hear of it. */
async function others(trx: Trx, parties: Parties, doer: Doer): Promise<Member[]> {
  const sides = doer.side === 'asker' || doer.side === 'asked' ? [otherSide(doer.side)] : (['asker', 'asked'] as const);
  const members = await Promise.all(sides.map((side) => receivers(trx, parties, side)));
  return members.flat().filter(({ userId }) => userId !== doer.userId);
}

/** One step, told to the other side. */
async function stepAndTell(
  accounts: Accounts,
  trx: Trx,
  id: number,
  doer: Doer,
  what: Step,
  mail: ConnectionMail,
  values: ((language: Language) => Record<string, string>) | undefined,
  now: Date,
): Promise<Outcome<Done>> {
  const done = await step(trx, id, doer, what, now);
  if (!done.ok) return done;
  const parties = await partiesOf(trx, done.connection);
  const to = await others(trx, parties, doer);
  await tell(accounts, trx, done.connection, done.eventId, mail, to, values && { values });
  return done;
}

/** Says yes. Once both have, each side is told how to reach the other. */
async function accept(accounts: Accounts, trx: Trx, id: number, doer: Doer, now: Date): Promise<Outcome> {
  const done = await step(trx, id, doer, { action: 'accept' }, now);
  if (!done.ok) return done;
  const { connection, eventId } = done;
  const parties = await partiesOf(trx, connection);
  if (connection.state !== 'accepted') {
    for (const side of undecided(connection.state)) {
      const to = await receivers(trx, parties, side);
      await tell(accounts, trx, connection, eventId, 'connection.halfAccepted', to, {
        answer: !parties.departmentAnswers,
      });
    }
    return { ok: true };
  }
  const contacts = await revealContacts(trx, connection, parties);
  for (const side of ['asker', 'asked'] as const) {
    const other = contacts[otherSide(side)].map(contactLine);
    await tell(accounts, trx, connection, eventId, 'connection.accepted', await receivers(trx, parties, side), {
      values: (language) => ({ contacts: other.join('\n') || translator(language)('connection.contacts.none') }),
    });
  }
  return { ok: true };
}

/** A message or, before an answer, a question and the answer to it; the same form sent twice is one message. */
export async function write(
  accounts: Accounts,
  trx: Trx,
  id: number,
  doer: Doer,
  { text, formKey }: { text: string; formKey?: string | undefined },
  now: Date,
): Promise<Outcome> {
  const twin =
    formKey &&
    (await trx.selectFrom('connection_message').select('id').where('formKey', '=', formKey).executeTakeFirst());
  if (twin) return { ok: true };
  const done = await step(trx, id, doer, { action: 'write' }, now);
  if (!done.ok) return done;
  const { connection, eventId } = done;
  await trx
    .insertInto('connection_message')
    .values({ connectionId: id, at: now.toISOString(), ...doer, text, formKey: formKey || null })
    .execute();
  const parties = await partiesOf(trx, connection);
  for (const member of await others(trx, parties, doer)) {
    // Who has still to say yes or no may do so from the mail.
    const side = parties.asker.some(({ userId }) => userId === member.userId) ? 'asker' : 'asked';
    const answer = undecided(connection.state).includes(side) && !(side === 'asked' && parties.departmentAnswers);
    await tell(
      accounts,
      trx,
      connection,
      eventId,
      isPending(connection.state) ? 'connection.question' : 'connection.message',
      [member],
      {
        answer,
        values: () => ({ message: text }),
      },
    );
  }
  return { ok: true };
}

/** Answers a request or a proposal, in the transaction of its caller. */
export async function respond(
  accounts: Accounts,
  trx: Trx,
  id: number,
  doer: Doer & { userId: string },
  input: z.infer<typeof answerForm>,
  now = new Date(),
): Promise<Outcome> {
  switch (input.decision) {
    case 'accept':
      return accept(accounts, trx, id, doer, now);
    case 'decline': {
      const { reason } = input;
      const what: Step = { action: 'decline', set: { reason } };
      return stepAndTell(accounts, trx, id, doer, what, 'connection.declined', () => ({ reason }), now);
    }
    case 'ask': {
      const found = contactIn(input.question);
      if (found && !input.withContacts) return refuse('connection.contactFound', 'withContacts', { found });
      if (await isHindered(trx, id, doer)) return refuse('connection.blocked', 'question');
      return write(accounts, trx, id, doer, { text: input.question, formKey: input.formKey }, now);
    }
  }
}

/** A message of a side or of the Department, within limits and not to who has blocked its writer. */
export async function writeMessage(
  accounts: Accounts,
  id: number,
  doer: Doer & { userId: string },
  state: ConnectionRow['state'],
  input: z.infer<typeof messageForm>,
  now = new Date(),
): Promise<Outcome> {
  const { db } = accounts;
  const found = isPending(state) ? contactIn(input.text) : undefined;
  if (found && !input.withContacts) return refuse('connection.contactFound', 'withContacts', { found });
  if (!(await takeAttempt(db, 'messageByMember', doer.userId, now.getTime()))) {
    return refuse('connection.tooManyMessages', 'text');
  }
  return db.transaction().execute(async (trx) => {
    if (await isHindered(trx, id, doer)) return refuse('connection.blocked', 'text');
    return write(accounts, trx, id, doer, input, now);
  });
}

/** Whether somebody of the other side has blocked the one who wants to write, or they them. */
export async function isHindered(trx: Trx, id: number, { userId, side }: Doer & { userId: string }): Promise<boolean> {
  if (side !== 'asker' && side !== 'asked') return false;
  const connection = await trx.selectFrom('connection').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const parties = await partiesOf(trx, connection);
  const ids = parties[otherSide(side)].map((member) => member.userId);
  return isBlocked(trx, userId, ids);
}

/** Takes back what one has asked for; the Department what it has proposed. */
export const withdraw = (accounts: Accounts, trx: Trx, id: number, doer: Doer, now = new Date()): Promise<Outcome> =>
  stepAndTell(accounts, trx, id, doer, { action: 'withdraw' }, 'connection.withdrawn', undefined, now);

/** Notes what is to happen next, and when. */
export const planStep = (
  accounts: Accounts,
  id: number,
  doer: Doer,
  { nextStep, nextStepOn }: z.infer<typeof planForm>,
  now = new Date(),
): Promise<Outcome> =>
  accounts.db.transaction().execute((trx) => {
    const what: Step = { action: 'plan', set: { nextStep, nextStepOn }, detail: { nextStep, nextStepOn } };
    const values = (language: Language) => ({
      step: nextStepOn ? `${nextStep} (${formatDate(nextStepOn, language)})` : nextStep,
    });
    return stepAndTell(accounts, trx, id, doer, what, 'connection.planned', values, now);
  });

/** Says what has come of it. */
export const reportOutcome = (
  accounts: Accounts,
  id: number,
  doer: Doer,
  input: z.infer<typeof outcomeForm>,
  now = new Date(),
): Promise<Outcome> =>
  accounts.db.transaction().execute((trx) => {
    if (input.outcome === 'close') {
      const { reason } = input;
      const what: Step = { action: 'close', set: { reason } };
      return stepAndTell(accounts, trx, id, doer, what, 'connection.closed', () => ({ reason }), now);
    }
    const { agreementKind, agreementVnd } = input;
    const what: Step = { action: 'agree', set: { agreementKind, agreementVnd }, detail: { agreementKind } };
    const values = (language: Language) => ({
      agreement: [
        translator(language)(`connection.agreement.${agreementKind}`),
        ...(agreementVnd === null ? [] : [formatMoney(agreementVnd, language)]),
      ].join(', '),
    });
    return stepAndTell(accounts, trx, id, doer, what, 'connection.agreed', values, now);
  });

/** Asks the Department in: from now on its people read and write here. */
export const askDepartment = (
  accounts: Accounts,
  id: number,
  doer: Doer & { userId: string },
  now = new Date(),
): Promise<Outcome> =>
  accounts.db.transaction().execute(async (trx): Promise<Outcome> => {
    const before = await trx
      .selectFrom('connection')
      .select('brokerAskedAt')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (before.brokerAskedAt !== null) return { ok: true };
    const set = { brokerAskedAt: now.toISOString(), brokerAskedBy: doer.userId };
    const done = await stepAndTell(
      accounts,
      trx,
      id,
      doer,
      { action: 'askDepartment', set },
      'connection.brokerIn',
      undefined,
      now,
    );
    if (!done.ok) return done;
    await tell(accounts, trx, done.connection, done.eventId, 'connection.broker', await moderators(trx));
    return { ok: true };
  });
