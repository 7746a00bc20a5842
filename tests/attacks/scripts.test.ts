import { parse } from 'csv-parse/sync';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { createEmbeddedEngine } from '../../search/embedded/engine.ts';
import { loadSynonyms } from '../../search/synonyms.ts';
import type { SignedIn } from '../../src/accounts/sessions.ts';
import { listPath, recordPath } from '../../src/catalogue/address.ts';
import type { AttributeType } from '../../src/catalogue/attributes.ts';
import type { KindCode } from '../../src/catalogue/kind.ts';
import { allKinds, kinds } from '../../src/catalogue/kinds/index.ts';
import { loadVocabulary } from '../../src/catalogue/vocabulary.ts';
import { pageRoutes, publicRoutes } from '../../src/i18n/routes.ts';
import { type Draft, moveDraft, readDraft, saveDraft } from '../../src/moderation/drafts.ts';
import { checkForm, metaOfName, stepsOf, type TypedForm } from '../../src/moderation/form.ts';
import { monthOf } from '../../src/news/bulletin.ts';
import { readRegion, settingsAsTyped } from '../../src/settings/site.ts';
import { launchBrowser } from '../support/browser.ts';
import { importPage, jobIn, jobIs, upload } from '../support/import.ts';
import { account, signIn } from '../support/member.ts';
import { photoOf } from '../support/photo.ts';
import { catalogueFolder, publicUrl, startServer, type TestServer } from '../support/server.ts';

/**
 * Scripts in whatever somebody can write, on every page that shows it, in a browser whose content security policy is
 * switched off: what runs there, runs because the page let it through.
 */

const folder = catalogueFolder();
const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
let browser: Browser;
const cookies: Record<string, string> = {};

/** Leaves an attribute, an element, a title, a text field, a script; for one line. */
const line = `"'><img src=x onerror=xss(1)></title></textarea></script><svg onload=xss(2)>`;
/** The same and what Markdown might make of addresses. */
const paragraphs = [
  line,
  '[một](javascript:xss(3)) [hai](JaVaScRiPt:xss(4)) [ba](java&#x73;cript:xss(5)) <javascript:xss(6)>',
  '[bốn](data:text/html,<script>xss(7)</script>) ![năm](x"onerror="xss(8))',
  '[sáu](https://example.vn/"onmouseover="xss(9)) <a href="javascript:xss(10)">bảy</a>',
  '<script>xss(11)</script> <iframe srcdoc="<script>parent.xss(12)</script>"></iframe> ]]> &lt;script&gt;xss(13)',
].join('\n\n');
/** Where the other is too long. */
const short = '<svg onload=xss(1)>';
/** The last is an address: harmless where it stays one. */
const addresses = [
  'javascript:xss(20)',
  'data:text/html,<script>xss(22)</script>',
  'https://example.vn/"onmouseover="xss(21)',
];
const mailAddresses = ['"<svg/onload=xss(23)>"@example.vn', 'javascript:xss(24)@example.vn'];

/** What is tried in each type of field, until one is taken. */
const payloads: Partial<Record<AttributeType, (string | string[])[]>> = {
  text: [line],
  longText: [paragraphs, line],
  list: [[line, 'hai']],
  url: addresses,
  email: mailAddresses,
};

const contact = ['contactEmail', 'contactPhone'];
/** The fields in which somebody writes that take a short script only, and those that take none, since their form is fixed. */
const limited: Record<KindCode, { short: string[]; none: string[] }> = {
  offer: { short: ['ipNumber'], none: contact },
  need: { short: [], none: contact },
  organisation: { short: ['registrationNumber'], none: contact },
  expert: { short: [], none: [...contact, 'country', 'orcid'] },
  enterprise: { short: ['certificateNumber'], none: [...contact, 'taxCode'] },
  startup: { short: [], none: [...contact, 'taxCode'] },
  trademark: { short: ['registrationNumber'], none: contact },
  achievement: { short: ['taskCode'], none: contact },
  policy: { short: ['number'], none: [] },
};

beforeAll(async () => {
  // A source to harvest may be on this machine.
  server = await startServer(folder.dataDir, { HARVEST_PRIVATE: '1' });
  browser = await launchBrowser();
  cookies.attacker = await signIn(db, 'attacker');
  cookies.other = await signIn(db, 'other');
  cookies.reviewer = await signIn(db, 'reviewer', 'moderator');
  cookies.chief = await signIn(db, 'chief', 'administrator');
  await db.updateTable('user').set({ name: line }).where('id', '=', 'attacker').execute();
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  await db.destroy();
  folder.remove();
});

/** Pages alone: a picture that does not come is what many scripts wait for. */
const pagesAlone = ['document'];
/** What the site's own scripts need; still no picture comes. */
const withScripts = ['document', 'script', 'fetch', 'xhr'];

