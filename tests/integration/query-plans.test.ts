import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Kysely, type LogEvent, SqliteDialect } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { databaseFile, openSqlite } from '../../db/client.ts';
import type { Database } from '../../db/schema.ts';
import { createEmbeddedEngine } from '../../search/embedded/engine.ts';
import { createEmbeddedIndex } from '../../search/embedded/index.ts';
import { Searcher } from '../../search/embedded/searcher.ts';
import { drainEmbedded, lagOf } from '../../search/sync.ts';
import { createSessions, type SignedIn } from '../../src/accounts/sessions.ts';
import { forgetSignIns, signInsOf } from '../../src/accounts/sign-ins.ts';
import { changesAnswer, newestPlace } from '../../src/catalogue/changes.ts';
import { loadDocuments } from '../../src/catalogue/document.ts';
import { findByKey, loadExisting } from '../../src/catalogue/import/existing.ts';
import { kinds } from '../../src/catalogue/kinds/index.ts';
import { pictureFile } from '../../src/catalogue/pictures.ts';
import { currentSlug, readBacklinks, readRecord, readRecords } from '../../src/catalogue/read.ts';
import { parseRecord, saveRecord, setStatus } from '../../src/catalogue/save.ts';
import { sitemapRecords, sitemapStarts } from '../../src/catalogue/sitemap.ts';
import { loadVocabulary } from '../../src/catalogue/vocabulary.ts';
import { followUpConnections } from '../../src/connections/deadlines.ts';
import { findAnswerLink } from '../../src/connections/links.ts';
import {
  connectionPage,
  forDepartment,
  lateConnections,
  outcomeCounts,
  stageCounts,
} from '../../src/connections/overview.ts';
import { connectionData, leaveConnections } from '../../src/connections/personal-data.ts';
import { connectionsOf, readConnection } from '../../src/connections/read.ts';
import { isBlocked, ownRecords, startConnection } from '../../src/connections/start.ts';
import { openReports, reportsWaiting } from '../../src/connections/trust.ts';
import { createFileStore } from '../../src/files/store.ts';
import { harvestDue } from '../../src/harvest/run.ts';
import { goneRecords, originOf, sourcesView, troubledRecords } from '../../src/harvest/sources.ts';
import { noCounts, takeItem, takeWaiting } from '../../src/harvest/take.ts';
import { figuresAsOf, historyOf, planRecord, recordIndicators } from '../../src/insight/indicators.ts';
import { refreshNeedMatches } from '../../src/insight/need-matches.ts';
import { datasetState, publicRecords } from '../../src/insight/open-data.ts';
import { periodOf } from '../../src/insight/periods.ts';
import { buildReport, frozenReports, readFrozen } from '../../src/insight/report.ts';
import {
  connectionsAsked,
  matchesKnown,
  needsWithoutMatch,
  offersWithoutInterest,
} from '../../src/insight/supply-demand.ts';
import { deliverMail } from '../../src/mail/deliver.ts';
import { forgetStuckMail } from '../../src/mail/personal-data.ts';
import { auditEntries, recordsNamed } from '../../src/moderation/audit.ts';
import { readDraft, recordsOf } from '../../src/moderation/drafts.ts';
import { findDuplicates } from '../../src/moderation/duplicates.ts';
import { expireAndRemind } from '../../src/moderation/expiry.ts';
import { leaveRecords, renew, renewByLink } from '../../src/moderation/lifecycle.ts';
import { findInvitation, forgetInvitations, invitationsOf, managersOf } from '../../src/moderation/managers.ts';
import { audienceOfPicture, forgetUnusedPictures } from '../../src/moderation/pictures.ts';
import { claimNext, type QueueFilter, queueCounts, queueLength, queuePage } from '../../src/moderation/queue.ts';
import {
  askable,
  handToDepartment,
  requestOf,
  requestsForDepartment,
  requestsForManagers,
  requestsWaiting,
} from '../../src/moderation/requests.ts';
import { allReviewTexts } from '../../src/moderation/review-texts.ts';
import { forgetStatements, giveStatement, keepStatement, openStatement } from '../../src/moderation/statements.ts';
import { alertData, alertsOf, changeAlert, matchedRecords, saveSearch } from '../../src/news/alerts.ts';
import { articleAt, articlesToManage, newestArticles } from '../../src/news/articles.ts';
import { assemble, bulletins, monthOf, stillPublic } from '../../src/news/bulletin.ts';
import { sendDigests } from '../../src/news/digest.ts';
import { followUpEvents, forgetAttendees } from '../../src/news/event-steps.ts';
import { calendarEvents, eventAt, eventsToManage, nextEvents, publicEvents } from '../../src/news/events.ts';
import { policiesToManage } from '../../src/news/policies.ts';
import {
  findReader,
  forgetUnconfirmed,
  leaveBulletin,
  readerData,
  sendBulletins,
  subscribe,
} from '../../src/news/readers.ts';
import { attendees, findRegistration, leaveEvents, register, registrationData } from '../../src/news/registrations.ts';
import { newsAddresses } from '../../src/news/sitemap.ts';
import { findDigests, issueDigestLink } from '../../src/news/unsubscribe.ts';
import { exportFor, requestById, requestCounts, requestLists } from '../../src/privacy/decide.ts';
import { followUpRequests, requestsOf } from '../../src/privacy/requests.ts';
import { accountsFor } from '../support/member.ts';
import { catalogueFolder } from '../support/server.ts';

