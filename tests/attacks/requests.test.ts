import { request as ask } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { hashPassword } from '../../src/accounts/password.ts';
import { changedTables, contentOf } from '../support/content.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { account, signIn } from '../support/member.ts';
import { goodForm, submit } from '../support/moderation.ts';
import { Person } from '../support/person.ts';
import { raw } from '../support/raw.ts';
import { catalogueFolder, publicUrl, startServer, type TestServer } from '../support/server.ts';
import { event } from './actions/news.ts';

const folder = catalogueFolder();
const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
let mailbox: Mailbox;

beforeAll(async () => {
  mailbox = await startMailbox();
  server = await startServer(folder.dataDir, { SMTP_URL: mailbox.url });
});

afterAll(async () => {
  await server.stop();
  await mailbox.close();
  await db.destroy();
  folder.remove();
});

const password = 'bốn con chim sẻ';
const form = (path: string, fields: string | URLSearchParams, headers: Record<string, string> = {}) =>
  server.get(path, {
    method: 'POST',
    headers: { origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: String(fields),
  });

describe('what is asked never becomes part of a query', () => {
  const corpus = [
    "' OR '1'='1",
    "'; DROP TABLE record; --",
    "1; ATTACH DATABASE '/tmp/x' AS x; --",
    "' UNION SELECT email, passwordHash FROM user --",
    '" OR 1=1 --',
    'title : say',
    'NEAR(say nong, 2)',
    'say AND NOT nong OR (vai',
    '{title summary} : "vai thieu"',
    '^say*',
    '"*"',
    'say\u0000nong',
    "x') MATCH 'record",
    '%_%',
    '\\\\',
    "id:1' --",
    '211) OR 1=1 --',
    "31' OR areaCode LIKE '%",
  ];
  const places = [
    '/su-kien?q=',
    '/su-kien?time=past&q=',
    '/tin-tuc?q=',
    '/neu-nhu-cau?q=',
    '/tim-kiem?q=',
    '/cong-nghe?q=',
    '/cong-nghe?field=',
    '/cong-nghe?area=',
    '/cong-nghe?sort=',
    '/cong-nghe?trl=',
  ];
  const api = [
    '/api/v1/search?q=',
    '/api/v1/technology-offers?field=',
    '/api/v1/suggest?q=',
    '/api/v1/changes?cursor=',
    '/api/v1/technology-offers?cursor=',
    '/api/v1/technology-offers/',
  ];
  /** Where the Department looks for something. */
  const desk = ['/quan-ly/hang-doi?q=', '/quan-ly/nguoi-dung?q=', '/quan-ly/danh-muc?part=areas&q='];
  let cookie: string;
  beforeAll(async () => {
    cookie = await signIn(db, 'nguoi-tim', 'administrator');
    await submit(db, await account(db, 'nguoi-gui'), 'enterprise', goodForm('Lò sấy chờ duyệt'));
  });

  test.each(corpus)('%j', async (attack) => {
    const before = contentOf(sqlite);
    for (const place of [...places, ...api, ...desk, '/cong-nghe/', '/anh/']) {
      const headers = { cookie: desk.includes(place) ? cookie : '' };
      const response = await server.get(place + encodeURIComponent(attack), { headers });
      if (desk.includes(place)) expect(response.status, place).toBe(200);
      const body = await response.text();
      expect(response.status, place).toBeLessThan(500);
      expect(body, place).not.toMatch(/SQLITE|sqlite|syntax error|no such (?:table|column)|fts5|argon2id/);
    }
    expect(changedTables(before, contentOf(sqlite))).toEqual([]);
  });

  test('a condition that is always true finds no more than its words', async () => {
    const all = await (await server.get('/api/v1/search')).json();
    for (const attack of ["xyzzyq' OR '1'='1", 'xyzzyq OR say', 'xyzzyq" OR "say']) {
      const found = await (await server.get(`/api/v1/search?q=${encodeURIComponent(attack)}`)).json();
      expect(found.total, attack).toBeLessThan(all.total);
      expect(found.items.map((item: { title: string }) => item.title).join(), attack).not.toContain('passwordHash');
    }
    const found = async (path: string, q: string) =>
      (await server.get(path + encodeURIComponent(q), { headers: { cookie } })).text();
    for (const [path, word, shown] of [
      ['/quan-ly/nguoi-dung?q=', 'nguoi-tim', 'nguoi-tim@example.vn'],
      ['/quan-ly/hang-doi?q=', 'lò sấy', 'Lò sấy chờ duyệt'],
      ['/quan-ly/danh-muc?part=areas&q=', 'thanh hà', 'edit=31-thanh-ha'],
    ]) {
      expect(await found(path, word), path).toContain(shown);
      for (const attack of ["xyzzyq' OR '1'='1", "%' OR 1=1 --", 'xyzzyq%', `xyzzyq" OR "${word}`]) {
        expect(await found(path, attack), `${path}${attack}`).not.toContain(shown);
      }
    }
  });
});

test('a parameter given twice is an answer that a person understands', async () => {
  for (const query of [
    'q=vai&q=say',
    'page=1&page=2',
    'sort=title&sort=newest',
    'kind=offer&kind=need',
    'q[]=vai',
    'q[$ne]=x',
  ]) {
    const response = await server.get(`/tim-kiem?${query}`);
    expect([200, 400], query).toContain(response.status);
    expect(await response.text()).toContain('<h1');
    expect([200, 400], query).toContain((await server.get(`/api/v1/search?${query}`)).status);
  }
  // The one that is checked is the one that is used.
  const twice = new URLSearchParams([
    ['name', 'Người Thử'],
    ['email', 'mot@example.vn'],
    ['email', 'hai@example.vn'],
    ['password', password],
    ['terms', 'on'],
  ]);
  await form('/dang-ky?_action=register', twice);
  const made = await db
    .selectFrom('user')
    .select('email')
    .where('email', 'in', ['mot@example.vn', 'hai@example.vn'])
    .execute();
  expect(made).toHaveLength(1);
  expect((await mailbox.next(made[0].email)).to).toMatchObject({ text: made[0].email });
});

test('an address or a name with line breaks puts no header into a mail', async () => {
  for (const break_ of ['\r\n', '\n', '\r', '%0d%0a', '\u2028']) {
    const fields = { password, terms: 'on' };
    await form(
      '/dang-ky?_action=register',
      new URLSearchParams({ ...fields, name: 'An Toàn', email: `an@example.vn${break_}Bcc: ke-gian@example.vn` }),
    );
    await form(
      '/dang-ky?_action=register',
      new URLSearchParams({
        ...fields,
        name: `An Toàn${break_}Bcc: ke-gian@example.vn${break_}${break_}xin chào`,
        email: `an${break_.length}${break_.codePointAt(0)}@example.vn`,
      }),
    );
  }
  await mailbox.next(`an${'\r\n'.length}13@example.vn`);
  for (const mail of mailbox.mails) {
    expect(mail.bcc, mail.subject).toBeUndefined();
    expect(JSON.stringify(mail.to)).not.toContain('ke-gian');
    expect([...mail.headers.keys()].sort()).not.toContain('bcc');
  }
});

test('a title or a name that ends up in a subject puts no header into a mail', async () => {
  const break_ = '\r\nBcc: ke-gian@example.vn\r\n\r\nxin chào';
  const ownAs = (cookie: string, path: string, fields: Record<string, string>) =>
    form(path, new URLSearchParams(fields), { cookie });
  /** The mail's headers are its own; what was to be one stands in the subject's line. */
  const expectOneSubject = async (to: string) => {
    const mail = await mailbox.next(to);
    const headers = mail.headerLines.map(({ key }) => key);
    expect(headers).not.toContain('bcc');
    expect(headers.filter((key) => key === 'subject')).toHaveLength(1);
    expect(mail.to).toMatchObject({ text: to });
    expect(mail.subject).toContain('ke-gian@example.vn');
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(mail.text).toContain('http');
  };

  // A record's title and its sender's name, through the forms.
  const email = 'ten-xau@example.vn';
  await form('/dang-ky?_action=register', new URLSearchParams({ name: `An${break_}`, email, password, terms: 'on' }));
  const token = new URL(mailbox.linkIn(await mailbox.next(email)), publicUrl).searchParams.get('token') ?? '';
  await form('/xac-minh-email?_action=verifyEmail', new URLSearchParams({ token }));
  const sender = new Person(server);
  await sender.send('/dang-nhap', 'signIn', { email, password });
  await ownAs(sender.cookie, '/tai-khoan/ho-so?_action=startRecord', { kind: 'offer', title: `Máy sấy${break_}` });
  const { id: record } = await db
    .selectFrom('record')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const page = `/tai-khoan/ho-so/${record}/nguoi-quan-ly`;
  await ownAs(sender.cookie, `${page}?_action=inviteManager`, { record: String(record), email: 'khach@example.vn' });
  await expectOneSubject('khach@example.vn');

  // An event's title.
  const reviewer = await signIn(db, 'nguoi-to-chuc', 'moderator');
  const added = { ...event, title: `Hội thảo${break_}` };
  await ownAs(reviewer, '/quan-ly/su-kien/moi?_action=addEvent', added);
  const { id } = await db.selectFrom('event').select('id').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
  await ownAs(reviewer, `/quan-ly/su-kien/${id}?_action=moveEvent`, { event: String(id), move: 'publish' });
  await form(
    '/dang-ky-su-kien?_action=registerForEvent',
    new URLSearchParams({ event: String(id), name: `An${break_}`, email: 'den@example.vn', consent: 'on' }),
  );
  await expectOneSubject('den@example.vn');
});

describe('sessions', () => {
  test('one that somebody else has chosen is not the one that signing in begins', async () => {
    await account(db, 'nan-nhan');
    await db
      .updateTable('user')
      .set({ passwordHash: await hashPassword(password) })
      .where('id', '=', 'nan-nhan')
      .execute();
    const chosen = 'session=ke-gian-da-biet-truoc-ma-nay-0123456789';
    const victim = new Person(server);
    victim.cookie = chosen;
    const response = await victim.send('/dang-nhap', 'signIn', { email: 'nan-nhan@example.vn', password });
    expect(response.status).toBe(302);
    expect(victim.cookie).not.toBe(chosen);
    expect((await server.get('/tai-khoan', { headers: { cookie: chosen } })).status).toBe(302);
    const first = victim.cookie;
    await victim.send('/dang-nhap', 'signIn', { email: 'nan-nhan@example.vn', password });
    expect(victim.cookie).not.toBe(first);
    expect((await victim.get('/tai-khoan')).status).toBe(200);
    expect((await server.get('/tai-khoan', { headers: { cookie: first } })).status).toBe(302);
  });

  test.each([
    ['member', 89, 91],
    ['moderator', 0.4, 0.6],
    ['administrator', 0.4, 0.6],
  ] as const)('one of a %s ends after its time, however active', async (role, young, old) => {
    const cookie = await signIn(db, `lau-${role}`, role);
    const begun = (daysAgo: number) =>
      db
        .updateTable('session')
        .set({ createdAt: new Date(Date.now() - daysAgo * 86_400_000).toISOString() })
        .where('userId', '=', `lau-${role}`)
        .execute();
    const status = async () => (await server.get('/tai-khoan', { headers: { cookie } })).status;
    await begun(young);
    expect(await status()).toBe(200);
    await begun(old);
    expect(await status()).toBe(302);
    await begun(young);
    expect(await status()).toBe(302);
  });

  test('its cookie is out of reach of scripts and of other sites', async () => {
    const response = await form(
      '/dang-nhap?_action=signIn',
      new URLSearchParams({ email: 'nan-nhan@example.vn', password }),
    );
    expect(response.headers.getSetCookie().join()).toMatch(/HttpOnly/);
    expect(response.headers.getSetCookie().join()).toMatch(/SameSite=Lax/);
  });
});

test.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/%09/evil.example',
  '/\t/evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  '/..//evil.example',
  '/.//evil.example',
  '//evil.example/%2f..',
  'http://catalogue.test@evil.example',
  '/tai-khoan\r\nLocation: https://evil.example',
])('signing in leads nowhere else: %j', async (next) => {
  sqlite.exec('delete from rate_limit');
  const path = `/dang-nhap?next=${encodeURIComponent(next)}`;
  const response = await new Person(server).send(path, 'signIn', { email: 'nan-nhan@example.vn', password });
  const location = response.headers.get('location') ?? '';
  expect(new URL(location, publicUrl).host).toBe(new URL(publicUrl).host);
});

