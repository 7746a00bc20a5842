import { connect } from 'node:net';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { searchByClient } from '../../src/accounts/rate-limit.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { signedIn } from '../support/member.ts';
import { Person } from '../support/person.ts';
import { catalogueFolder, publicUrl, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));
const token = 'a-token-of-the-tests-4711';
const failing = { NODE_OPTIONS: `--import ${resolve('tests/support/failing.mjs')}` };
/** Behind a proxy on this machine, and alone. */
let server: TestServer;
let alone: TestServer;
let mailbox: Mailbox;

beforeAll(async () => {
  mailbox = await startMailbox();
  const settings = { SMTP_URL: mailbox.url, METRICS_TOKEN: token };
  server = await startServer(folder.dataDir, { ...settings, ...failing, TRUST_PROXY: 'loopback' });
  alone = await startServer(folder.dataDir, settings);
});

afterAll(async () => {
  await server.stop();
  await alone.stop();
  await mailbox.close();
  await db.destroy();
  folder.remove();
});

/** While it is broken, whoever starts a record meets a failure that no rule of ours has foreseen. */
const breakActions = (broken: boolean) =>
  sqlite.exec(
    broken
      ? `create trigger broken before insert on revision begin select raise(abort, 'out of luck'); end`
      : 'drop trigger broken',
  );

const logOf = ({ output }: TestServer) =>
  output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

