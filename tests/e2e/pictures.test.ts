import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { createSessions } from '../../src/accounts/sessions.ts';
import { launchBrowser, violations } from '../support/browser.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db } = openDatabase(databaseFile(folder.dataDir));
const sessions = createSessions(db, false);
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer(folder.dataDir);
  browser = await launchBrowser();
  for (const role of ['member', 'moderator'] as const) {
    await db
      .insertInto('user')
      .values({
        id: role,
        email: `${role}@example.vn`,
        name: `Người mẫu ${role}`,
        passwordHash: null,
        role,
        language: 'vi',
        emailVerifiedAt: '2026-01-01',
        totpSecret: null,
        totpConfirmedAt: role === 'member' ? null : '2026-01-01',
        createdAt: '2026-01-01',
      })
      .execute();
  }
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  await db.destroy();
  folder.remove();
});

async function pageOf(role: 'member' | 'moderator', context: Parameters<Browser['newContext']>[0]): Promise<Page> {
  const value = (await sessions.begin(role, 'Chromium')).match(/session=([^;]+)/)?.[1] ?? '';
  if (role === 'moderator') await db.updateTable('session').set({ twoFactor: 1 }).where('userId', '=', role).execute();
  const opened = await browser.newContext(context);
  await opened.addCookies([{ name: 'session', value, url: server.url }]);
  const page = await opened.newPage();
  page.setDefaultTimeout(10_000);
  return page;
}

const picture = async (background: string, name = 'anh.png') => ({
  name,
  mimeType: 'image/png',
  buffer: await sharp({ create: { width: 1200, height: 900, channels: 3, background } })
    .png()
    .toBuffer(),
});

/** Pictures of a page that did not arrive, or that would move it while they do. */
const badImages = (page: Page): Promise<string[]> =>
  page.evaluate(`(async () => {
    const images = [...document.querySelectorAll('main img')];
    for (const image of images) { image.loading = 'eager'; await image.decode().catch(() => {}); }
    return images.filter((image) => !image.naturalWidth || !image.width || !image.getAttribute('height')).map((image) => image.src);
  })()`);