async function contextOf(who?: string, loaded = pagesAlone): Promise<BrowserContext> {
  const context = await browser.newContext({ bypassCSP: true });
  if (who) {
    const [name, value] = cookies[who].split('=');
    await context.addCookies([{ name, value, url: server.url }]);
  }
  await context.route(
    () => true,
    (route) => (loaded.includes(route.request().resourceType()) ? route.continue() : route.abort()),
  );
  await context.addInitScript('window.hits = []; window.xss = (n) => window.hits.push(n)');
  return context;
}

/** Scripts that ran in a page, and what would run at a touch. */
const harmIn = (page: Page): Promise<string[]> =>
  page.evaluate(`[
    ...window.hits.map((n) => 'ran ' + n),
    ...[...document.querySelectorAll('*')].flatMap((element) => [...element.attributes]
      .filter(({ name, value }) => /^on/i.test(name) || (/^(href|src|action|formaction|srcdoc|data)$/i.test(name) && /^\\s*(javascript|data|vbscript):/i.test(value)) || name === 'srcdoc')
      .map(({ name, value }) => element.tagName + ' ' + name + '=' + value.slice(0, 60))),
    ...[...document.scripts].filter((one) => !one.src && one.type !== 'application/ld+json').map((one) => 'script ' + one.text.slice(0, 60)),
    ...[...document.querySelectorAll('script[type="application/ld+json"]')].flatMap((one) => { try { JSON.parse(one.text); return [] } catch (error) { return ['JSON-LD ' + error] } }),
  ]`);

/** Once every picture of a page has failed: they fail in the order in which they were asked for. */
const picturesFailed = (page: Page) =>
  page.evaluate(`new Promise((failed) => { const last = new Image(); last.onerror = failed; last.src = '/last' })`);

/** What a page let through. */
async function letThrough(page: Page, path: string): Promise<string[]> {
  const response = await page.goto(server.url + path, { waitUntil: 'domcontentloaded' });
  if ((response?.status() ?? 500) >= 500) return [`${path}: ${response?.status()}`];
  return (await harmIn(page)).map((one) => `${path}: ${one}`);
}

const tabs = new Map<string | undefined, Promise<Page[]>>();

/** Three tabs of somebody, kept for the next pages. */
function tabsOf(who: string | undefined): Promise<Page[]> {
  const open = async () => {
    const context = await contextOf(who);
    return Promise.all([1, 2, 3].map(() => context.newPage()));
  };
  const opened = tabs.get(who) ?? open();
  tabs.set(who, opened);
  return opened;
}

/** What the pages at these addresses let through. */
async function walk(who: string | undefined, paths: string[]): Promise<string[]> {
  const left = [...paths];
  const found: string[] = [];
  const through = async (page: Page) => {
    for (let path = left.shift(); path !== undefined; path = left.shift())
      found.push(...(await letThrough(page, path)));
  };
  await Promise.all((await tabsOf(who)).map(through));
  return found;
}

test('the check itself sees what runs', async () => {
  const context = await contextOf();
  const page = await context.newPage();
  await page.goto(`${server.url}/healthz`);
  await page.setContent(`<p title="${line}"></p>`);
  expect(await page.evaluate('window.hits')).toContain(1);
  await context.close();
});

/** Sends an action's form; one with files as such. */
function send(who: string | undefined, action: string, fields: Record<string, string | File>): Promise<Response> {
  const body = Object.values(fields).some((value) => value instanceof File) ? new FormData() : new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) body.set(name, value as string);
  return server.get(`${who ? '/tai-khoan' : '/dang-ky'}?_action=${action}`, {
    method: 'POST',
    headers: { cookie: (who && cookies[who]) ?? '', origin: publicUrl },
    body,
  });
}

/** That a page shows what was written; whether it lets it run is for `walk`. */
async function expectShown(who: string | undefined, path: string, text = '&lt;svg onload=xss(2)&gt;'): Promise<void> {
  const page = await (await server.get(path, { headers: { cookie: (who && cookies[who]) ?? '' } })).text();
  // Not the whole page in a message.
  expect(page.slice(page.indexOf('<main')).includes(text), `${path}: ${text}`).toBe(true);
}

/** The newest row of a table, for forms. */
const newest = (table: 'event' | 'article' | 'personal_data_request' | 'synonym_group'): Record<string, string> =>
  Object.fromEntries(
    Object.entries(sqlite.prepare(`select * from "${table}" order by id desc`).get() as object).map(([name, value]) => [
      name,
      String(value),
    ]),
  );

async function draftOf(id: number): Promise<Draft> {
  const draft = await readDraft(db, id, await loadVocabulary(db));
  if (!draft) throw new Error(`No record ${id}`);
  return draft;
}

/** Saves a record's form as its writer does. */
async function save(writer: string, id: number, form: TypedForm): Promise<void> {
  const draft = await draftOf(id);
  expect(await saveDraft(db, { userId: writer } as SignedIn, draft, form, draft.version)).toEqual({ ok: true });
}

/** Sends a record to the Department; returns the version that it sees. */
async function submit(id: number): Promise<{ record: string; version: string; revision: number }> {
  expect(await moveDraft(db, await draftOf(id), 'submit')).toEqual({ ok: true });
  const { revisionId, version } = await draftOf(id);
  return { record: String(id), version: String(version), revision: Number(revisionId) };
}

