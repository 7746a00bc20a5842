import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer(folder.dataDir);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  folder.remove();
});

async function visit(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(server.url + path);
  return page;
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('a factory owner with a phone, %s', (_, javaScriptEnabled) => {
  test('finds a technology by typing without marks, narrows it and opens it', async () => {
    const page = await visit('/', { javaScriptEnabled });
    await page
      .getByRole('searchbox', { includeHidden: false })
      .or(page.getByRole('combobox'))
      .first()
      .fill('xu ly nuoc thai');
    await page.getByRole('button', { name: 'Tìm' }).click();
    await page.waitForURL('**/tim-kiem?q=xu+ly+nuoc+thai');
    await page.getByText('Bộ lọc').click();
    await page.getByRole('link', { name: /^Công nghệ, thiết bị \d+$/ }).click();
    await page.waitForURL(/kind=offer/);
    expect(await page.getByRole('searchbox').or(page.getByRole('combobox')).first().inputValue()).toBe(
      'xu ly nuoc thai',
    );
    const first = page.locator('article h3 a').first();
    expect(await first.locator('mark').count()).toBeGreaterThan(0);
    const title = (await first.textContent()) ?? '';
    await first.click();
    await page.waitForURL('**/cong-nghe/**');
    expect(await page.locator('h1').textContent()).toBe(title);
    expect(await page.getByRole('link', { name: 'Kết nối', exact: true }).first().getAttribute('href')).toContain(
      '/ket-noi?record=/cong-nghe/',
    );
    await page.context().close();
  });

  test('takes a filter off by its chip, turns the page and changes the language', async () => {
    const page = await visit('/to-chuc-khcn?orgType=laboratory', { javaScriptEnabled });
    await page.getByRole('link', { name: 'Bỏ lọc Phòng thí nghiệm' }).click();
    await page.waitForURL('**/to-chuc-khcn');
    await page.getByRole('link', { name: 'Trang sau' }).click();
    await page.waitForURL('**/to-chuc-khcn?page=2');
    await page.getByRole('link', { name: 'English' }).click();
    await page.waitForURL('**/en/organisations?page=2');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.context().close();
  });
});

describe('suggestions', () => {
  test('by keyboard: the arrow keys choose, Enter opens, Escape closes', async () => {
    const page = await visit('/en');
    const box = page.getByRole('combobox');
    await page.locator('#search').focus();
    // The list of a shorter beginning may still be on its way.
    const answered = (q: RegExp) => page.waitForResponse((response) => q.test(response.url()));
    await Promise.all([answered(/suggest\?.*drying(?:&|$)/), box.pressSequentially('drying')]);
    const options = page.getByRole('option');
    await options.first().waitFor();
    expect(await box.getAttribute('aria-expanded')).toBe('true');
    expect(await page.getByRole('status').textContent()).toMatch(/\d+ suggestions/);
    await page.keyboard.press('ArrowDown');
    const chosen = page.locator('[role=option][aria-selected=true]');
    expect(await chosen.getAttribute('id')).toBe(await box.getAttribute('aria-activedescendant'));
    await page.keyboard.press('Escape');
    expect(await options.count()).toBe(0);
    expect(await box.getAttribute('aria-expanded')).toBe('false');
    await Promise.all([answered(/suggest\?.*drying(?:\+|%20)f/), box.pressSequentially(' f')]);
    await options.first().waitFor();
    await page.keyboard.press('ArrowDown');
    const target = await chosen.getAttribute('data-url');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${target}`);
    await page.context().close();
  });

  test('offer kinds by name and all results, and open by a click', async () => {
    const page = await visit('/');
    await page.locator('#search').pressSequentially('chuyen gia');
    await page
      .getByRole('option', { name: /^Chuyên gia/ })
      .first()
      .waitFor();
    await page.getByRole('option', { name: /«chuyen gia»/ }).click();
    await page.waitForURL('**/tim-kiem?q=chuyen+gia');
    await page.context().close();
  });

  test('Enter without a choice searches as the form does', async () => {
    const page = await visit('/');
    await page.locator('#search').pressSequentially('gốm');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/tim-kiem?q=g%E1%BB%91m');
    await page.context().close();
  });
});

test('a record’s address can be copied', async () => {
  const page = await visit('/thanh-tuu', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.locator('article h3 a').first().click();
  await page.getByRole('button', { name: 'Chép địa chỉ' }).click();
  await page.getByRole('button', { name: 'Đã chép' }).waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(page.url());
  await page.context().close();
});

test('the keyboard reaches the content past the menu', async () => {
  const page = await visit('/cong-nghe');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement.id')).toBe('main');
  await page.context().close();
});
