import type { Db } from '../../db/client.ts';
import { recordPath } from '../../src/catalogue/address.ts';
import { setStatus } from '../../src/catalogue/save.ts';
import { account } from './member.ts';
import type { Person } from './person.ts';

/** What the server has said is done between two members. */
interface Acknowledged {
  page: string;
  accepted: boolean;
  messages: string[];
}

/**
 * Puts public offers into a member's hands.
 * @param skip how many offers are others'
 * @returns their addresses
 */
export async function offersOf(db: Db, seller: string, count: number, skip = 0): Promise<string[]> {
  await account(db, seller);
  const offers = await db
    .selectFrom('record')
    .select(['id', 'kind', 'slug'])
    .where('kind', '=', 'offer')
    .where('status', '=', 'published')
    .orderBy('id')
    .offset(skip)
    .limit(count)
    .execute();
  for (const { id } of offers) {
    await db.transaction().execute(async (trx) => {
      await trx.updateTable('record').set({ contactVisibility: 'connection' }).where('id', '=', id).execute();
      await trx.insertInto('record_member').values({ recordId: id, userId: seller }).execute();
      await setStatus(trx, id, 'published');
    });
  }
  return offers.map((offer) => recordPath(offer, 'vi'));
}

/** Members who ask about offers, have that accepted, and write to each other. */
export class BusyConnections {
  readonly acknowledged: Acknowledged[] = [];
  readonly #rest: () => Promise<unknown>;

  constructor(rest: () => Promise<unknown> = async () => {}) {
    this.#rest = rest;
  }

  /** @returns the connection's page, when it came to one */
  async connect(buyer: Person, seller: Person, offer: string): Promise<Acknowledged | undefined> {
    const fields = { purpose: 'acquire', message: 'Chúng tôi sấy 5 tấn vải mỗi ngày và cần lò tiết kiệm điện hơn.' };
    const asked = await buyer.send(`/ket-noi?record=${offer}`, 'startConnection', fields);
    if (asked.status !== 302) return undefined;
    const connection = { page: asked.headers.get('location') ?? '', accepted: false, messages: [] as string[] };
    this.acknowledged.push(connection);
    await this.#rest();
    const answered = await seller.send(connection.page, 'respond', { decision: 'accept' });
    connection.accepted = answered.status === 302;
    await this.#rest();
    return connection;
  }

  async write(who: Person, connection: Acknowledged, text: string): Promise<void> {
    const written = await who.send(connection.page, 'writeMessage', { text });
    if (written.status === 302) connection.messages.push(text);
    await this.#rest();
  }

  /** Those of the acknowledged writes that the database doesn't have, or has twice. */
  async lost(db: Db): Promise<string[]> {
    const lost: string[] = [];
    for (const { page, accepted, messages } of this.acknowledged) {
      const id = Number(page.split('/').at(-1));
      const connection = await db.selectFrom('connection').select('state').where('id', '=', id).executeTakeFirst();
      const state = connection?.state ?? 'none';
      if (state === 'none' || (accepted && !['accepted', 'in_discussion'].includes(state)))
        lost.push(`${page}: ${state}`);
      const written = await db.selectFrom('connection_message').select('text').where('connectionId', '=', id).execute();
      for (const text of messages) if (written.filter((one) => one.text === text).length !== 1) lost.push(text);
    }
    return lost;
  }
}
