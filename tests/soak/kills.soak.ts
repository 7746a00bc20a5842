import { afterAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { BusyMembers, halvesOf, lostOf, pause, recordsOfBusyMembers, untilDeath } from '../support/busy.ts';
import { BusyConnections, offersOf } from '../support/busy-connections.ts';
import { startMailbox } from '../support/mailbox.ts';
import { signedIn } from '../support/member.ts';
import type { Person } from '../support/person.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

const rounds = Number(process.env.KILLS || 50);
const folder = catalogueFolder();
const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));
const mailbox = await startMailbox();
const busy = new BusyMembers();
const connections = new BusyConnections();

afterAll(async () => {
  await mailbox.close();
  await db.destroy();
  folder.remove();
});

/** Asks about one offer after another, has it accepted, and writes. */
const buyer = (who: Person, seller: Person, offers: string[]) =>
  untilDeath(async (n) => {
    if (n >= offers.length) {
      await pause(20);
      await who.get('/healthz');
      return;
    }
    const connection = await connections.connect(who, seller, offers[n]);
    if (connection)
      await connections.write(who, connection, `Tin số ${n} của ${connection.page}, hẹn xem lò đang chạy.`);
  });

async function load(server: TestServer, round: number, offers: string[]): Promise<void> {
  busy.nextRound();
  sqlite.exec('delete from rate_limit');
  const person = (id: string) => signedIn(db, server, `${id}${round}`);
  const desk = await signedIn(db, server, `desk${round}`, 'moderator');
  const seller = await signedIn(db, server, 'seller');
  const work = [
    busy.founder(await person('founder-a'), `${round} người a`),
    busy.founder(await person('founder-b'), `${round} người b`),
    busy.moderator(desk),
    buyer(await person('buyer'), seller, offers),
  ];
  const before = busy.acknowledged.length;
  while (busy.acknowledged.length < before + 6) await pause(10);
  // Anywhere in a decision, in a connection or between a mail and the note that it has gone.
  await pause(Math.random() * 1500);
  await server.kill();
  await Promise.all(work);
}

test(`${rounds} kills under load: nothing acknowledged is lost, index and database agree, no mail comes twice`, async () => {
  const offers = await offersOf(db, 'seller', 8);
  for (let round = 0; round < rounds; round += 1) {
    await load(await startServer(folder.dataDir, { SMTP_URL: mailbox.url }), round, offers);
  }
  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(sqlite.pragma('foreign_key_check')).toEqual([]);

  const records = await recordsOfBusyMembers(db);
  expect(lostOf(busy.acknowledged, records)).toEqual([]);
  expect(await halvesOf(db, records)).toEqual([]);

  expect(await connections.lost(db)).toEqual([]);

  // Started once more, everything that waits goes out, and the search knows exactly what is public.
  const server = await startServer(folder.dataDir, { SMTP_URL: mailbox.url });
  const waiting = () => sqlite.prepare(`select attempts, "lastError" from mail where state = 'waiting' limit 3`).all();
  await expect.poll(waiting, { timeout: 300_000 }).toEqual([]);
  const published = records.filter(({ state }) => state === 'published').map(({ title }) => title);
  const found = async () => {
    const titles: string[] = [];
    for (let page = 1; ; page += 1) {
      const answer = await server.get(`/api/v1/startups?q=%22bep+khi+hoa%22&perPage=100&page=${page}&sort=title`);
      const { items, total } = (await answer.json()) as { items: { title: string }[]; total: number };
      titles.push(...items.map(({ title }) => title));
      if (titles.length >= total) return titles.sort();
    }
  };
  await expect.poll(found, { timeout: 20_000 }).toEqual(published.sort());
  await server.stop();

  const arrivals = new Map<string, number>();
  for (const { messageId = '' } of mailbox.mails) arrivals.set(messageId, (arrivals.get(messageId) ?? 0) + 1);
  expect([...arrivals].filter(([, times]) => times > 1)).toEqual([]);
  const states = await db
    .selectFrom('mail')
    .select((eb) => ['state', eb.fn.countAll<number>().as('n')])
    .groupBy('state')
    .execute();
  const count = (state: string) => states.find((one) => one.state === state)?.n ?? 0;
  expect(count('failed')).toBe(0);
  // Sent means arrived; of those that a kill interrupted some have arrived.
  expect(arrivals.size).toBeGreaterThanOrEqual(count('sent'));
  expect(arrivals.size).toBeLessThanOrEqual(count('sent') + count('sending'));
  console.log(
    `${rounds} kills: ${busy.acknowledged.length} acknowledged steps of records, ${connections.acknowledged.length} connections, ` +
      `${count('sent')} mails sent, ${count('sending')} interrupted, ${arrivals.size} arrived`,
  );
});