describe('the log', () => {
  test('is JSON lines beside what a person reads at the start', () => {
    expect(server.output()).toMatch(/^• Listening on http/m);
    expect(server.output()).toMatch(/^• No administrator yet/m);
    for (const line of logOf(server))
      expect(line).toMatchObject({ level: expect.any(String), time: expect.any(String) });
  });

  test('names each request as its answer does, by pattern', async () => {
    const response = await server.get('/cong-nghe?q=bi-mat');
    const id = response.headers.get('x-request-id');
    expect(id).toMatch(/^[\da-f-]{36}$/);
    await expect
      .poll(() => logOf(server).find((line) => line.requestId === id))
      .toMatchObject({ level: 'info', method: 'GET', path: '/cong-nghe', route: '/[list]', status: 200 });
    // Kept answers and files have ids of their own.
    const again = await server.get('/cong-nghe?q=bi-mat');
    expect(again.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(again.headers.get('x-request-id')).not.toBe(id);
    expect((await server.get('/favicon.svg')).headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect((await server.get('/', { method: 'DELETE' })).headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });

  test('an action that fails is a failure: an error page with the id that is in the log', async () => {
    const member = await signedIn(db, server, 'unlucky');
    breakActions(true);
    const response = await member.send('/tai-khoan/ho-so', 'startRecord', { kind: 'offer', title: 'Không thành' });
    breakActions(false);
    const html = await response.text();
    expect(response.status).toBe(500);
    const id = response.headers.get('x-request-id') ?? '';
    expect(html).toContain(id);
    const failed = logOf(server).find((line) => line.requestId === id && line.msg === 'Failed');
    expect(failed).toMatchObject({ level: 'error', method: 'POST', route: '/tai-khoan/ho-so' });
    expect(failed.err).toMatchObject({ message: 'out of luck', stack: expect.stringContaining('drafts') });
  });

  test('holds no password, token, cookie, e-mail address or telephone number after everything a member does', async () => {
    const email = 'kin.dao@example.vn';
    const password = 'bảy con ngựa ô chạy';
    const phone = '0912 345 678';
    const person = new Person(server);
    await person.send('/dang-ky', 'register', { name: 'Kín Đáo', email, password, terms: 'on' });
    const link = mailbox.linkIn(await mailbox.next(email));
    const secret = new URL(link, publicUrl).searchParams.get('token') ?? '';
    expect(secret.length).toBeGreaterThan(15);
    await person.text(link);
    await person.send(link, 'verifyEmail', {});
    await person.send('/dang-nhap', 'signIn', { email, password: `${password} sai` });
    await person.send('/dang-nhap', 'signIn', { email, password });
    const cookie = person.cookie.split('=')[1];
    expect(cookie.length).toBeGreaterThan(15);
    await person.send('/tai-khoan/ho-so', 'startRecord', { kind: 'offer', title: `Gọi ${phone}` });
    await person.get(`/tim-kiem?q=${encodeURIComponent(`${email} ${phone}`)}`);
    await person.get(`/${email}/${encodeURIComponent(phone)}?token=${secret}`);
    // A mail server that repeats the address in its complaint.
    await db
      .insertInto('mail')
      .values({
        cause: 'test:bad',
        recipient: `${email}\r\nBcc: x`,
        language: 'vi',
        subject: 'x',
        text: 'x',
        html: 'x',
        createdAt: 'x',
        lastError: null,
      })
      .execute();
    // Whatever fails: the statement's values are the person's.
    breakActions(true);
    const failed = await person.send('/tai-khoan/ho-so', 'startRecord', { kind: 'need', title: `Cần gọi ${phone}` });
    breakActions(false);
    expect(failed.status).toBe(500);
    await expect.poll(() => server.output()).toContain(failed.headers.get('x-request-id') ?? '');
    const log = server.output().replace(/• No administrator yet.*\n.*/, '');
    for (const [what, text] of Object.entries({ email, password, phone, plain: '0912345678', secret, cookie })) {
      expect(log.includes(text) || log.includes(encodeURIComponent(text)), what).toBe(false);
    }
    expect(log).toContain('"route":"/xac-minh-email"');
  });

  test('what Astro and its adapter complain of is a line like the others, without what was asked for and by whom', async () => {
    const said = {
      secret: 'bi-mat-cua-toi',
      words: 'gom-men-ngoc',
      email: 'kin.dao@example.vn',
      client: '203.0.113.77',
      other: '2001:db8::77',
    };
    const query = `?token=${said.secret}&x=${said.words}&fails=${said.email}`;
    const failed = await server.get(`/tim-kiem${query}`, {
      headers: { 'x-forwarded-for': said.client, 'x-test-client': `${said.client} and ${said.other}` },
    });
    expect(failed.status).toBe(500);
    // A page without forms, asked as if it had one.
    const headers = { origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' };
    await server.get(`/sitemap-${said.email}.xml`, { method: 'POST', headers, body: 'a=b' });
    const lines = () => logOf(server).filter(({ msg }) => /Could not render|No answer to|No API Route/.test(msg));
    await expect
      .poll(() => lines().map(({ level, msg }) => `${level}: ${msg.split('\n')[0]}`))
      .toEqual([
        expect.stringMatching(
          /^error: .*Could not render http:\/\/\S*\/tim-kiem\?token=\[hidden\]&x=\[hidden\]&fails=\[hidden\]$/,
        ),
        expect.stringMatching(/^error: .*Could not render \/tim-kiem\?token=\[hidden\]/),
        expect.stringMatching(/^error: Error: No answer to \/tim-kiem\?.* of \[IP\] and \[IP\]$/),
        expect.stringMatching(
          /^info: .*No API Route handler exists for the method "POST" for the route "\/\[e-mail\]"/,
        ),
      ]);
    await expect.poll(() => logOf(server).find(({ level }) => level === 'warn')?.msg).toMatch(/^Odd: .*hidden/);
    const log = server.output().replace(/• No administrator yet.*\n.*/, '');
    for (const [what, text] of Object.entries(said)) expect(log.includes(text), what).toBe(false);
    expect(log.split('\n').filter((line) => line && !/^[{•]/.test(line))).toEqual([]);
  });

  test('a host that names a person is refused before Astro makes an address of it', async () => {
    const socket = connect(Number(new URL(alone.url).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.write('GET / HTTP/1.1\r\nHost: a:b@localhost\r\nConnection: close\r\n\r\n');
    await new Promise((done) => socket.once('close', done));
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
  });

  test('says as much as it is asked to, and why the server ended', async () => {
    const other = catalogueFolder();
    const quiet = await startServer(other.dataDir, { ...failing, LOG_LEVEL: 'debug' });
    await quiet.get('/healthz');
    await expect.poll(() => logOf(quiet).map((line) => line.path)).toContain('/healthz');
    expect(logOf(alone).map((line) => line.path)).not.toContain('/healthz');
    process.kill(quiet.pid, 'SIGUSR2');
    await expect
      .poll(() => logOf(quiet).find(({ level }) => level === 'fatal'))
      .toMatchObject({
        msg: 'The server ends: nobody has foreseen this',
        err: { message: 'Broken at /dat-lai?token=[hidden]' },
      });
    expect(quiet.output()).not.toContain('bi-mat-cua-toi');
    await quiet.stop();
    other.remove();
  });
});

describe('/metrics', () => {
  const figures = async (of = server) => (await of.get('/metrics')).text();
  const value = (text: string, series: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.split(' ')[1] ?? Number.NaN,
    );

  test('counts answers by pattern and status, kept ones too', async () => {
    const before = await figures();
    for (let i = 0; i < 5; i += 1) await server.text('/doanh-nghiep-khcn');
    await server.get('/khong-co-trang-nay');
    const after = await figures();
    const rise = (series: string) => value(after, series) - (value(before, series) || 0);
    expect(rise('http_requests_total{route="/[list]",status="200"}')).toBe(5);
    expect(rise('http_requests_total{route="/[list]",status="404"}')).toBe(1);
    expect(rise('page_cache_questions{result="hit"}')).toBeGreaterThanOrEqual(4);
    expect(rise('http_request_duration_seconds_count{route="/[list]"}')).toBeGreaterThanOrEqual(2);
    expect(after).not.toContain('khong-co-trang-nay');
    // One more record than the index knows, for a moment.
    expect(value(after, 'search_index_pending{engine="embedded"}')).toBe(0);
    expect(value(after, 'search_engine_in_use{engine="embedded",configured="embedded"}')).toBe(1);
    expect(value(after, 'event_loop_delay_seconds{quantile="0.99"}')).toBeGreaterThanOrEqual(0);
    expect(value(after, 'process_resident_memory_bytes')).toBeGreaterThan(5e7);
  });

  test('tells the mail that has not gone', async () => {
    const mail = {
      recipient: 'x@example.vn',
      language: 'vi',
      subject: 'x',
      text: 'x',
      html: 'x',
      createdAt: 'x',
    } as const;
    const values = ['a', 'b'].map((name) => ({
      ...mail,
      cause: `test:${name}`,
      lastError: null,
      state: 'failed' as const,
    }));
    await db.insertInto('mail').values(values).execute();
    expect(value(await figures(), 'mail_messages{state="failed"}')).toBe(2);
  });

  test('is read on this machine or with the token, and not through a proxy', async () => {
    const status = async (headers: Record<string, string>, of = server) =>
      (await of.get('/metrics', { headers })).status;
    for (const one of [server, alone]) {
      expect(await status({}, one)).toBe(200);
      expect(await status({ 'x-forwarded-for': '127.0.0.1' }, one)).toBe(403);
      expect(await status({ forwarded: 'for=127.0.0.1' }, one)).toBe(403);
      expect(await status({ 'x-forwarded-for': '203.0.113.7', authorization: `Bearer ${token}` }, one)).toBe(200);
      expect(await status({ 'x-forwarded-for': '203.0.113.7', authorization: `Bearer ${token}x` }, one)).toBe(403);
    }
  });
});

describe('rate limits count the real client', () => {
  const from = (forwardedFor: string) => ({
    'x-forwarded-for': forwardedFor,
    'x-real-ip': forwardedFor,
    'x-forwarded-host': 'catalogue.test',
  });
  const send = (of: TestServer, path: string, forwardedFor: string, fields: Record<string, string>) =>
    of.get(path, {
      method: 'POST',
      headers: { origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded', ...from(forwardedFor) },
      body: new URLSearchParams(fields).toString(),
    });
  type Ask = (of: TestServer, forwardedFor: string) => Promise<'refused' | 'asked'>;
  const isRefused = ({ status }: Response) => (status === 429 ? 'refused' : 'asked');
  const ways: Record<string, Ask> = {
    async signInByClient(of, client) {
      const fields = { email: `${Math.random()}@example.vn`, password: 'sai rồi, sai rồi' };
      const response = await send(of, '/en/sign-in?_action=signIn', client, fields);
      return (await response.text()).includes('Too many') ? 'refused' : 'asked';
    },
    async liveMatchesByClient(of, client) {
      const fields = { guide: 'need', text: 'Vải thu về hai ngày đã nâu vỏ, bán không kịp.' };
      return isRefused(await send(of, '/khop-ngay', client, fields));
    },
    exportByClient: async (of, client) =>
      isRefused(await of.get('/api/v1/technology-offers.csv?field=211', { headers: from(client) })),
  };

  describe.each(Object.entries(ways))('%s', (name, ask) => {
    const clients = async () => {
      const rows = await db.selectFrom('rate_limit').select('bucket').where('bucket', 'like', `${name}:%`).execute();
      return rows.map(({ bucket }) => bucket.replace(`${name}:`, '')).sort();
    };
    const exhaust = () => db.updateTable('rate_limit').set({ used: 1000 }).execute();

    test('without TRUST_PROXY a forged header changes nothing', async () => {
      await db.deleteFrom('rate_limit').execute();
      expect(await ask(alone, '203.0.113.1')).toBe('asked');
      expect(await clients()).toEqual(['127.0.0.1']);
      await exhaust();
      expect(await ask(alone, '203.0.113.2')).toBe('refused');
      expect(await clients()).toEqual(['127.0.0.1']);
    });

    test('with it two clients behind the proxy are two, whatever they write before', async () => {
      await db.deleteFrom('rate_limit').execute();
      expect(await ask(server, '203.0.113.1')).toBe('asked');
      expect(await clients()).toEqual(['203.0.113.1']);
      await exhaust();
      expect(await ask(server, '203.0.113.2')).toBe('asked');
      expect(await ask(server, '203.0.113.1')).toBe('refused');
      expect(await ask(server, '198.51.100.9, 203.0.113.1')).toBe('refused');
      expect(await ask(server, '127.0.0.1, 203.0.113.1')).toBe('refused');
      expect(await clients()).toEqual(['203.0.113.1', '203.0.113.2']);
    });

    test('a network of IPv6 is one client', async () => {
      await db.deleteFrom('rate_limit').execute();
      expect(await ask(server, '2001:db8:1:2::1')).toBe('asked');
      await exhaust();
      expect(await ask(server, '2001:db8:1:2:3:4:5:6')).toBe('refused');
      expect(await ask(server, '2001:db8:1:3::1')).toBe('asked');
      expect(await clients()).toEqual(['2001:db8:1:2::/64', '2001:db8:1:3::/64']);
    });
  });
});

describe('searching without an end', () => {
  const search = (path: string, client?: string, of = server) =>
    of.get(path, { headers: client ? { 'x-forwarded-for': client } : {} });
  /** Spends what one client may search; a page that there is none of costs the least, and is kept by nobody. */
  async function spend(client: string, of = server): Promise<number[]> {
    const statuses: number[] = [];
    for (let n = 0; n < searchByClient.times; n += 40) {
      const answers = await Promise.all(
        Array.from({ length: 40 }, () => search('/api/v1/search?q=x&page=0', client, of)),
      );
      for (const answer of answers) {
        statuses.push(answer.status);
        await answer.arrayBuffer();
      }
    }
    return statuses;
  }

  test('is refused to the one client, in their language, until the minute is over', async () => {
    expect(new Set(await spend('203.0.113.50'))).toEqual(new Set([400]));
    const page = await search('/tim-kiem?q=lan+cuoi', '203.0.113.50');
    expect(page.status).toBe(429);
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(page.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(page.headers.get('cache-control')).toBe('private, no-store');
    expect(await page.text()).toContain('Quá nhiều lượt tìm kiếm');
    const english = await search('/en/search?q=the+last', '203.0.113.50');
    expect(await english.text()).toContain('Too many searches');
    for (const path of ['/cong-nghe?q=x', '/su-kien?q=x', '/tin-tuc?q=x', '/api/v1/suggest?q=x', '/feed.xml?q=x']) {
      expect((await search(path, '203.0.113.50')).status, path).toBe(429);
    }
    const problem = await search('/api/v1/search?q=x&lang=en', '203.0.113.50');
    expect(problem.status).toBe(429);
    expect(problem.headers.get('content-type')).toContain('application/problem+json');
    expect(Number(problem.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await problem.json()).toMatchObject({ status: 429, title: 'Too many searches' });
    // Others search on, and the one reads on.
    expect((await search('/tim-kiem?q=nguoi+khac', '203.0.113.51')).status).toBe(200);
    expect((await search('/cong-nghe', '203.0.113.50')).status).toBe(200);
    expect((await search('/api/v1/technology-offers', '203.0.113.50')).status).toBe(200);
    // What the page cache has costs nothing.
    expect((await search('/tim-kiem?q=nguoi+khac', '203.0.113.50')).status).toBe(200);
  });

  test('is no matter for a program on this machine; a header that nobody trusts names nobody else', async () => {
    await spend('203.0.113.60', alone);
    expect((await search('/tim-kiem?q=mot', undefined, alone)).status).toBe(200);
    expect((await search('/tim-kiem?q=hai', '203.0.113.61', alone)).status).toBe(429);
  });
});

test('SIGTERM: who has asked gets an answer, nobody new is let in, and it ends soon', async () => {
  const other = catalogueFolder();
  const ending = await startServer(other.dataDir);
  const { port } = new URL(ending.url);
  // Asked in part before, in full after the signal.
  const socket = connect(Number(port), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const idle = connect(Number(port), '127.0.0.1');
  await new Promise((resolve) => idle.once('connect', resolve));
  const searches = Array.from({ length: 12 }, (_, i) => ending.get(`/tim-kiem?q=m%C3%A1y+s%E1%BA%A5y+${i}`));
  socket.write('GET /cong-nghe?page=2 HTTP/1.1\r\nHost: x\r\n');
  // By then the system has handed all of them over to the server.
  await Promise.race(searches);
  const started = Date.now();
  const stopped = ending.stop();
  await expect
    .poll(
      () =>
        ending.get('/healthz').then(
          () => 'let in',
          () => 'refused',
        ),
      // It is busy with the searches: the signal is heard between two of them.
      { timeout: 8_000 },
    )
    .toBe('refused');
  for (const search of searches) expect((await search).status).toBe(200);
  socket.write('\r\n');
  await closed;
  expect(answer).toMatch(/^HTTP\/1.1 200.*\nconnection: close\r/is);
  await stopped;
  expect(Date.now() - started).toBeLessThan(10_000);
  expect(openCheck(other.dataDir)).toBe('ok');
  other.remove();
});

function openCheck(dataDir: string): unknown {
  const { sqlite } = openDatabase(databaseFile(dataDir));
  const found = sqlite.pragma('integrity_check', { simple: true });
  sqlite.close();
  return found;
}
