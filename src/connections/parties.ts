import type { Selectable } from 'kysely';
import type { Db, Trx } from '../../db/client.ts';
import type { ConnectionActor, ConnectionTable } from '../../db/schema.ts';
import type { Language } from '../../search/engine.ts';
import { managersOf as managersOfRecord } from '../moderation/managers.ts';

export type ConnectionRow = Selectable<ConnectionTable>;

/** Somebody of one side. */
export interface Member {
  userId: string;
  name: string;
  email: string;
  language: Language;
}

/** Who is on the two sides now: the one that asked with those who manage its record, and those who manage the asked one. */
export interface Parties {
  asker: Member[];
  asked: Member[];
  /** Nobody manages the asked record: the Department answers. */
  departmentAnswers: boolean;
  /** The Department was asked in by a side. */
  brokerAsked: boolean;
}

/** Somebody who does something in a connection; without a user it is the program. */
export interface Doer {
  userId: string | null;
  side: ConnectionActor;
}

const userColumns = ['user.id as userId', 'user.name', 'user.email', 'user.language'] as const;

/** Those who manage a record. */
export const managersOf = async (db: Db | Trx, recordId: number): Promise<Member[]> =>
  (await managersOfRecord(db, recordId)).map(({ id, ...user }) => ({ userId: id, ...user }));

export async function partiesOf(db: Db | Trx, connection: ConnectionRow): Promise<Parties> {
  const { recordId, askerRecordId, askerId, toDepartment, brokerAskedAt } = connection;
  const asked = await managersOf(db, recordId);
  const asker = askerRecordId === null ? [] : await managersOf(db, askerRecordId);
  if (askerId !== null && !asker.some(({ userId }) => userId === askerId)) {
    asker.push(...(await db.selectFrom('user').select(userColumns).where('id', '=', askerId).execute()));
  }
  return {
    asker,
    asked,
    departmentAnswers: toDepartment === 1 && asked.length === 0,
    brokerAsked: brokerAskedAt !== null,
  };
}

/** The Department's people who look after connections. */
export const moderators = (db: Db | Trx): Promise<Member[]> =>
  db.selectFrom('user').select(userColumns).where('role', 'in', ['moderator', 'administrator']).execute();

/** Whom a side's mail goes to. */
export const receivers = (db: Db | Trx, parties: Parties, side: 'asker' | 'asked'): Promise<Member[]> =>
  side === 'asked' && parties.departmentAnswers ? moderators(db) : Promise.resolve(parties[side]);

export const otherSide = (side: 'asker' | 'asked'): 'asker' | 'asked' => (side === 'asker' ? 'asked' : 'asker');
