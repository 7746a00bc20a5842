import { HtmlValidate } from 'html-validate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { createSessions } from '../../src/accounts/sessions.ts';
import { listPath, recordPath } from '../../src/catalogue/address.ts';
import { allKinds } from '../../src/catalogue/kinds/index.ts';
import { loadVocabulary } from '../../src/catalogue/vocabulary.ts';
import { addressOf, pageRoutes, publicRoutes } from '../../src/i18n/routes.ts';
import { saveSearch } from '../../src/news/alerts.ts';
import { assemble, monthOf } from '../../src/news/bulletin.ts';
import { issueDigestLink } from '../../src/news/unsubscribe.ts';
import { launchBrowser, violations } from '../support/browser.ts';
import { signIn } from '../support/member.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  const items = (await assemble(db, monthOf(new Date()))).slice(0, 12);
  await db
    .insertInto('bulletin')
    .values({
      month: '2026-10',
      intro: 'Bản tin thử.',
      introEn: null,
      items: JSON.stringify(items),
      publishedAt: '2026-11-01',
      sentAt: '2026-11-01',
    })
    .execute();
  server = await startServer(folder.dataDir);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  await db.destroy();
  folder.remove();
});

const languages = ['vi', 'en'] as const;
const sizes = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 860 } };

/** Each problem once, with the first address that has it and how many have. */
function summary(problems: { path: string; problem: string }[]): string[] {
  return [...Map.groupBy(problems, ({ problem }) => problem)].map(
    ([problem, found]) => `${problem}: ${found[0].path} and ${found.length - 1} more`,
  );
}

/** One address of every route, and the states that look different: filtered, empty, wrong, unknown. */
async function everyRoute(): Promise<string[]> {
  const records = await db
    .selectFrom('record')
    .select(['kind', 'slug'])
    .select((eb) => eb.fn.max('id').as('id'))
    .where('status', '=', 'published')
    .groupBy('kind')
    .execute();
  const events = await db.selectFrom('event').select('slug').where('publishedAt', 'is not', null).execute();
  const articles = await db.selectFrom('article').select('slug').where('status', '=', 'published').execute();
  return languages.flatMap((language) => [
    ...events.map(({ slug }) => addressOf('event', language, slug)),
    ...articles.map(({ slug }) => addressOf('article', language, slug)),
    addressOf('bulletin', language, '2026-10'),
    `${pageRoutes.events[language]}?time=past&type=fair&q=xyzzyq`,
    `${pageRoutes.news[language]}?q=xyzzyq`,
    ...Object.values(publicRoutes).map((route) => route[language]),
    ...allKinds.map((kind) => listPath(kind, language)),
    ...records.map((record) => recordPath(record, language)),
    `${pageRoutes.search[language]}?q=say+nong+san`,
    `${pageRoutes.search[language]}?q=may&kind=offer&field=2&area=31&transferMode=licence`,
    `${pageRoutes.search[language]}?q=xyzzyq`,
    `${listPath(allKinds[0], language)}?field=999&page=0`,
    `${language === 'en' ? '/en' : ''}/khong-co`,
    ...(
      [
        'register',
        'signIn',
        'forgotPassword',
        'verifyEmail',
        'setUpAdministrator',
        'unsubscribe',
        'privacyRequest',
        'eventRegistration',
        'bulletinReader',
      ] as const
    ).map((page) => pageRoutes[page][language]),
  ]);
}

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  // Astro writes void elements, empty and boolean attributes its own, equally valid way; long titles are the records'.
  rules: {
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'no-trailing-whitespace': 'off',
    'doctype-style': 'off',
    'long-title': 'off',
    // Several values of one filter are several fields of one name.
    'form-dup-name': 'off',
    // The role keeps list semantics where list-style is none (Safari).
    'no-redundant-role': 'off',
    // A phone number may break at its spaces where the column is narrow.
    'tel-non-breaking': 'off',
  },
});

/** What is wrong with a page's HTML. */
async function invalid(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId} ${message}`));
}

/** Reports of one address at a size; what the page loads is counted as it comes over the wire. */
async function inspect(page: Page, path: string): Promise<{ path: string; problem: string }[]> {
  const problems: string[] = [];
  page.removeAllListeners();
  page.on('pageerror', (error) => problems.push(`error ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (?:4\d\d)/.test(message.text()))
      problems.push(`console ${message.text()}`);
  });
  await page.goto(server.url + path, { waitUntil: 'load' });
  problems.push(...(await violations(page)));
  const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  if (Number(wide) > 0) problems.push(`scrolls sideways by ${wide} px`);
  return problems.map((problem) => ({ path, problem }));
}

test.each([
  ['phone', 'light'],
  ['phone', 'dark'],
  ['desktop', 'light'],
] as const)(
  'no axe violation and nothing that scrolls sideways on any route: %s, %s',
  async (size, colorScheme) => {
    const page = await browser.newPage({ viewport: sizes[size], colorScheme });
    const problems: { path: string; problem: string }[] = [];
    for (const path of await everyRoute()) problems.push(...(await inspect(page, path)));
    await page.close();
    expect(summary(problems)).toEqual([]);
  },
  240_000,
);

