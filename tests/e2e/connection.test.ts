import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { loadVocabulary } from '../../src/catalogue/vocabulary.ts';
import { recordIndicators } from '../../src/insight/indicators.ts';
import { launchBrowser, violations } from '../support/browser.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { signedIn } from '../support/member.ts';
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
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  await mailbox.close();
  await db.destroy();
  folder.remove();
});

const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n');

/** How many agreements of this year the public page of the plan's indicators tells of. */
async function agreementsShown(): Promise<number> {
  const html = await server.text('/chi-tieu');
  const section = html.slice(html.indexOf('aria-labelledby="agreements"'));
  return Number(section.match(/<strong[^>]*>(\d+)<\/strong>/)?.[1]);
}

test.each([
  ['a phone without JavaScript', 'khongjs', { width: 360, height: 740 }, false, 0],
  ['a phone', 'dienthoai', { width: 360, height: 740 }, true, 1],
  ['a desktop', 'maytinh', { width: 1280, height: 860 }, true, 2],
] as const)(
  'on %s: a problem, who may solve it, a request, a question, a yes from the mail, messages, a file, an agreement that counts',
  async (_, name, viewport, javaScriptEnabled, n) => {
    sqlite.exec('delete from rate_limit');
    const [buyer, seller] = [`mua-${name}`, `ban-${name}`];
    const wrong: string[] = [];
    const check = async (page: Page) => {
      await page.waitForLoadState('domcontentloaded');
      const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      if (Number(wide) > 0) wrong.push(`${page.url()}: scrolls sideways by ${wide}`);
      // axe is a script itself: it cannot look at a page without JavaScript.
      if (javaScriptEnabled) wrong.push(...(await violations(page)).map((found) => `${page.url()}: ${found}`));
    };
    const open = async (id?: string, role?: 'moderator') => {
      const context = await browser.newContext({ viewport, javaScriptEnabled });
      if (id) {
        const [cookie, value] = (await signedIn(db, server, id, role)).cookie.split('=');
        await context.addCookies([{ name: cookie, value, url: server.url }]);
      }
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      return page;
    };
    const asking = await open(buyer);
    const selling = await open(seller);
    const before = await agreementsShown();

    // From the problem in the owner's own words to who may solve it.
    await asking.goto(`${server.url}/neu-nhu-cau`);
    await asking
      .getByLabel('Vấn đề của bạn')
      .fill('Vải thu về hai ngày đã nâu vỏ, bán không kịp. Kho chỉ có quạt, mỗi vụ hỏng chừng ba tấn.');
    if (!javaScriptEnabled) await asking.getByRole('button', { name: 'Xem danh mục đã có gì' }).click();
    const match = asking.getByRole('link', { name: /^Kết nối: / }).nth(n);
    const path = new URL((await match.getAttribute('href')) ?? '', server.url).searchParams.get('record') ?? '';
    const offer = await db
      .selectFrom('record')
      .select(['id', 'title'])
      .where('slug', '=', path.split('/').at(-1) ?? '')
      .executeTakeFirstOrThrow();
    await db.insertInto('record_member').values({ recordId: offer.id, userId: seller }).execute();
    // Figures leave demo records out.
    await db.updateTable('record').set({ demo: 0 }).where('id', '=', offer.id).execute();
    await match.click();
    await asking.getByRole('heading', { name: 'Đề nghị kết nối' }).waitFor();
    await check(asking);
    await asking
      .getByRole('textbox', { name: 'Lời nhắn' })
      .fill('Chúng tôi sấy 5 tấn vải mỗi ngày. Gọi 0912 345 678 nhé.');
    await asking.getByRole('button', { name: 'Gửi đề nghị' }).click();
    await asking.getByRole('link', { name: 'Hãy chọn mục đích.' }).waitFor();
    await asking.getByLabel('Mua hoặc nhận chuyển giao công nghệ').check();
    await asking.getByRole('button', { name: 'Gửi đề nghị' }).click();
    await asking.getByLabel('Vẫn gửi kèm thông tin liên hệ').waitFor();
    await check(asking);
    await asking
      .getByRole('textbox', { name: 'Lời nhắn' })
      .fill('Chúng tôi sấy 5 tấn vải mỗi ngày và cần lò tiết kiệm điện hơn.');
    await asking.getByRole('button', { name: 'Gửi đề nghị' }).click();
    await asking.waitForURL(/\/tai-khoan\/ket-noi\/\d+$/);
    await check(asking);

    // The seller reads the mail on a machine where nobody has signed in.
    const guest = await open();
    await guest.goto(server.url + mailbox.linkIn(await mailbox.next(`${seller}@example.vn`)));
    await check(guest);
    await guest.getByText('Hỏi thêm trước khi trả lời').click();
    await guest.getByLabel('Câu hỏi').fill('Vải tươi hay vải khô?');
    await check(guest);
    await guest.getByRole('button', { name: 'Gửi câu hỏi' }).click();
    await guest.getByText('Câu hỏi đã gửi').waitFor();
    await mailbox.next(`${buyer}@example.vn`);
    await asking.reload();
    await asking.getByText('Vải tươi hay vải khô?').waitFor();
    await asking.getByLabel('Viết tin nhắn').fill('Vải tươi, mỗi vụ ba tuần.');
    await asking.getByRole('button', { name: 'Gửi tin nhắn' }).click();
    await asking.getByText('Vải tươi, mỗi vụ ba tuần.').waitFor();
    await guest.goto(server.url + mailbox.linkIn(await mailbox.next(`${seller}@example.vn`)));
    await guest.getByRole('button', { name: 'Đồng ý kết nối' }).click();
    await guest.getByText('Bạn đã đồng ý.').waitFor();
    await guest.context().close();

    await selling.goto(`${server.url}/tai-khoan`);
    await selling.getByRole('link', { name: 'Kết nối của tôi' }).click();
    await check(selling);
    await selling.getByRole('link', { name: offer.title }).click();
    await selling.getByText(`${buyer}@example.vn`).waitFor();
    await selling
      .getByLabel('Chọn tệp')
      .setInputFiles({ name: 'trang.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') });
    await selling.getByRole('button', { name: 'Gửi tệp' }).click();
    await selling.getByText('không phải PDF hay ảnh').waitFor();
    await check(selling);
    await selling
      .getByLabel('Chọn tệp')
      .setInputFiles({ name: 'Báo giá lò sấy.pdf', mimeType: 'application/pdf', buffer: pdf });
    await selling.getByRole('button', { name: 'Gửi tệp' }).click();
    await selling.getByRole('link', { name: 'Báo giá lò sấy.pdf' }).waitFor();
    await selling.getByLabel('Làm gì').fill('Xem lò chạy ở xưởng');
    await selling.getByLabel('Ngày (không bắt buộc)').fill('2027-01-14');
    await selling.getByRole('button', { name: 'Lưu việc tiếp theo' }).click();
    await selling.getByText('14/01/2027').first().waitFor();
    await check(selling);

    await asking.reload();
    const [download] = await Promise.all([
      asking.waitForEvent('download'),
      asking.getByRole('link', { name: 'Báo giá lò sấy.pdf' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('Báo giá lò sấy.pdf');
    await asking.getByText('Đã đạt thoả thuận').click();
    await asking.getByLabel('Hình thức').selectOption({ label: 'Hợp đồng chuyển giao công nghệ' });
    await asking.getByLabel('Giá trị, đồng').fill('250 triệu');
    await asking.getByRole('button', { name: 'Ghi nhận thoả thuận' }).click();
    await asking.getByRole('link', { name: /Hãy nhập số tiền/ }).waitFor();
    await check(asking);
    expect(await asking.getByLabel('Giá trị, đồng').inputValue()).toBe('250 triệu');
    await asking.getByLabel('Giá trị, đồng').fill('250.000.000');
    await asking.getByRole('button', { name: 'Ghi nhận thoả thuận' }).click();
    await asking.getByText('250 triệu đồng').waitFor();
    await asking.getByText('Lịch sử').click();
    await check(asking);

    await recordIndicators({ db, vocabulary: await loadVocabulary(db), region: { area: '31' } });
    expect(await agreementsShown()).toBe(before + 1);

    const desk = await open('canbo', 'moderator');
    await desk.goto(`${server.url}/quan-ly/ket-noi?state=agreement`);
    await check(desk);
    await desk.getByRole('link', { name: offer.title }).click();
    await desk.getByText('Bạn thấy các bước của kết nối này').waitFor();
    expect(await desk.getByText('Vải tươi').count()).toBe(0);
    await check(desk);
    for (const page of [asking, selling, desk]) await page.context().close();
    expect([...new Set(wrong)]).toEqual([]);
  },
  120_000,
);