/**
 * A form with a script in every field of it, and one that has them only in those that take it; the others keep what
 * they had. And which took but a short one, or none.
 */
async function scripted(id: number) {
  const vocabulary = await loadVocabulary(db);
  const search = createEmbeddedEngine({ file: databaseFile(folder.dataDir), synonyms: loadSynonyms(folder.dataDir) });
  const draft = await draftOf(id);
  const names = stepsOf(draft.kind).flatMap((step) => step.names);
  const everywhere: TypedForm = {};
  const taken: TypedForm = { ...Object.fromEntries(names.map((name) => [name, ''])), ...draft.form };
  const takes = async (name: string, value: string | string[]) => {
    const checked = await checkForm({ db, search, vocabulary }, { ...draft, form: { ...taken, [name]: value } });
    if (checked.ok) taken[name] = value;
    return checked.ok;
  };
  const only: { short: string[]; none: string[] } = { short: [], none: [] };
  for (const name of names) {
    const isChosen = name in draft.kind.relations || name === 'fields' || name === 'areas';
    const tried = (!isChosen && payloads[metaOfName(draft.kind, name).type]) || [];
    everywhere[name] = name === 'fields' ? [line] : (tried[0] ?? line);
    let isTaken = tried.length === 0;
    for (const value of tried) isTaken ||= await takes(name, value);
    if (!isTaken) only[(await takes(name, short)) ? 'short' : 'none'].push(name);
  }
  await search.close();
  return { everywhere, taken, only: { short: only.short.sort(), none: only.none.sort() } };
}

describe.each(allKinds.map((kind) => [kind.code, kind] as const))('%s', (code, kind) => {
  test('while it waits, in every view of it, and once it is public', async () => {
    sqlite.exec('delete from rate_limit');
    const { id, slug } = await db
      .selectFrom('record')
      .select(['id', 'slug'])
      .where('kind', '=', code)
      .where('status', '=', 'published')
      .orderBy('id')
      .executeTakeFirstOrThrow();
    // Texts of law are written by the Department alone.
    const writer = kind.isDocument ? 'reviewer' : 'attacker';
    if (!kind.isDocument) await db.insertInto('record_member').values({ recordId: id, userId: writer }).execute();
    const pictures = kind.isDocument ? [] : kind.hasLogo ? (['photo', 'logo'] as const) : (['photo'] as const);
    for (const slot of pictures) {
      const words = { record: String(id), slot, [`${slot}Alt`]: line };
      await send(writer, 'addPicture', { ...words, [`${slot}File`]: await photoOf('#264') });
    }
    const { logo = '', photos = [] } = (await draftOf(id)).form;
    for (const slot of pictures) expect(String(slot === 'logo' ? logo : photos), slot).toContain('<svg');
    const { everywhere, taken, only } = await scripted(id);
    expect(only).toEqual(limited[kind.code]);
    // A draft keeps what is wrong too, and shows it.
    await save(writer, id, everywhere);
    const steps = stepsOf(kind).map((_, n) => `/tai-khoan/ho-so/${id}?buoc=${n + 1}`);
    const own = [...steps, `/tai-khoan/ho-so/${id}?buoc=${steps.length + 1}`, `/tai-khoan/ho-so/${id}/xem-truoc`];
    expect(await walk(writer, own)).toEqual([]);
    await save(writer, id, taken);
    const { revision, ...submission } = await submit(id);
    expect(
      await walk('reviewer', ['/quan-ly/hang-doi', `/quan-ly/hang-doi/${id}`, `/quan-ly/hang-doi/${revision}`]),
    ).toEqual([]);
    await send('reviewer', 'approve', submission);
    const record = { kind: code, slug };
    const title = (await db.selectFrom('record').select('title').where('id', '=', id).executeTakeFirstOrThrow()).title;
    expect(title).toContain('<svg');
    if (pictures.length > 0) await expectShown(undefined, recordPath(record, 'vi'), `alt="&quot;'><img`);
    const q = encodeURIComponent(`"${line}`);
    await expect
      .poll(async () => (await server.text(`${listPath(kind, 'vi')}?q=xss+onerror`)).includes('xss'))
      .toBe(true);
    expect(
      await walk(undefined, [
        recordPath(record, 'vi'),
        recordPath(record, 'en'),
        `${listPath(kind, 'vi')}?q=xss+onerror`,
        `${listPath(kind, 'en')}?q=xss+onload+svg`,
        `/tim-kiem?q=${q}`,
        '/',
      ]),
    ).toEqual([]);
    expect(await walk('attacker', [`/tai-khoan/ho-so/${id}/ghep-noi`, '/tai-khoan/ho-so', '/tai-khoan'])).toEqual([]);
    expect(
      await walk('other', [`/ket-noi?record=${recordPath(record, 'vi')}`, `/tai-khoan/xin-quan-ly/${id}`]),
    ).toEqual([]);
    expect(await walk('reviewer', ['/quan-ly/nhat-ky', `/quan-ly/hang-doi/${id}`, '/quan-ly/van-ban'])).toEqual([]);
  }, 60_000);
});

