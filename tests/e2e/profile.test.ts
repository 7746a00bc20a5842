import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { createSessions } from '../../src/accounts/sessions.ts';
import { launchBrowser, violations } from '../support/browser.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
let mailbox: Mailbox;
let browser: Browser;

beforeAll(async () => {
  mailbox = await startMailbox();
  server = await startServer(folder.dataDir, { SMTP_URL: mailbox.url });
  browser = await launchBrowser();
  await db
    .insertInto('user')
    .values({
      id: 'moderator',
      email: 'moderator@example.vn',
      name: 'Cán bộ mẫu',
      passwordHash: null,
      role: 'moderator',
      language: 'vi',
      emailVerifiedAt: '2026-01-01',
      totpSecret: null,
      totpConfirmedAt: '2026-01-01',
      createdAt: '2026-01-01',
    })
    .execute();
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  await mailbox.close();
  await db.destroy();
  folder.remove();
});

async function moderatorPage(): Promise<Page> {
  const value = (await createSessions(db, false).begin('moderator', 'Chromium')).match(/session=([^;]+)/)?.[1] ?? '';
  await db.updateTable('session').set({ twoFactor: 1 }).where('userId', '=', 'moderator').execute();
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  await context.addCookies([{ name: 'session', value, url: server.url }]);
  return context.newPage();
}

