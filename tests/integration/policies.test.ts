import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { signedIn } from '../support/member.ts';
import type { Person } from '../support/person.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
let moderator: Person;
let member: Person;

beforeAll(async () => {
  server = await startServer(folder.dataDir);
  moderator = await signedIn(db, server, 'can-bo', 'moderator');
  member = await signedIn(db, server, 'thanh-vien');
});

afterAll(async () => {
  await server.stop();
  await db.destroy();
  folder.remove();
});

/** Waits until the index has followed. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 5000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('Not within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const title = 'Chính sách thử hỗ trợ đổi mới máy móc';

/** The address of a form's step by its name. */
const stepOf = async (form: string, name: string) =>
  (await moderator.text(form)).match(new RegExp(`href="([^"]*buoc=\\d+)"[^>]*>${name}<`))?.[1] ?? '';

test('a moderator adds a document in plain words; approved, those whom it concerns are shown it', async () => {
  const started = await moderator.send('/quan-ly/van-ban', 'startRecord', { title });
  const form = started.headers.get('location') ?? '';
  expect(form).toMatch(/^\/tai-khoan\/ho-so\/\d+$/);
  const html = await moderator.text(form);
  expect(html).not.toContain('Liên hệ</a></li>');
  await moderator.send(form, 'saveStep', { title, summary: 'Hỗ trợ một phần chi phí mua máy mới.', fields: ['211'] });
  const document = await stepOf(form, 'Văn bản');
  const wrong = { number: '01/QĐ-THU', issuer: 'Đơn vị thử', issuedOn: '2026-05-01', effectiveOn: '2026-04-01' };
  const refused = await (await moderator.send(document, 'saveStep', wrong)).text();
  expect(refused).toContain('phải sau ngày bắt đầu');
  await moderator.send(document, 'saveStep', {
    ...wrong,
    effectiveOn: '2026-06-01',
    validity: 'in_force',
    documentUrl: 'https://example.vn/van-ban.pdf',
  });
  await moderator.send(await stepOf(form, 'Ai được gì, làm thế nào'), 'saveStep', {
    relatedKinds: ['trademark', 'need'],
    beneficiaries: 'Hộ kinh doanh và hợp tác xã **nhỏ**.',
    benefits: 'Một nửa giá máy.',
    howToApply: 'Nộp đơn tại bộ phận một cửa trước tháng chín.',
  });
  await moderator.send(await stepOf(form, 'Xem lại và gửi'), 'moveRecord', { move: 'submit' });
  const id = Number(form.split('/').at(-1));
  const review = await moderator.text(`/quan-ly/hang-doi/${id}`);
  expect(review).toContain('bộ phận một cửa');
  await moderator.send(`/quan-ly/hang-doi/${id}`, 'approve', {});
  const path = '/van-ban/chinh-sach-thu-ho-tro-doi-moi-may-moc';
  await until(async () => (await server.text('/van-ban?appliesTo=trademark&validity=in_force')).includes(path));

  const page = await server.text(path);
  for (const text of ['Ai được hưởng', 'Được hưởng gì', 'Làm thế nào để được hưởng', '<strong>nhỏ</strong>']) {
    expect(page).toContain(text);
  }
  expect(page).toContain('href="https://example.vn/van-ban.pdf"');
  // Found by the plain words, and on the pages of whom it concerns.
  expect(await server.text(`/tim-kiem?q=${encodeURIComponent('"bộ phận một cửa"')}`)).toContain(path);
  expect(await server.text('/nhan-hieu')).toContain(path);
  const mark = await db
    .selectFrom('record')
    .select('slug')
    .where('kind', '=', 'trademark')
    .where('status', '=', 'published')
    .limit(1)
    .executeTakeFirstOrThrow();
  expect(await server.text(`/nhan-hieu/${mark.slug}`)).toContain(path);
  expect(await server.text('/chuyen-gia')).not.toContain(path);
});

test('what has ended is not recommended any more, and any moderator may change it', async () => {
  const colleague = await signedIn(db, server, 'dong-nghiep', 'moderator');
  const list = await colleague.text('/quan-ly/van-ban');
  const form = list.match(new RegExp(`href="([^"]+)" aria-label="Sửa «${title}»`))?.[1] ?? '';
  const step = (await colleague.text(form)).match(/href="([^"]*buoc=\d+)"[^>]*>Văn bản</)?.[1] ?? '';
  await colleague.send(step, 'saveStep', {
    number: '01/QĐ-THU',
    issuer: 'Đơn vị thử',
    issuedOn: '2026-05-01',
    effectiveOn: '2026-06-01',
    expiredOn: '2026-11-01',
    validity: 'expired',
  });
  const last = (await colleague.text(form)).match(/href="([^"]*buoc=\d+)"[^>]*>Xem lại và gửi</)?.[1] ?? '';
  await colleague.send(last, 'moveRecord', { move: 'submit' });
  await moderator.send(`/quan-ly/hang-doi/${form.split('/').at(-1)}`, 'approve', {});
  const path = '/van-ban/chinh-sach-thu-ho-tro-doi-moi-may-moc';
  await until(async () => !(await server.text('/nhan-hieu')).includes(path));
  expect(await server.text(path)).toContain('01/11/2026');
});

test('members neither begin nor change one', async () => {
  expect((await member.get('/quan-ly/van-ban')).status).toBe(403);
  const form = await member.text('/tai-khoan/ho-so');
  expect(form).not.toContain('value="policy"');
  const started = await member.send('/tai-khoan/ho-so', 'startRecord', { kind: 'policy', title: 'Văn bản của tôi' });
  expect(started.status).toBe(400);
  const policy = await db
    .selectFrom('record')
    .select('id')
    .where('kind', '=', 'policy')
    .limit(1)
    .executeTakeFirstOrThrow();
  expect((await member.get(`/tai-khoan/ho-so/${policy.id}`)).status).toBe(404);
});