describe('no address leads out of the public files', () => {
  const steps = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..\\', '..%5c', '..;/', '....//', '%252e%252e%252f'];
  const targets = ['etc/passwd', 'package.json', 'data/catalogue.sqlite', 'server/entry.mjs', 'src/server/main.ts'];
  const bases = ['/', '/_astro/', '/anh/', '/api/v1/'];
  const climbing = bases.flatMap((base) =>
    steps.map((step): [string, string[]] => [
      `${base}${step}`,
      targets.map((target) => base + step.repeat(6) + target),
    ]),
  );

  // As they are: a client's own parser would have climbed before sending.
  const answerTo = (target: string) =>
    raw(server.url, `GET ${target} HTTP/1.1\r\nHost: catalogue.test\r\nConnection: close\r\n\r\n`);
  const leak = /root:x:0|"better-sqlite3"|SQLite format 3|createHttpServer/;
  /** The page for unknown addresses, or a refusal of what is no address; nothing that leads elsewhere. */
  async function expectNothing(target: string) {
    const answer = await answerTo(target);
    expect(answer, target).toMatch(/^HTTP\/1\.1 (?:40[04]|30[18]) /);
    expect(answer, target).not.toMatch(leak);
    expect(answer, target).not.toMatch(/^location: (?:https?:)?[\\/]{2}/im);
  }

  test.each(climbing)('%s', async (_, paths) => {
    await Promise.all(paths.map(expectNothing));
  });

  test.each(['http://catalogue.test', 'http://evil.example', 'https://x:1', 'file://'])(
    'with a host before it, as one asks a proxy: %s',
    async (host) => {
      const paths = steps.flatMap((step) => targets.map((target) => `${host}/${step.repeat(6)}${target}`));
      for (let from = 0; from < paths.length; from += 5) {
        await Promise.all(paths.slice(from, from + 5).map(expectNothing));
      }
    },
  );

  test.each(['//evil.example/..', '///etc/passwd', '/./etc/passwd', '/.git/config', '../../etc/passwd', '*', 'urn:x'])(
    '%s',
    expectNothing,
  );

  test('an address with the host is the same page', async () => {
    expect(await answerTo('http://catalogue.test/robots.txt')).toMatch(/^HTTP\/1\.1 200 .*sitemap/is);
    expect(await answerTo('http://catalogue.test/cong-nghe?q=xyzzyq')).toMatch(/^HTTP\/1\.1 200 .*xyzzyq/is);
  });
});