test('between the two sides of a connection and on the Department’s pages', async () => {
  const id = (
    await db.selectFrom('record_member').select('recordId').where('userId', '=', 'attacker').executeTakeFirstOrThrow()
  ).recordId;
  const record = await db.selectFrom('record').select(['kind', 'slug']).where('id', '=', id).executeTakeFirstOrThrow();
  await db.updateTable('user').set({ name: line }).where('id', '=', 'other').execute();
  await send('other', 'startConnection', {
    record: recordPath(record, 'vi'),
    purpose: 'acquire',
    message: paragraphs,
    withContacts: 'on',
  });
  const { id: connection } = await db.selectFrom('connection').select('id').executeTakeFirstOrThrow();
  const of = { connection: String(connection) };
  await send('attacker', 'respond', { ...of, decision: 'ask', question: paragraphs, withContacts: 'on' });
  await send('attacker', 'respond', { ...of, decision: 'accept' });
  const file = new File([await photoOf('#642')], `'${line}.jpg`);
  await send('other', 'sendFile', { ...of, file });
  await send('other', 'writeMessage', { ...of, text: paragraphs, withContacts: 'on' });
  await send('other', 'planStep', { ...of, nextStep: line, nextStepOn: '2027-02-01' });
  await send('other', 'report', { ...of, what: paragraphs });
  await send('other', 'reportOutcome', { ...of, outcome: 'close', reason: line });
  expect(await db.selectFrom('connection').select('state').executeTakeFirstOrThrow()).toEqual({ state: 'closed' });
  const pages = [`/tai-khoan/ket-noi/${connection}`, '/tai-khoan/ket-noi', `/en/account/connections/${connection}`];
  expect(await walk('other', pages)).toEqual([]);
  expect(await walk('attacker', pages)).toEqual([]);
  // Of a file's name nothing is left that could be a tag.
  const { name } = await db.selectFrom('connection_file').select('name').executeTakeFirstOrThrow();
  expect(name).toMatch(/^' ' img src=x onerror=xss\(1\) [a-z ]+ svg onload=xss\(2\)\.jpg$/);
  await expectShown('attacker', pages[0], 'img src=x onerror=xss(1)');
  await expectShown('reviewer', '/quan-ly/ket-noi/bao-cao');
  expect(await walk('reviewer', ['/quan-ly/ket-noi', '/quan-ly/ket-noi/bao-cao', '/quan-ly/nhat-ky'])).toEqual([]);
  const { id: report } = await db.selectFrom('member_report').select('id').executeTakeFirstOrThrow();
  await send('reviewer', 'closeReport', { report: String(report), note: paragraphs });
  expect((await db.selectFrom('member_report').select('note').executeTakeFirstOrThrow()).note).toContain('<svg');
  expect(await walk('reviewer', ['/quan-ly/ket-noi/bao-cao', '/quan-ly/nhat-ky'])).toEqual([]);
});

