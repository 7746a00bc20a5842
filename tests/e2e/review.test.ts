import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { launchBrowser, violations } from '../support/browser.ts';
import { signIn } from '../support/member.ts';
import { goodForm, submit } from '../support/moderation.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer(folder.dataDir);
  browser = await launchBrowser();
  await signIn(db, 'author', 'member');
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  await db.destroy();
  folder.remove();
});

async function deskPage(width: number, javaScriptEnabled = true): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 860 }, javaScriptEnabled });
  const value = (await signIn(db, 'desk', 'moderator')).replace('session=', '');
  await context.addCookies([{ name: 'session', value, url: server.url }]);
  return context.newPage();
}

const states = async (ids: number[]) =>
  (await db.selectFrom('record').select('status').where('id', 'in', ids).orderBy('id').execute()).map(
    (row) => row.status,
  );
const focused = (page: Page) => page.evaluate('document.activeElement.textContent') as Promise<string>;

test('a morning at the desk by keyboard alone: nothing is decided by a single key', async () => {
  const ids: number[] = [];
  for (const title of ['Hồ sơ thứ nhất', 'Hồ sơ thứ hai', 'Hồ sơ thứ ba', 'Hồ sơ thứ tư']) {
    ids.push(await submit(db, 'author', 'offer', goodForm(title)));
  }
  const page = await deskPage(1280);
  const { keyboard } = page;
  const opened = (title: string) => page.getByRole('heading', { level: 1, name: `Duyệt: ${title}` }).waitFor();
  await page.goto(`${server.url}/quan-ly/hang-doi`);
  await keyboard.press('j');
  expect(await focused(page)).toBe('Hồ sơ thứ nhất');
  for (const key of ['j', 'ArrowDown', 'k']) await keyboard.press(key);
  expect(await focused(page)).toBe('Hồ sơ thứ hai');
  await keyboard.press('x');
  expect(await page.getByRole('checkbox', { name: 'Chọn: Hồ sơ thứ hai' }).isChecked()).toBe(true);
  // Enter in a box sends a form in every browser; here it must not approve what is chosen.
  await page.getByRole('checkbox', { name: 'Chọn: Hồ sơ thứ hai' }).focus();
  await Promise.all([page.waitForURL(/chosen=/), keyboard.press('Enter')]);
  expect(await page.getByRole('checkbox', { name: 'Chọn: Hồ sơ thứ hai' }).isChecked()).toBe(true);
  await keyboard.press('/');
  await keyboard.type('jjx');
  expect(await page.getByLabel('Tên có chữ').inputValue()).toBe('jjx');
  await page.getByRole('link', { name: 'Hồ sơ thứ nhất' }).focus();
  await keyboard.press('o');
  await opened('Hồ sơ thứ nhất');
  expect(await states(ids)).toEqual(['submitted', 'submitted', 'submitted', 'submitted']);

  await keyboard.press('a');
  expect(await focused(page)).toBe('Duyệt và công khai');
  expect(await states(ids.slice(0, 1))).toEqual(['submitted']);
  await keyboard.press('Enter');
  await opened('Hồ sơ thứ hai');
  expect(await focused(page)).toContain('Đã duyệt và công khai: «Hồ sơ thứ nhất».');

  await keyboard.press('n');
  await opened('Hồ sơ thứ ba');
  await keyboard.press('r');
  await keyboard.type('rat ngan');
  const reason = page.getByRole('textbox', { name: 'Lý do trả lại mục Tên công nghệ, thiết bị' });
  expect(await reason.inputValue()).toBe('rat ngan');
  const ready = 'Tên chưa nói rõ là gì và dùng vào việc gì.';
  await page.getByLabel('Lý do có sẵn cho mục Tên công nghệ').selectOption({ label: ready });
  expect(await reason.inputValue()).toBe(`rat ngan\n${ready}`);
  await page.getByRole('heading', { level: 1 }).click();
  await keyboard.press('t');
  await keyboard.press('Enter');
  await opened('Hồ sơ thứ tư');
  const { reasons } = await db
    .selectFrom('revision')
    .select('reasons')
    .where('recordId', '=', ids[2])
    .executeTakeFirstOrThrow();
  expect(JSON.parse(reasons).title.split(/\r?\n/)).toEqual(['rat ngan', ready]);

  // Turned off, they stay off.
  await keyboard.press('?');
  await page.getByLabel('Dùng phím tắt').uncheck();
  await page.reload();
  await keyboard.press('n');
  await keyboard.press('a');
  expect(await focused(page)).not.toBe('Duyệt và công khai');
  await opened('Hồ sơ thứ tư');
  await page.context().close();
}, 120_000);

