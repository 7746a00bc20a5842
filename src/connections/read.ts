import type { Db } from '../../db/client.ts';
import type { ConnectionState } from '../../db/schema.ts';
import type { Language } from '../../search/engine.ts';
import { mayReadConnection, type Part, partIn } from '../accounts/policy.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { type Contact, revealContacts } from './contacts.ts';
import type { AnswerLink } from './links.ts';
import { labelsOf } from './mails.ts';
import { type ConnectionRow, otherSide, type Parties, partiesOf } from './parties.ts';
import { isBlocked } from './start.ts';
import { awaited, isOpen } from './states.ts';

/** A record as a connection names it. */
export interface NamedRecord {
  kind: string;
  slug: string;
  title: string;
  titleEn: string | null;
  status: string;
}

export interface Written {
  id: number;
  at: string;
  side: ConnectionRow['lastSide'];
  /** Only once both sides have accepted; null before, and for a deleted account. */
  name: string | null;
  mine: boolean;
  text: string;
}

export interface SentFile extends Omit<Written, 'id' | 'text'> {
  id: string;
  fileName: string;
  bytes: number;
}

export interface HistoryLine extends Omit<Written, 'text' | 'id'> {
  action: string;
  detail: Record<string, string | null>;
}

/** A connection as one person may see it. */
export interface ConnectionView {
  connection: ConnectionRow;
  parties: Parties;
  part: Part;
  record: NamedRecord;
  askerRecord: NamedRecord | undefined;
  /** Both sides' contact data once both have accepted. */
  contacts: { asker: Contact[]; asked: Contact[] } | undefined;
  messages: Written[];
  files: SentFile[];
  history: HistoryLine[];
  /** The viewer has blocked the other side. */
  hasBlocked: boolean;
  /** One has blocked the other: nobody writes. */
  isHindered: boolean;
}

const recordOf = (db: Db, id: number) =>
  db
    .selectFrom('record')
    .select(['kind', 'slug', 'title', 'titleEn', 'status'])
    .where('id', '=', id)
    .executeTakeFirst();

/** The connection and the part that a person has in it; undefined for who has none. */
export async function findConnection(
  db: Db,
  id: number,
  person: SignedIn | undefined,
): Promise<{ connection: ConnectionRow; parties: Parties; part: Part } | undefined> {
  if (!Number.isSafeInteger(id)) return undefined;
  const connection = await db.selectFrom('connection').selectAll().where('id', '=', id).executeTakeFirst();
  if (!connection) return undefined;
  const parties = await partiesOf(db, connection);
  const part = partIn(person, parties);
  return part && { connection, parties, part };
}

/** Everything that a person may see of a connection: an observer the stages, the sides all of it. */
export async function readConnection(
  db: Db,
  id: number,
  person: SignedIn | undefined,
): Promise<ConnectionView | undefined> {
  const found = await findConnection(db, id, person);
  if (!found || !person) return undefined;
  const { connection, parties, part } = found;
  const reads = mayReadConnection(part);
  const named = connection.acceptedAt !== null && reads;
  const who = <T extends { userId: string | null; name: string | null }>({ userId, ...row }: T) => ({
    ...row,
    name: named ? row.name : null,
    mine: userId === person.userId,
  });
  const [record, askerRecord, events, messages, files] = await Promise.all([
    recordOf(db, connection.recordId),
    connection.askerRecordId === null ? undefined : recordOf(db, connection.askerRecordId),
    db
      .selectFrom('connection_event as event')
      .leftJoin('user', 'user.id', 'event.userId')
      .select(['event.at', 'event.side', 'event.action', 'event.detail', 'event.userId', 'user.name'])
      .where('event.connectionId', '=', id)
      .orderBy('event.id')
      .execute(),
    reads
      ? db
          .selectFrom('connection_message as message')
          .leftJoin('user', 'user.id', 'message.userId')
          .select(['message.id', 'message.at', 'message.side', 'message.text', 'message.userId', 'user.name'])
          .where('message.connectionId', '=', id)
          .orderBy('message.id')
          .execute()
      : [],
    reads
      ? db
          .selectFrom('connection_file as file')
          .leftJoin('user', 'user.id', 'file.userId')
          .select(['file.id', 'file.at', 'file.side', 'file.name as fileName', 'file.bytes'])
          .select(['file.userId', 'user.name'])
          .where('file.connectionId', '=', id)
          .orderBy('file.at')
          .execute()
      : [],
  ]);
  if (!record) return undefined;
  const otherIds = part === 'asker' || part === 'asked' ? parties[otherSide(part)].map(({ userId }) => userId) : [];
  const blocks = otherIds.length
    ? await db
        .selectFrom('member_block')
        .select('blockedId')
        .where('blockerId', '=', person.userId)
        .where('blockedId', 'in', otherIds)
        .execute()
    : [];
  return {
    connection: reads ? connection : { ...connection, reason: null, nextStep: null },
    parties,
    part,
    record,
    askerRecord,
    contacts: named ? await revealContacts(db, connection, parties) : undefined,
    messages: messages.map((message) => who(message)),
    files: files.map((file) => who(file)),
    history: events.map(({ detail, ...event }) => ({ ...who(event), detail: reads ? JSON.parse(detail) : {} })),
    hasBlocked: blocks.length > 0,
    isHindered: blocks.length > 0 || (await isBlocked(db, person.userId, otherIds)),
  };
}