test('why: reasons of the Department and of managers, and who asks for what', async () => {
  sqlite.exec('delete from rate_limit');
  const { id, slug } = await db
    .selectFrom('record_member')
    .innerJoin('record', 'record.id', 'record_member.recordId')
    .select(['record.id', 'record.slug'])
    .where('userId', '=', 'attacker')
    .where('kind', '=', 'offer')
    .executeTakeFirstOrThrow();
  const form = `/tai-khoan/ho-so/${id}`;
  const review = `/quan-ly/hang-doi/${id}`;
  const log = `/quan-ly/nhat-ky?record=/cong-nghe/${slug}`;

  await save('attacker', id, { summary: `Bản mới. ${line}` });
  const { revision: _, ...submission } = await submit(id);
  const reasons = { 'reason.summary': paragraphs, 'reason.photos': line, 'reason.note': paragraphs };
  await send('reviewer', 'sendBack', { ...submission, decision: 'return', ...reasons });
  expect(Object.keys((await draftOf(id)).reasons).sort()).toEqual(['note', 'photos', 'summary']);
  await expectShown('attacker', form);
  await expectShown('reviewer', log);
  // In what was returned, what is wrong is said beside each field, with what was typed.
  await save('attacker', id, (await scripted(id)).everywhere);
  const steps = stepsOf(kinds.offer).map((_, n) => `${form}?buoc=${n + 1}`);
  await expectShown('attacker', steps[0], 'id="areas-error"');
  expect(await walk('attacker', [...steps, '/tai-khoan/ho-so', '/tai-khoan'])).toEqual([]);

  for (const [change, status] of [
    ['suspend', 'suspended'],
    ['restore', 'published'],
  ] as const) {
    await send('reviewer', 'suspendOrRestore', { record: String(id), change, reason: paragraphs });
    expect((await draftOf(id)).status).toBe(status);
    expect(await walk('attacker', [form])).toEqual([]);
    expect(await walk('reviewer', [log, review])).toEqual([]);
  }

  // Of a record with a manager, and of one that the Department answers for.
  const { id: free } = await db
    .selectFrom('record')
    .select('id')
    .where('kind', '=', 'startup')
    .where('status', '=', 'published')
    .where('id', 'not in', db.selectFrom('record_member').select('recordId'))
    .executeTakeFirstOrThrow();
  for (const [record, decider, page] of [
    [id, 'attacker', `${form}/nguoi-quan-ly`],
    [free, 'reviewer', '/quan-ly/quyen-quan-ly'],
  ] as const) {
    await send('other', 'askToManage', { record: String(record), message: paragraphs });
    const request = await db
      .selectFrom('manage_request')
      .select('id')
      .where('recordId', '=', record)
      .executeTakeFirstOrThrow();
    await expectShown(decider, page);
    expect(await walk(decider, [page])).toEqual([]);
    await send(decider, 'decideRequest', { request: String(request.id), decision: 'refuse', reason: paragraphs });
    await expectShown('other', `/tai-khoan/xin-quan-ly/${record}`);
    expect(await walk('other', [`/tai-khoan/xin-quan-ly/${record}`])).toEqual([]);
  }

  await account(db, 'blocked');
  await send('chief', 'blockUser', { user: 'blocked', change: 'block', reason: paragraphs });
  await expectShown('reviewer', '/quan-ly/nhat-ky?action=blocked');
  expect(await walk('chief', ['/quan-ly/nguoi-dung?user=blocked', '/quan-ly/nhat-ky'])).toEqual([]);

  // Data on oneself: somebody without an account, and a member.
  const email = 'ai-do@example.vn';
  await send(undefined, 'askForData', { kind: 'correction', message: paragraphs, name: line, email });
  const { text } = await db.selectFrom('mail').select('text').where('recipient', '=', email).executeTakeFirstOrThrow();
  await send(undefined, 'confirmDataRequest', { token: text.match(/token=(\w+)/)?.[1] ?? '' });
  await send('attacker', 'askForOwnData', { kind: 'export', message: paragraphs });
  const asked = await db.selectFrom('personal_data_request').select('id').where('state', '=', 'open').execute();
  expect(asked).toHaveLength(2);
  for (const { id: request } of asked) {
    const page = `/quan-ly/du-lieu-ca-nhan?request=${request}`;
    await expectShown('reviewer', page);
    expect(await walk('reviewer', [page, '/quan-ly/du-lieu-ca-nhan'])).toEqual([]);
    await send('reviewer', 'refuseDataRequest', { request: String(request), reason: paragraphs });
    expect(await walk('reviewer', [page])).toEqual([]);
  }
  await expectShown('attacker', '/tai-khoan/du-lieu-ca-nhan');
  expect(await walk('attacker', ['/tai-khoan/du-lieu-ca-nhan'])).toEqual([]);
}, 60_000);

