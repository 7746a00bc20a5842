import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase, openSqlite } from '../../db/client.ts';
import type { Role } from '../../db/schema.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { signedIn } from '../support/member.ts';
import type { Person } from '../support/person.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

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

const person = (id: string, role?: Role) => signedIn(db, server, id, role);

/** Starts a record; returns the address of its form. */
async function started(owner: Person, kind: string, title: string): Promise<string> {
  const response = await owner.send('/tai-khoan/ho-so', 'startRecord', { kind, title, different: title });
  expect(response.status).toBe(302);
  return response.headers.get('location') ?? '';
}

const main = (title: string) => ({
  title,
  summary: 'Máy sấy tầng sôi cho hạt giống, tiết kiệm một phần ba điện so với sấy tĩnh và giữ nguyên tỷ lệ nảy mầm.',
  fields: '211',
  areas: 'Xã Thanh Hà',
  keywords: 'sấy hạt giống\ntầng sôi',
});

const idIn = (address: string) => address.split('/').at(-1) ?? '';
/** Presses «Gửi Sở duyệt» on the last step. */
async function sendForReview(owner: Person, form: string): Promise<Response> {
  const last = Math.max(...[...(await owner.text(form)).matchAll(/\?buoc=(\d+)/g)].map((match) => Number(match[1])));
  return owner.send(`${form}?buoc=${last}`, 'moveRecord', {});
}

describe('a profile from its first word to the public', () => {
  test('draft → submitted → returned with reasons → corrected → approved → public and found → changed → approved again', async () => {
    const owner = await person('owner');
    const moderator = await person('moderator', 'moderator');
    const form = await started(owner, 'offer', 'Máy sấy tầng sôi hạt giống');
    const review = `/quan-ly/hang-doi/${idIn(form)}`;

    // A step with a mistake is kept, and says what is wrong beside the field.
    const wrong = await owner.send(`${form}?buoc=1`, 'saveStep', {
      ...main('Máy sấy tầng sôi hạt giống'),
      areas: 'Atlantis',
    });
    expect(wrong.status).toBe(400);
    const html = await wrong.text();
    expect(html).toContain('Atlantis</textarea>');
    expect(html).toMatch(/id="areas-error"[^>]*>Địa bàn không có địa bàn/);
    const right = await owner.send(`${form}?buoc=1`, 'saveStep', main('Máy sấy tầng sôi hạt giống'));
    expect(right.headers.get('location')).toBe(`${form}?buoc=2`);
    await owner.send(`${form}?buoc=2`, 'saveStep', { trl: '7', advantages: 'Tiết kiệm điện\nGiữ nảy mầm' });
    expect((await server.get(`/cong-nghe/may-say-tang-soi-hat-giong`)).status).toBe(404);

    const sent = await sendForReview(owner, form);
    expect(sent.status).toBe(302);
    expect(await owner.text(form)).toContain('Chờ duyệt');
    expect((await server.get(`/cong-nghe/may-say-tang-soi-hat-giong`)).status).toBe(404);

    expect(await moderator.text('/quan-ly/hang-doi')).toContain('Máy sấy tầng sôi hạt giống');
    await moderator.send(review, 'claim', {});
    expect(await moderator.text(review)).toContain('Bạn đang duyệt hồ sơ này');
    const noReason = await moderator.send(review, 'sendBack', { decision: 'return' });
    expect(await noReason.text()).toContain('Hãy ghi ít nhất một lý do');
    const returned = await moderator.send(review, 'sendBack', {
      decision: 'return',
      'reason.trl': 'Nói rõ đã chạy ở đâu.',
    });
    expect(returned.status).toBe(302);
    expect((await mailbox.next('owner@example.vn')).subject).toContain('Hồ sơ cần sửa');
    expect(await owner.text(`${form}?buoc=2`)).toMatch(/id="trl-reason"[^>]*>Nói rõ đã chạy ở đâu\./);

    await owner.send(`${form}?buoc=2`, 'saveStep', {
      trl: '8',
      appliedAt: 'Trại giống mẫu',
      advantages: 'Tiết kiệm điện',
    });
    await sendForReview(owner, form);
    const approved = await moderator.send(review, 'approve', {});
    expect(approved.status).toBe(302);
    const publicPage = mailbox.linkIn(await mailbox.next('owner@example.vn'));
    expect(publicPage).toBe('/cong-nghe/may-say-tang-soi-hat-giong');
    expect(await server.text(publicPage)).toContain('Trại giống mẫu');
    const start = Date.now();
    while (!(await server.text('/tim-kiem?q=say+tang+soi+hat+giong')).includes(publicPage)) {
      expect(Date.now() - start).toBeLessThan(2000);
    }

    await owner.send(`${form}?buoc=1`, 'saveStep', main('Máy sấy tầng sôi đời hai'));
    await sendForReview(owner, form);
    expect(await server.text(publicPage)).toContain('Máy sấy tầng sôi hạt giống');
    expect(await server.text(publicPage)).not.toContain('đời hai');
    const compared = await moderator.text(review);
    expect(compared).toMatch(/Máy sấy tầng sôi <del[^>]*>hạt giống<\/del><ins[^>]*>đời hai<\/ins>/);
    expect(compared).toMatch(/mục không đổi/);
    await moderator.send(review, 'approve', {});
    // An address never changes once it was public.
    expect(await server.text(publicPage)).toContain('Máy sấy tầng sôi đời hai');

    const log = await moderator.text('/quan-ly/nhat-ky');
    for (const action of ['duyệt', 'trả lại']) expect(log).toContain(action);
    expect(log).toContain('Nói rõ đã chạy ở đâu.');
    expect((await owner.get('/quan-ly/nhat-ky')).status).toBe(403);

    await owner.send(form, 'moveRecord', {});
    expect((await server.get(publicPage)).status).toBe(410);
  }, 60_000);

  test('an offer that is approved is listed for twelve months', async () => {
    const row = await db
      .selectFrom('offer')
      .innerJoin('record', 'record.id', 'offer.recordId')
      .select('offer.expiresOn')
      .where('record.slug', '=', 'may-say-tang-soi-hat-giong')
      .executeTakeFirstOrThrow();
    const months = (Date.parse(String(row.expiresOn)) - Date.now()) / (30.4 * 86_400_000);
    expect(months).toBeGreaterThan(11.5);
    expect(months).toBeLessThan(12.5);
  });
});