export interface ConnectionLine {
  id: number;
  state: ConnectionState;
  updatedAt: string;
  nextStep: string | null;
  nextStepOn: string | null;
  side: 'asker' | 'asked';
  /** The other side waits for an answer or a word. */
  waitsForMe: boolean;
  record: { title: string; titleEn: string | null };
  askerRecord: { title: string | null; titleEn: string | null };
}

/** A person's own connections: first what waits for them, then what is open, then what has ended, each newest first. */
export async function connectionsOf(db: Db, userId: string): Promise<ConnectionLine[]> {
  const rows = await db
    .selectFrom('connection')
    .innerJoin('record', 'record.id', 'connection.recordId')
    .leftJoin('record as own', 'own.id', 'connection.askerRecordId')
    .select(['connection.id', 'connection.state', 'connection.updatedAt', 'connection.lastSide', 'connection.askerId'])
    .select(['connection.nextStep', 'connection.nextStepOn'])
    .select(['record.title', 'record.titleEn', 'own.title as askerTitle', 'own.titleEn as askerTitleEn'])
    .select((eb) =>
      eb
        .selectFrom('record_member')
        .select('record_member.userId')
        .whereRef('record_member.recordId', '=', 'connection.askerRecordId')
        .where('record_member.userId', '=', userId)
        .as('managesAsker'),
    )
    .where('connection.id', 'in', (eb) =>
      eb
        .selectFrom('connection')
        .select('id')
        .where('askerId', '=', userId)
        .union(
          eb
            .selectFrom('record_member')
            .innerJoin('connection', 'connection.recordId', 'record_member.recordId')
            .select('connection.id')
            .where('record_member.userId', '=', userId),
        )
        .union(
          eb
            .selectFrom('record_member')
            .innerJoin('connection', 'connection.askerRecordId', 'record_member.recordId')
            .select('connection.id')
            .where('record_member.userId', '=', userId),
        ),
    )
    .orderBy('connection.updatedAt', 'desc')
    .limit(300)
    .execute();
  const lines = rows.map((row): ConnectionLine => {
    const side = row.askerId === userId || row.managesAsker !== null ? 'asker' : 'asked';
    return {
      id: row.id,
      state: row.state,
      updatedAt: row.updatedAt,
      nextStep: row.nextStep,
      nextStepOn: row.nextStepOn,
      side,
      waitsForMe: awaited(row.state, row.lastSide).includes(side),
      record: { title: row.title, titleEn: row.titleEn },
      askerRecord: { title: row.askerTitle, titleEn: row.askerTitleEn },
    };
  });
  const rank = ({ waitsForMe, state }: ConnectionLine) => (waitsForMe ? 0 : isOpen(state) ? 1 : 2);
  return lines.sort((a, b) => rank(a) - rank(b));
}

/** What a link's receiver sees before they answer, signed in or not: the records and what was written. */
export async function linkPage(
  db: Db,
  { connection, doer }: AnswerLink,
  language: Language,
): Promise<{ title: string; asker: string; messages: Written[] }> {
  const messages = await db
    .selectFrom('connection_message')
    .select(['id', 'at', 'side', 'text', 'userId'])
    .where('connectionId', '=', connection.id)
    .orderBy('id')
    .execute();
  return {
    ...(await labelsOf(db, connection))(language),
    messages: messages.map(({ userId, ...message }) => ({ ...message, name: null, mine: userId === doer.userId })),
  };
}