test('a body that is no form, or one of strange depth, is refused at once', async () => {
  const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
  const before = contentOf(sqlite);
  for (const type of [
    'application/json',
    'text/plain',
    'application/xml',
    'multipart/form-data',
    'multipart/form-data; boundary=x',
    '',
  ]) {
    const response = await form('/dang-ky?_action=register', deep, { 'content-type': type });
    expect(response.status, type).toBeLessThan(500);
    expect(await response.text(), type).toContain('<h1');
  }
  const many = await form('/dang-ky?_action=register', `${'a=1&'.repeat(50_000)}name=x`);
  expect(many.status).toBeLessThan(500);
  expect(changedTables(before, contentOf(sqlite))).toEqual([]);
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '../register', 'register.toString']) {
    expect((await form(`/dang-ky?_action=${encodeURIComponent(name)}`, 'x=1')).status, name).toBeLessThan(500);
  }
  expect(
    (await server.get('/tim-kiem?__proto__=x&constructor=y&kind=__proto__&field=constructor')).status,
  ).toBeLessThan(500);
  expect((await server.get('/api/v1/constructor')).status).toBe(404);
  expect((await server.get('/api/v1/__proto__')).status).toBe(404);
});

describe('whoever goes away in the middle takes nobody else along', () => {
  type Leaving = 'on the headers' | 'on the first bytes' | 'after a moment';
  const leave = (path: string, when: Leaving, encoding: string) =>
    new Promise<void>((resolve) => {
      const request = ask(server.url + path, { headers: { 'accept-encoding': encoding } }, (response) => {
        response.on('error', () => {}).once('close', resolve);
        if (when === 'on the headers') response.destroy();
        response.once('data', () => response.destroy());
      });
      request.on('error', () => {}).once('close', resolve);
      if (when === 'after a moment') setTimeout(() => request.destroy(), 3);
      request.end();
    });

  test.each([
    '/du-lieu-mo/cong-nghe.csv',
    '/du-lieu-mo/cong-nghe.json',
    '/du-lieu-mo/cong-nghe.xlsx',
    '/api/v1/technology-offers.csv',
    '/api/v1/technology-offers.xlsx',
    '/api/v1/changes',
    '/cong-nghe?sort=title',
    '/tim-kiem?q=say',
  ])('%s', async (path) => {
    for (const when of ['on the headers', 'on the first bytes', 'after a moment'] as const) {
      for (const encoding of ['identity', 'gzip']) {
        await Promise.all(Array.from({ length: 5 }, () => leave(path, when, encoding)));
      }
    }
    expect((await server.get('/healthz')).status).toBe(200);
  });

  test('nor does a form that is never sent to its end', async () => {
    for (let times = 0; times < 10; times += 1) {
      await new Promise<void>((resolve) => {
        const headers = {
          origin: publicUrl,
          'content-type': 'multipart/form-data; boundary=x',
          'content-length': 9999,
        };
        const request = ask(`${server.url}/dang-ky?_action=register`, { method: 'POST', headers });
        request.on('error', () => {}).once('close', resolve);
        request.write('--x\r\ncontent-disposition: form-data; name="email"\r\n\r\n');
        setTimeout(() => request.destroy(), 10);
      });
    }
    expect((await server.get('/healthz')).status).toBe(200);
  });
});