describe('who may do what with a record that is not public', () => {
  test('another member sees and changes nothing of it', async () => {
    const owner = await person('owner2');
    const stranger = await person('stranger');
    const form = await started(owner, 'startup', 'Nền tảng kín');
    expect((await stranger.get(form)).status).toBe(404);
    const html = await owner.text(`${form}?buoc=1`);
    const action = html.match(/<form method="post" action="([^"]*saveStep[^"]*)"/)?.[1].replaceAll('&amp;', '&') ?? '';
    const response = await server.get(`${form}${action}`, {
      method: 'POST',
      headers: {
        cookie: stranger.cookie,
        origin: 'http://catalogue.test',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ record: idIn(form), step: '0', version: '1', title: 'Chiếm' }).toString(),
    });
    expect(response.status).toBe(404);
    const row = await db
      .selectFrom('revision')
      .selectAll()
      .where('recordId', '=', Number(idIn(form)))
      .executeTakeFirstOrThrow();
    expect(row.form).not.toContain('Chiếm');
  });

  test('two tabs: the later save is told, and nothing is overwritten', async () => {
    const owner = await person('tabs');
    const form = await started(owner, 'startup', 'Hai thẻ');
    const html = await owner.text(`${form}?buoc=1`);
    const action = html.match(/<form method="post" action="([^"]*saveStep[^"]*)"/)?.[1].replaceAll('&amp;', '&') ?? '';
    const version = html.match(/name="version" value="(\d+)"/)?.[1] ?? '';
    const save = (title: string) =>
      server.get(`${form}${action}`, {
        method: 'POST',
        headers: {
          cookie: owner.cookie,
          origin: 'http://catalogue.test',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({ record: idIn(form), step: '0', version, ...main(title) }).toString(),
      });
    expect((await save('Thẻ thứ nhất')).status).toBe(302);
    const late = await save('Thẻ thứ hai');
    expect(late.status).toBe(400);
    const answer = await late.text();
    expect(answer).toContain('Ai đó vừa lưu hồ sơ này');
    expect(answer).toContain('value="Thẻ thứ hai"');
    expect(await owner.text(`${form}?buoc=1`)).toContain('value="Thẻ thứ nhất"');
  });

  test('what the form refuses, the server refuses to review', async () => {
    const owner = await person('incomplete');
    const form = await started(owner, 'expert', 'Chuyên gia thử');
    const sent = await sendForReview(owner, form);
    expect(sent.status).toBe(400);
    expect(await sent.text()).toContain('còn chỗ chưa đúng');
  });
});