test.each([
  ['a phone without JavaScript', 'khong-js', { width: 360, height: 740 }, false],
  ['a phone', 'dien-thoai', { width: 360, height: 740 }, true],
  ['a desktop', 'may-tinh', { width: 1280, height: 860 }, true],
] as const)(
  'a member on %s adds a logo and photos; the reviewer and then the public see them',
  async (_, name, viewport, javaScriptEnabled) => {
    const wrong: string[] = [];
    const check = async (page: Page) => {
      // axe is a script itself: it cannot look at a page without JavaScript.
      if (!javaScriptEnabled) return;
      wrong.push(...(await violations(page)).map((violation) => `${page.url()}: ${violation}`));
      wrong.push(...(await badImages(page)).map((src) => `${page.url()}: ${src}`));
      const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      if (Number(wide) > 0) wrong.push(`${page.url()}: scrolls sideways by ${wide}`);
    };
    const title = `Phao đo oxy, gửi từ ${name}`;
    const page = await pageOf('member', { viewport, javaScriptEnabled });
    await page.goto(`${server.url}/tai-khoan/ho-so`);
    await page.getByLabel('Loại hồ sơ').selectOption('startup');
    await page.getByLabel('Tên', { exact: true }).fill(title);
    await page.getByRole('button', { name: 'Bắt đầu' }).click();
    await page.getByLabel('Tóm tắt', { exact: true }).fill('Phao đo oxy hoà tan cho ao nuôi, báo qua tin nhắn.');
    await page.getByText('Khoa học nông nghiệp', { exact: true }).click();
    await page.getByLabel('Thuỷ sản').check();
    await page.getByLabel('Địa bàn').fill('Xã Thanh Hà');
    await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
    await page.getByRole('link', { name: 'Hình ảnh', exact: true }).click();
    await check(page);

    await page.locator('#logoFile').setInputFiles(await picture('#0a7a4b'));
    await page.getByRole('button', { name: 'Tải lên' }).click();
    await page.getByRole('button', { name: 'Gỡ: Logo' }).waitFor();

    const words = page.locator('#photoAlt');
    await page.locator('#photoFile').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('?') });
    await words.fill('Phao trắng giữa ao');
    await page.getByRole('button', { name: 'Thêm ảnh' }).click();
    await page.getByRole('alert').getByText('Tệp này hỏng').waitFor();
    expect(await words.inputValue()).toBe('Phao trắng giữa ao');
    expect(await page.locator('#photoFile').getAttribute('aria-describedby')).toBe('photoFile-error');
    await check(page);
    // Far too large: refused before it is read, and the browser shows why.
    const large = join(folder.dataDir, 'b.jpg');
    writeFileSync(large, Buffer.alloc(30 * 1024 * 1024));
    await page.locator('#photoFile').setInputFiles(large);
    await words.fill('Phao trắng giữa ao');
    await page.getByRole('button', { name: 'Thêm ảnh' }).click();
    await page.getByRole('alert').getByText('quá lớn').waitFor();

    for (const [alt, background] of [
      ['Phao trắng giữa ao', '#9cf'],
      ['Bốn người lắp mạch', '#fc9'],
    ]) {
      await page.locator('#photoFile').setInputFiles(await picture(background));
      await words.fill(alt);
      await page.getByRole('button', { name: 'Thêm ảnh' }).click();
      await page.getByRole('img', { name: alt }).waitFor();
    }
    await page.getByRole('button', { name: 'Lên trước: Bốn người lắp mạch' }).click();
    await page.getByRole('button', { name: 'Xuống sau: Bốn người lắp mạch' }).waitFor();
    await page.getByLabel('Ảnh cho thấy gì').first().fill('Bốn người lắp mạch trong xưởng');
    // The Enter key keeps the words; it presses none of the other buttons.
    await page.getByLabel('Ảnh cho thấy gì').first().press('Enter');
    await page.getByRole('img', { name: 'Bốn người lắp mạch trong xưởng' }).waitFor();
    await check(page);
    await page.getByRole('link', { name: 'Tiếp tục' }).click();
    await page.getByLabel('Người liên hệ').waitFor();
    await page.getByRole('link', { name: 'Xem lại và gửi' }).click();
    await page.getByRole('button', { name: 'Gửi Sở duyệt' }).click();
    await page.getByText('Sở đang xem hồ sơ này').waitFor();
    await page.context().close();

    const desk = await pageOf('moderator', { viewport });
    await desk.goto(`${server.url}/quan-ly/hang-doi`);
    await desk.getByRole('link', { name: title }).click();
    await desk.getByRole('img', { name: 'Phao trắng giữa ao' }).waitFor();
    expect(await badImages(desk)).toEqual([]);
    await check(desk);
    await desk.getByRole('button', { name: 'Duyệt và công khai' }).click();
    await desk.getByRole('heading', { name: 'Hàng đợi duyệt' }).waitFor();
    await desk.context().close();

    const visitor = await (await browser.newContext({ viewport })).newPage();
    const list = `${server.url}/khoi-nghiep?q=${encodeURIComponent(`"${title}"`)}`;
    await expect
      .poll(
        async () => {
          await visitor.goto(list);
          return visitor.locator('article img').count();
        },
        { timeout: 5000 },
      )
      .toBe(1);
    await check(visitor);
    await visitor.getByRole('link', { name: title }).click();
    const gallery = visitor.locator('main ul').getByRole('img');
    expect(await gallery.evaluateAll((images) => images.map((image) => image.getAttribute('alt')))).toEqual([
      'Bốn người lắp mạch trong xưởng',
      'Phao trắng giữa ao',
    ]);
    await visitor.getByRole('img', { name: title }).waitFor();
    expect(await badImages(visitor)).toEqual([]);
    await check(visitor);
    await visitor.getByRole('link', { name: 'Phao trắng giữa ao' }).click();
    await visitor.waitForURL(/-1600\.webp$/);
    await visitor.context().close();
    expect([...new Set(wrong)]).toEqual([]);
  },
  120_000,
);
