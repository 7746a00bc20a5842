import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { limits } from '../../src/accounts/rate-limit.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { Person } from '../support/person.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
let mailbox: Mailbox;

beforeAll(async () => {
  mailbox = await startMailbox();
  server = await startServer(folder.dataDir, { SMTP_URL: mailbox.url, MAIL_FROM: 'Sàn <san@catalogue.test>' });
});

afterAll(async () => {
  await server.stop();
  await mailbox.close();
  await db.destroy();
  folder.remove();
});

const good = 'bốn con chim sẻ';
/** Attempts are limited by the visitor's address, which all of these tests share. */
const freshStart = () => sqlite.exec('delete from rate_limit');

async function registered(email: string, password = good): Promise<Person> {
  freshStart();
  const person = new Person(server);
  await person.send('/dang-ky', 'register', { name: 'Người Thử', email, password, terms: 'on' });
  const link = mailbox.linkIn(await mailbox.next(email));
  await person.send(link, 'verifyEmail', {});
  return person;
}

async function signedIn(email: string, password = good): Promise<Person> {
  const person = await registered(email, password);
  const response = await person.send('/dang-nhap', 'signIn', { email, password });
  expect(response.status).toBe(302);
  return person;
}

describe('registering', () => {
  test('name, address, password, consent; a link in the mail; then signing in', async () => {
    const person = new Person(server);
    const answer = await person.send('/en/register', 'register', {
      name: 'Trial Person',
      email: ' First@Example.VN ',
      password: good,
      terms: 'on',
    });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('Open your mailbox');
    const mail = await mailbox.next('first@example.vn');
    expect(mail.subject).toBe('Verify your e-mail address');
    expect(mail.html).toContain('lang="en"');
    expect(mail.from?.text).toContain('san@catalogue.test');

    const early = await person.send('/en/sign-in', 'signIn', { email: 'first@example.vn', password: good });
    expect(early.status).toBe(400);
    expect(await early.text()).toContain('has not been verified');
    const again = await mailbox.next('first@example.vn');
    const oldLink = await person.send(mailbox.linkIn(mail), 'verifyEmail', {});
    expect(oldLink.status).toBe(400);

    expect((await person.send(mailbox.linkIn(again), 'verifyEmail', {})).status).toBe(200);
    expect((await person.send(mailbox.linkIn(again), 'verifyEmail', {})).status).toBe(400);
    const entered = await person.send('/en/sign-in?next=%2Fen%2Faccount%2Femail', 'signIn', {
      email: 'FIRST@example.vn',
      password: good,
    });
    expect(entered.headers.get('location')).toBe('/en/account/email');
    expect(await person.text('/en/account')).toContain('Trial Person');
    const consents = await db.selectFrom('user_consent').selectAll().execute();
    expect(consents.map((row) => row.document).sort()).toEqual(['privacy', 'terms']);
  });

  test('every mistake stands beside its field, and what was typed stays, but no password', async () => {
    const person = new Person(server);
    const response = await person.send('/dang-ky', 'register', { name: ' ', email: '<b>"x', password: 'ngắn' });
    const html = await response.text();
    expect(response.status).toBe(400);
    expect(html).toContain('<title>Lỗi: Tạo tài khoản');
    for (const field of ['name', 'email', 'password', 'terms']) {
      expect(html).toMatch(new RegExp(`<a href="#${field}"`));
      expect(html).toMatch(new RegExp(`aria-describedby="[^"]*${field}-error`));
    }
    expect(html).toContain('value="<b>&quot;x"');
    expect(html).not.toContain('ngắn"');
  });

  test.each(['1234567890', 'matkhau12345', 'aaaaaaaaaaaa', 'easy-guess-2026'])(
    'the password %s is refused',
    async (password) => {
      freshStart();
      const person = new Person(server);
      const email = 'easy-guess@example.vn';
      const response = await person.send('/dang-ky', 'register', { name: 'Ai Đó', email, password, terms: 'on' });
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('dễ đoán');
    },
  );

  test('an address that has an account gets the same answer; its owner gets a mail', async () => {
    await registered('owner@example.vn');
    const stranger = new Person(server);
    const response = await stranger.send('/dang-ky', 'register', {
      name: 'Kẻ Lạ',
      email: 'owner@example.vn',
      password: `${good} khác`,
      terms: 'on',
    });
    expect(await response.text()).toContain('Hãy mở hộp thư của bạn');
    expect((await mailbox.next('owner@example.vn')).subject).toBe('Bạn đã có tài khoản');
    const owner = await db
      .selectFrom('user')
      .selectAll()
      .where('email', '=', 'owner@example.vn')
      .executeTakeFirstOrThrow();
    expect(owner.name).toBe('Người Thử');
  });

  test('the database holds no secret that would open anything', async () => {
    const person = await signedIn('secrets@example.vn');
    const secret = person.cookie.split('=')[1];
    const dump = JSON.stringify(
      ['session', 'one_time_token', 'user'].map((table) => sqlite.prepare(`select * from "${table}"`).all()),
    );
    expect(secret.length).toBeGreaterThan(20);
    expect(dump).not.toContain(secret);
    expect(dump).not.toContain(good);
    expect(dump).toContain('argon2id$');
  });
});