const folder = catalogueFolder();
afterAll(folder.remove);
const file = databaseFile(folder.dataDir);

const keeper = {
  id: 'keeper',
  email: 'keeper@example.vn',
  name: 'Người giữ',
  passwordHash: null,
  role: 'member',
  language: 'vi',
  emailVerifiedAt: null,
  totpSecret: null,
  totpConfirmedAt: null,
  createdAt: '2026-01-01',
} as const;

/** Every statement that Kysely runs while `use` works, with SQLite's plan for it. */
async function plansOf(use: (db: Kysely<Database>) => Promise<unknown>): Promise<string[]> {
  const sqlite = openSqlite(file);
  const seen = new Map<string, readonly unknown[]>();
  const log = ({ query }: LogEvent) => {
    seen.set(query.sql, query.parameters);
  };
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: sqlite }), log });
  await use(db);
  const plans = [...seen]
    .filter(([sql]) => !/^(?:begin|commit|rollback)/.test(sql))
    .map(([sql, parameters]) => {
      const steps = sqlite.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[];
      return `${sql}\n${steps.map((step) => `  -- ${step.detail}`).join('\n')}`;
    });
  await db.destroy();
  return plans;
}

const site = {
  publicUrl: 'http://catalogue.test',
  siteName: { vi: 'Sàn', en: 'Exchange' },
  departmentName: { vi: 'Sở', en: 'Department' },
};

/** Two members, one of whom manages a record. */
function addPeople(): void {
  const sqlite = openSqlite(file);
  for (const id of ['a', 'b']) {
    sqlite.exec(`insert into user (id, email, name, role, language, emailVerifiedAt, createdAt)
      values ('${id}', '${id}@example.vn', 'A', 'member', 'vi', 'x', 'x')`);
  }
  sqlite.exec(`insert into record_member values (200, 'b')`);
  sqlite.close();
}

/** Every need has been looked at; whether the start had the time to is chance. */
function matchNeeds(): void {
  const sqlite = openSqlite(file);
  sqlite.exec(`delete from need_match;
    insert into need_match (recordId, coverage, version, at) select id, 0, 1, '' from record where kind = 'need'`);
  sqlite.close();
}

