import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { launchBrowser, violations } from '../support/browser.ts';
import { importPage } from '../support/import.ts';
import { signIn } from '../support/member.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
let browser: Browser;
let cookie: string;

beforeAll(async () => {
  // Chromium sends forms to where it has them from.
  server = await startServer(folder.dataDir, { PUBLIC_URL: '' });
  browser = await launchBrowser();
  cookie = await signIn(db, 'desk', 'moderator');
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  await db.destroy();
  folder.remove();
});

async function open(width: number, javaScriptEnabled: boolean): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled });
  const [name, value] = cookie.split('=');
  await context.addCookies([{ name, value, url: server.url }]);
  return { context, page: await context.newPage() };
}

const table = (rows: string[]) => ({
  name: 'Danh mục.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['Mã hồ sơ;Tên máy;Tóm tắt;Địa bàn', ...rows].join('\n')),
});

test('without JavaScript: upload, say what a column means, publish, undo', async () => {
  const { context, page } = await open(360, false);
  await page.goto(server.url + importPage);
  await page.getByLabel('Loại hồ sơ trong tệp').selectOption('offer');
  await page
    .getByLabel('Tệp Excel (.xlsx) hoặc CSV')
    .setInputFiles(table(['E2E-1;Máy từ trình duyệt;Tóm tắt;Xã Thanh Hà']));
  await page.getByRole('button', { name: 'Tải lên và kiểm tra' }).click();
  await page.getByText('Có cột mà danh mục không biết').waitFor();
  await page.getByLabel('Tên máy').selectOption('title');
  await page.getByRole('button', { name: 'Kiểm tra lại' }).click();
  await page.getByLabel('Công khai ngay').check();
  await page.getByRole('button', { name: 'Ghi 1 hồ sơ' }).click();
  await page.getByText('Đã công khai 1 hồ sơ mới').waitFor();
  expect((await page.goto(`${server.url}/cong-nghe/may-tu-trinh-duyet`))?.status()).toBe(200);
  await page.goto(server.url + importPage);
  await page.getByRole('button', { name: 'Hoàn tác lần nhập này: Danh mục.csv' }).click();
  await page.getByText('Lần nhập này đã được hoàn tác').waitFor();
  expect((await page.goto(`${server.url}/cong-nghe/may-tu-trinh-duyet`))?.status()).toBe(404);
  await context.close();
}, 60_000);

test('its pages are accessible and fit a phone, in both languages', async () => {
  const { context, page } = await open(360, true);
  for (const [path, rows] of [
    [importPage, ['E2E-2;Máy thứ hai;Tóm tắt;Xã Thanh Hà', 'E2E-3;Máy thứ hai;Tóm tắt;Xã Thanh Hà']],
    ['/en/manage/import', ['E2E-2;;Tóm tắt;Atlantis']],
  ] as const) {
    await page.goto(server.url + path);
    expect(await violations(page), path).toEqual([]);
    await page.locator('#kind').selectOption('offer');
    await page.locator('#file').setInputFiles(table([...rows]));
    await page.locator('main form button').first().click();
    await page.locator('dl').waitFor();
    expect(await violations(page), page.url()).toEqual([]);
    const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(wide, page.url()).toBe(0);
  }
  await context.close();
}, 60_000);
