import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { launchBrowser, violations } from '../support/browser.ts';
import { signedIn } from '../support/member.ts';
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

/** A phone on the form of a record that has just been started. */
async function phoneOnForm(id: string): Promise<Page> {
  const owner = await signedIn(db, server, id);
  const started = await owner.send('/tai-khoan/ho-so', 'startRecord', { kind: 'startup', title: 'Ứng dụng thử' });
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const [name, value] = owner.cookie.split('=');
  await context.addCookies([{ name, value, url: server.url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(server.url + (started.headers.get('location') ?? ''));
  return page;
}

test('a lost connection or a closed page loses nothing that was typed, and what was saved is not brought back', async () => {
  const page = await phoneOnForm('tunnel');
  const summary = page.getByLabel('Tóm tắt', { exact: true });
  await summary.fill('Gõ trong lúc xe qua hầm.');
  await page.getByText('Khoa học nông nghiệp', { exact: true }).click();
  await page.getByLabel('Thuỷ sản').check();
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  await page.getByRole('status').getByText('Đang mất mạng').waitFor();
  expect(await violations(page)).toEqual([]);
  expect(await summary.inputValue()).toBe('Gõ trong lúc xe qua hầm.');

  await page.context().setOffline(false);
  await page.reload();
  await page.getByRole('status').getByText('Đã lấy lại').waitFor();
  expect(await summary.inputValue()).toBe('Gõ trong lúc xe qua hầm.');
  expect(await page.getByLabel('Thuỷ sản').isChecked()).toBe(true);

  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  await page.waitForURL(/buoc=2/);
  await page.goBack();
  await page.reload();
  expect(await page.getByText('Đã lấy lại').count()).toBe(0);
  expect(await summary.inputValue()).toBe('Gõ trong lúc xe qua hầm.');
  await page.context().close();
});

test('a session that ends while somebody types: signed in again in another tab, the form is sent once more', async () => {
  const page = await phoneOnForm('slow');
  await page.getByLabel('Tóm tắt', { exact: true }).fill('Gõ rất lâu rồi mới gửi.');
  await db.deleteFrom('session').where('userId', '=', 'slow').execute();
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  await page.getByRole('heading', { name: 'Phiên đăng nhập đã hết' }).waitFor();
  expect(await violations(page)).toEqual([]);
  // As the other tab does.
  const again = await signedIn(db, server, 'slow');
  const [name, value] = again.cookie.split('=');
  await page.context().addCookies([{ name, value, url: server.url }]);
  await page.getByRole('button', { name: 'Gửi lại' }).click();
  await page.waitForURL(/buoc=2/);
  await page.getByRole('link', { name: 'Thông tin chính' }).click();
  expect(await page.getByLabel('Tóm tắt', { exact: true }).inputValue()).toBe('Gõ rất lâu rồi mới gửi.');
  await page.context().close();
});
