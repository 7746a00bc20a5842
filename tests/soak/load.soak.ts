import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { benchData } from '../bench/data.ts';
import { processorSeconds, type Running, residentMegabytes, root, startCatalogue } from '../bench/processes.ts';
import { BusyMembers, halvesOf, lostOf, recordsOfBusyMembers } from '../support/busy.ts';
import { BusyConnections, offersOf } from '../support/busy-connections.ts';
import { startMailbox } from '../support/mailbox.ts';
import { signedIn } from '../support/member.ts';
import type { Person } from '../support/person.ts';
import { publicUrl, type TestServer } from '../support/server.ts';
import { byQuestion, failuresOf, percentile, readSights, type Visit, visitors } from './visitors.ts';

const records = 20_000;
const people = 200;
const members = 10;
/** Shorter ones for who works on this test. */
const minuteSeconds = Number(process.env.LOAD_MINUTE || 60);
const minutes = 10;
/** The limits of one member and day or hour (src/accounts/rate-limit.ts) leave room for so many. */
const connectionsEach = 8;
const messagesEach = 50;
const sampleEverySeconds = minuteSeconds / 12;

const between = (low: number, high: number) => () => low + Math.random() * (high - low);
const reading = between(500, 2000);
const typing = between(1000, 3000);

const dataDir = mkdtempSync(join(tmpdir(), 'load-'));
const mailbox = await startMailbox();
const made = await benchData(records, console.log);
copyFileSync(made.file, databaseFile(dataDir));
const { db, sqlite } = openDatabase(databaseFile(dataDir));
let server: Running | undefined;

afterAll(async () => {
  await server?.stop();
  await mailbox.close();
  await db.destroy();
  rmSync(dataDir, { recursive: true, force: true });
});

const log = join(dataDir, 'log');

/** What went wrong with a form: each has to be taken, and no page may fail. */
const refused: string[] = [];
const browserOf = ({ url }: Running): Pick<TestServer, 'get'> => ({
  async get(path, init) {
    const response = await fetch(url + path, { redirect: 'manual', ...init });
    const wanted = init?.method === 'POST' ? 302 : 200;
    if (response.status !== wanted) refused.push(`${response.status} ${init?.method ?? 'GET'} ${path}`);
    return response;
  },
});

/** Builds the index anew in a process of its own. @returns the seconds that it took */
async function reindexBeside(): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, ['src/server/reindex-command.ts'], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, MEILI_URL: '' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
  return (performance.now() - start) / 1000;
}

const busy = new BusyMembers(() => sleep(typing()));
const connections = new BusyConnections(() => sleep(typing()));

interface Team {
  members: { person: Person; offers: string[] }[];
  desk: Person;
}

/** Ten members, each with offers that another one asks about, and a moderator, all signed in. */
async function teamOf(running: Running): Promise<Team> {
  const browser = browserOf(running);
  return {
    members: await Promise.all(
      Array.from({ length: members }, async (_, i) => ({
        person: await signedIn(db, browser, `member${i}`),
        offers: await offersOf(db, `member${i}`, connectionsEach, i * connectionsEach),
      })),
    ),
    desk: await signedIn(db, browser, 'desk', 'moderator'),
  };
}

/** The members write records and to each other, and the moderator decides. @returns ends it */
function writing(team: Team): () => Promise<void> {
  let over = false;
  const member = async ({ person }: Team['members'][number], i: number) => {
    const next = team.members[(i + 1) % members];
    const open = [];
    // As the visitors, they don't come all at once.
    await sleep(Math.random() * typing());
    for (let n = 0; !over; n += 1) {
      await busy.submitOne(person, `Bếp khí hoá lượt${i} số${n}`);
      if (n < connectionsEach) open.push(await connections.connect(person, next.person, next.offers[n]));
      const connection = open[n % open.length];
      if (connection && n < messagesEach) {
        await connections.write(person, connection, `Tin số ${n} của người thứ ${i}.`);
      }
    }
  };
  const moderator = async () => {
    for (let n = 0; !over; n += 1) {
      if (!(await busy.decideOne(team.desk, n % 3 === 2 ? 'return' : 'approve'))) await sleep(500);
    }
  };
  const all = Promise.all([...team.members.map(member), moderator()]);
  return async () => {
    over = true;
    await all;
  };
}

/** What the server's process shows every few seconds. */
interface Sample {
  minute: number;
  megabytes: number;
  /** p99 of how late its event loop was, milliseconds. */
  lateMs: number;
}

const mean = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
const bars = '▁▂▃▄▅▆▇█';

/** A line whose height goes from 0 to the largest. */
const sparkline = (numbers: number[]): string =>
  numbers.map((one) => bars[Math.min(7, Math.floor((one / Math.max(...numbers)) * 8))]).join('');