test('every query that pages, import and index run uses an index', async () => {
  const plans: string[] = [];
  const note = async (title: string, use: (db: Kysely<Database>) => Promise<unknown>) => {
    plans.push(`== ${title}`, ...(await plansOf(use)));
  };
  const parsed = parseRecord(kinds.offer, {
    externalId: 'PLAN-1',
    title: 'Máy thử',
    summary: 'Thử',
    fields: '211',
    areas: '31',
  });
  if (!parsed.ok) throw new Error();
  const input = { ...parsed.input, links: { supplier: [20] } };

  await note('a record by its address', (db) => readRecord(db, kinds.offer, 'x'));
  await note('a record with its links', async (db) => {
    const { slug } = await db
      .selectFrom('record')
      .select('slug')
      .where('kind', '=', 'offer')
      .limit(1)
      .executeTakeFirstOrThrow();
    await readRecord(db, kinds.offer, slug);
  });
  await note('records that name a record', (db) => readBacklinks(db, 20));
  await note('an old address', (db) => currentSlug(db, 'offer', 'x'));
  await note('several records', (db) => readRecords(db, [20, 21, 200]));
  await note('the sitemap', async (db) => [await sitemapStarts(db), await sitemapRecords(db, 1)]);
  await note('saving, changing and withdrawing a record', (db) =>
    db.transaction().execute(async (trx) => {
      const id = await saveRecord(trx, kinds.offer, input);
      await saveRecord(trx, kinds.offer, input, { id });
      await setStatus(trx, id, 'withdrawn');
    }),
  );
  await note('import: records by their keys', async (db) => [
    await findByKey(db, kinds.enterprise, 'taxCode', ['0800123456']),
    await findByKey(db, kinds.enterprise, 'externalId', ['DEMO-ENT-001']),
    await loadExisting(db, kinds.enterprise, [70, 71]),
  ]);
  await note('the outbox', async (db) => {
    const vocabulary = await loadVocabulary(db);
    const sqlite = openSqlite(file);
    const index = { ...createEmbeddedIndex(sqlite), apply: async () => {} };
    await drainEmbedded(db, index, (source, ids) => loadDocuments(source, vocabulary, ids));
    sqlite.close();
    await lagOf(db);
  });

  await note('profiles and review', async (db) => {
    const vocabulary = await loadVocabulary(db);
    const after = { submittedAt: '2026-01-01', id: 1 };
    await queuePage(db, 'nobody', {}, after);
    await queuePage(db, 'nobody', { change: 'new', claim: 'nobody', days: 7, q: 'sấy' });
    await queuePage(db, 'nobody', { kind: 'offer', claim: 'mine' });
    await queueLength(db, 'nobody', { kind: 'offer', change: 'new', q: 'sấy' });
    await queueCounts(db);
    await claimNext(db, { userId: 'nobody' } as SignedIn, {}, 1);
    await allReviewTexts(db);
    await auditEntries(db, { after: { at: '2026-01-01', id: 1 } });
    const period = { from: '2026-01-01', to: '2026-02-01' };
    for (const filter of [{}, { userId: 'x' }, { action: 'approve' }, { recordIds: [1, 2] }]) {
      await auditEntries(db, filter);
      await auditEntries(db, { ...filter, ...period });
    }
    await auditEntries(db, { userId: 'x', action: 'approve', recordIds: [1], ...period });
    await recordsNamed(db, 'Máy sấy');
    await recordsOf(db, 'nobody');
    await readDraft(db, 20, vocabulary);
  });
  await note('likely duplicates', async (db) => {
    const search = createEmbeddedEngine({ file, synonyms: [] });
    const { title } = await db.selectFrom('record').select('title').where('id', '=', 20).executeTakeFirstOrThrow();
    const form = { title, registrationNumber: 'DEMO-DK-002' };
    await findDuplicates(db, search, kinds.organisation, form);
    await search.close();
  });
  await note('statements of guided forms', async (db) => {
    const secret = await keepStatement(db, { guide: 'need', text: 'Một lời kể đủ dài để tìm.' }, undefined);
    const statement = await openStatement(db, { userId: 'nobody', secret });
    await openStatement(db, { secret }, 'need');
    await db.transaction().execute((trx) => giveStatement(trx, secret, 'nobody').catch(() => {}));
    if (!statement) throw new Error('The statement is gone');
    await forgetStatements(db);
  });
  await note('managers, requests and invitations', async (db) => {
    await managersOf(db, 20);
    await askable(db, 20);
    await requestOf(db, 20, 'nobody');
    await requestsForManagers(db, 20);
    await requestsForDepartment(db);
    await invitationsOf(db, 20);
    await findInvitation(db, 'nothing');
    await forgetInvitations(db);
    await requestsWaiting(db);
    await handToDepartment(accountsFor(db), new Date('2030-01-01'));
  });
  await note('personal-data requests and the history of signing in', async (db) => {
    await requestCounts(db);
    await requestLists(db);
    await requestById(db, 1);
    await requestsOf(db, 'nobody');
    await followUpRequests(accountsFor(db));
    await exportFor(db, 'nothing');
    await signInsOf(db, 'nobody', 10);
    await forgetSignIns(db);
    await forgetStuckMail(db);
  });
  matchNeeds();
  await note('supply and demand', async (db) => {
    const search = createEmbeddedEngine({ file, synonyms: [] });
    const vocabulary = await loadVocabulary(db);
    await refreshNeedMatches({ db, search, vocabulary, contentVersion: () => 1 });
    for (const areas of [undefined, ['31', '31-chi-linh']]) {
      await needsWithoutMatch(db, { areas });
      await offersWithoutInterest(db, { areas });
      await connectionsAsked(db, { from: '2026-01-01', to: '2026-12-31', areas });
    }
    await matchesKnown(db);
    await search.close();
  });
  await note('indicators and reports', async (db) => {
    const counted = { db, vocabulary: await loadVocabulary(db), region: { area: '31-chi-linh' } };
    await recordIndicators(counted, new Date('2026-11-25T00:00:00Z'));
    await figuresAsOf(db, '2026-01-01');
    await historyOf(db, 'startups');
    await planRecord(db, '4346/KH-UBND');
    const period = periodOf('2026-Q3');
    if (period) await buildReport(counted, period);
    await frozenReports(db);
    await readFrozen(db, '2026-Q3', 1);
  });
  await note('the ends of listings', async (db) => {
    // A demo record of the seed that is about to end, and one that has ended, with somebody to tell.
    const accounts = { db, publicUrl: '', siteName: { vi: '', en: '' }, departmentName: { vi: '', en: '' } };
    await db.insertInto('user').values(keeper).execute();
    for (const { recordId } of await db.selectFrom('need').select('recordId').orderBy('expiresOn').limit(2).execute()) {
      await db.insertInto('record_member').values({ recordId, userId: keeper.id }).execute();
    }
    await expireAndRemind({ ...accounts, sessions: createSessions(db, false) }, new Date('2027-01-18T20:00:00Z'));
    await renewByLink(db, 'nothing');
    await db.transaction().execute((trx) => renew(trx, 20));
    await db.transaction().execute((trx) => leaveRecords(trx, keeper.id));
  });
  await note('pictures', async (db) => {
    const hash = '0'.repeat(32);
    await db.insertInto('picture').values({ recordId: 20, hash, uploadedBy: null, createdAt: '2026-01-01' }).execute();
    await audienceOfPicture(db, hash);
    const files = createFileStore(join(folder.dataDir, 'uploads'));
    await files.write(pictureFile('1'.repeat(32), 96), Buffer.from('x'));
    await forgetUnusedPictures(db, files, Date.now() + 2 * 24 * 3_600_000);
  });
  await note('open data, changes and feeds', async (db) => {
    const vocabulary = await loadVocabulary(db);
    await publicRecords(db, kinds.offer, vocabulary).next();
    await datasetState(db, 'offer');
    const reader = { site: '11111111-2222-4333-8444-555555555555', publicUrl: '' };
    const query = { kinds: [], limit: 2, place: undefined, updatedSince: undefined };
    await changesAnswer(db, vocabulary, query, reader);
    await changesAnswer(db, vocabulary, { ...query, place: 3 }, reader);
    await changesAnswer(
      db,
      vocabulary,
      { ...query, kinds: ['offer'], updatedSince: '2026-01-01T00:00:00.000Z' },
      reader,
    );
    await newestPlace(db);
  });
  await note('the harvest', async (db) => {
    const created = { createdAt: '2026-01-01', lastRunAt: null, lastError: null, catalogue: null, cursor: null };
    const source = { name: 'Nguồn', url: 'x', format: 'api', kinds: '[]', everyHours: 1, active: 0 } as const;
    const inserted = await db
      .insertInto('harvest_source')
      .values({ ...source, ...created })
      .returningAll()
      .executeTakeFirst();
    await harvestDue({
      db,
      vocabulary: await loadVocabulary(db),
      site: '',
      config: { harvestPrivate: false },
      log: console,
    });
    await db.transaction().execute(async (trx) => {
      const taking = {
        trx,
        vocabulary: await loadVocabulary(trx),
        source: inserted ?? { id: 1, name: '' },
        now: new Date(0),
        counts: { ...noCounts },
      };
      const values = { title: 'Máy đọc', summary: 'Thử' };
      const item = {
        remoteId: 'r',
        kind: 'offer',
        url: null,
        originCatalogue: null,
        originId: 'o',
        values,
        links: [{ relation: 'supplier', id: 'x', title: 'X' }],
      } as const;
      await takeItem(taking, { ...item, links: [...item.links] }, undefined, '');
      await takeWaiting(taking);
    });
    await sourcesView(db);
    await goneRecords(db);
    await troubledRecords(db);
    await originOf(db, 20);
  });
  await note('sessions and mail', async (db) => {
    const sessions = createSessions(db, false);
    await sessions.read('session=nothing');
    await sessions.list('nobody');
    await sessions.forgetExpired();
    await deliverMail(db, async () => {});
  });

  addPeople();
  await note('connections', async (db) => {
    const sessions = createSessions(db, false);
    const name = { vi: 'S', en: 'S' };
    const accounts = { db, sessions, publicUrl: 'http://x.test', siteName: name, departmentName: name };
    const person = {
      userId: 'a',
      email: 'a@example.vn',
      sessionId: '',
      emailVerified: true,
      hasTwoFactor: false,
      twoFactorShown: false,
      name: 'A',
      role: 'member' as const,
      language: 'vi' as const,
    };
    const record = await db.selectFrom('record').selectAll().where('id', '=', 200).executeTakeFirstOrThrow();
    const message = 'Một lời nhắn đủ dài.';
    const form = { record: '', purpose: 'other' as const, message, askerRecord: null, withContacts: undefined };
    const started = await startConnection(accounts, person, record, form);
    if (!started.ok) throw new Error(JSON.stringify(started));
    await managersOf(db, 200);
    await ownRecords(db, 'a');
    await isBlocked(db, 'a', ['b']);
    await findAnswerLink(db, 'x', undefined);
    await readConnection(db, started.id, person);
    await connectionsOf(db, 'a');
    await forDepartment(db);
    await lateConnections(db);
    await connectionPage(db, {});
    await connectionPage(db, { state: 'requested', before: 9 });
    await stageCounts(db);
    await outcomeCounts(db);
    await openReports(db);
    await reportsWaiting(db);
    await connectionData(db, 'a');
    await followUpConnections(accounts, new Date(Date.now() + 11 * 86_400_000));
    await db.transaction().execute((trx) => leaveConnections(accounts, trx, 'a'));
  });

  // An owner who follows everything and has not been told of anything.
  const sqlite = openSqlite(file);
  const [offer] = sqlite.prepare("select id from record where kind = 'offer' limit 1").pluck().all();
  sqlite.prepare("insert into record_member values (?, 'a')").run(offer);
  sqlite.exec(`insert into saved_search (userId, address, frequency, seq, createdAt) values ('a', '/tim-kiem', 'weekly', -1, 'x');
    update digest set doneOn = '2026-01-01' where userId = 'a'`);
  sqlite.close();
  await note('alerts', async (db) => {
    const vocabulary = await loadVocabulary(db);
    const name = { vi: 'S', en: 'S' };
    const accounts = {
      db,
      sessions: createSessions(db, false),
      publicUrl: 'http://x.test',
      siteName: name,
      departmentName: name,
    };
    const search = createEmbeddedEngine({ file, synonyms: [] });
    await saveSearch(db, vocabulary, 'a', { tim: '/nhu-cau', frequency: 'weekly' });
    await alertsOf(db, vocabulary, 'a');
    await alertData(db, 'a');
    await matchedRecords(db, 'a');
    await sendDigests({ accounts, search, vocabulary }, new Date('2027-03-01T01:00:00Z'));
    await findDigests(db, 'x');
    await changeAlert(db, 'a', { search: 1, frequency: 'daily', change: 'save' });
    await db.transaction().execute((trx) => issueDigestLink(trx, 'a', new Date()));
    await search.close();
  });

  await note('events', async (db) => {
    const accounts = { db, ...site, sessions: createSessions(db, false) };
    const now = new Date();
    await nextEvents(db, 2);
    await publicEvents(db, { type: 'fair' }, { limit: 20 });
    await publicEvents(db, { past: true }, { limit: 20 });
    await eventAt(db, 'x');
    await calendarEvents(db);
    await eventsToManage(db);
    await eventsToManage(db, { startsAt: '2026-01-01', id: 1 });
    const event = await db.selectFrom('event').selectAll().where('isOver', '=', 0).limit(1).executeTakeFirstOrThrow();
    const form = { event: event.id, name: 'A', organisation: null, consent: 'on' as const };
    for (const email of ['a@example.vn', 'x@example.vn']) {
      await register(accounts, { ...form, email }, { language: 'vi', client: 'x' });
    }
    await attendees(db, event.id);
    await registrationData(db, 'a@example.vn');
    await findRegistration(db, 'x');
    await db.updateTable('event').set({ noticePending: 1, noticeSequence: 1 }).where('id', '=', event.id).execute();
    await followUpEvents(accounts, new Date(Date.parse(event.startsAt) - 3_600_000));
    await db.transaction().execute((trx) => leaveEvents(accounts, trx, 'a@example.vn'));
    await followUpEvents(accounts, new Date(Date.parse(event.endsAt) + 1));
    await forgetAttendees(db, new Date(now.getTime() + 400 * 86_400_000));
  });

  await note('news and the bulletin', async (db) => {
    const accounts = { db, ...site, sessions: createSessions(db, false) };
    await newestArticles(db, 3);
    await articleAt(db, 'x');
    await articlesToManage(db);
    await articlesToManage(db, { updatedAt: '2026-01-01', id: 1 });
    await newsAddresses(db);
    await policiesToManage(db);
    const items = await assemble(db, monthOf(new Date()));
    await stillPublic(db, items);
    await bulletins(db);
    await db
      .insertInto('bulletin')
      .values({
        month: '2026-01',
        intro: 'x',
        introEn: null,
        items: JSON.stringify(items),
        publishedAt: '9',
        sentAt: null,
      })
      .execute();
    await subscribe(accounts, { email: 'a@example.vn', consent: 'on' }, { language: 'vi', client: 'x' });
    await db.updateTable('bulletin_reader').set({ confirmedAt: '1' }).where('email', '=', 'a@example.vn').execute();
    await findReader(db, 'x');
    await sendBulletins(accounts);
    await readerData(db, 'a@example.vn');
    await db.transaction().execute((trx) => leaveBulletin(trx, 'a@example.vn'));
    await forgetUnconfirmed(db);
  });

  // Whole small tables: the classifications, read once at the start, the lists of engines and sources, the plan's indicators, reports,
  // and what is inserted.
  const small =
    /SCAN (?:harvest_source|field|area|area_former_name|vsic_section|nice_class|consumer|indicator|report|CONSTANT ROW|\d+-ROW VALUES CLAUSE|json_each)\b/;
  const scans = plans.flatMap((plan) =>
    plan
      .split('\n')
      .filter((line) => /-- SCAN/.test(line) && !/USING (?:COVERING )?INDEX/.test(line) && !small.test(line)),
  );
  expect(scans).toEqual([]);
  await expect(`${plans.join('\n\n')}\n`).toMatchFileSnapshot('query-plans.sql');
});