test('without JavaScript: a ready reason and words of one’s own, and several approved at once', async () => {
  const id = await submit(db, 'author', 'offer', goodForm('Không cần JavaScript'));
  const page = await deskPage(360, false);
  await page.goto(`${server.url}/quan-ly/hang-doi/${id}`);
  expect(await page.getByText('Phím tắt', { exact: true }).isVisible()).toBe(false);
  await page.getByText('Lý do trả lại mục Tóm tắt', { exact: true }).click();
  const ready = 'Tóm tắt quá ngắn; vui lòng nêu làm được gì, hơn cách cũ ở đâu, đã dùng ở đâu.';
  await page.getByLabel('Lý do có sẵn cho mục Tóm tắt').selectOption({ label: ready });
  await page.getByRole('textbox', { name: 'Lý do trả lại mục Tóm tắt' }).fill('Xem mẫu.');
  await page.getByRole('button', { name: 'Trả lại kèm lý do' }).click();
  await page.getByText('Đã trả lại kèm lý do: «Không cần JavaScript».').waitFor();
  const row = await db.selectFrom('revision').select('reasons').where('recordId', '=', id).executeTakeFirstOrThrow();
  expect(JSON.parse(row.reasons)).toEqual({ summary: `${ready}\nXem mẫu.` });

  const several = [];
  for (const title of ['Một loạt A', 'Một loạt B'])
    several.push(await submit(db, 'author', 'startup', goodForm(title)));
  await page.goto(`${server.url}/quan-ly/hang-doi?kind=startup`);
  await page.getByRole('link', { name: 'Chọn tất cả hồ sơ không có cảnh báo' }).click();
  await page.getByRole('button', { name: 'Duyệt các hồ sơ đã chọn' }).click();
  await page.getByText('Đã duyệt và công khai 2 hồ sơ.').waitFor();
  expect(await states(several)).toEqual(['published', 'published']);
  await page.context().close();
}, 120_000);

test.each([360, 1280])(
  'the moderators’ pages fit %i px and axe finds nothing wrong',
  async (width) => {
    const { id: record } = await db
      .selectFrom('record')
      .select('id')
      .where('kind', '=', 'trademark')
      .where('status', '=', 'published')
      .orderBy('id')
      .offset(width === 360 ? 0 : 1)
      .limit(1)
      .executeTakeFirstOrThrow();
    const change = await submit(
      db,
      'author',
      'trademark',
      { ...goodForm('Nhãn hiệu đổi tên'), expiresOn: '01/01/2020' },
      record,
    );
    const fresh = await submit(db, 'author', 'startup', {
      ...goodForm('Khởi nghiệp mới'),
      website: 'https://example.vn',
      body: 'x'.repeat(300),
    });
    const page = await deskPage(width);
    const wrong: string[] = [];
    for (const path of [
      '/quan-ly/hang-doi',
      '/quan-ly/hang-doi?choose=clean&q=khoi',
      `/quan-ly/hang-doi/${change}`,
      `/quan-ly/hang-doi/${fresh}`,
      '/quan-ly/ly-do',
      '/quan-ly/nhat-ky?record=khong-co-dau-ca',
      '/quan-ly/nhat-ky',
      '/en/manage/reasons',
    ]) {
      await page.goto(server.url + path);
      await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      if (overflow !== 0) wrong.push(`${path} is ${overflow} px too wide`);
      for (const violation of await violations(page)) wrong.push(`${path} ${violation}`);
    }
    await page.context().close();
    expect(wrong).toEqual([]);
  },
  60_000,
);
