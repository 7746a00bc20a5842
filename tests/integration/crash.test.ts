import { afterAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { signedIn } from '../support/member.ts';
import type { Person } from '../support/person.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));

afterAll(async () => {
  await db.destroy();
  folder.remove();
});

/** Enough to hit the middle of something a few times; each takes about a second. */
const rounds = 16;
/** What the server has said is done. */
const acknowledged: { action: 'start' | 'save' | 'submit' | 'approve' | 'return'; id: number; title: string }[] = [];

/** Founders write and submit, moderators decide, each as fast as the server answers, until it dies. */
async function load(server: TestServer, round: number): Promise<void> {
  const waiting: { id: number; title: string }[] = [];
  let alive = true;
  let deciding = () => {};
  const untilTheEnd = async (work: (n: number) => Promise<void>) => {
    for (let n = 0; alive; n += 1) {
      try {
        await work(n);
      } catch {
        alive = false;
      }
    }
  };
  const founder = (owner: Person, who: number) => async (n: number) => {
    const title = `Bếp khí hoá lượt${round} người${who} số${n}`;
    const started = await owner.send('/tai-khoan/ho-so', 'startRecord', { kind: 'startup', title });
    const form = started.headers.get('location') ?? '';
    const id = Number(form.split('/').at(-1));
    acknowledged.push({ action: 'start', id, title });
    const fields = { title, summary: `Bếp đun trấu không khói, tóm tắt của ${title}.`, fields: '211' };
    const saved = await owner.send(`${form}?buoc=1`, 'saveStep', fields);
    if (saved.status === 302) acknowledged.push({ action: 'save', id, title });
    const last = [...(await owner.text(form)).matchAll(/\?buoc=(\d+)/g)].map((match) => Number(match[1]));
    const sent = await owner.send(`${form}?buoc=${Math.max(...last)}`, 'moveRecord', {});
    if (sent.status === 302) {
      acknowledged.push({ action: 'submit', id, title });
      waiting.push({ id, title });
    }
  };
  const moderator = (desk: Person) => async (n: number) => {
    const next = waiting.shift();
    if (!next) return void (await new Promise((resolve) => setTimeout(resolve, 5)));
    const review = `/quan-ly/hang-doi/${next.id}`;
    deciding();
    const action = n % 3 === 2 ? 'return' : 'approve';
    const decided =
      action === 'approve'
        ? await desk.send(review, 'approve', {})
        : await desk.send(review, 'sendBack', { decision: 'return', 'reason.summary': 'Nói rõ hơn.' });
    if (decided.status === 302) acknowledged.push({ action, ...next });
  };
  const people = await Promise.all([
    ...[0, 1, 2].map(async (who) => founder(await signedIn(db, server, `founder${round}-${who}`), who)),
    ...[0, 1].map(async (who) => moderator(await signedIn(db, server, `desk${round}-${who}`, 'moderator'))),
  ]);
  const before = acknowledged.length;
  const work = people.map(untilTheEnd);
  // At another moment each time: in the middle of a decision, which is where most is written at once.
  while (acknowledged.length < before + 8) await new Promise((resolve) => setTimeout(resolve, 10));
  await new Promise<void>((resolve) => {
    deciding = resolve;
  });
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
  await server.kill();
  await Promise.all(work);
}

test('a server that is killed again and again while people submit and decide loses nothing it has acknowledged', async () => {
  for (let round = 0; round < rounds; round += 1) await load(await startServer(folder.dataDir), round);

  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(sqlite.pragma('foreign_key_check')).toEqual([]);
  const records = await db
    .selectFrom('record')
    .leftJoin('revision', 'revision.recordId', 'record.id')
    .select(['record.id', 'record.title', 'record.status', 'revision.state', 'revision.form', 'revision.reasons'])
    .where('record.title', 'like', 'Bếp khí hoá lượt%')
    .execute();
  // Each has one version here; record and version moved together or not at all.
  expect(records.filter(({ status, state }) => status !== state)).toEqual([]);
  expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);

  const reached = { start: 0, save: 0, submit: 1, approve: 2, return: 2 };
  const progress = { draft: 0, submitted: 1, returned: 2, published: 2, withdrawn: 2 };
  const byId = new Map(records.map((record) => [record.id, record]));
  const lost = acknowledged.filter(({ action, id, title }) => {
    const record = byId.get(id);
    if (!record?.state) return true;
    if (progress[record.state] < reached[action]) return true;
    if (action === 'approve' && record.state !== 'published') return true;
    if (action === 'return') return record.state !== 'returned' || !record.reasons?.includes('Nói rõ hơn.');
    return action === 'save' && !record.form?.includes(`tóm tắt của ${title}`);
  });
  expect(lost).toEqual([]);
  for (const action of ['submit', 'approve', 'return'] as const) {
    expect(acknowledged.filter((one) => one.action === action)).not.toEqual([]);
  }

  // A decision, its line in the log and the mail to the author are one: acknowledged or not, all or none.
  const decided = records.filter(({ state }) => state === 'published' || state === 'returned');
  for (const { id, state, title } of decided) {
    const log = await db.selectFrom('audit_log').select('action').where('recordId', '=', id).execute();
    expect(log.map((line) => line.action)).toEqual([state === 'published' ? 'approve' : 'return']);
    const mails = await db.selectFrom('mail').select('id').where('subject', 'like', `%${title}`).execute();
    expect(mails.length, title).toBe(1);
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
