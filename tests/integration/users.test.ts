import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import type { Role } from '../../db/schema.ts';
import { hashPassword } from '../../src/accounts/password.ts';
import { forgetSignIns } from '../../src/accounts/sign-ins.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { account, signedIn } from '../support/member.ts';
import { Person } from '../support/person.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
let mailbox: Mailbox;
let administrator: Person;

beforeAll(async () => {
  mailbox = await startMailbox();
  server = await startServer(folder.dataDir, { SMTP_URL: mailbox.url });
  administrator = await signedIn(db, server, 'boss', 'administrator');
});

afterAll(async () => {
  await server.stop();
  await mailbox.close();
  await db.destroy();
  folder.remove();
});

const good = 'bốn con chim sẻ';
const users = '/quan-ly/nguoi-dung';

/** Somebody with a password, who has used it. */
async function entered(id: string, role: Role = 'member'): Promise<Person> {
  sqlite.exec('delete from rate_limit');
  await account(db, id, { role });
  await db
    .updateTable('user')
    .set({ passwordHash: await hashPassword(good), totpConfirmedAt: null })
    .where('id', '=', id)
    .execute();
  const person = new Person(server);
  await enter(person, id);
  return person;
}

const enter = (person: Person, id: string, password = good) =>
  person.send('/dang-nhap', 'signIn', { email: `${id}@example.vn`, password });

const audited = async (action: string) =>
  (await db.selectFrom('audit_log').select('detail').where('action', '=', action).execute()).map(({ detail }) =>
    JSON.parse(detail),
  );

test('users are found by name or address; only administrators look', async () => {
  await account(db, 'tim-thay');
  expect(await administrator.text(`${users}?q=tim-thay%40`)).toContain('tim-thay@example.vn');
  expect(await administrator.text(`${users}?q=NGƯỜI+tim-t`)).not.toContain('tim-thay@example.vn');
  expect(await administrator.text(`${users}?q=gười+tim`)).toContain('tim-thay@example.vn');
  expect(await administrator.text(`${users}?q=%25`)).toContain('Không có tài khoản nào khớp');
  const moderator = await signedIn(db, server, 'only-moderator', 'moderator');
  expect((await moderator.get(users)).status).toBe(403);
});

test('a blocked account is signed out everywhere and told why; its password opens nothing until it is let in', async () => {
  const person = await entered('blocked');
  await new Person(server).send('/quen-mat-khau', 'requestReset', { email: 'blocked@example.vn' });
  const reset = mailbox.linkIn(await mailbox.next('blocked@example.vn'));
  const newPassword = () => person.send(reset, 'resetPassword', { password: 'tám con rùa biển' });
  expect((await person.get('/tai-khoan')).status).toBe(200);
  const page = `${users}?user=blocked`;
  expect((await administrator.send(page, 'blockUser', { reason: '' })).status).toBe(400);
  const done = await administrator.send(page, 'blockUser', { reason: 'Gửi thư rác cho thành viên khác' });
  expect(await done.text()).toContain('Mở khoá tài khoản');
  expect((await person.get('/tai-khoan')).status).toBe(302);
  expect((await mailbox.next('blocked@example.vn')).text).toContain('Gửi thư rác');
  const refused = await enter(person, 'blocked');
  expect(await refused.text()).toContain('đã bị Sở khoá');
  expect(await (await enter(person, 'blocked', 'sai bét')).text()).toContain('Email hoặc mật khẩu không đúng');
  expect((await newPassword()).status).toBe(400);

  await administrator.send(page, 'blockUser', { reason: 'Đã xin lỗi' });
  await mailbox.next('blocked@example.vn');
  expect((await enter(person, 'blocked')).status).toBe(302);
  // The link was not used up by the attempt.
  expect((await newPassword()).status).toBe(200);
  expect(await audited('blocked')).toEqual([{ user: 'Người blocked', reason: 'Gửi thư rác cho thành viên khác' }]);
});

test('attempts to sign in are seen by their owner and by administrators, and forgotten after 180 days', async () => {
  const person = await entered('history');
  await enter(new Person(server), 'history', 'sai bét');
  for (const html of [await person.text('/tai-khoan'), await administrator.text(`${users}?user=history`)]) {
    expect(html).toContain('Đúng mật khẩu');
    expect(html).toContain('Sai mật khẩu');
    expect(html).toContain('127.0.0.0/24');
    expect(html).not.toContain('127.0.0.1');
  }
  expect((await (await person.get('/tai-khoan/du-lieu.json')).json()).signIns).toHaveLength(2);
  const count = () =>
    db
      .selectFrom('sign_in')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('userId', '=', 'history')
      .executeTakeFirstOrThrow();
  await forgetSignIns(db, Date.now() + 179 * 86_400_000);
  expect((await count()).n).toBe(2);
  await forgetSignIns(db, Date.now() + 181 * 86_400_000);
  expect((await count()).n).toBe(0);
});

test('a lost second factor is reset: the person is told, and sets up a new one before anything else', async () => {
  const moderator = await entered('lost', 'moderator');
  const setUp = async () => {
    const html = await moderator.text('/tai-khoan/hai-lop');
    const secret = html.match(/<code[^>]*>([A-Z2-7]{32})</)?.[1] ?? '';
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
    expect((await moderator.send('/tai-khoan/hai-lop', 'confirmTwoFactor', { code })).status).toBe(200);
    await mailbox.next('lost@example.vn');
    return secret;
  };
  const first = await setUp();
  expect((await moderator.get('/quan-ly')).status).toBe(200);

  const done = await administrator.send(`${users}?user=lost`, 'resetTwoFactor', {});
  expect(done.status).toBe(200);
  expect((await mailbox.next('lost@example.vn')).subject).toBe('Xác thực hai lớp đã được đặt lại');
  expect((await moderator.get('/quan-ly')).status).toBe(302);
  await enter(moderator, 'lost');
  expect((await moderator.get('/quan-ly')).headers.get('location')).toBe('/tai-khoan/hai-lop');
  expect(await setUp()).not.toBe(first);
  expect((await moderator.get('/quan-ly')).status).toBe(200);
  expect(await audited('twoFactorReset')).toEqual([{ user: 'Người lost' }]);
});

describe('the last administrator who can sign in', () => {
  test('keeps the role, the account and the second factor', async () => {
    const second = await signedIn(db, server, 'second', 'administrator');
    await administrator.send(`${users}?user=second`, 'blockUser', { reason: 'Nghỉ việc' });
    expect((await second.get('/quan-ly')).status).toBe(302);
    const reset = await administrator.send(`${users}?user=boss`, 'resetTwoFactor', {});
    expect(await reset.text()).toContain('quản trị viên cuối cùng');
    await administrator.send(`${users}?user=second`, 'blockUser', { reason: 'Trở lại' });

    // Two who act on each other at the same moment: one of them stays, whoever was first.
    const other = await signedIn(db, server, 'second', 'administrator');
    await Promise.all([
      administrator.send(`${users}?user=second`, 'blockUser', { reason: 'Thử' }),
      other.send(`${users}?user=boss`, 'blockUser', { reason: 'Thử' }),
    ]);
    const able = await db
      .selectFrom('user')
      .select('id')
      .where('role', '=', 'administrator')
      .where('blockedAt', 'is', null)
      .where('totpConfirmedAt', 'is not', null)
      .execute();
    expect(able).toHaveLength(1);
  });
});
