import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { hashPassword } from '../../src/accounts/password.ts';
import { launchBrowser, violations } from '../support/browser.ts';
import { account } from '../support/member.ts';
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

const password = 'bốn con chim sẻ';
const litchis = 'Vải thu về hai ngày đã nâu vỏ, bán không kịp. Kho chỉ có quạt, mỗi vụ hỏng chừng ba tấn.';

test.each([
  ['with JavaScript', 'co-js', true],
  ['without JavaScript', 'khong-js', false],
] as const)(
  'a phone, %s: a need is stated, what may solve it is seen, signed in, drafted and sent',
  async (_, id, javaScriptEnabled) => {
    await account(db, id);
    const passwordHash = await hashPassword(password);
    await db.updateTable('user').set({ passwordHash }).where('id', '=', id).execute();
    const context: BrowserContext = await browser.newContext({
      viewport: { width: 360, height: 740 },
      javaScriptEnabled,
    });
    const page: Page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const wrong: string[] = [];
    const check = async () => {
      const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      if (Number(wide) > 0) wrong.push(`${page.url()}: scrolls sideways by ${wide}`);
      if (javaScriptEnabled) wrong.push(...(await violations(page)).map((found) => `${page.url()}: ${found}`));
    };

    await page.goto(server.url);
    await page.getByRole('link', { name: 'Nêu nhu cầu', exact: true }).click();
    await page.getByRole('heading', { name: 'Bạn đang gặp vấn đề gì?' }).waitFor();
    await check();
    await page.getByLabel('Vấn đề của bạn').fill(litchis);
    // While it is typed where JavaScript runs; else by the button.
    if (!javaScriptEnabled) await page.getByRole('button', { name: 'Xem danh mục đã có gì' }).click();
    await page.getByRole('heading', { name: /hồ sơ trong danh mục có thể giúp/ }).waitFor();
    await page.getByText('Vì sao:').first().waitFor();
    await check();
    await page.getByRole('button', { name: 'Đăng nhu cầu này' }).click();

    await page.getByText('Điều bạn vừa viết đã được giữ lại').waitFor();
    await page.getByLabel('Email').fill(`${id}@example.vn`);
    await page.getByLabel('Mật khẩu').fill(password);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.waitForURL(/nhu-cau-moi/);
    expect(await page.getByLabel('Vấn đề của bạn').inputValue()).toBe(litchis);
    expect(await page.getByLabel('Nhu cầu', { exact: true }).inputValue()).toBe(
      'Vải thu về hai ngày đã nâu vỏ, bán không kịp',
    );
    expect(await page.getByLabel('nâu vỏ').isChecked()).toBe(true);
    await check();
    await page.getByText('Xem danh mục đã có gì').click();
    await page.getByText('Vì sao:').first().waitFor();
    await check();

    await page.getByLabel('Nhu cầu', { exact: true }).fill(`Giữ vải tươi lâu hơn, ${id}`);
    await page.getByLabel('Kỹ thuật cơ khí').uncheck();
    await page.getByLabel('Kết quả mong muốn').fill('Vải giữ màu đỏ ít nhất 10 ngày.');
    await page.getByLabel('Kinh phí đến (đồng)').fill('nửa tỷ');
    await page.getByLabel('TRL tối thiểu').selectOption({ label: 'Đã dùng thật ở ít nhất một nơi (TRL 8)' });
    await page.getByRole('button', { name: 'Lưu nháp và xem lại' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Kỹ thuật cơ khí').isChecked()).toBe(false);
    await check();
    await page.getByLabel('Kinh phí đến (đồng)').fill('500.000.000');
    await page.getByRole('group', { name: 'Ẩn danh' }).getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Lưu nháp và xem lại' }).click();

    await page.getByText('Hồ sơ đã đủ để gửi.').waitFor();
    await check();
    await page.getByRole('link', { name: 'Xem trước như công chúng sẽ thấy' }).click();
    await page.getByText('ít nhất 10 ngày').waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Gửi Sở duyệt' }).click();
    await page.getByRole('button', { name: 'Rút lại để sửa' }).waitFor();
    await page.goto(`${server.url}/tai-khoan`);
    expect(await page.getByText('Bạn đang viết dở').count()).toBe(0);
    await context.close();
    expect([...new Set(wrong)]).toEqual([]);
    const { status } = await db
      .selectFrom('record')
      .select('status')
      .where('title', '=', `Giữ vải tươi lâu hơn, ${id}`)
      .executeTakeFirstOrThrow();
    expect(status).toBe('submitted');
  },
  60_000,
);