describe('a public record that somebody complains of', () => {
  test('found by its address, suspended with a reason, gone from the site, restored; those who manage it are told', async () => {
    const owner = await person('accused');
    const moderator = await person('moderator', 'moderator');
    const { id, slug, title } = await db
      .selectFrom('record')
      .select(['id', 'slug', 'title'])
      .where('kind', '=', 'startup')
      .where('status', '=', 'published')
      .limit(1)
      .executeTakeFirstOrThrow();
    await db.insertInto('record_member').values({ recordId: id, userId: 'accused' }).execute();
    const page = `/khoi-nghiep/${slug}`;
    expect((await server.get(page)).status).toBe(200);

    const nowhere = await moderator.text('/quan-ly/hang-doi?address=/khoi-nghiep/khong-co');
    expect(nowhere).toContain('Không có hồ sơ nào ở địa chỉ này');
    const address = encodeURIComponent(`https://innovation.example.vn${page}?utm=1`);
    const review = (await moderator.get(`/quan-ly/hang-doi?address=${address}`)).headers.get('location') ?? '';
    expect(review).toBe(`/quan-ly/hang-doi/${id}`);

    const silent = await moderator.send(review, 'suspendOrRestore', { reason: ' ' });
    expect(silent.status).toBe(400);
    expect(await silent.text()).toMatch(/id="reason-error"[^>]*>Hãy ghi ít nhất một lý do/);
    expect((await server.get(page)).status).toBe(200);

    await moderator.send(review, 'suspendOrRestore', { reason: 'Có khiếu nại về nhãn hiệu.' });
    expect((await server.get(page)).status).toBe(410);
    const told = await mailbox.next('accused@example.vn');
    expect(told.subject).toContain('tạm dừng');
    expect(told.text).toContain('Có khiếu nại về nhãn hiệu.');
    expect(await owner.text(mailbox.linkIn(told))).toContain('Tạm dừng');

    expect(await moderator.text(review)).toContain('Mở lại công khai');
    await moderator.send(review, 'suspendOrRestore', { reason: 'Khiếu nại đã rút.' });
    expect(await server.text(page)).toContain(title);
    expect((await mailbox.next('accused@example.vn')).subject).toContain('công khai trở lại');
    const log = await moderator.text('/quan-ly/nhat-ky');
    for (const words of ['tạm dừng', 'mở lại', 'Có khiếu nại về nhãn hiệu.']) expect(log).toContain(words);
    expect((await owner.get(review)).status).toBe(403);
  });
});

describe('checks before a review', () => {
  test('a name that exists and contact data in the text are pointed out', async () => {
    const owner = await person('copycat');
    const moderator = await person('moderator', 'moderator');
    const { title } = await db
      .selectFrom('record')
      .select('title')
      .where('kind', '=', 'startup')
      .where('status', '=', 'published')
      .limit(1)
      .executeTakeFirstOrThrow();
    const form = await started(owner, 'startup', title);
    await owner.send(`${form}?buoc=1`, 'saveStep', {
      ...main(title),
      summary: 'Gọi ngay 0912 345 678 để được tư vấn về sản phẩm sấy tầng sôi mới nhất.',
    });
    await sendForReview(owner, form);
    const review = await moderator.text(`/quan-ly/hang-doi/${idIn(form)}`);
    expect(review).toContain(`Trùng tên với hồ sơ đã có: ${title}`);
    expect(review).toContain('0912 345 678');
  });
});

