import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { createEmbeddedEngine } from '../../search/embedded/engine.ts';
import { loadSynonyms } from '../../search/synonyms.ts';
import type { Accounts } from '../../src/accounts/accounts.ts';
import { createSessions } from '../../src/accounts/sessions.ts';
import { recordPath } from '../../src/catalogue/address.ts';
import { setStatus } from '../../src/catalogue/save.ts';
import { loadVocabulary } from '../../src/catalogue/vocabulary.ts';
import { reportOutcome, respond, withdraw } from '../../src/connections/respond.ts';
import { connectable, proposeConnection, startConnection } from '../../src/connections/start.ts';
import { refreshNeedMatches } from '../../src/insight/need-matches.ts';
import { goodCoverage, matchesFor, readParty } from '../../src/matching/match.ts';
import { account, signedIn } from '../support/member.ts';
import { catalogueFolder, publicUrl, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const file = databaseFile(folder.dataDir);
const { db, sqlite } = openDatabase(file);
const search = createEmbeddedEngine({ file, synonyms: loadSynonyms() });
const version = sqlite.prepare('select version from content_version').pluck();
const contentVersion = () => version.get() as number;
const sources = async () => ({ db, search, vocabulary: await loadVocabulary(db), contentVersion });
let server: TestServer;

beforeAll(async () => {
  server = await startServer(folder.dataDir);
});

afterAll(async () => {
  await server.stop();
  await search.close();
  await db.destroy();
  folder.remove();
});

const visible = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ');
const moment = (day: string) => new Date(`${day}T03:00:00Z`);

/** A public record that no other test of this file has taken, managed by these people. */
let taken = 0;
async function recordOf(kind: 'offer' | 'need', ...managers: string[]) {
  const record = await db
    .selectFrom('record')
    .select(['id', 'kind', 'slug', 'title'])
    .where('kind', '=', kind)
    .where('status', '=', 'published')
    .orderBy('id')
    .offset(taken++)
    .limit(1)
    .executeTakeFirstOrThrow();
  for (const userId of managers) await db.insertInto('record_member').values({ recordId: record.id, userId }).execute();
  return { ...record, path: recordPath(record, 'vi') };
}

test('needs without a good match: all are looked at, a few at a time, and again once the catalogue has changed', async () => {
  const from = await sources();
  while ((await refreshNeedMatches(from)) > 0);
  const needs = await db
    .selectFrom('record')
    .select(['id', 'slug', 'kind', 'title'])
    .where('kind', '=', 'need')
    .where('status', '=', 'published')
    .execute();
  const kept = await db.selectFrom('need_match').selectAll().orderBy('coverage').execute();
  expect(kept).toHaveLength(needs.length);
  expect(await refreshNeedMatches(from)).toBe(0);

  const worst = kept[0];
  const party = await readParty(from, worst.recordId, { whole: true });
  const coverages = party ? (await matchesFor(from, party)).map(({ coverage }) => coverage) : [];
  expect(Math.max(...coverages)).toBeCloseTo(worst.coverage, 6);
  const weak = kept.filter(({ coverage }) => coverage < goodCoverage);
  const desk = await signedIn(db, server, 'desk', 'moderator');
  const page = await desk.text('/quan-ly/cung-cau');
  expect(visible(page)).toContain(`Nhu cầu chưa có gì khớp (${weak.length})`);
  const need = needs.find(({ id }) => id === worst.recordId);
  const best = await db.selectFrom('record').selectAll().where('id', '=', worst.bestId).executeTakeFirstOrThrow();
  // The way from a need without an answer to a proposal: both addresses are there.
  const proposal = new URLSearchParams({
    asker: recordPath(need ?? best, 'vi'),
    asked: recordPath(best, 'vi'),
  });
  const href = `/quan-ly/ket-noi?${proposal}`;
  expect(page.replaceAll('&amp;', '&')).toContain(`href="${href}#propose"`);
  const form = await desk.text(href);
  expect(form).toContain(`value="${recordPath(need ?? best, 'vi')}"`);
  expect(form).toContain(`value="${recordPath(best, 'vi')}"`);

  await db.transaction().execute((trx) => setStatus(trx, worst.recordId, 'withdrawn'));
  let looked = 0;
  for (let n = -1; n !== 0; looked += n) n = await refreshNeedMatches(from);
  expect(looked).toBeGreaterThanOrEqual(needs.length - 1);
  const left = await db.selectFrom('need_match').select('recordId').execute();
  expect(left.map(({ recordId }) => recordId)).not.toContain(worst.recordId);
  expect(visible(await desk.text('/quan-ly/cung-cau'))).toContain(`Nhu cầu chưa có gì khớp (${weak.length - 1})`);
}, 60_000);

test('an offer that nobody asks for is listed after 60 days, and no longer once somebody has asked', async () => {
  const desk = await signedIn(db, server, 'desk', 'moderator');
  await account(db, 'quiet-owner');
  const offer = await recordOf('offer', 'quiet-owner');
  const listed = async () => (await desk.text('/quan-ly/cung-cau')).includes(`href="${offer.path}"`);
  const publish = (daysAgo: number) =>
    db
      .updateTable('record')
      .set({ publishedAt: new Date(Date.now() - daysAgo * 86_400_000).toISOString() })
      .where('id', '=', offer.id)
      .execute();
  await publish(59);
  expect(await listed()).toBe(false);
  await publish(3000);
  expect(await listed()).toBe(true);
  const asker = await signedIn(db, server, 'quiet-asker');
  await asker.send(`/ket-noi?record=${offer.path}`, 'startConnection', {
    purpose: 'acquire',
    message: 'Chúng tôi muốn xem công nghệ này chạy thử.',
  });
  expect(await listed()).toBe(false);
});

test('supply and demand by field: chart and table say the same, and what the lists say', async () => {
  const desk = await signedIn(db, server, 'desk', 'moderator');
  for (const [query, lists] of [
    ['', 'field'],
    ['?field=2', 'field'],
    ['?area=31', 'area=31&field'],
  ]) {
    const page = await desk.text(`/quan-ly/cung-cau${query}`);
    const section = page.slice(page.indexOf('id="fields"'), page.indexOf('id="connections"'));
    const chart = [...section.matchAll(/<text x="[\d.]+%"[^>]*>([\d.]+)<\/text>/g)].map(([, n]) => n);
    const rows = [...section.matchAll(/<tr[^>]*>\s*<th scope="row"[^>]*>(.*?)<\/th>(.*?)<\/tr>/gs)];
    const figures = rows.map(([, , cells]) => [...cells.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, n]) => n));
    expect(figures.length).toBeGreaterThan(4);
    expect(chart).toEqual(figures.flatMap((row) => row.slice(0, 2)));
    const codes = [...section.matchAll(/field=(\d+)#fields/g)].map(([, code]) => code);
    for (const [i, code] of codes.entries()) {
      const total = async (kind: string) =>
        String((await (await server.get(`/api/v1/${kind}?${lists}=${code}`)).json()).total);
      expect(figures[i].slice(0, 2)).toEqual([await total('technology-offers'), await total('technology-needs')]);
    }
  }
  expect((await server.get('/quan-ly/cung-cau')).status).toBe(302);
});

test('how fast connections are answered and how many end in an agreement, by quarter', async () => {
  const name = { vi: 'Sàn', en: 'Site' };
  const accounts: Accounts = {
    db,
    sessions: createSessions(db, false),
    publicUrl,
    siteName: name,
    departmentName: name,
  };
  await account(db, 'seller');
  const ask = async (asker: string, day: string) => {
    await account(db, asker);
    const { id, path } = await recordOf('offer', 'seller');
    const record = await connectable(db, path);
    if (!record) throw new Error(`Nothing at ${path}`);
    const form = { purpose: 'acquire' as const, message: 'Một lời nhắn đủ dài để gửi.', askerRecord: null };
    const person = { userId: asker } as Parameters<typeof startConnection>[1];
    const started = await startConnection(
      accounts,
      person,
      record,
      { ...form, record: path, withContacts: undefined },
      moment(day),
    );
    if (!started.ok) throw new Error(JSON.stringify(started));
    return { id: started.id, recordId: id };
  };
  const answer = (id: number, day: string, decision: 'accept' | 'decline') =>
    db
      .transaction()
      .execute((trx) =>
        respond(
          accounts,
          trx,
          id,
          { userId: 'seller', side: 'asked' },
          decision === 'accept' ? { decision } : { decision, reason: 'Đã kín lịch.' },
          moment(day),
        ),
      );
  // Last year's first quarter: 2, 4 and 12 days to an answer, one never answered, one taken back.
  const year = new Date().getFullYear() - 1;
  const quick = await ask('a', `${year}-01-10`);
  await answer(quick.id, `${year}-01-12`, 'accept');
  const agreed = { outcome: 'agree' as const, agreementKind: 'transfer' as const, agreementVnd: 1_000_000 };
  await reportOutcome(accounts, quick.id, { userId: 'a', side: 'asker' }, agreed, moment(`${year}-03-01`));
  await answer((await ask('b', `${year}-01-10`)).id, `${year}-01-14`, 'decline');
  await answer((await ask('c', `${year}-02-01`)).id, `${year}-02-13`, 'accept');
  await ask('d', `${year}-03-31`);
  const taken = await ask('e', `${year}-02-01`);
  await db
    .transaction()
    .execute((trx) => withdraw(accounts, trx, taken.id, { userId: 'e', side: 'asker' }, moment(`${year}-02-20`)));
  // One of the next quarter, proposed by the Department: the asker's yes is an answer.
  await account(db, 'needy');
  const desk = await signedIn(db, server, 'desk', 'moderator');
  const need = await recordOf('need', 'needy');
  const offer = await recordOf('offer', 'seller');
  const proposed = await proposeConnection(
    accounts,
    { userId: 'desk', name: 'Sở' } as Parameters<typeof proposeConnection>[1],
    { asker: need.path, asked: offer.path, purpose: 'acquire', message: 'Sở thấy hai bên hợp nhau.' },
    moment(`${year}-04-01`),
  );
  if (!proposed.ok) throw new Error(JSON.stringify(proposed));
  await db
    .transaction()
    .execute((trx) =>
      respond(
        accounts,
        trx,
        proposed.id,
        { userId: 'needy', side: 'asker' },
        { decision: 'accept' },
        moment(`${year}-04-02`),
      ),
    );

  const cells = (page: string) => {
    const section = page.slice(page.indexOf('id="connections"'));
    return [...section.matchAll(/<tr[^>]*>\s*<th scope="row"[^>]*>(.*?)<\/th>(.*?)<\/tr>/gs)].map(([, head, rest]) => [
      head,
      ...[...rest.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, text]) => text),
    ]);
  };
  const rows = cells(await desk.text(`/quan-ly/cung-cau?year=${year}`));
  expect(rows[0]).toEqual([`Quý 1/${year}`, '5', '4', '10,4', '50% (2/4)', '2', '1', '50% (1/2)', '20% (1/5)']);
  expect(rows[1]).toEqual([`Quý 2/${year}`, '1', '1', '1', '100% (1/1)', '0', '0', '–', '0% (0/1)']);
  expect(rows[4].slice(0, 2)).toEqual([`Năm ${year}`, '6']);
  // Nothing of these records lies in Hà Nội.
  expect(cells(await desk.text(`/quan-ly/cung-cau?year=${year}&area=01`))[4][1]).toBe('0');
});
