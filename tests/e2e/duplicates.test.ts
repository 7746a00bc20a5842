import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { digest } from '../../src/accounts/secrets.ts';
import { launchBrowser, violations } from '../support/browser.ts';
import { signedIn } from '../support/member.ts';
import { Person } from '../support/person.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer(folder.dataDir);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  await db.destroy();
  folder.remove();
});

async function phoneOf(person: Person): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const [name, value] = person.cookie.split('=');
  if (value) await context.addCookies([{ name, value, url: server.url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  return page;
}

async function problemsOf(page: Page): Promise<string[]> {
  const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  return [
    ...(await violations(page)).map((violation) => `${page.url()} ${violation}`),
    ...(Number(wide) > 0 ? [`${page.url()} scrolls sideways by ${wide}`] : []),
  ];
}

test('while a name or number is typed, the record that has it appears, for keyboard and screen reader too', async () => {
  const { title, certificateNumber } = await db
    .selectFrom('record')
    .innerJoin('enterprise', 'enterprise.recordId', 'record.id')
    .select(['record.title', 'enterprise.certificateNumber'])
    .where('status', '=', 'published')
    .limit(1)
    .executeTakeFirstOrThrow();
  const page = await phoneOf(await signedIn(db, server, 'typist'));
  const wrong: string[] = [];
  const check = async () => {
    wrong.push(...(await problemsOf(page)));
  };
  const focused = () => page.evaluate('document.activeElement.textContent || document.activeElement.name');

  await page.goto(`${server.url}/tai-khoan/ho-so`);
  const typed = page.getByLabel('Tên', { exact: true });
  // A name before its kind: nothing to compare with yet.
  const slip = title.replace(/(\p{L}{2})(\p{L})(\p{L})(?=\s|$)/u, '$1$3$2').toLowerCase();
  await typed.pressSequentially(slip, { delay: 5 });
  await page.getByLabel('Loại hồ sơ').selectOption('enterprise');
  const warning = page.locator('[aria-live=polite]').getByText('Có thể hồ sơ này đã có trên trang');
  await warning.waitFor();
  await check();
  await typed.press('Tab');
  expect(await focused()).toBe(title);
  await page.keyboard.press('Tab');
  expect(await focused()).toContain('xin quản lý');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('different');

  await typed.fill('Xưởng nón lá Hoa Súng');
  await warning.waitFor({ state: 'detached' });
  // Enter does not pass over a warning that has not been answered.
  await typed.fill(title);
  await warning.waitFor();
  await typed.press('Enter');
  await page.waitForLoadState();
  expect(await page.evaluate('document.activeElement.className')).toContain('warn');
  expect(await typed.inputValue()).toBe(title);
  await check();
  await page.getByLabel('Hồ sơ của tôi khác').check();
  await page.getByRole('button', { name: 'Bắt đầu' }).click();
  await page.waitForURL(/ho-so\/\d+$/);

  await page.getByRole('link', { name: 'Giấy chứng nhận' }).click();
  await page.getByLabel('Số giấy chứng nhận').fill(String(certificateNumber));
  await page.getByText('Số này đã có ở một hồ sơ khác').waitFor();
  await check();
  const script =
    await page.evaluate(`performance.getEntriesByType('resource').filter(({ name }) => name.includes('DuplicateWatch') && name.endsWith('.js'))
    .reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0)`);
  expect(script).toBeGreaterThan(0);
  expect(script).toBeLessThan(2048);
  await page.context().close();
  expect([...new Set(wrong)]).toEqual([]);
}, 60_000);

test('the pages of asking, answering and inviting, with and without mistakes, on a phone: no axe violation', async () => {
  const records = await db
    .selectFrom('record')
    .select(['id', 'slug'])
    .where('kind', '=', 'startup')
    .where('status', '=', 'published')
    .limit(2)
    .execute();
  const [managed, free] = records.map(({ id }) => id);
  const people = [
    await signedIn(db, server, 'manager'),
    await signedIn(db, server, 'asker-with-a-long-address-indeed'),
    await signedIn(db, server, 'desk', 'moderator'),
  ];
  await db.insertInto('record_member').values({ recordId: managed, userId: 'manager' }).execute();
  const [manager, asker, desk, visitor] = await Promise.all([...people, new Person(server)].map(phoneOf));
  const wrong: string[] = [];
  for (const id of [managed, free]) {
    await asker.goto(`${server.url}/tai-khoan/xin-quan-ly/${id}`);
    await asker.getByRole('button', { name: 'Gửi đề nghị' }).click();
    await asker.getByRole('alert').waitFor();
    wrong.push(...(await problemsOf(asker)));
    await asker.getByLabel('Bạn là ai đối với hồ sơ này?').fill('Tôi là người sáng lập.');
    await asker.getByRole('button', { name: 'Gửi đề nghị' }).click();
    await asker.getByText('Bạn đã gửi đề nghị').waitFor();
    wrong.push(...(await problemsOf(asker)));
  }
  await manager.goto(`${server.url}/tai-khoan/ho-so/${managed}/nguoi-quan-ly`);
  await manager.getByLabel('Email').fill('somebody-with-a-rather-long-address@example.vn');
  await manager.getByRole('button', { name: 'Gửi lời mời' }).click();
  await manager.getByText('Đã gửi lời mời.').waitFor();
  wrong.push(...(await problemsOf(manager)));
  await desk.goto(`${server.url}/quan-ly/quyen-quan-ly`);
  await desk.getByRole('button', { name: 'Từ chối' }).click();
  await desk.getByRole('link', { name: 'Hãy ghi ít nhất một lý do.' }).click();
  expect(await desk.evaluate('document.activeElement.name')).toBe('reason');
  wrong.push(...(await problemsOf(desk)));
  // The link is in the mail only; another secret is put in its place here.
  const secret = 'a'.repeat(40);
  await db
    .updateTable('invitation')
    .set({ hash: digest(secret) })
    .execute();
  for (const page of [visitor, asker]) {
    await page.goto(`${server.url}/loi-moi?token=${secret}`);
    wrong.push(...(await problemsOf(page)));
  }
  await db.updateTable('invitation').set({ email: 'manager@example.vn' }).execute();
  await manager.goto(`${server.url}/loi-moi?token=${secret}`);
  await manager.getByRole('button', { name: 'Nhận lời' }).waitFor();
  wrong.push(...(await problemsOf(manager)));
  for (const page of [manager, asker, desk, visitor]) await page.context().close();
  expect([...new Set(wrong)]).toEqual([]);
}, 90_000);