test.each([
  ['a phone without JavaScript', 'khong-js', { width: 360, height: 740 }, false],
  ['a phone', 'dien-thoai', { width: 360, height: 740 }, true],
  ['a desktop', 'may-tinh', { width: 1280, height: 860 }, true],
] as const)(
  'a founder on %s registers, writes a profile, corrects it and is found',
  async (_, name, viewport, javaScriptEnabled) => {
    sqlite.exec('delete from rate_limit');
    const context = await browser.newContext({ viewport, javaScriptEnabled });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const wrong: string[] = [];
    const check = async (target = page) => {
      // axe is a script itself: it cannot look at a page without JavaScript.
      if (!javaScriptEnabled) return;
      wrong.push(...(await violations(target)).map((violation) => `${target.url()}: ${violation}`));
      const wide = await target.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      if (Number(wide) > 0) wrong.push(`${target.url()}: scrolls sideways by ${wide}`);
    };
    const email = `founder-${name}@example.vn`;

    await page.goto(server.url);
    await page.getByRole('link', { name: 'Đăng nhập' }).click();
    await page.getByRole('link', { name: 'Chưa có tài khoản? Tạo tài khoản' }).click();
    await page.getByLabel('Họ và tên').fill('Người Sáng Lập');
    await page.getByLabel('Email', { exact: true }).fill(email);
    await page.getByLabel('Mật khẩu').fill('bốn con chim sẻ');
    await page.getByRole('button', { name: 'Tạo tài khoản' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Mật khẩu').fill('bốn con chim sẻ');
    await page.getByLabel('Tôi đồng ý').check();
    await page.getByRole('button', { name: 'Tạo tài khoản' }).click();
    await page.getByRole('heading', { name: 'Hãy mở hộp thư của bạn' }).waitFor();
    await page.goto(server.url + mailbox.linkIn(await mailbox.next(email)));
    await page.getByRole('button', { name: 'Xác nhận' }).click();
    await page.getByRole('link', { name: 'Đăng nhập' }).last().click();
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Mật khẩu').fill('bốn con chim sẻ');
    await page.getByRole('button', { name: 'Đăng nhập' }).click();

    await page.getByRole('link', { name: 'Hồ sơ của tôi' }).click();
    await check();
    await page.getByLabel('Loại hồ sơ').selectOption({ label: 'Khởi nghiệp sáng tạo' });
    const title = `Khởi nghiệp cảm biến ao nuôi ${name}`;
    await page.getByLabel('Tên', { exact: true }).fill(title);
    await page.getByRole('button', { name: 'Bắt đầu' }).click();
    await page
      .getByLabel('Tóm tắt', { exact: true })
      .fill('Cảm biến oxy hoà tan giá rẻ báo qua tin nhắn trước khi cá nổi đầu, dùng được ở ao không có mạng.');
    await page.getByText('Khoa học nông nghiệp', { exact: true }).click();
    await page.getByLabel('Thuỷ sản').check();
    await page.getByLabel('Địa bàn').fill('Xã Không Có');
    await check();
    await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
    await page.getByText('không có địa bàn').first().waitFor();
    await check();
    await page.getByLabel('Địa bàn').fill('Xã Thanh Hà');
    await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
    await page.getByLabel('Giai đoạn phát triển').selectOption({ label: 'Mẫu thử' });
    await page.getByLabel('Số thành viên').fill('bốn');
    await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
    await page.getByText('phải là số nguyên').waitFor();
    expect(await page.getByLabel('Số thành viên').inputValue()).toBe('bốn');
    await page.getByLabel('Số thành viên').fill('4');
    await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
    await page.getByRole('link', { name: 'Xem lại và gửi' }).click();
    await check();
    await page.getByRole('button', { name: 'Gửi Sở duyệt' }).click();
    await page.getByText('Sở đang xem hồ sơ này').waitFor();
    const form = page.url();

    const desk = await moderatorPage();
    await desk.goto(`${server.url}/quan-ly/hang-doi`);
    await check(desk);
    await desk.getByRole('link', { name: title }).click();
    await desk.getByRole('button', { name: 'Nhận duyệt' }).click();
    await check(desk);
    const review = desk.url();
    await desk.getByText('Lý do trả lại mục Tóm tắt', { exact: true }).click();
    await desk.getByRole('textbox', { name: 'Lý do trả lại mục Tóm tắt' }).fill('Hãy nói rõ giá một bộ.');
    await desk.getByRole('button', { name: 'Trả lại kèm lý do' }).click();
    await desk.getByRole('heading', { name: 'Hàng đợi duyệt' }).waitFor();

    await page.goto(server.url + mailbox.linkIn(await mailbox.next(email)));
    expect(page.url()).toBe(form);
    await page.getByText('Hãy nói rõ giá một bộ.').first().waitFor();
    await page
      .getByLabel('Tóm tắt', { exact: true })
      .fill(
        'Cảm biến oxy hoà tan 900 nghìn đồng một bộ, báo qua tin nhắn trước khi cá nổi đầu, dùng được ở ao không có mạng.',
      );
    await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
    await page.getByRole('link', { name: 'Xem lại và gửi' }).click();
    await page.getByRole('button', { name: 'Gửi Sở duyệt' }).click();
    await page.getByText('Sở đang xem hồ sơ này').waitFor();
    await desk.goto(review);
    await desk.getByRole('button', { name: 'Duyệt và công khai' }).click();
    await desk.getByRole('heading', { name: 'Hàng đợi duyệt' }).waitFor();
    const publicPage = mailbox.linkIn(await mailbox.next(email));
    await page.goto(server.url + publicPage);
    await page.getByRole('heading', { name: title }).waitFor();
    const approvedAt = Date.now();
    while (!(await server.text(`/tim-kiem?q=${encodeURIComponent(`cam bien ao nuoi ${name}`)}`)).includes(publicPage)) {
      expect(Date.now() - approvedAt).toBeLessThan(2000);
    }
    await check();

    // Changed: the public sees the approved version until the new one is approved.
    await page.goto(form);
    await page
      .getByLabel('Tóm tắt', { exact: true })
      .fill('Đời hai đo thêm nhiệt độ nước, 1,1 triệu đồng một bộ, báo qua tin nhắn, dùng được ở ao không có mạng.');
    await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
    await page.getByText('Công chúng vẫn thấy bản đã duyệt').waitFor();
    await page.getByRole('link', { name: 'Xem lại và gửi' }).click();
    await page.getByRole('link', { name: 'Xem trước như công chúng sẽ thấy' }).click();
    await page.getByText('Đời hai đo thêm nhiệt độ').first().waitFor();
    await check();
    await page.getByRole('link', { name: 'Quay lại sửa' }).click();
    await page.getByRole('link', { name: 'Xem lại và gửi' }).click();
    await page.getByRole('button', { name: 'Gửi Sở duyệt' }).click();
    await page.getByText('Sở đang xem hồ sơ này').waitFor();
    const shownNow = async () => {
      await page.goto(server.url + publicPage);
      // Not the similar records below it.
      return page.getByRole('article').first().textContent();
    };
    expect(await shownNow()).toContain('900 nghìn đồng một bộ');
    expect(await shownNow()).not.toContain('Đời hai');
    await desk.goto(review);
    await desk.locator('ins').getByText('Đời hai').waitFor();
    await check(desk);
    await desk.getByRole('button', { name: 'Duyệt và công khai' }).click();
    await desk.getByRole('heading', { name: 'Hàng đợi duyệt' }).waitFor();
    expect(await shownNow()).toContain('Đời hai');
    await desk.goto(`${server.url}/quan-ly/nhat-ky`);
    await check(desk);
    await desk.context().close();
    await context.close();
    expect([...new Set(wrong)]).toEqual([]);
  },
  120_000,
);