describe('signing in and out', () => {
  test('a wrong password and an unknown address get one answer', async () => {
    await registered('known@example.vn');
    const person = new Person(server);
    const answers = await Promise.all(
      ['known@example.vn', 'unknown@example.vn'].map(async (email) => {
        const response = await person.send('/dang-nhap', 'signIn', { email, password: 'không phải thế' });
        return (await response.text()).replaceAll(email, '…');
      }),
    );
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]).toContain('Email hoặc mật khẩu không đúng.');
  });

  test('too many attempts are stopped, for this address only', async () => {
    await registered('guessed@example.vn');
    const person = new Person(server);
    let last = '';
    for (let i = 0; i < 11; i += 1) {
      last = await (
        await person.send('/dang-nhap', 'signIn', { email: 'guessed@example.vn', password: `đoán ${i}` })
      ).text();
    }
    expect(last).toContain('Đã thử quá nhiều lần');
    const right = await person.send('/dang-nhap', 'signIn', { email: 'guessed@example.vn', password: good });
    expect(right.status).toBe(400);
    const other = await signedIn('other@example.vn');
    expect((await other.get('/tai-khoan')).status).toBe(200);
  });

  test('a form from another site is refused, whatever cookies come along', async () => {
    const person = await signedIn('crossed@example.vn');
    const response = await person.send('/tai-khoan', 'dang-xuat', {}, { origin: 'https://evil.example' });
    expect(response.status).toBe(403);
    expect((await person.get('/tai-khoan')).status).toBe(200);
    expect((await person.send('/tai-khoan', 'dang-xuat', {})).status).toBe(303);
    expect((await person.get('/tai-khoan')).status).toBe(302);
  });

  test.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)'])(
    '%s is no place to go after signing in',
    async (next) => {
      await registered('next@example.vn').catch(() => {});
      freshStart();
      const person = new Person(server);
      const response = await person.send(`/dang-nhap?next=${encodeURIComponent(next)}`, 'signIn', {
        email: 'next@example.vn',
        password: good,
      });
      expect(response.headers.get('location')).toBe('/tai-khoan');
    },
  );

  test('a session can be ended from another device; a new password ends the others', async () => {
    const phone = await signedIn('devices@example.vn');
    const laptop = new Person(server);
    await laptop.send('/dang-nhap', 'signIn', { email: 'devices@example.vn', password: good });
    await laptop.send('/tai-khoan', 'endSession', {});
    expect((await phone.get('/tai-khoan')).status).toBe(302);

    await phone.send('/dang-nhap', 'signIn', { email: 'devices@example.vn', password: good });
    const changed = await laptop.send('/tai-khoan/mat-khau', 'changePassword', {
      current: good,
      password: 'năm con cá vàng',
    });
    expect(await changed.text()).toContain('Đã lưu.');
    expect((await phone.get('/tai-khoan')).status).toBe(302);
    expect((await laptop.get('/tai-khoan')).status).toBe(200);
    expect((await mailbox.next('devices@example.vn')).subject).toBe('Mật khẩu đã được đổi');
  });

  test('pages of somebody who has signed in are kept by nobody', async () => {
    const person = await signedIn('private@example.vn');
    expect((await person.get('/cong-nghe')).headers.get('cache-control')).toBe('private, no-store');
    expect((await server.get('/cong-nghe')).headers.get('cache-control')).toBe('public, no-cache');
    expect((await server.get('/dang-nhap')).headers.get('cache-control')).toBe('private, no-store');
  });
});

