import type { Db, Trx } from '../../db/client.ts';
import type { ConnectionRow, Member, Parties } from './parties.ts';

/** How to reach a side, for the other one and only after both have said yes. */
export interface Contact {
  name: string | null;
  email: string | null;
  phone: string | null;
}

/** What a record says about reaching its people; else their accounts'. */
async function contactsOf(db: Db | Trx, recordId: number | null, members: Member[]): Promise<Contact[]> {
  const record =
    recordId === null
      ? undefined
      : await db
          .selectFrom('record')
          .select(['contactName as name', 'contactEmail as email', 'contactPhone as phone'])
          .where('id', '=', recordId)
          .executeTakeFirst();
  if (record?.email) return [record];
  const own = members.map(({ name, email }) => ({ name, email, phone: null }));
  return record && (record.name || record.phone) ? [record, ...own] : own;
}

/** The requester of an anonymous need: whom its owner has agreed to show. */
const requesterOf = (db: Db | Trx, recordId: number) =>
  db
    .selectFrom('record_link')
    .innerJoin('record', 'record.id', 'record_link.toId')
    .select('record.title')
    .where('record_link.fromId', '=', recordId)
    .where('record_link.relation', '=', 'requester')
    .executeTakeFirst();

/** Both sides' contact data. Call it for a connection that both have accepted, and for nobody else's eyes. */
export async function revealContacts(
  db: Db | Trx,
  connection: ConnectionRow,
  parties: Parties,
): Promise<{ asker: Contact[]; asked: Contact[] }> {
  if (connection.acceptedAt === null) throw new Error(`Connection ${connection.id} has not been accepted`);
  const { recordId, askerRecordId } = connection;
  const whole = async (id: number | null, members: Member[]) => {
    const requester = id === null ? undefined : await requesterOf(db, id);
    const contacts = await contactsOf(db, id, members);
    return requester ? [{ name: requester.title, email: null, phone: null }, ...contacts] : contacts;
  };
  return { asker: await whole(askerRecordId, parties.asker), asked: await whole(recordId, parties.asked) };
}

/** A contact on one line. */
export const contactLine = ({ name, email, phone }: Contact): string =>
  [name, email, phone].filter((part) => part).join(' · ');
