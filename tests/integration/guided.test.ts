import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { limits } from '../../src/accounts/rate-limit.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { signedIn } from '../support/member.ts';
import { Person } from '../support/person.ts';
import { catalogueFolder, publicUrl, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
let mailbox: Mailbox;

beforeAll(async () => {
  mailbox = await startMailbox();
  server = await startServer(folder.dataDir, { SMTP_URL: mailbox.url });
});

beforeEach(() => sqlite.exec('delete from rate_limit'));

afterAll(async () => {
  await server.stop();
  await mailbox.close();
  await db.destroy();
  folder.remove();
});

const litchis = 'Vải thu về hai ngày đã nâu vỏ, bán không kịp. Kho chỉ có quạt, mỗi vụ hỏng chừng ba tấn.';

/** The boxes of a name in a page: those that are ticked, and all. */
const boxes = (html: string, name: string) => {
  const all = [...html.matchAll(new RegExp(`<input type="checkbox" name="${name}" value="([^"]*)"( checked)?`, 'g'))];
  return { ticked: all.filter(([, , on]) => on).map(([, value]) => value), all: all.map(([, value]) => value) };
};

const formOf = async (id: number) => {
  const revision = await db.selectFrom('revision').select('form').where('recordId', '=', id).executeTakeFirstOrThrow();
  return JSON.parse(revision.form);
};

describe('a need', () => {
  test('is tried by a visitor: what the catalogue has, with reasons, without and with the live answer', async () => {
    const visitor = new Person(server);
    const answer = await visitor.send('/neu-nhu-cau', 'stateProblem', { text: litchis, go: 'look' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    const page = await answer.text();
    expect(page).toContain('nâu vỏ, bán không kịp');
    expect(page).toMatch(/Vì sao:<\/strong> [^<]*vải/);
    const live = await server.get('/en/live-matches', {
      method: 'POST',
      headers: { origin: publicUrl },
      body: new URLSearchParams({ guide: 'need', text: litchis }),
    });
    expect(await live.text()).toMatch(/<h2[^>]*>\d records in the catalogue may help<\/h2>.*Why:<\/strong>/s);
    const links = (html: string) =>
      [...html.matchAll(/<h2[^>]*><a href="(?:\/en)?\/[^/]*\/([^"]*)"/g)].map(([, s]) => s);
    expect(links(page).length).toBeGreaterThan(1);
    // Nobody has signed in or gone on: nothing was kept.
    expect(await db.selectFrom('statement').selectAll().execute()).toEqual([]);
    expect(visitor.cookie).toBe('');
  });

  test('with too little to go on says so beside the field and keeps what was typed', async () => {
    const answer = await new Person(server).send('/en/state-a-need', 'stateProblem', { text: 'Vải <b>', go: 'next' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toMatch(/id="text-error">Say a little more.*Vải &lt;b&gt;<\/textarea>/s);
  });

  test('survives registering, the mail’s link on another machine, and signing in', async () => {
    const visitor = new Person(server);
    const next = await visitor.send('/neu-nhu-cau', 'stateProblem', { text: litchis, go: 'next' });
    expect(next.headers.get('location')).toBe('/tai-khoan/nhu-cau-moi');
    const gate = await visitor.get('/tai-khoan/nhu-cau-moi');
    expect(gate.headers.get('location')).toBe('/dang-nhap?next=%2Ftai-khoan%2Fnhu-cau-moi');
    expect(await visitor.text('/dang-nhap?next=%2Ftai-khoan%2Fnhu-cau-moi')).toContain('đã được giữ lại');
    const password = 'bốn con chim sẻ';
    await visitor.send('/dang-ky', 'register', { name: 'Người Mới', email: 'moi@example.vn', password, terms: 'on' });
    const elsewhere = new Person(server);
    await elsewhere.send(mailbox.linkIn(await mailbox.next('moi@example.vn')), 'verifyEmail', {});
    await elsewhere.send('/dang-nhap', 'signIn', { email: 'moi@example.vn', password });
    expect(await elsewhere.text('/tai-khoan')).toContain('Vải thu về hai ngày đã nâu vỏ, bán không kịp');
    expect(await elsewhere.text('/tai-khoan/nhu-cau-moi')).toContain('mỗi vụ hỏng chừng ba tấn.</textarea>');
    // The browser where it was said has it as well, for whoever signs in there.
    await visitor.send('/dang-nhap?next=%2Ftai-khoan%2Fnhu-cau-moi', 'signIn', { email: 'moi@example.vn', password });
    expect(await visitor.text('/tai-khoan/nhu-cau-moi')).toContain('mỗi vụ hỏng chừng ba tấn.</textarea>');
    // And nobody else has.
    const other = await signedIn(db, server, 'nguoi-khac');
    expect((await other.get('/tai-khoan/nhu-cau-moi')).headers.get('location')).toBe('/neu-nhu-cau');
    expect(await other.text('/tai-khoan')).not.toContain('nâu vỏ');
  });

  test('is out of sight on a shared computer once its owner has signed out', async () => {
    const owner = await signedIn(db, server, 'nguoi-vua-roi');
    await owner.send('/neu-nhu-cau', 'stateProblem', { text: litchis, go: 'next' });
    const response = await server.get('/dang-xuat', {
      method: 'POST',
      headers: { cookie: owner.cookie, origin: publicUrl },
    });
    expect(response.headers.getSetCookie().join('; ')).toMatch(/statement=; Path=\/; Max-Age=0/);
  });

  test('becomes a draft with everything that was said and ticked, one however often the form is sent', async () => {
    const owner = await signedIn(db, server, 'chu-vuon');
    await owner.send('/neu-nhu-cau', 'stateProblem', { text: litchis, go: 'next' });
    const page = await owner.text('/tai-khoan/nhu-cau-moi');
    const fields = boxes(page, 'fields');
    expect(fields.ticked).toContain('211');
    expect(fields.all).toHaveLength(46);
    const keywords = boxes(page, 'keyword');
    expect(keywords.ticked).toContain('nâu vỏ');
    expect(keywords.all.length).toBeGreaterThan(keywords.ticked.length);
    expect(page).toContain('value="Vải thu về hai ngày đã nâu vỏ, bán không kịp"');
    expect(page).toContain('Đã dùng thật ở ít nhất một nơi (TRL 8)');

    const sent = {
      text: litchis,
      title: 'Giữ vải tươi lâu hơn hai ngày',
      fields: fields.ticked,
      keyword: keywords.ticked,
      keywords: 'giữ tươi, chuỗi lạnh',
      requiredResult: 'Vải giữ màu đỏ ít nhất 10 ngày.',
      budgetMinVnd: '200.000.000',
      budgetMaxVnd: '500.000.000',
      deadline: '31/05/2027',
      partnerTypes: ['organisation', 'expert'],
      transferModes: ['turnkey'],
      minTrl: '8',
      areas: 'Xã Thanh Hà',
      anonymous: '1',
    };
    const wrong = await owner.send('/tai-khoan/nhu-cau-moi', 'startGuided', {
      ...sent,
      budgetMaxVnd: 'nửa tỷ',
      areas: 'Xã Không Có',
    });
    expect(wrong.status).toBe(400);
    const html = await wrong.text();
    expect(html).toMatch(/id="budgetMaxVnd-error"/);
    expect(html).toMatch(/id="areas-error"[^>]*>[^<]*Xã Không Có/);
    expect(html).toContain('value="nửa tỷ"');
    expect(boxes(html, 'keyword').ticked).toEqual(keywords.ticked);
    expect(boxes(html, 'partnerTypes').ticked).toEqual(['organisation', 'expert']);
    expect(html).toContain('value="giữ tươi, chuỗi lạnh"');
    expect(await db.selectFrom('record_member').selectAll().where('userId', '=', 'chu-vuon').execute()).toEqual([]);

    // A page that is sent twice, as two quick presses do.
    const [first, second] = await Promise.all([1, 2].map(() => again(owner, page, sent)));
    expect(first.headers.get('location')).toMatch(/^\/tai-khoan\/ho-so\/\d+\?buoc=8$/);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(first.headers.getSetCookie().join()).toContain('statement=; Path=/; Max-Age=0');
    const records = await db
      .selectFrom('record_member')
      .innerJoin('record', 'record.id', 'record_member.recordId')
      .select(['record.id', 'record.kind', 'record.status', 'record.title'])
      .where('record_member.userId', '=', 'chu-vuon')
      .execute();
    expect(records).toEqual([
      { id: expect.any(Number), kind: 'need', status: 'draft', title: 'Giữ vải tươi lâu hơn hai ngày' },
    ]);
    expect(await formOf(records[0].id)).toMatchObject({
      problem: litchis,
      summary: litchis,
      fields: fields.ticked,
      keywords: [...keywords.ticked, 'giữ tươi', 'chuỗi lạnh'].join('\n'),
      budgetMinVnd: '200.000.000',
      partnerTypes: ['organisation', 'expert'],
      minTrl: '8',
      anonymous: '1',
      areas: 'Xã Thanh Hà',
    });
    // Nothing is left to go on with, and the draft can be sent as it is.
    expect(await owner.text('/tai-khoan')).not.toContain('Bạn đang viết dở');
    const check = first.headers.get('location') ?? '';
    expect(await owner.text(check)).toContain('Hồ sơ đã đủ để gửi');
    expect(await owner.text(`/tai-khoan/ho-so/${records[0].id}/xem-truoc`)).toContain('10 ngày');
    expect((await owner.send(check, 'moveRecord', {})).status).toBe(302);
    expect(await owner.text(check)).toContain('Rút lại để sửa');
  });

  test('that is called like one that is there already is asked about first', async () => {
    const known = await db
      .selectFrom('record')
      .select('title')
      .where('kind', '=', 'need')
      .where('status', '=', 'published')
      .limit(1)
      .executeTakeFirstOrThrow();
    const owner = await signedIn(db, server, 'trung-ten');
    await owner.send('/neu-nhu-cau', 'stateProblem', { text: litchis, go: 'next' });
    const sent = { text: litchis, title: known.title };
    const asked = await owner.send('/tai-khoan/nhu-cau-moi', 'startGuided', sent);
    expect(await asked.text()).toContain('Có thể hồ sơ này đã có trên trang');
    const done = await owner.send('/tai-khoan/nhu-cau-moi', 'startGuided', { ...sent, different: known.title });
    expect(done.status).toBe(302);
  });
});

/** Sends a page's form as it stood, with these. */
function again(owner: Person, page: string, fields: Record<string, string | string[]>): Promise<Response> {
  const statement = page.match(/name="statement" value="(\d+)"/)?.[1] ?? '';
  return server.get('/tai-khoan/nhu-cau-moi?_action=startGuided', {
    method: 'POST',
    headers: { cookie: owner.cookie, origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams([
      ['guide', 'need'],
      ['statement', statement],
      ...Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
    ]).toString(),
  });
}

test('an offer has the mirror form: needs that it may answer, and what an offer is asked', async () => {
  const dryer = 'Máy sấy bơm nhiệt 500 kg mỗi mẻ, giữ màu hoa quả, tốn một nửa điện so với sấy điện trở.';
  const owner = await signedIn(db, server, 'xuong-may');
  const seen = await (await owner.send('/gioi-thieu-cong-nghe', 'stateProblem', { text: dryer, go: 'look' })).text();
  const lists = new Set([...seen.matchAll(/<h2[^>]*><a href="\/([^/]*)\//g)].map(([, list]) => list));
  expect([...lists]).toEqual(['nhu-cau']);
  await owner.send('/en/present-a-technology', 'stateProblem', { text: dryer, go: 'next' });
  const page = await owner.text('/en/account/new-technology');
  expect(boxes(page, 'fields').ticked).toContain('211');
  const done = await owner.send('/tai-khoan/cong-nghe-moi', 'startGuided', {
    text: dryer,
    title: 'Máy sấy bơm nhiệt 500 kg mỗi mẻ',
    fields: '211',
    trl: '9',
    ipStatus: 'know_how',
    transferModes: 'turnkey',
    priceMinVnd: '300.000.000',
    advantages: 'Giữ màu\nTốn ít điện',
  });
  const id = Number(done.headers.get('location')?.match(/\/(\d+)\?/)?.[1]);
  expect(await formOf(id)).toMatchObject({ body: dryer, trl: '9', ipStatus: 'know_how', transferModes: ['turnkey'] });
  expect(await owner.text(done.headers.get('location') ?? '')).toContain('Hồ sơ đã đủ để gửi');
});

test('the ways in: home, the lists, an empty search, my space', async () => {
  const member = await signedIn(db, server, 'tim-loi-vao');
  for (const [path, links] of [
    ['/', ['/neu-nhu-cau', '/gioi-thieu-cong-nghe']],
    ['/nhu-cau', ['/neu-nhu-cau']],
    ['/cong-nghe', ['/gioi-thieu-cong-nghe']],
    ['/tim-kiem?q=xyzzyq', ['/neu-nhu-cau?q=xyzzyq']],
    ['/tai-khoan', ['/neu-nhu-cau', '/gioi-thieu-cong-nghe']],
    ['/tai-khoan/ho-so', ['/neu-nhu-cau']],
    ['/en', ['/en/state-a-need']],
  ] as const) {
    const html = await member.text(path);
    for (const link of links) expect(html, path).toContain(`href="${link}"`);
  }
  expect(await server.text('/neu-nhu-cau?q=s%E1%BA%A5y+m%C3%ADt')).toContain('sấy mít</textarea>');
});

test('live answers are limited, and hostile ones refused', async () => {
  const ask = (body: Record<string, string>, origin = publicUrl) =>
    server.get('/khop-ngay', { method: 'POST', headers: { origin }, body: new URLSearchParams(body) });
  expect(await (await ask({ guide: 'policy', text: litchis })).text()).toBe('');
  expect(await (await ask({ guide: 'need', text: 'x' })).text()).toBe('');
  expect((await ask({ guide: 'need', text: litchis }, 'http://elsewhere.example')).status).toBe(403);
  expect((await ask({ guide: 'need', text: litchis })).status).toBe(200);
  sqlite.exec(`update rate_limit set used = ${limits.liveMatchesByClient.times}`);
  const refused = await ask({ guide: 'need', text: litchis });
  expect(refused.status).toBe(429);
  expect(await refused.text()).toBe('');
  const page = await new Person(server).send('/neu-nhu-cau', 'stateProblem', { text: litchis, go: 'look' });
  expect(page.status).toBe(400);
  expect(await page.text()).toContain('bán không kịp');
});

test('what nobody comes back to is forgotten after a week, and a deleted account’s words go with it', async () => {
  const { forgetStatements, keepStatement, openStatement } = await import('../../src/moderation/statements.ts');
  const week = 7 * 24 * 3_600_000;
  const secret = await keepStatement(db, { guide: 'need', text: litchis }, undefined, Date.now() - week - 1);
  expect(await openStatement(db, { secret })).toBeUndefined();
  await forgetStatements(db);
  await signedIn(db, server, 'ra-di');
  const kept = await keepStatement(db, { guide: 'need', text: litchis }, 'ra-di');
  expect(await openStatement(db, { userId: 'ra-di' })).toMatchObject({ text: litchis });
  await db.deleteFrom('user').where('id', '=', 'ra-di').execute();
  expect(await openStatement(db, { secret: kept })).toBeUndefined();
});