describe('a forgotten password', () => {
  test('a link in the mail sets a new one once and ends every session', async () => {
    const person = await signedIn('forgot@example.vn');
    const asked = await person.send('/quen-mat-khau', 'requestReset', { email: 'forgot@example.vn' });
    const html = await asked.text();
    const link = mailbox.linkIn(await mailbox.next('forgot@example.vn'));
    const unknown = await person.send('/quen-mat-khau', 'requestReset', { email: 'never@example.vn' });
    expect(await unknown.text()).toBe(html);
    expect((await mailbox.next('never@example.vn')).subject).toBe('Địa chỉ này chưa có tài khoản');

    const short = await person.send(link, 'resetPassword', { password: 'ngắn' });
    expect(short.status).toBe(400);
    expect((await person.send(link, 'resetPassword', { password: 'sáu con voi trắng' })).status).toBe(200);
    expect((await person.get('/tai-khoan')).status).toBe(302);
    expect((await person.send(link, 'resetPassword', { password: 'bảy con hổ vằn' })).status).toBe(400);
    const entered = await person.send('/dang-nhap', 'signIn', {
      email: 'forgot@example.vn',
      password: 'sáu con voi trắng',
    });
    expect(entered.status).toBe(302);
  });
});

describe('one’s own data', () => {
  test('the address changes when the new mailbox confirms, and the old one is told', async () => {
    const person = await signedIn('old@example.vn');
    const wrong = await person.send('/tai-khoan/email', 'changeEmail', { current: 'sai', email: 'new@example.vn' });
    expect(await wrong.text()).toContain('Mật khẩu hiện tại không đúng.');
    await person.send('/tai-khoan/email', 'changeEmail', { current: good, email: 'new@example.vn' });
    const link = mailbox.linkIn(await mailbox.next('new@example.vn'));
    expect(await person.text('/tai-khoan')).toContain('old@example.vn');
    await person.send(link, 'verifyEmail', {});
    expect(await person.text('/tai-khoan')).toContain('new@example.vn');
    expect((await mailbox.next('old@example.vn')).text).toContain('new@example.vn');
  });

  test('can be downloaded and deleted, with everything that belongs to it', async () => {
    const person = await signedIn('leaving@example.vn');
    const data = await (await person.get('/tai-khoan/du-lieu.json')).json();
    expect(data).toMatchObject({ user: { email: 'leaving@example.vn', name: 'Người Thử' }, sessions: [{}] });
    expect(data.consents).toHaveLength(2);
    expect(JSON.stringify(data)).not.toContain('argon2id');
    const { id } = await db
      .selectFrom('user')
      .select('id')
      .where('email', '=', 'leaving@example.vn')
      .executeTakeFirstOrThrow();
    expect((await person.send('/tai-khoan/xoa', 'deleteAccount', { current: 'sai' })).status).toBe(400);
    expect((await person.send('/tai-khoan/xoa', 'deleteAccount', { current: good })).status).toBe(200);
    expect((await mailbox.next('leaving@example.vn')).subject).toBe('Tài khoản đã được xoá');
    expect((await person.get('/tai-khoan')).status).toBe(302);
    for (const table of ['session', 'user_consent', 'one_time_token', 'recovery_code']) {
      expect(sqlite.prepare(`select count(*) from "${table}" where "userId" = ?`).pluck().get(id), table).toBe(0);
    }
  });
});