test('events with who comes, articles, the bulletin', async () => {
  sqlite.exec('delete from rate_limit');
  const both = { title: line, titleEn: line, summary: line, summaryEn: line, body: paragraphs };
  const times = { startsAt: '2098-03-02T08:00', endsAt: '2098-03-02T11:00', takesRegistrations: 'on' };
  const words = { ...both, ...times, type: 'conference', organiser: line, place: line };
  // Refused or harmless.
  for (const website of addresses) await send('reviewer', 'addEvent', { ...words, website });
  await send('reviewer', 'addEvent', words);
  const event = newest('event');
  await send('reviewer', 'moveEvent', { event: event.id, move: 'publish' });
  await send(undefined, 'registerForEvent', {
    event: event.id,
    name: line,
    organisation: line,
    email: 'den@example.vn',
    consent: 'on',
  });
  await send('reviewer', 'addArticle', both);
  const article = newest('article');
  const photoFile = await photoOf('#264');
  await send('reviewer', 'addArticlePhoto', { article: article.id, photoAlt: line, photoFile });
  expect(newest('article').photos).toContain('<svg');
  await send('reviewer', 'moveArticle', { article: article.id, move: 'publish' });
  const at = new Date().toISOString();
  await db
    .insertInto('bulletin_reader')
    .values({ email: 'doc@example.vn', language: 'vi', consentVersion: '1', createdAt: at, confirmedAt: at })
    .execute();
  const month = monthOf(new Date());
  const bulletin = `/quan-ly/ban-tin/${month}`;
  expect(await walk('reviewer', [bulletin])).toEqual([]);
  const items = { [`item.event:${event.id}`]: 'on', [`item.article:${article.id}`]: 'on' };
  await send('reviewer', 'publishBulletin', { month, intro: paragraphs, introEn: paragraphs, ...items });
  expect(await server.text(`/ban-tin/${month}`)).toContain('onload=xss(2)');

  const eventPages = [`/su-kien/${event.slug}`, `/en/events/${event.slug}`];
  expect(
    await walk(undefined, [
      ...eventPages,
      ...[`/tin-tuc/${article.slug}`, `/en/news/${article.slug}`, `/ban-tin/${month}`, `/en/bulletin/${month}`],
      ...['/', '/en', '/su-kien', '/en/events?q=xss', '/tin-tuc', '/en/news?q=xss', '/ban-tin', '/en/bulletin'],
    ]),
  ).toEqual([]);
  const desk = ['su-kien', `su-kien/${event.id}`, 'tin-tuc', `tin-tuc/${article.id}`, 'ban-tin', `ban-tin/${month}`];
  expect(
    await walk(
      'reviewer',
      [...desk, 'nhat-ky'].map((page) => `/quan-ly/${page}`),
    ),
  ).toEqual([]);

  const list = await server.get(`/quan-ly/su-kien/${event.id}/nguoi-tham-du.csv`, {
    headers: { cookie: cookies.reviewer },
  });
  expect(list.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(list.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(list.headers.get('x-content-type-options')).toBe('nosniff');
  expect(parse(await list.text(), { bom: true })[1]).toContain(line);

  await send('reviewer', 'moveEvent', { event: event.id, move: 'cancel', reason: line });
  expect(newest('event').cancelReason).toBe(line);
  expect(await walk(undefined, eventPages)).toEqual([]);
}, 60_000);

test('names, figures and their sources, portals, requests and what members keep for themselves', async () => {
  sqlite.exec('delete from rate_limit');
  const named = { vi: line, en: line, source: line };
  const tag = '<script>xss(30)</script>';
  const { code: indicator } = await db
    .selectFrom('indicator')
    .select('code')
    .where('measure', 'is', null)
    .executeTakeFirstOrThrow();
  const place = { ...named, was: '31-hai-duong', code: '31-hai-duong', parent: '31', type: 'ward' };
  const portal = { name: line, format: 'csv', everyHours: '24', 'kind.offer': 'on' };
  for (const [action, fields] of Object.entries<Record<string, string>>({
    saveField: { ...named, was: '211', code: '211' },
    saveArea: { ...place, officialName: line, validFrom: '' },
    addFormerName: { area: '31-hai-duong', name: `${line} cũ`, until: '', source: line },
    saveSynonyms: { members: `${tag}\nmáy thử`, do: 'save' },
    enterIndicator: { indicator, period: '2025', value: '12', source: line },
    freezeReport: { period: '2025' },
    saveSource: { ...portal, url: `http://127.0.0.1:9/${line}` },
    saveReviewText: { id: '', text: line, kind: '', attribute: '' },
  }))
    await send('reviewer', action, fields);
  for (const address of addresses) await send('reviewer', 'saveSource', { ...portal, url: address });
  await send('attacker', 'askForOwnData', { kind: 'correction', message: paragraphs });
  const request = newest('personal_data_request');
  await send('attacker', 'saveSearch', {
    tim: `/cong-nghe?field=211&area=31-hai-duong&q=${encodeURIComponent(line)}`,
    frequency: 'weekly',
  });
  await send('attacker', 'stateProblem', { guide: 'need', text: paragraphs, go: 'next' });
  for (const [table, column] of [
    ...[
      ['field', 'vi'],
      ['area', 'vi'],
      ['area_former_name', 'name'],
      ['indicator_value', 'source'],
    ],
    ...[
      ['harvest_source', 'name'],
      ['review_text', 'text'],
      ['personal_data_request', 'message'],
    ],
    ...[
      ['saved_search', 'address'],
      ['statement', 'text'],
    ],
  ]) {
    const stored = sqlite.prepare(`select ${column} from ${table}`).pluck().all();
    expect(
      stored.some((value) => /svg onload|svg\+onload|svg%20onload/.test(String(value))),
      table,
    ).toBe(true);
  }
  const { id: group, members } = newest('synonym_group');
  expect(members).toContain(tag);

  expect(await walk(undefined, ['/cong-nghe', '/en/technologies?field=211', '/chi-tieu', '/en/indicators'])).toEqual(
    [],
  );
  expect(
    await walk('reviewer', [
      ...[
        'fields',
        'fields&edit=211',
        'areas&q=xss',
        'areas&edit=31-hai-duong',
        'synonyms',
        `synonyms&edit=${group}`,
      ].map((part) => `/quan-ly/danh-muc?part=${part}`),
      ...['chi-tieu', 'bao-cao?period=2025', 'bao-cao?period=2025&version=1', 'thu-thap', 'ly-do', 'nhat-ky'].map(
        (page) => `/quan-ly/${page}`,
      ),
      ...['/quan-ly/du-lieu-ca-nhan', `/quan-ly/du-lieu-ca-nhan?request=${request.id}`, '/quan-ly/cung-cau'],
    ]),
  ).toEqual([]);
  await send('reviewer', 'markDataCorrected', { request: request.id, note: paragraphs });
  expect(
    await walk('attacker', [
      '/tai-khoan/du-lieu-ca-nhan',
      '/tai-khoan/theo-doi',
      '/tai-khoan/nhu-cau-moi',
      '/neu-nhu-cau',
    ]),
  ).toEqual([]);
  expect(await walk('chief', ['/quan-ly/nguoi-dung?q=xss', '/quan-ly/nguoi-dung?user=attacker'])).toEqual([]);
}, 60_000);

test('a file to import: its name, its columns, its cells, right and wrong', async () => {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const columns = ['externalId', 'title', 'summary', 'trl', 'fields', 'areas'];
  const header = ['Mã hồ sơ', cell(line), 'Tóm tắt', 'TRL thử', 'Lĩnh vực thử', 'Địa bàn thử'].join(';');
  const row = (id: string, trl: string) =>
    [id, cell(line), cell(paragraphs), cell(trl), '211', 'Xã Thanh Hà'].join(';');
  const pages: string[] = [];
  for (const [trl, errors] of [
    ['8', 0],
    [line, 1],
  ] as const) {
    const job = jobIn(
      await upload(server, { cookie: cookies.reviewer }, 'offer', `${header}\n${row('X-1', trl)}`, `${line}.csv`),
    );
    await jobIs(db, job, 'checked');
    const page = `${importPage}/${job}`;
    // What a column means is asked first.
    expect(await walk('reviewer', [page])).toEqual([]);
    await send('reviewer', 'checkImport', {
      job: String(job),
      columns: '1',
      ...Object.fromEntries(columns.map((attribute, index) => [`column.${index}`, attribute])),
    });
    await jobIs(db, job, 'checked');
    const { report } = await db
      .selectFrom('import_job')
      .select('report')
      .where('id', '=', job)
      .executeTakeFirstOrThrow();
    expect(JSON.parse(report ?? '')).toMatchObject({ errorCount: errors, created: 1 - errors });
    pages.push(page, page.replace(importPage, '/en/manage/import'));
    if (errors > 0) {
      const list = await server.get(`${page}/loi.csv`, { headers: { cookie: cookies.reviewer } });
      expect(list.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(list.headers.get('x-content-type-options')).toBe('nosniff');
    }
  }
  expect(await walk('reviewer', [...pages, importPage])).toEqual([]);
}, 60_000);

test('in any address of any page, and in a form that is answered with what was typed', async () => {
  const parameters = [
    'q',
    'field',
    'area',
    'kind',
    'sort',
    'page',
    'next',
    'token',
    'record',
    'buoc',
    'tim',
    'ma',
    '_action',
  ];
  const paths = Object.entries({ ...pageRoutes })
    .flatMap(([, { vi, en }]) => [vi, en])
    .filter((path) => !path.includes('sign-out') && !path.includes('dang-xuat'))
    .map((path) => path.replace('[id]', '1'))
    .map((path) => `${path}?${parameters.map((name) => `${name}=${encodeURIComponent(line)}`).join('&')}`);
  const inPath = [...Object.values(publicRoutes)].map(
    ({ vi }) => `${vi === '/' ? '' : vi}/${encodeURIComponent(line)}`,
  );
  expect(await walk(undefined, [...paths, ...inPath])).toEqual([]);
  const forStaff = paths.filter((path) => /^\/(?:tai-khoan|quan-ly|ket-noi)/.test(path));
  expect(await walk('reviewer', forStaff)).toEqual([]);
  const context = await contextOf();
  const page = await context.newPage();
  await page.goto(`${server.url}/dang-ky`);
  await page.locator('input[name=name]').fill(line);
  await page.evaluate(`document.querySelectorAll('main form').forEach((form) => { form.noValidate = true })`);
  await page.locator('input[name=email]').evaluate((field, value) => {
    (field as unknown as { type: string; value: string }).type = 'text';
    (field as unknown as { value: string }).value = value;
  }, line);
  await page.locator('main button[type=submit]').first().click();
  await page.locator('[role=alert]').waitFor();
  expect(await page.evaluate('window.hits')).toEqual([]);
  expect(await page.locator('input[name=name]').inputValue()).toBe(line);
  await context.close();
}, 120_000);

test('the site’s own name, words and contact', async () => {
  const tag = '<svg onload=xss(32)>';
  const response = await send('chief', 'saveSettings', {
    ...settingsAsTyped(await readRegion(db)),
    ...Object.fromEntries(
      ['siteName', 'tagline', 'department', 'contactAddress'].flatMap((name) => [
        [`${name}Vi`, line],
        [`${name}En`, line],
      ]),
    ),
    examplesVi: tag,
    examplesEn: tag,
  });
  expect(response.status).toBe(200);
  expect((await readRegion(db)).siteName.vi).toBe(line);
  const pages = ['/', '/en', '/cong-nghe', '/en/needs', '/tim-kiem?q=xss', '/huong-dan', '/rieng-tu', '/dieu-khoan'];
  expect(await walk(undefined, [...pages, '/tiep-can', '/du-lieu-mo', '/en/register', '/khong-co-trang-nay'])).toEqual(
    [],
  );
  expect(await walk('chief', ['/quan-ly', '/quan-ly/cai-dat', '/quan-ly/nhat-ky', '/tai-khoan'])).toEqual([]);
}, 60_000);

test('what the site’s own scripts write into a page while somebody types', async () => {
  sqlite.exec('delete from rate_limit');
  await send('other', 'startRecord', { kind: 'offer', title: 'Máy thử của tôi' });
  const { id } = await db
    .selectFrom('record')
    .select('id')
    .where('title', '=', 'Máy thử của tôi')
    .executeTakeFirstOrThrow();
  await send('other', 'stateProblem', { guide: 'need', text: 'Cần máy sấy vải cho vụ sau, đã hỏng.', go: 'next' });
  const context = await contextOf('other', withScripts);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const box = 'form[role=search] input[type=search]';
  const search = ['<img src=x onerror=xss(1)> svg onload', '.suggestions li'] as const;
  const found: string[] = [];
  for (const [path, field, text, shown] of [
    ['/', box, ...search],
    ['/en/technology-offers', box, ...search],
    ['/neu-nhu-cau', 'textarea[name=text]', paragraphs, '[data-live] li'],
    ['/tai-khoan/nhu-cau-moi', 'textarea[name=text]', paragraphs, '[data-live] li'],
    ['/tai-khoan/nhu-cau-moi', 'input[name=title]', line, '[data-duplicates] li'],
    ['/tai-khoan/ho-so', 'input[name=title]', line, '[data-duplicates] li'],
    [`/tai-khoan/ho-so/${id}?buoc=1`, 'input[name=title]', line, '[data-duplicates] li'],
  ]) {
    await page.goto(server.url + path);
    if (path.endsWith('/ho-so')) await page.locator('select[name=kind]').selectOption('offer');
    await page.locator(field).first().focus();
    // What a form loads once it is entered.
    await page.evaluate(`import(document.activeElement.form.dataset.module ?? 'data:text/javascript,')`);
    await page.locator(field).first().fill(text);
    await page.locator(shown, { hasText: `"'>` }).first().waitFor({ state: 'attached' });
    await picturesFailed(page);
    found.push(...(await harmIn(page)).map((one) => `${path} ${field}: ${one}`));
  }
  expect(found).toEqual([]);
  // There, it would have run.
  await page.evaluate(`document.querySelector('[data-duplicates]').innerHTML = ${JSON.stringify(line)}`);
  await picturesFailed(page);
  expect(await page.evaluate('window.hits')).toContain(1);
  await context.close();
}, 60_000);

test('mails: in their HTML it is text too', async () => {
  const kindOf = ({ cause }: { cause: string }) => {
    const [about, , what] = cause.split(':');
    // Those say what has happened, such as `connection.asked`.
    return about === 'connection' || about === 'event' ? what : about;
  };
  const all = () => db.selectFrom('mail').select(['cause', 'html']).orderBy('id').execute();
  // The bulletin is written in the background.
  await expect.poll(async () => (await all()).map(kindOf)).toContain('bulletin');
  const mails = (await all()).filter(({ html }) => /<(?:svg|img|script|iframe)|&lt;(?:svg|img)/.test(html));
  const context = await contextOf();
  const page = await context.newPage();
  await page.goto(`${server.url}/healthz`);
  const found: string[] = [];
  for (const mail of new Map(mails.map((one) => [kindOf(one), one])).values()) {
    await page.evaluate('window.hits = []');
    await page.setContent(mail.html);
    await picturesFailed(page);
    found.push(...(await harmIn(page)).map((one) => `${mail.cause}: ${one}`));
  }
  expect(found).toEqual([]);
  expect([...new Set(mails.map(kindOf))].sort()).toEqual([
    ...['block', 'bulletin', 'connection.accepted', 'connection.asked', 'connection.closed', 'connection.file'],
    ...['connection.message', 'connection.planned', 'connection.question', 'event.cancelled', 'event.confirmed'],
    ...['manageAsked', 'manageDecided', 'personalDataCorrected', 'personalDataRefused', 'restored', 'returned'],
    'suspended',
  ]);
  await context.close();
});

test('feeds and the API: what is no page cannot become one', async () => {
  for (const path of [
    '/feed.xml',
    '/tin-tuc.xml',
    '/sitemap-index.xml',
    '/sitemap-news.xml',
    '/du-lieu-mo/catalog.jsonld',
    '/api/v1/search?q=xss',
    '/api/v1/suggest?q=xss',
    '/api/v1/openapi.json',
    '/readyz',
  ]) {
    const response = await server.get(path);
    expect(response.headers.get('content-type'), path).toMatch(
      /^application\/(?:atom\+xml|xml|(?:ld\+)?json)|^text\/xml/,
    );
    expect(response.headers.get('x-content-type-options'), path).toBe('nosniff');
    const body = await response.text();
    if (!path.includes('xml')) JSON.parse(body);
    else expect(body, path).not.toMatch(/<(?:script|svg|img|iframe)/i);
  }
});
