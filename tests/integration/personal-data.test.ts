import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { followUpRequests } from '../../src/privacy/requests.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { account, accountsFor, signedIn } from '../support/member.ts';
import { goodForm, submit } from '../support/moderation.ts';
import { Person } from '../support/person.ts';
import { catalogueFolder, publicUrl, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
let mailbox: Mailbox;
let moderator: Person;

beforeAll(async () => {
  mailbox = await startMailbox();
  server = await startServer(folder.dataDir, { SMTP_URL: mailbox.url });
  moderator = await signedIn(db, server, 'moderator', 'moderator');
});

afterAll(async () => {
  await server.stop();
  await mailbox.close();
  await db.destroy();
  folder.remove();
});

const desk = '/quan-ly/du-lieu-ca-nhan';
const lastRequest = async () =>
  await db.selectFrom('personal_data_request').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();

/** Every row of every table that holds a text, but those of search's inner tables, which are no text. */
function traces(text: string): string[] {
  const tables = sqlite
    .prepare(`select name from sqlite_master where type = 'table' and name not like '%_data' and name not like '%_idx'`)
    .pluck()
    .all() as string[];
  return tables.filter((table) =>
    sqlite
      .prepare(`select * from "${table}"`)
      .all()
      .some((row) => JSON.stringify(row).toLowerCase().includes(text.toLowerCase())),
  );
}

async function eventually(check: () => Promise<boolean> | boolean): Promise<void> {
  for (let i = 0; i < 120; i += 1) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not come');
}

/** Asks without an account and follows the link in the mail. */
async function ask(email: string, fields: Record<string, string>): Promise<void> {
  sqlite.exec('delete from rate_limit');
  const visitor = new Person(server);
  const answer = await visitor.send('/rieng-tu/yeu-cau', 'askForData', {
    name: `Người ${email}`,
    email,
    message: '',
    ...fields,
  });
  expect(await answer.text()).toContain('Hãy mở hộp thư của bạn');
  const link = mailbox.linkIn(await mailbox.next(email));
  expect(await moderator.text(desk)).not.toContain(`Người ${email}`);
  const confirmed = await visitor.send(link, 'confirmDataRequest', {});
  expect(await confirmed.text()).toContain('Đã xác nhận');
  expect((await visitor.send(link, 'confirmDataRequest', {})).status).toBe(400);
}

test('what is wrong is said, and too many requests from one address of the network are stopped', async () => {
  const visitor = new Person(server);
  const send = (fields: Record<string, string>) =>
    visitor.send('/rieng-tu/yeu-cau', 'askForData', {
      name: 'Người Thử',
      email: 'x@example.vn',
      message: '',
      ...fields,
    });
  const empty = await (await send({ name: '', email: 'x' })).text();
  for (const field of ['name', 'email', 'kind']) expect(empty).toContain(`href="#${field}"`);
  expect(await (await send({ kind: 'correction' })).text()).toContain('Hãy nói rõ điều cần sửa');
  sqlite.exec('delete from rate_limit');
  for (let i = 0; i < 5; i += 1) await send({ kind: 'export', email: `x${i}@example.vn` });
  expect(await (await send({ kind: 'export', email: 'x9@example.vn' })).text()).toContain('quá nhiều lần');
  const { state } = await lastRequest();
  expect(state).toBe('unconfirmed');
});

test('an expert without an account gets a copy by a link that expires, once somebody has made sure who asks', async () => {
  const email = 'chuyen.gia.ban.sao@example.vn';
  await db
    .updateTable('record')
    .set({ contactEmail: email, contactName: 'Chuyên Gia Thử' })
    .where('id', '=', (eb) =>
      eb.selectFrom('record as r').select('r.id').where('r.kind', '=', 'expert').orderBy('r.id').limit(1),
    )
    .execute();
  await ask(email, { kind: 'export' });
  const received = await mailbox.next(email);
  expect(received.subject).toContain('Đã nhận yêu cầu');
  expect((await mailbox.next('moderator@example.vn')).text).not.toContain(email);
  const { id } = await lastRequest();
  expect(await moderator.text(desk)).toContain(`request=${id}`);
  expect(await moderator.text('/quan-ly')).toContain('1 đang chờ');

  const page = `${desk}?request=${id}`;
  expect((await moderator.send(page, 'sendDataExport', {})).status).toBe(400);
  expect((await moderator.send(page, 'sendDataExport', { identity: 'on' })).status).toBe(302);
  const link = mailbox.linkIn(await mailbox.next(email));
  const data = await (await server.get(link)).json();
  expect(data.contactOf).toMatchObject([{ contactEmail: email, contactName: 'Chuyên Gia Thử' }]);
  expect(data.requests).toHaveLength(1);
  expect((await server.get(link.replace(/\w{5}$/, 'aaaaa'))).status).toBe(302);
  await db
    .updateTable('personal_data_request')
    .set({ worksUntil: Date.now() - 1 })
    .where('id', '=', id)
    .execute();
  expect((await server.get(link)).status).toBe(302);
  const after = await moderator.text(page);
  expect(after).toContain('gửi bản sao');
  expect(after).not.toContain('sendDataExport');
});

test('a member asks in the account; a refusal and a correction reach them with the words', async () => {
  const member = await signedIn(db, server, 'asks');
  const own = '/tai-khoan/du-lieu-ca-nhan';
  expect((await member.send(own, 'askForOwnData', { kind: 'correction', message: 'ngắn' })).status).toBe(400);
  await member.send(own, 'askForOwnData', { kind: 'correction', message: 'Tên tôi viết sai ở trang giới thiệu' });
  const again = await member.send(own, 'askForOwnData', {
    kind: 'correction',
    message: 'Tên tôi viết sai ở trang khác',
  });
  expect(await again.text()).toContain('đã có một yêu cầu như thế');
  await mailbox.next('asks@example.vn');
  const { id } = await lastRequest();
  await moderator.send(`${desk}?request=${id}`, 'markDataCorrected', { note: 'Đã sửa tên ở hai hồ sơ' });
  expect((await mailbox.next('asks@example.vn')).text).toContain('Đã sửa tên ở hai hồ sơ');
  expect(await member.text(own)).toContain('Đã sửa tên ở hai hồ sơ');

  await member.send(own, 'askForOwnData', { kind: 'deletion', message: '' });
  await mailbox.next('asks@example.vn');
  const second = await lastRequest();
  await moderator.send(`${desk}?request=${second.id}`, 'refuseDataRequest', { reason: 'Không xác minh được' });
  expect((await mailbox.next('asks@example.vn')).text).toContain('Không xác minh được');
  for (const path of [desk, `${desk}?request=${id}`]) expect((await member.get(path)).status).toBe(403);
});

test('moderators are reminded once before a request is due; an overdue one is marked and counted', async () => {
  await ask('sap.den.han@example.vn', { kind: 'export' });
  const { id } = await lastRequest();
  await eventually(() => mailbox.mails.some(({ subject }) => subject?.includes(`số ${id} về`)));
  const accounts = accountsFor(db);
  const inDays = (n: number) => new Date(Date.now() + n * 86_400_000);
  const due = () => mailbox.mails.filter(({ subject }) => subject?.startsWith('Sắp đến hạn')).length;
  await followUpRequests(accounts, inDays(5));
  expect(await db.selectFrom('mail').select('id').where('cause', 'like', 'personalDataDue:%').execute()).toEqual([]);
  await followUpRequests(accounts, inDays(8));
  await followUpRequests(accounts, inDays(8));
  await eventually(() => due() === 1);
  await db.updateTable('personal_data_request').set({ dueOn: '2026-01-01' }).where('id', '=', id).execute();
  expect(await moderator.text(desk)).toContain('quá hạn');
  expect(await moderator.text('/quan-ly')).toContain('1 quá hạn');
});

test('a deletion leaves no trace of the person’s address in any table', async () => {
  const email = 'nguoi-ra-di@example.vn';
  const leaving = await signedIn(db, server, 'nguoi-ra-di');
  await account(db, 'stays');
  // A record of their own, one that others manage too, and an expert's page that the Department has made.
  await submit(db, 'nguoi-ra-di', 'offer', { ...goodForm('Máy sấy của người ra đi'), contactEmail: email });
  const shared = await submit(db, 'stays', 'offer', { ...goodForm('Máy chung hai người'), contactEmail: email });
  const published = await db
    .selectFrom('record')
    .select(['id', 'kind', 'slug'])
    .where('kind', 'in', ['expert', 'offer'])
    .where('status', '=', 'published')
    .where('contactEmail', 'is distinct from', 'chuyen.gia.ban.sao@example.vn')
    .orderBy('kind')
    .orderBy('id')
    .execute();
  const expert = published.find(({ kind }) => kind === 'expert') ?? published[0];
  const offer = published.find(({ kind }) => kind === 'offer') ?? published[0];
  await db
    .updateTable('record')
    .set({ contactEmail: email.toUpperCase(), contactName: 'Người Ra Đi', contactPhone: '0900 000 000' })
    .where('id', 'in', [expert.id, offer.id])
    .execute();
  await db
    .insertInto('invitation')
    .values({ recordId: offer.id, email, invitedBy: 'stays', hash: 'a'.repeat(64), createdAt: 'x', expiresAt: 9e15 })
    .execute();
  await leaving.send(`/tai-khoan/xin-quan-ly/${offer.id}`, 'askToManage', { message: `Tôi là ${email}, giám đốc` });
  await new Person(server).send('/dang-nhap', 'signIn', { email, password: 'sai' });
  await leaving.send('/tai-khoan/du-lieu-ca-nhan', 'askForOwnData', { kind: 'deletion', message: `Xoá ${email}` });
  await mailbox.next(email);
  expect(traces(email).length).toBeGreaterThan(6);

  const { id } = await lastRequest();
  const page = `${desk}?request=${id}`;
  const html = await moderator.text(page);
  expect(html).toContain(`/chuyen-gia/${expert.slug}</textarea>`);
  const fields = { identity: 'on', sure: 'on', pages: `${publicUrl}/chuyen-gia/${expert.slug}` };
  const wrong = await moderator.send(page, 'erasePerson', { ...fields, pages: '/chuyen-gia/khong-co-ai' });
  expect(await wrong.text()).toContain('không phải địa chỉ của hồ sơ nào');
  expect((await moderator.send(page, 'erasePerson', fields)).status).toBe(302);

  expect((await mailbox.next(email)).subject).toBe('Dữ liệu của bạn đã được xoá');
  // The message goes once it is sent, what search holds once the indexer has followed.
  await eventually(() => traces(email).length === 0);
  expect(traces('0900 000 000')).toEqual([]);
  expect((await leaving.get('/tai-khoan')).status).toBe(302);
  expect((await server.get(`/chuyen-gia/${expert.slug}`)).status).toBe(404);
  expect((await server.get(`/cong-nghe/${offer.slug}`)).status).toBe(200);
  expect(await db.selectFrom('record').select('id').where('id', '=', shared).execute()).toHaveLength(1);
  // What stays: that there was a request, its dates, its number in the log.
  expect(
    await db.selectFrom('personal_data_request').selectAll().where('id', '=', id).executeTakeFirst(),
  ).toMatchObject({
    kind: 'deletion',
    state: 'done',
    name: null,
    email: null,
    message: null,
    userId: null,
  });
  const log = await db.selectFrom('audit_log').selectAll().where('action', '=', 'personalData.erased').execute();
  expect(log).toMatchObject([{ userId: 'moderator', detail: JSON.stringify({ text: `#${id}` }) }]);
  expect(await moderator.text(desk)).toContain('(dữ liệu đã xoá)');
});

test('accounts of the Department’s people are deleted by administrators only', async () => {
  const colleague = await signedIn(db, server, 'colleague', 'moderator');
  await colleague.send('/tai-khoan/du-lieu-ca-nhan', 'askForOwnData', { kind: 'deletion', message: '' });
  const { id } = await lastRequest();
  const page = `${desk}?request=${id}`;
  const fields = { identity: 'on', sure: 'on', pages: '' };
  expect(await (await moderator.send(page, 'erasePerson', fields)).text()).toContain('do quản trị viên xoá');
  const administrator = await signedIn(db, server, 'administrator', 'administrator');
  expect((await administrator.send(page, 'erasePerson', fields)).status).toBe(302);
  expect(await db.selectFrom('user').select('id').where('id', '=', 'colleague').execute()).toEqual([]);
});
