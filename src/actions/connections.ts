import { ActionError } from 'astro:actions';
import * as z from 'zod';
import { mayReadConnection } from '../accounts/policy.ts';
import { takeAttempt } from '../accounts/rate-limit.ts';
import { connectionId } from '../connections/fields.ts';
import { sendFile } from '../connections/files.ts';
import { findAnswerLink, useAnswerLink } from '../connections/links.ts';
import type { ConnectionRow, Doer, Parties } from '../connections/parties.ts';
import { findConnection } from '../connections/read.ts';
import {
  answerForm,
  askDepartment,
  messageForm,
  outcomeForm,
  planForm,
  planStep,
  reportOutcome,
  respond,
  withdraw,
  writeMessage,
} from '../connections/respond.ts';
import { connectable, connectForm, proposalForm, proposeConnection, startConnection } from '../connections/start.ts';
import {
  closeReport,
  closeReportForm,
  reportConnection,
  reportForm,
  setBlock,
  stopConnecting,
  stopForm,
} from '../connections/trust.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { audit } from '../moderation/audit.ts';
import { accountsOf, action, type Call, personOf } from './action.ts';

const ofConnection = z.object({ connection: connectionId });

/** The connection of a form, for who takes part in it; anybody else learns nothing of it. */
async function own(
  call: Call,
  id: number,
): Promise<{ connection: ConnectionRow; parties: Parties; doer: Doer & { userId: string } }> {
  const found = await findConnection(accountsOf(call).db, id, call.context.locals.person);
  if (!found || !mayReadConnection(found.part)) throw new ActionError({ code: 'NOT_FOUND' });
  return { ...found, doer: { userId: personOf(call).userId, side: found.part } };
}

/** The same for what only one of the two sides does. */
async function ownSide(call: Call, id: number) {
  const found = await own(call, id);
  const { side } = found.doer;
  if (side !== 'asker' && side !== 'asked') throw new ActionError({ code: 'NOT_FOUND' });
  return { ...found, side };
}

export const connectionActions = {
  startConnection: action('startConnection', connectForm, async (input, call) => {
    const record = await connectable(accountsOf(call).db, input.record);
    if (!record) throw new ActionError({ code: 'NOT_FOUND' });
    return startConnection(accountsOf(call), personOf(call), record, input);
  }),
  answerConnection: action(
    'answerConnection',
    z.intersection(z.object({ token: z.string().max(100) }), answerForm),
    async (input, call): Promise<Outcome<{ decision: string }>> => {
      const accounts = accountsOf(call);
      if (!(await takeAttempt(accounts.db, 'answerByClient', call.client))) {
        return refuse('connection.tooManyMessages');
      }
      const outcome = await accounts.db.transaction().execute(async (trx): Promise<Outcome> => {
        const link = await findAnswerLink(trx, input.token, call.context.locals.person?.userId);
        if (!link) throw new ActionError({ code: 'NOT_FOUND' });
        if (!link.works) return refuse('connection.notNow');
        const answered = await respond(accounts, trx, link.connection.id, link.doer, input);
        if (answered.ok) await useAnswerLink(trx, input.token);
        return answered;
      });
      return outcome.ok ? { ok: true, decision: input.decision } : outcome;
    },
  ),
  respond: action('respond', z.intersection(ofConnection, answerForm), async (input, call) => {
    const { connection, parties, doer } = await own(call, input.connection);
    const accounts = accountsOf(call);
    if (!(await takeAttempt(accounts.db, 'messageByMember', doer.userId))) return refuse('connection.tooManyMessages');
    return accounts.db.transaction().execute(async (trx) => {
      const answered = await respond(accounts, trx, connection.id, doer, input);
      if (answered.ok && parties.departmentAnswers && doer.side === 'asked') {
        const detail = { connection: connection.id, decision: input.decision };
        await audit(trx, personOf(call), { action: 'answerConnection', recordId: connection.recordId, detail });
      }
      return answered;
    });
  }),
  withdrawConnection: action('withdrawConnection', ofConnection, async (input, call) => {
    const found = await findConnection(accountsOf(call).db, input.connection, personOf(call));
    if (!found) throw new ActionError({ code: 'NOT_FOUND' });
    // The Department takes back what it has proposed itself.
    const side = found.part === 'observer' ? 'moderator' : found.part;
    const { id, recordId } = found.connection;
    return accountsOf(call)
      .db.transaction()
      .execute(async (trx) => {
        const withdrawn = await withdraw(accountsOf(call), trx, id, { userId: personOf(call).userId, side });
        if (withdrawn.ok && side === 'moderator') {
          await audit(trx, personOf(call), { action: 'withdrawProposal', recordId, detail: { connection: id } });
        }
        return withdrawn;
      });
  }),
  writeMessage: action('writeMessage', ofConnection.extend(messageForm.shape), async (input, call) => {
    const { connection, doer } = await own(call, input.connection);
    return writeMessage(accountsOf(call), connection.id, doer, connection.state, input);
  }),
  sendFile: action(
    'sendFile',
    ofConnection.extend({ file: z.instanceof(File, { error: 'connection.file.missing' }) }),
    async (input, call) => {
      const { connection, doer } = await own(call, input.connection);
      const { dataDir } = call.context.locals.services.config;
      return sendFile(accountsOf(call), dataDir, connection.id, doer, input.file);
    },
  ),
  planStep: action('planStep', ofConnection.extend(planForm.shape), async (input, call) => {
    const { connection, doer } = await own(call, input.connection);
    return planStep(accountsOf(call), connection.id, doer, input);
  }),
  reportOutcome: action('reportOutcome', z.intersection(ofConnection, outcomeForm), async (input, call) => {
    const { connection, doer } = await ownSide(call, input.connection);
    return reportOutcome(accountsOf(call), connection.id, doer, input);
  }),
  askDepartment: action('askDepartment', ofConnection, async (input, call) => {
    const { connection, doer } = await ownSide(call, input.connection);
    return askDepartment(accountsOf(call), connection.id, doer);
  }),
  block: action(
    'block',
    ofConnection.extend({ change: z.enum(['block', 'unblock'], 'connection.notNow') }),
    async ({ connection: id, change }, call) => {
      const { parties, side } = await ownSide(call, id);
      await setBlock(accountsOf(call).db, personOf(call), id, parties, side, change === 'block');
      return { ok: true };
    },
  ),
  report: action('report', reportForm, async (input, call) => {
    const { side } = await ownSide(call, input.connection);
    return reportConnection(accountsOf(call), personOf(call), side, input);
  }),
  proposeConnection: action('proposeConnection', proposalForm, (input, call) =>
    proposeConnection(accountsOf(call), personOf(call), input),
  ),
  closeReport: action('closeReport', closeReportForm, (input, call) =>
    closeReport(accountsOf(call), personOf(call), input),
  ),
  stopConnecting: action('stopConnecting', stopForm, (input, call) =>
    stopConnecting(accountsOf(call), personOf(call), input),
  ),
};