test('the pages of an account, with and without mistakes: no axe violation', async () => {
  const sessions = createSessions(db, false);
  const user = { id: 'u', email: 'u@example.vn', name: 'Người Thử', language: 'vi', role: 'member' } as const;
  const nothing = { passwordHash: null, totpSecret: null, totpConfirmedAt: null };
  await db
    .insertInto('user')
    .values({ ...user, ...nothing, emailVerifiedAt: '2026-01-01', createdAt: '2026-01-01' })
    .execute();
  const value = (await sessions.begin('u', 'Chromium')).match(/session=([^;]+)/)?.[1] ?? '';
  await sessions.begin('u', 'Firefox');
  const context = await browser.newContext({ viewport: sizes.phone });
  await context.addCookies([{ name: 'session', value, url: server.url }]);
  const page = await context.newPage();
  const problems: { path: string; problem: string }[] = [];
  const vocabulary = await loadVocabulary(db);
  for (const tim of ['/cong-nghe?field=211&area=31', '/tim-kiem?q=say+nong+san']) {
    await saveSearch(db, vocabulary, 'u', { tim, frequency: 'daily' });
  }
  const secret = await db.transaction().execute((trx) => issueDigestLink(trx, 'u', new Date()));
  for (const language of languages) {
    const names = [
      'account',
      'accountPassword',
      'accountEmail',
      'accountTwoFactor',
      'accountDelete',
      'accountData',
      'alerts',
    ] as const;
    const paths = [
      ...names.map((name) => pageRoutes[name][language]),
      `${pageRoutes.alerts[language]}?tim=${encodeURIComponent('/cong-nghe?field=211&area=31')}`,
      `${pageRoutes.alerts[language]}?tim=x`,
      `${pageRoutes.unsubscribe[language]}?token=${secret}`,
    ];
    for (const path of paths) problems.push(...(await inspect(page, path)));
  }
  await page.goto(server.url + pageRoutes.accountPassword.vi);
  await page.getByRole('button', { name: 'Lưu' }).click();
  await page.getByRole('alert').waitFor();
  problems.push(...(await violations(page)).map((problem) => ({ path: 'a form with mistakes', problem })));
  expect(await page.evaluate('document.activeElement.className')).toContain('summary');
  await page.getByRole('link', { name: 'Mật khẩu cần ít nhất 10 ký tự.' }).click();
  expect(await page.evaluate('document.activeElement.id')).toBe('password');
  await context.close();
  expect(summary(problems)).toEqual([]);
}, 120_000);

test('the Department’s figures and reports: no axe violation, valid HTML, nothing that scrolls sideways, also with mistakes', async () => {
  const cookie = await signIn(db, 'desk', 'moderator');
  const context = await browser.newContext({ viewport: sizes.phone });
  await context.addCookies([{ name: 'session', value: cookie.split('=')[1], url: server.url }]);
  const page = await context.newPage();
  const problems: { path: string; problem: string }[] = [];
  const { supplyDemand, manageIndicators, periodReports } = pageRoutes;
  for (const language of languages) {
    const paths = [
      `${supplyDemand[language]}?field=2`,
      manageIndicators[language],
      periodReports[language],
      `${periodReports[language]}?period=2026`,
    ];
    for (const path of paths) {
      problems.push(...(await inspect(page, path)));
      const html = await (await server.get(path, { headers: { cookie } })).text();
      problems.push(...(await invalid(html)).map((problem) => ({ path, problem })));
    }
  }
  await page.goto(server.url + manageIndicators.vi);
  await page.getByRole('button', { name: 'Lưu số liệu' }).click();
  await page.getByRole('alert').waitFor();
  problems.push(...(await violations(page)).map((problem) => ({ path: 'a form with mistakes', problem })));
  // On paper: the report alone, as wide as A4.
  await page.goto(`${server.url}${periodReports.vi}?period=2026`);
  await page.emulateMedia({ media: 'print' });
  for (const part of ['body > header', 'body > footer', 'button']) {
    expect(await page.locator(part).first().isVisible(), part).toBe(false);
  }
  expect(await page.getByRole('heading', { name: 'BÁO CÁO', exact: true }).isVisible()).toBe(true);
  await context.close();
  expect(summary(problems)).toEqual([]);
}, 120_000);