describe('who asks for a password on the way out is not asked without an end', () => {
  test('leaving: a wrong password can be tried as often as at the door, and no more', async () => {
    const person = await signedIn('unlocked@example.vn');
    freshStart();
    const leave = async (current: string) => (await person.send('/tai-khoan/xoa', 'deleteAccount', { current })).text();
    for (let n = 0; n < limits.signInByAddress.times; n += 1) expect(await leave(`đoán ${n}`)).toContain('không đúng');
    expect(await leave(good)).toContain('Đã thử quá nhiều lần');
    expect((await person.get('/tai-khoan')).status).toBe(200);
    freshStart();
    expect((await person.send('/tai-khoan/xoa', 'deleteAccount', { current: good })).status).toBe(200);
  });
});

describe('the administrator', () => {
  const codeOf = (secret: string, stepsAhead = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + stepsAhead * 30_000 });

  test('a link that is none is looked at before the password, and not without an end', async () => {
    freshStart();
    const path = `/quan-ly/khoi-tao?token=${'x'.repeat(40)}`;
    const stranger = new Person(server);
    const send = async () => {
      const fields = { name: 'Kẻ Lạ', email: 'la@example.vn', password: '1234567890' };
      return (await stranger.send(path, 'setUpAdministrator', fields)).text();
    };
    const answer = await send();
    expect(answer).toContain('không còn dùng được');
    expect(answer).not.toContain('dễ đoán');
    await db.updateTable('rate_limit').set({ used: limits.signInByClient.times }).execute();
    expect(await send()).toContain('Đã thử quá nhiều lần');
  });

  test('the first start prints a link that works once; then a second factor is asked for before anything else', async () => {
    freshStart();
    const link = new URL(server.output().match(/http:\/\/catalogue\.test\S*token=\w+/)?.[0] ?? '');
    const path = link.pathname + link.search;
    const admin = new Person(server);
    const fields = { name: 'Quản Trị', email: 'admin@example.vn', password: good };
    expect((await admin.send(path, 'setUpAdministrator', fields)).status).toBe(302);
    const second = await admin.send(path, 'setUpAdministrator', { ...fields, email: 'thief@example.vn' });
    expect(await second.text()).toContain('không còn dùng được');
    expect(await db.selectFrom('user').select('email').where('role', '=', 'administrator').execute()).toEqual([
      { email: 'admin@example.vn' },
    ]);

    await admin.send('/dang-nhap', 'signIn', fields);
    expect((await admin.get('/tai-khoan')).headers.get('location')).toBe('/tai-khoan/hai-lop');
    const setUp = await admin.text('/tai-khoan/hai-lop');
    const secret = setUp.match(/<code[^>]*>([A-Z2-7]{32})</)?.[1] ?? '';
    expect((await admin.send('/tai-khoan/hai-lop', 'confirmTwoFactor', { code: '000000' })).status).toBe(400);
    const confirmed = await admin.send('/tai-khoan/hai-lop', 'confirmTwoFactor', { code: codeOf(secret) });
    const recovery =
      (await confirmed.text())
        .match(/<pre[^>]*>([^<]+)</)?.[1]
        .trim()
        .split('\n') ?? [];
    expect(recovery).toHaveLength(10);
    expect((await admin.get('/tai-khoan')).status).toBe(200);

    const again = new Person(server);
    await again.send('/dang-nhap', 'signIn', fields);
    expect((await again.get('/tai-khoan')).headers.get('location')).toBe('/xac-thuc?next=%2Ftai-khoan');
    // The code that was just used does not work a second time, the next one does.
    expect((await again.send('/xac-thuc', 'showTwoFactor', { code: codeOf(secret) })).status).toBe(400);
    expect((await again.send('/xac-thuc', 'showTwoFactor', { code: codeOf(secret, 1) })).status).toBe(302);
    expect((await again.get('/tai-khoan')).status).toBe(200);

    const lost = new Person(server);
    await lost.send('/dang-nhap', 'signIn', fields);
    expect((await lost.send('/xac-thuc', 'showTwoFactor', { code: recovery[3] })).status).toBe(302);
    await lost.send('/tai-khoan', 'dang-xuat', {});
    await lost.send('/dang-nhap', 'signIn', fields);
    expect((await lost.send('/xac-thuc', 'showTwoFactor', { code: recovery[3] })).status).toBe(400);
    // Only an administrator makes moderators, and every such change is in the log.
    const helper = await signedIn('helper@example.vn');
    expect((await helper.get('/quan-ly/nguoi-dung')).status).toBe(403);
    const named = await again.send('/quan-ly/nguoi-dung', 'changeRole', {
      email: 'helper@example.vn',
      role: 'moderator',
    });
    expect(await named.text()).toContain('helper@example.vn · Cán bộ duyệt');
    expect((await helper.get('/tai-khoan')).headers.get('location')).toContain('/dang-nhap');
    await helper.send('/dang-nhap', 'signIn', { email: 'helper@example.vn', password: good });
    expect((await helper.get('/quan-ly/hang-doi')).headers.get('location')).toBe('/tai-khoan/hai-lop');
    expect(await again.text('/quan-ly/nhat-ky')).toContain('đổi vai trò');
    const own = await again.send('/quan-ly/nguoi-dung', 'changeRole', { email: 'admin@example.vn', role: 'member' });
    expect(await own.text()).toContain('Không thể tự đổi vai trò');

    const kept = await again.send('/tai-khoan/xoa', 'deleteAccount', { current: good });
    expect(await kept.text()).toContain('quản trị viên cuối cùng');
  });
});