test(`${people} visitors, ${members} members who write and a new index: no error, p99 within ten times the idle one, memory flat`, async () => {
  server = await startCatalogue(dataDir, {
    env: { PUBLIC_URL: publicUrl, SMTP_URL: mailbox.url },
    log: openSync(log, 'w'),
  });
  const { url, pid } = server;
  const sights = await readSights(url);
  const team = await teamOf(server);

  // Two visitors who read a tenth as long: alone all the same, and enough answers for a percentile.
  const idle: Visit[] = [];
  const alone = (seen: (visit: Visit) => void) => visitors(2, { url, sights, think: () => reading() / 10, seen });
  const endWarmUp = alone(() => {});
  await sleep(minuteSeconds * 250);
  await endWarmUp();
  const endIdle = alone((visit) => idle.push(visit));
  await sleep(minuteSeconds * 1000);
  await endIdle();

  const visits: Visit[] = [];
  const clientBefore = process.cpuUsage();
  const serverBefore = processorSeconds(pid);
  const start = performance.now();
  const minutesSince = () => (performance.now() - start) / 1000 / minuteSeconds;
  const endWriting = writing(team);
  const endVisits = visitors(people, { url, sights, think: reading, seen: (visit) => visits.push(visit) });
  const reindexed = reindexBeside();
  let inMinute = { visits: 0, minutes: 0 };
  const firstMinute = Promise.all([reindexed, sleep(minuteSeconds * 1000)]).then(() => {
    inMinute = { visits: visits.length, minutes: minutesSince() };
  });
  const samples: Sample[] = [];
  while (minutesSince() < minutes) {
    await sleep(sampleEverySeconds * 1000);
    const figures = await (await fetch(`${url}/metrics`)).text();
    const late = Number(figures.match(/event_loop_delay_seconds\{quantile="0.99"\} (\S+)/)?.[1]) * 1000;
    samples.push({ minute: minutesSince(), megabytes: residentMegabytes(pid), lateMs: late });
  }
  await firstMinute;
  await Promise.all([endVisits(), endWriting()]);
  const seconds = (performance.now() - start) / 1000;
  const client = process.cpuUsage(clientBefore);
  const serverMs = ((processorSeconds(pid) - serverBefore) * 1000) / visits.length;

  const loaded = visits.slice(0, inMinute.visits);
  const [idleP99, loadedP99] = [percentile(idle, 0.99), percentile(loaded, 0.99)];
  const megabytesIn = (from: number, to: number) =>
    mean(samples.filter(({ minute }) => minute > from && minute <= to).map(({ megabytes }) => megabytes));
  const [early, late] = [megabytesIn(2, 4), megabytesIn(minutes - 2, minutes)];
  console.table(byQuestion(idle, loaded));
  console.table(
    Array.from({ length: minutes }, (_, i) => {
      const inIt = samples.filter(({ minute }) => minute > i && minute <= i + 1);
      return {
        minute: i + 1,
        megabytes: Math.round(megabytesIn(i, i + 1)),
        'event loop late, p99 ms': Math.round(Math.max(...inIt.map(({ lateMs }) => lateMs))),
      };
    }),
  );
  console.log(`Memory from 0 to ${Math.round(Math.max(...samples.map(({ megabytes }) => megabytes)))} MB:
${sparkline(samples.map(({ megabytes }) => megabytes))}`);
  console.log(
    `p99 ${idleP99.toFixed(1)} ms idle, ${loadedP99.toFixed(1)} ms loaded: ${(loadedP99 / idleP99).toFixed(1)} times; ` +
      `${(loaded.length / inMinute.minutes / minuteSeconds).toFixed(0)} requests/s, index anew in ${(await reindexed).toFixed(1)} s; ` +
      `memory ${early.toFixed(0)} MB in minutes 3 and 4, ${late.toFixed(0)} MB in the last two; ` +
      `${busy.acknowledged.length} steps of records, ${connections.acknowledged.length} connections, ` +
      `${connections.acknowledged.flatMap(({ messages }) => messages).length} messages; ` +
      `the server took ${serverMs.toFixed(1)} ms of processor a visitor's request, all else included, ` +
      `the client took ${((client.user + client.system) / 1e4 / seconds).toFixed(0)} % of a core`,
  );

  expect(failuresOf([...idle, ...visits])).toEqual([]);
  expect(refused).toEqual([]);
  expect(readFileSync(log, 'utf8').match(/^.*"level":(?:50|60|"error"|"fatal").*$/gm) ?? []).toEqual([]);

  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  const written = await recordsOfBusyMembers(db);
  expect(lostOf(busy.acknowledged, written)).toEqual([]);
  expect(await halvesOf(db, written)).toEqual([]);
  expect(await connections.lost(db)).toEqual([]);
  const published = written.filter(({ state }) => state === 'published').length;
  const found = async () => {
    const answer = await fetch(`${url}/api/v1/startups?q=%22bep+khi+hoa%22`);
    return ((await answer.json()) as { total: number }).total;
  };
  await expect.poll(found, { timeout: 10_000 }).toBe(published);

  expect(loadedP99 / idleP99).toBeLessThanOrEqual(10);
  expect(late / early).toBeLessThanOrEqual(1.15);
});
