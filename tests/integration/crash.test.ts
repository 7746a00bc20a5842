import { afterAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { BusyMembers, halvesOf, lostOf, pause, recordsOfBusyMembers } from '../support/busy.ts';
import { signedIn } from '../support/member.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));

afterAll(async () => {
  await db.destroy();
  folder.remove();
});

/** Enough to hit the middle of something a few times; each takes about a second. `npm run test:soak` does more. */
const rounds = 16;
const busy = new BusyMembers();

/** Founders write and submit, moderators decide, until the server dies. */
async function load(server: TestServer, round: number): Promise<void> {
  busy.nextRound();
  const founders = await Promise.all([0, 1, 2].map((who) => signedIn(db, server, `founder${round}-${who}`)));
  const desks = await Promise.all([0, 1].map((who) => signedIn(db, server, `desk${round}-${who}`, 'moderator')));
  const before = busy.acknowledged.length;
  const work = [
    ...founders.map((owner, who) => busy.founder(owner, `${round} người${who}`)),
    ...desks.map((desk) => busy.moderator(desk)),
  ];
  // At another moment each time: in the middle of a decision, which is where most is written at once.
  while (busy.acknowledged.length < before + 8) await pause(10);
  await new Promise<void>((resolve) => {
    busy.deciding = resolve;
  });
  await pause(Math.random() * 40);
  await server.kill();
  await Promise.all(work);
}

test('a server that is killed again and again while people submit and decide loses nothing it has acknowledged', async () => {
  for (let round = 0; round < rounds; round += 1) await load(await startServer(folder.dataDir), round);

  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(sqlite.pragma('foreign_key_check')).toEqual([]);
  const records = await recordsOfBusyMembers(db);
  expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
  expect(lostOf(busy.acknowledged, records)).toEqual([]);
  expect(await halvesOf(db, records)).toEqual([]);
  for (const action of ['submit', 'approve', 'return'] as const) {
    expect(busy.acknowledged.filter((one) => one.action === action)).not.toEqual([]);
  }

  // Started once more, the search knows exactly what is public.
  const server = await startServer(folder.dataDir);
  const publicTitles = records.filter(({ state }) => state === 'published').map(({ title }) => title);
  const found = async () => {
    const answer = await server.get('/api/v1/startups?q=%22bep+khi+hoa%22&perPage=100&sort=title');
    return ((await answer.json()) as { items: { title: string }[]; total: number }).total;
  };
  await expect.poll(found, { timeout: 5000 }).toBe(publicTitles.length);
  await server.stop();
}, 180_000);