test('the Department’s pages about events, news and bulletins: no axe violation, valid on a phone', async () => {
  const value = (await signIn(db, 'm', 'moderator')).split('=')[1];
  const event = await db.selectFrom('event').select('id').where('isOver', '=', 0).limit(1).executeTakeFirstOrThrow();
  const article = await db.selectFrom('article').select('id').limit(1).executeTakeFirstOrThrow();
  await db
    .insertInto('event_registration')
    .values({
      eventId: event.id,
      email: 'x@example.vn',
      name: 'Người Dự',
      organisation: null,
      language: 'vi',
      state: 'registered',
      consentVersion: 'x',
      createdAt: '2026-11-01',
      toldSequence: 0,
      remindedAt: null,
    })
    .execute();
  const context = await browser.newContext({ viewport: sizes.phone });
  await context.addCookies([{ name: 'session', value, url: server.url }]);
  const page = await context.newPage();
  const problems: { path: string; problem: string }[] = [];
  for (const language of languages) {
    const paths = [
      ...(['manageEvents', 'newEvent', 'manageNews', 'newArticle', 'manageBulletins'] as const).map(
        (name) => pageRoutes[name][language],
      ),
      addressOf('manageEvent', language, event.id),
      addressOf('manageArticle', language, article.id),
      addressOf('manageBulletin', language, monthOf(new Date())),
    ];
    for (const path of paths) problems.push(...(await inspect(page, path)));
  }
  await page.goto(server.url + pageRoutes.newEvent.vi);
  await page.getByRole('button', { name: 'Lưu bản nháp' }).click();
  await page.getByRole('alert').waitFor();
  problems.push(...(await violations(page)).map((problem) => ({ path: 'an event with mistakes', problem })));
  await context.close();
  expect(summary(problems)).toEqual([]);
}, 120_000);

test.each(Object.keys(sizes) as (keyof typeof sizes)[])(
  'the Department’s tools: no axe violation, valid HTML: %s',
  async (size) => {
    const value = (await signIn(db, 'desk', 'administrator')).replace('session=', '');
    const { id } = await db
      .insertInto('personal_data_request')
      .values({
        kind: 'deletion',
        state: 'open',
        name: 'Người Thử',
        email: 'nguoi.thu@example.vn',
        message: 'Xin xoá',
        language: 'vi',
        createdAt: '2026-01-01',
        dueOn: '2026-01-11',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const context = await browser.newContext({ viewport: sizes[size] });
    await context.addCookies([{ name: 'session', value, url: server.url }]);
    const page = await context.newPage();
    const problems: { path: string; problem: string }[] = [];
    const paths = languages.flatMap((language) => [
      pageRoutes.tools[language],
      pageRoutes.settings[language],
      `${pageRoutes.vocabulary[language]}?part=fields&edit=211`,
      `${pageRoutes.vocabulary[language]}?part=areas&q=hai`,
      `${pageRoutes.vocabulary[language]}?part=areas&edit=31`,
      `${pageRoutes.vocabulary[language]}?part=synonyms&edit=3`,
      pageRoutes.users[language],
      `${pageRoutes.users[language]}?user=desk`,
      pageRoutes.personalData[language],
      `${pageRoutes.personalData[language]}?request=${id}`,
    ]);
    for (const path of paths) {
      problems.push(...(await inspect(page, path)));
      const html = await (await server.get(path, { headers: { cookie: `session=${value}` } })).text();
      problems.push(...(await invalid(html)).map((problem) => ({ path, problem })));
    }
    await context.close();
    expect(summary(problems)).toEqual([]);
  },
  120_000,
);

/** What a first visit with an empty cache loads and how far things move, on a phone. */
async function visit(path: string): Promise<{ total: number; script: number; shift: number }> {
  const context = await browser.newContext({ viewport: sizes.phone });
  const page = await context.newPage();
  await page.addInitScript(`window.shift = 0; new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });`);
  await page.goto(server.url + path, { waitUntil: 'networkidle' });
  const loaded =
    (await page.evaluate(`[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .map((entry) => ({ name: entry.name, wire: entry.transferSize, script: entry.initiatorType === 'script' ? entry.decodedBodySize : 0 }))`)) as {
      name: string;
      wire: number;
      script: number;
    }[];
  const shift = Number(await page.evaluate('window.shift'));
  await context.close();
  return {
    total: loaded
      .filter(({ name }) => !/\.(?:svg|png|webp|jpe?g)$/.test(name))
      .reduce((sum, { wire }) => sum + wire, 0),
    script: loaded.reduce((sum, one) => sum + one.script, 0),
    shift,
  };
}

test('a browse page weighs at most 60 KB without pictures and 2 KB of JavaScript, and nothing moves while it loads', async () => {
  const problems: { path: string; problem: string }[] = [];
  for (const path of await everyRoute()) {
    let { total, script, shift } = await visit(path);
    // A machine that has no time for the browser paints before it has read the preloaded font, which then moves a line
    // (font-display: optional gives it a tenth of a second). What the page itself moves, it moves on every visit.
    for (let more = 0; more < 2 && shift > 0; more++) ({ shift } = await visit(path));
    if (total > 60 * 1024) problems.push({ path, problem: `${total} bytes` });
    if (total === 0) problems.push({ path, problem: `nothing was measured` });
    if (script > 2048) problems.push({ path, problem: `${script} bytes of JavaScript` });
    if (shift > 0) problems.push({ path, problem: `moved by ${shift}` });
  }
  expect(summary(problems)).toEqual([]);
}, 240_000);

test('valid HTML on every route', async () => {
  const problems: { path: string; problem: string }[] = [];
  for (const path of await everyRoute()) {
    problems.push(...(await invalid(await server.text(path))).map((problem) => ({ path, problem })));
  }
  expect(summary(problems)).toEqual([]);
}, 120_000);
