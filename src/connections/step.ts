import type { Trx } from '../../db/client.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import type { ConnectionRow, Doer } from './parties.ts';
import { type ConnectionAction, isOpen, nextState } from './states.ts';

/** Adds a line to a connection's history. */
export async function note(
  trx: Trx,
  connectionId: number,
  { userId, side }: Doer,
  action: string,
  detail: object,
  now: Date,
): Promise<number> {
  const { id } = await trx
    .insertInto('connection_event')
    .values({ connectionId, at: now.toISOString(), userId, side, action, detail: JSON.stringify(detail) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export interface Step {
  action: ConnectionAction;
  /** The history's name for it, where one action has several. */
  as?: string;
  set?: Partial<Pick<ConnectionRow, 'reason' | 'agreementKind' | 'agreementVnd' | 'nextStep' | 'nextStepOn'>> &
    Partial<Pick<ConnectionRow, 'brokerAskedAt' | 'brokerAskedBy'>>;
  detail?: object;
}

/**
 * Takes one step of the table of states: the row, and a line in the history. Refused when the connection has moved on
 * meanwhile.
 */
export async function step(
  trx: Trx,
  id: number,
  doer: Doer,
  { action, as, set = {}, detail = {} }: Step,
  now: Date,
): Promise<Outcome<{ connection: ConnectionRow; eventId: number }>> {
  const before = await trx.selectFrom('connection').selectAll().where('id', '=', id).executeTakeFirst();
  const to = before && nextState(before.state, action, doer.side);
  if (!before || !to) return refuse('connection.notNow');
  const at = now.toISOString();
  const connection = await trx
    .updateTable('connection')
    .set({
      ...set,
      state: to,
      updatedAt: at,
      // Asking the Department in answers nothing.
      lastSide: action === 'askDepartment' ? before.lastSide : doer.side,
      acceptedAt: to === 'accepted' ? (before.acceptedAt ?? at) : before.acceptedAt,
      endedAt: isOpen(to) ? null : at,
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const eventId = await note(trx, id, doer, as ?? action, { ...detail, from: before.state, to }, now);
  return { ok: true, connection, eventId };
}