test('every combination of the queue’s filters is found by an index, in order', async () => {
  const choices = {
    kind: ['offer'],
    change: ['new', 'change'],
    claim: ['mine', 'nobody'],
    days: [7],
    q: ['sấy'],
  } satisfies { [name in keyof QueueFilter]-?: QueueFilter[name][] };
  let filters: QueueFilter[] = [{}];
  for (const [name, values] of Object.entries(choices)) {
    filters = filters.flatMap((filter) => [filter, ...values.map((value) => ({ ...filter, [name]: value }))]);
  }
  expect(filters).toHaveLength(72);
  const plans = await plansOf(async (db) => {
    for (const filter of filters) {
      await queuePage(db, 'nobody', filter);
      await queuePage(db, 'nobody', filter, { submittedAt: '2026-01-01', id: 1 });
    }
  });
  for (const plan of plans) {
    expect(plan).toMatch(/revision USING INDEX revision_(?:queue|queue_by_kind|by_claimedBy)\b/);
    // What one person has taken is a handful, put in order afterwards.
    if (!plan.includes('revision_by_claimedBy')) expect(plan).not.toContain('TEMP B-TREE');
  }
});

test('a list page at any depth reads as many rows as it shows', () => {
  const sqlite = openSqlite(file);
  let rows = 0;
  const counting = new Proxy(sqlite, {
    get(target, name) {
      if (name !== 'prepare') {
        const value = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      }
      return (sql: string) => {
        const statement = target.prepare(sql);
        const get = statement.get.bind(statement);
        const all = statement.all.bind(statement);
        statement.get = (...parameters) => {
          rows += 1;
          return get(...parameters);
        };
        statement.all = (...parameters) => {
          const found = all(...parameters);
          rows += found.length;
          return found;
        };
        return statement;
      };
    },
  }) as BetterSqlite3.Database;
  const searcher = new Searcher(counting, [], { memo: 0 });
  for (const offset of [0, 100, 300]) {
    rows = 0;
    const { hits } = searcher.search({
      q: '',
      filters: {},
      sort: 'newest',
      offset,
      limit: 20,
      facets: ['kind', 'field', 'area'],
      language: 'vi',
    });
    expect(hits).toHaveLength(20);
    expect(rows).toBe(20);
  }
  sqlite.close();
});