describe('mail', () => {
  test('waits while the mail server refuses, then arrives once', async () => {
    freshStart();
    mailbox.refuse(true);
    const person = new Person(server);
    await person.send('/dang-ky', 'register', {
      name: 'Chờ Thư',
      email: 'patient@example.vn',
      password: good,
      terms: 'on',
    });
    const row = () =>
      db.selectFrom('mail').selectAll().where('recipient', '=', 'patient@example.vn').executeTakeFirstOrThrow();
    while ((await row()).lastError === null) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await row()).toMatchObject({ lastError: expect.stringContaining('451') });
    mailbox.refuse(false);
    await db.updateTable('mail').set({ nextAttemptAt: 0 }).where('recipient', '=', 'patient@example.vn').execute();
    await mailbox.next('patient@example.vn');
    while ((await row()).state !== 'sent') await new Promise((resolve) => setTimeout(resolve, 50));
    const arrived = mailbox.mails.filter(
      (mail) => mail.text?.includes('Ai đó') && JSON.stringify(mail.to).includes('patient@'),
    );
    expect(arrived).toHaveLength(1);
  });

  test('without a mail server it lands in a file, and the console says where', async () => {
    const other = catalogueFolder();
    const quiet = await startServer(other.dataDir);
    const person = new Person(quiet);
    await person.send('/dang-ky', 'register', {
      name: 'Không Máy Chủ',
      email: 'file@example.vn',
      password: good,
      terms: 'on',
    });
    const mailFolder = join(other.dataDir, 'mail');
    while (!quiet.output().includes('.eml')) await new Promise((resolve) => setTimeout(resolve, 50));
    const [name] = readdirSync(mailFolder);
    expect(readFileSync(join(mailFolder, name), 'utf8')).toContain('To: file@example.vn');
    expect(quiet.output()).toContain(join(mailFolder, name));
    expect(quiet.output()).not.toContain('file@example.vn');
    await quiet.stop();
    other.remove();
  });
});