test('the audit log refuses to be changed or emptied', async () => {
  expect(() => sqlite.exec(`update audit_log set "userName" = 'x'`)).toThrow('append-only');
  expect(() => sqlite.exec('delete from audit_log')).toThrow('append-only');
});

describe('forms that are sent while somebody else writes for long', () => {
  /** Sends them all before any of them can write. */
  async function together<T>(...sends: (() => Promise<T>)[]): Promise<T[]> {
    const others = openSqlite(databaseFile(folder.dataDir));
    others.exec('begin immediate');
    const answers = Promise.all(sends.map((send) => send()));
    await sleep(300);
    others.exec('commit');
    others.close();
    return answers;
  }

  test('the same name twice begins one record', async () => {
    const owner = await person('twice');
    const title = 'Máy bóc vỏ củ ấu bấm hai lần';
    const start = () => owner.send('/tai-khoan/ho-so', 'startRecord', { kind: 'offer', title });
    const [first, second] = await together(start, start);
    expect([first.status, second.status]).toEqual([302, 302]);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(await db.selectFrom('record').select('id').where('title', '=', title).execute()).toHaveLength(1);
    const other = await owner.send('/tai-khoan/ho-so', 'startRecord', { kind: 'offer', title, different: title });
    expect(other.headers.get('location')).not.toBe(first.headers.get('location'));
  });

  test('a public record’s first change twice is one version in work, and the other is told', async () => {
    const owner = await person('twice');
    const { id } = await db
      .selectFrom('record')
      .select('id')
      .where('kind', '=', 'offer')
      .where('status', '=', 'published')
      .orderBy('id')
      .executeTakeFirstOrThrow();
    await db.insertInto('record_member').values({ recordId: id, userId: 'twice' }).execute();
    const save = () => owner.send(`/tai-khoan/ho-so/${id}?buoc=1`, 'saveStep', main('Sửa lần đầu'));
    const statuses = (await together(save, save)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([302, 400]);
  });

  test('a version is either changed or sent in: what is sent in has been checked', async () => {
    const owner = await person('twice');
    const form = await started(owner, 'offer', 'Máy ép củ ấu');
    await owner.send(`${form}?buoc=1`, 'saveStep', main('Máy ép củ ấu'));
    await owner.send(`${form}?buoc=2`, 'saveStep', { trl: '7', advantages: 'Tiết kiệm điện' });
    const last = Math.max(...[...(await owner.text(form)).matchAll(/\?buoc=(\d+)/g)].map((match) => Number(match[1])));
    const outcomes = [];
    for (let round = 0; round < 2; round += 1) {
      const save = () => owner.send(`${form}?buoc=1`, 'saveStep', { ...main(`Máy ép củ ấu ${round}`), summary: '' });
      const submit = () => owner.send(`${form}?buoc=${last}`, 'moveRecord', {});
      const [one, two] = await together(...(round === 0 ? [save, submit] : [submit, save]));
      outcomes.push([one.status, two.status].join());
      const { state, form: kept } = await db
        .selectFrom('revision')
        .select(['state', 'form'])
        .where('recordId', '=', Number(idIn(form)))
        .executeTakeFirstOrThrow();
      if (state === 'submitted') expect(JSON.parse(kept).summary).not.toBe('');
      // Back to a version that could be sent in.
      if (state === 'submitted') await owner.send(`${form}?buoc=${last}`, 'moveRecord', { move: 'takeBack' });
      await owner.send(`${form}?buoc=1`, 'saveStep', main('Máy ép củ ấu'));
    }
    for (const outcome of outcomes) expect(outcome).not.toBe('302,302');
  });
});
