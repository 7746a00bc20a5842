import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import type { RecordStatus, Role } from '../../db/schema.ts';
import type { Accounts } from '../../src/accounts/accounts.ts';
import { hashPassword } from '../../src/accounts/password.ts';
import { createSessions } from '../../src/accounts/sessions.ts';
import { recordPath } from '../../src/catalogue/address.ts';
import { kinds } from '../../src/catalogue/kinds/index.ts';
import { announceChange, parseRecord, saveRecord } from '../../src/catalogue/save.ts';
import { formatDate, localDay } from '../../src/i18n/format.ts';
import { expireAndRemind } from '../../src/moderation/expiry.ts';
import { dayAfter, expiryOf, findRenewal, type ListedKind, renew } from '../../src/moderation/lifecycle.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { account as makeAccount, signedIn as signedInTo } from '../support/member.ts';
import { Person } from '../support/person.ts';
import { catalogueFolder, publicUrl, startServer, type TestServer } from '../support/server.ts';
import { actionNames, expectedStatus, statusNames } from '../support/states.ts';

const folder = catalogueFolder();
const { db } = openDatabase(databaseFile(folder.dataDir));
const sessions = createSessions(db, false);
/** The job as the server runs it, but at a moment of the test's choice. */
const accounts: Accounts = {
  db,
  sessions,
  publicUrl,
  siteName: { vi: 'Sàn công nghệ', en: 'Technology exchange' },
  departmentName: { vi: 'Sở KH&CN', en: 'Department of Science and Technology' },
};
const job = (now: string) => expireAndRemind(accounts, new Date(now));
const today = localDay(Date.now());
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

const account = (id: string, more?: Parameters<typeof makeAccount>[2]) => makeAccount(db, id, more);
const signedIn = (id: string, role?: Role) => signedInTo(db, server, id, role);

interface Listed {
  id: number;
  title: string;
  path: string;
  api: string;
}

let made = 0;
/** A public record with these managers, listed until a day. */
async function listed(
  kind: ListedKind,
  expiresOn: string,
  managers: string[] = [],
  { publishedAt = '2026-01-05', title = `Máy rửa nano số ${made} ${kind}` } = {},
): Promise<Listed> {
  made += 1;
  const parsed = parseRecord(kinds[kind], {
    title,
    summary: 'Rửa rau quả bằng bọt siêu mịn, giữ tươi lâu hơn ba ngày so với rửa thường, đã chạy hai vụ.',
    fields: '211',
    areas: '31',
    publishedAt,
    expiresOn,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const id = await db
    .transaction()
    .execute((trx) => saveRecord(trx, kinds[kind], { ...parsed.input, links: {} }, { status: 'published' }));
  for (const userId of managers) await db.insertInto('record_member').values({ recordId: id, userId }).execute();
  const { slug } = await db.selectFrom('record').select('slug').where('id', '=', id).executeTakeFirstOrThrow();
  return { id, title, path: recordPath({ kind, slug }, 'vi'), api: `/api/v1/${kinds[kind].api}/${slug}` };
}

const stateOf = async (id: number) => {
  const { status, version } = await db
    .selectFrom('record')
    .select(['status', 'version'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const own = (table: ListedKind) =>
    db.selectFrom(table).select('expiresOn').where('recordId', '=', id).executeTakeFirst();
  return { status, version, expiresOn: ((await own('offer')) ?? (await own('need')))?.expiresOn };
};

/** The kinds of mail that were queued about a record, in order, for one of its managers. */
const remindersOf = async (id: number, userId: string) =>
  (await db.selectFrom('mail').select('cause').orderBy('id').execute())
    .map(({ cause }) => cause.split(':'))
    .filter(([, record, , user]) => record === String(id) && user === userId)
    .map(([kind]) => kind);

const until = async (condition: () => Promise<boolean>) => {
  const start = Date.now();
  while (!(await condition())) {
    expect(Date.now() - start).toBeLessThan(10_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

describe('who may do what in which status, through the server', () => {
  const actionOf: Record<string, { action: string; fields: Record<string, string> }> = {
    ...Object.fromEntries(
      ['submit', 'takeBack', 'withdraw', 'renew', 'expire'].map((move) => [
        move,
        { action: 'moveRecord', fields: { move } },
      ]),
    ),
    approve: { action: 'approve', fields: {} },
    return: { action: 'sendBack', fields: { decision: 'return', 'reason.note': 'Nói rõ hơn.' } },
    reject: { action: 'sendBack', fields: { decision: 'reject', 'reason.note': 'Không phù hợp.' } },
    suspend: { action: 'suspendOrRestore', fields: { change: 'suspend', reason: 'Có khiếu nại.' } },
    restore: { action: 'suspendOrRestore', fields: { change: 'restore', reason: 'Đã rõ.' } },
  };
  const open = ['draft', 'submitted', 'returned'];

  test('every status × action × role', async () => {
    const people = {
      visitor: { who: 'nobody', cookie: '' },
      'another member': { who: 'nobody', cookie: (await signedIn('another')).cookie },
      owner: { who: 'O', cookie: (await signedIn('manager')).cookie },
      moderator: { who: 'D', cookie: (await signedIn('moderator', 'moderator')).cookie },
      administrator: { who: 'D', cookie: (await signedIn('administrator', 'administrator')).cookie },
    };
    const { id, title } = await listed('offer', '2030-01-01', ['manager']);
    const form = JSON.stringify({ title, summary: 'Rửa rau quả bằng bọt siêu mịn.', fields: ['211'], areas: '31' });
    const put = async (status: RecordStatus) => {
      await db.updateTable('record').set({ status }).where('id', '=', id).execute();
      await db.deleteFrom('revision').where('recordId', '=', id).execute();
      if (!open.includes(status)) return;
      const at = '2026-01-06T00:00:00Z';
      await db
        .insertInto('revision')
        .values({
          recordId: id,
          authorId: null,
          state: status as 'draft',
          form,
          createdAt: at,
          updatedAt: at,
          submittedAt: at,
          decidedAt: null,
          claimedBy: null,
          claimedAt: null,
        })
        .execute();
    };
    const wrong: string[] = [];
    let allowed = 0;
    for (const status of statusNames) {
      for (const name of actionNames) {
        for (const [role, { who, cookie }] of Object.entries(people)) {
          await put(status);
          const before = await stateOf(id);
          const { action, fields } = actionOf[name];
          const body = { record: String(id), version: open.includes(status) ? '1' : '0', ...fields };
          const response = await server.get(`/huong-dan?_action=${action}`, {
            method: 'POST',
            headers: { cookie, origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
            body: new URLSearchParams(body).toString(),
          });
          await response.arrayBuffer();
          const expected = expectedStatus(status, name, who);
          const after = await stateOf(id);
          if (after.status !== (expected ?? status)) wrong.push(`${role}: ${name} when ${status} → ${after.status}`);
          // A refusal leaves no trace.
          if (!expected && after.version !== before.version) wrong.push(`${role}: ${name} when ${status} touched it`);
          if (expected) allowed += 1;
        }
      }
    }
    expect(wrong).toEqual([]);
    // 7 of the owner, 5 of each of the two roles of the Department.
    expect(allowed).toBe(18);
  }, 120_000);

  test.each(statusNames)('the program by itself ends a listing only of a public record: %s', async (status) => {
    const { id } = await listed('need', '2026-02-01');
    await db.updateTable('record').set({ status }).where('id', '=', id).execute();
    await job('2026-02-02T03:00:00Z');
    expect((await stateOf(id)).status).toBe(expectedStatus(status, 'expire', 'S') ?? status);
  });
});

describe('the end of a listing', () => {
  test('reminders 30 and 7 days before and at the end, each once, to everybody who manages the record', async () => {
    const managers = [await account('vi'), await account('en', { language: 'en' })];
    const { id, title } = await listed('offer', '2030-06-30', managers);
    const kindsSent = async () => [await remindersOf(id, 'vi'), await remindersOf(id, 'en')];

    await job('2030-05-30T16:59:00Z');
    expect(await kindsSent()).toEqual([[], []]);
    // Midnight in Việt Nam: 31 May begins, 30 days before.
    await job('2030-05-30T17:00:00Z');
    expect(await kindsSent()).toEqual([['expiresInMonth'], ['expiresInMonth']]);
    await job('2030-06-10T03:00:00Z');
    expect(await kindsSent()).toEqual([['expiresInMonth'], ['expiresInMonth']]);
    await job('2030-06-23T03:00:00Z');
    await job('2030-06-30T16:59:00Z');
    expect((await kindsSent())[0]).toEqual(['expiresInMonth', 'expiresInWeek']);
    expect((await stateOf(id)).status).toBe('published');
    const { version } = await stateOf(id);
    await job('2030-06-30T17:00:00Z');
    expect((await stateOf(id)).status).toBe('expired');
    await job('2030-07-09T17:00:00Z');
    expect(await stateOf(id)).toMatchObject({ status: 'expired', version: version + 1 });
    expect(await kindsSent()).toEqual([
      ['expiresInMonth', 'expiresInWeek', 'expired'],
      ['expiresInMonth', 'expiresInWeek', 'expired'],
    ]);

    for (const [email, subjects, date] of [
      ['vi@example.vn', ['Hồ sơ hết hạn ngày', 'Nhắc lần cuối', 'Hồ sơ đã hết hạn'], '30/06/2030'],
      ['en@example.vn', ['is listed until', 'Last reminder', 'not listed any more'], '30 June 2030'],
    ] as const) {
      const links = new Set<string>();
      for (const subject of subjects) {
        const mail = await mailbox.next(email);
        expect(mail.subject).toContain(subject);
        expect(mail.subject).toContain(title);
        expect(mail.text).toContain(date);
        expect(mail.text).toContain(email.startsWith('vi') ? '12 tháng' : '12 months');
        links.add(mailbox.linkIn(mail));
      }
      expect(links.size).toBe(3);
    }
    const stored = JSON.stringify(await db.selectFrom('renewal_link').selectAll().execute());
    for (const mail of mailbox.mails) expect(stored).not.toContain(mailbox.linkIn(mail).split('token=')[1] ?? '?');
  });

  test('a server that slept tells the most urgent thing only', async () => {
    await account('sleeper');
    const soon = await listed('need', '2031-03-20', ['sleeper']);
    const over = await listed('need', '2031-03-10', ['sleeper']);
    await job('2031-03-15T03:00:00Z');
    expect(await remindersOf(soon.id, 'sleeper')).toEqual(['expiresInWeek']);
    expect(await remindersOf(over.id, 'sleeper')).toEqual(['expired']);
  });

  test('published with fewer than 30 days to go: the last reminder only', async () => {
    await account('late');
    const { id } = await listed('offer', '2032-06-30', ['late'], { publishedAt: '2026-02-01' });
    await db.updateTable('record').set({ publishedAt: '2032-06-05' }).where('id', '=', id).execute();
    await job('2032-06-10T03:00:00Z');
    expect(await remindersOf(id, 'late')).toEqual([]);
    await job('2032-06-24T03:00:00Z');
    expect(await remindersOf(id, 'late')).toEqual(['expiresInWeek']);
  });

  test('a renewal begins the cycle anew', async () => {
    await account('again');
    const { id } = await listed('need', '2033-06-30', ['again']);
    await job('2033-06-24T03:00:00Z');
    await db.transaction().execute((trx) => renew(trx, id, new Date('2033-06-25T03:00:00Z')));
    expect((await stateOf(id)).expiresOn).toBe('2033-12-25');
    await job('2033-07-05T03:00:00Z');
    expect(await remindersOf(id, 'again')).toEqual(['expiresInWeek']);
    await job('2033-11-26T03:00:00Z');
    await job('2033-12-26T03:00:00Z');
    expect(await remindersOf(id, 'again')).toEqual(['expiresInWeek', 'expiresInMonth', 'expired']);
  });

  test('a renewal never shortens a listing', async () => {
    const { id } = await listed('need', '2035-01-01');
    await db.transaction().execute((trx) => renew(trx, id, new Date('2033-06-25T03:00:00Z')));
    expect((await stateOf(id)).expiresOn).toBe('2035-01-01');
  });

  test('illustrations that nobody manages stay; one that is managed ends like any other', async () => {
    await account('trainee');
    const demo = await db
      .selectFrom('record')
      .select(['id', 'kind'])
      .where('kind', 'in', ['offer', 'need'])
      .where('demo', '=', 1)
      .execute();
    const [managed] = demo;
    await db.insertInto('record_member').values({ recordId: managed.id, userId: 'trainee' }).execute();
    await job('2040-01-01T03:00:00Z');
    const ids = demo.map(({ id }) => id);
    const ended = await db
      .selectFrom('record')
      .select('id')
      .where('id', 'in', ids)
      .where('status', '=', 'expired')
      .execute();
    expect(ended).toEqual([{ id: managed.id }]);
  });
});

describe('two processes on one data folder, one of which is killed while it works', () => {
  test('every listing ends once, with one mail to each who manages it', async () => {
    await account('first');
    await account('second');
    const records: number[] = [];
    for (let n = 0; n < 400; n += 1)
      records.push((await listed('offer', dayAfter(today, n % 2 === 0 ? -1 : 5), ['first', 'second'])).id);
    const before = await db.selectFrom('record').select(['id', 'version']).where('id', 'in', records).execute();
    const versions = new Map(before.map(({ id, version }) => [id, version]));
    const told = async () => {
      const { n } = await db
        .selectFrom('renewal_link')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .where('recordId', 'in', records)
        .executeTakeFirstOrThrow();
      return n;
    };
    const start = () => spawn(process.execPath, ['tests/support/expirer.ts', folder.dataDir]);
    const [doomed, other] = [start(), start()];
    const ended = [doomed, other].map((child) => new Promise((resolve) => child.once('exit', resolve)));
    while ((await told()) < 20) await new Promise((resolve) => setTimeout(resolve, 1));
    doomed.kill('SIGKILL');
    expect(await told()).toBeLessThan(800);
    await Promise.all(ended);
    // Whatever was left is taken up by the next run at the latest.
    await expireAndRemind(accounts);
    expect(await told()).toBe(800);
    const mails = await db
      .selectFrom('mail')
      .select('cause')
      .where('recipient', 'in', ['first@example.vn', 'second@example.vn'])
      .execute();
    expect(mails).toHaveLength(800);
    await db.deleteFrom('mail').where('recipient', 'in', ['first@example.vn', 'second@example.vn']).execute();
    for (const [index, id] of records.entries()) {
      const { status, version } = await stateOf(id);
      expect(status).toBe(index % 2 === 0 ? 'expired' : 'published');
      expect(version).toBe((versions.get(id) ?? 0) + (index % 2 === 0 ? 1 : 0));
    }
  }, 60_000);

  test('a server ends at its start what has ended meanwhile', async () => {
    const { id } = await listed('need', dayAfter(today, -1));
    const second = await startServer(folder.dataDir, { SMTP_URL: mailbox.url });
    await until(async () => (await stateOf(id)).status === 'expired');
    await second.stop();
  });
});

describe('renewing', () => {
  const post = (link: string, token = link.split('token=')[1]) =>
    server.get(`${link.split('?')[0]}?_action=renewByLink&token=${token}`, {
      method: 'POST',
      headers: { origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token }).toString(),
    });
  const inAYear = expiryOf('offer', new Date()) ?? '';
  const inHalfAYear = expiryOf('need', new Date()) ?? '';

  test('with the link, by a button and without signing in; looking at the link renews nothing', async () => {
    await account('clicker');
    await account('colleague', { language: 'en' });
    const end = dayAfter(today, 20);
    const { id, title } = await listed('offer', end, ['clicker', 'colleague']);
    await expireAndRemind(accounts);
    const link = mailbox.linkIn(await mailbox.next('clicker@example.vn'));
    const english = mailbox.linkIn(await mailbox.next('colleague@example.vn'));
    expect(link).toMatch(/^\/gia-han\?token=/);
    expect(english).toMatch(/^\/en\/renew\?token=/);

    for (const method of ['GET', 'HEAD', 'GET']) {
      const looked = await server.get(link, { method });
      expect(looked.status).toBe(200);
      expect(looked.headers.get('cache-control')).toBe('private, no-store');
      expect(looked.headers.get('referrer-policy')).toBe('same-origin');
    }
    expect((await stateOf(id)).expiresOn).toBe(end);
    const visitor = new Person(server);
    const page = await visitor.text(link);
    for (const text of [title, formatDate(end, 'vi'), formatDate(inAYear, 'vi')]) expect(page).toContain(text);
    expect(page).toContain('name="robots" content="noindex');
    expect(page).toContain(`class="language" href="/en/renew?token=${link.split('token=')[1]}"`);
    expect(await visitor.text(english)).toContain(`Renew until ${formatDate(inAYear, 'en')}`);

    const renewed = await visitor.send(link, 'renewByLink', {});
    expect(renewed.status).toBe(200);
    expect(await renewed.text()).toContain('Đã gia hạn');
    expect(await stateOf(id)).toMatchObject({ status: 'published', expiresOn: inAYear });

    // Used up, and the colleague's with it.
    for (const used of [link, english]) {
      expect((await server.get(used)).status).toBe(404);
      expect((await post(used)).status).not.toBe(200);
    }
    expect(await server.text(link)).toContain('Đường dẫn không còn dùng được');
    expect((await server.get('/gia-han')).status).toBe(404);
    expect((await stateOf(id)).expiresOn).toBe(inAYear);
  });

  test('what has expired is public again at once', async () => {
    await account('slow');
    const { id, path, title } = await listed('need', dayAfter(today, -1), ['slow']);
    await expireAndRemind(accounts);
    expect((await server.get(path)).status).toBe(410);
    const link = mailbox.linkIn(await mailbox.next('slow@example.vn'));
    expect((await post(link)).status).toBe(200);
    expect(await stateOf(id)).toMatchObject({ status: 'published', expiresOn: inHalfAYear });
    expect((await server.get(path)).status).toBe(200);
    await until(async () => (await server.text(`/nhu-cau?q=${encodeURIComponent(title)}`)).includes(path));
    // The job does not end it again.
    await expireAndRemind(accounts);
    expect((await stateOf(id)).status).toBe('published');
  });

  test('a suspended record is not renewed, and its link keeps working for later', async () => {
    await account('suspect');
    const end = dayAfter(today, 3);
    const { id } = await listed('offer', end, ['suspect']);
    await expireAndRemind(accounts);
    const link = mailbox.linkIn(await mailbox.next('suspect@example.vn'));
    await db.updateTable('record').set({ status: 'suspended' }).where('id', '=', id).execute();
    const page = await server.text(link);
    expect(page).toContain('Sở đang tạm dừng hồ sơ này nên không gia hạn được');
    expect(page).not.toContain('<button class="button" type="submit">Gia hạn');
    expect((await post(link)).status).toBe(400);
    expect(await stateOf(id)).toMatchObject({ status: 'suspended', expiresOn: end });
    await db.updateTable('record').set({ status: 'published' }).where('id', '=', id).execute();
    expect((await post(link)).status).toBe(200);
  });

  test('the link of somebody who no longer manages the record, or an old one, does nothing', async () => {
    await account('leaver');
    const end = dayAfter(today, 3);
    const { id } = await listed('offer', end, ['leaver']);
    await expireAndRemind(accounts);
    const link = mailbox.linkIn(await mailbox.next('leaver@example.vn'));
    const token = link.split('token=')[1];
    const at = (day: string) => findRenewal(db, token, new Date(`${day}T03:00:00Z`));
    expect(await at(dayAfter(end, 30))).toMatchObject({ recordId: id });
    expect(await at(dayAfter(end, 31))).toBeUndefined();
    const forgotten = await listed('offer', '2026-03-01', ['leaver']);
    await expireAndRemind(accounts);
    const late = mailbox.linkIn(await mailbox.next('leaver@example.vn')).split('token=')[1];
    expect(await findRenewal(db, late)).toMatchObject({ recordId: forgotten.id, status: 'expired' });
    await db.deleteFrom('record_member').where('recordId', '=', id).execute();
    expect((await server.get(link)).status).toBe(404);
    expect((await post(link)).status).not.toBe(200);
    expect((await stateOf(id)).expiresOn).toBe(end);
  });

  test('signed in, from one’s records, however long ago it expired; offered only near the end', async () => {
    const owner = await signedIn('keeper');
    const old = await listed('offer', '2026-02-01', ['keeper']);
    await db.updateTable('record').set({ status: 'expired' }).where('id', '=', old.id).execute();
    const far = await listed('offer', dayAfter(today, 31), ['keeper']);
    const page = await owner.text('/tai-khoan/ho-so');
    expect(page).toContain('Hết hạn ngày 01/02/2026');
    expect(page).toContain(`Hiển thị đến hết ngày ${formatDate(dayAfter(today, 31), 'vi')}`);
    expect(page.match(/Gia hạn đến/g)).toHaveLength(1);
    const farForm = await owner.text(`/tai-khoan/ho-so/${far.id}`);
    expect(farForm).toContain('Hiển thị đến hết ngày');
    expect(farForm).not.toContain('Gia hạn đến');

    const renewed = await owner.send('/tai-khoan/ho-so', 'moveRecord', {});
    expect(renewed.headers.get('location')).toBe('/tai-khoan/ho-so');
    expect(await stateOf(old.id)).toMatchObject({ status: 'published', expiresOn: inAYear });
    await expireAndRemind(accounts);
    expect((await stateOf(old.id)).status).toBe('published');

    await db
      .updateTable('offer')
      .set({ expiresOn: dayAfter(today, 30) })
      .where('recordId', '=', far.id)
      .execute();
    const form = `/tai-khoan/ho-so/${far.id}`;
    expect(await owner.text(form)).toContain(`Gia hạn đến ${formatDate(inAYear, 'vi')}`);
    await owner.send(form, 'moveRecord', {});
    expect(await stateOf(far.id)).toMatchObject({ status: 'published', expiresOn: inAYear });
  });

  test('publishes what was approved, not a title that waits in a draft', async () => {
    const owner = await signedIn('drafter');
    const { id, path, title } = await listed('offer', '2026-02-01', ['drafter']);
    await db.updateTable('record').set({ status: 'expired' }).where('id', '=', id).execute();
    const form = `/tai-khoan/ho-so/${id}`;
    await owner.send(`${form}?buoc=1`, 'saveStep', { title: 'Tên chưa ai duyệt', areas: 'Hải Phòng' });
    await owner.send('/tai-khoan/ho-so', 'moveRecord', {});
    const page = await server.text(path);
    expect(page).toContain(title);
    expect(page).not.toContain('Tên chưa ai duyệt');
  });
});

describe('a version of a suspended record', () => {
  test('is approved without making the record public; restoring it shows the new version', async () => {
    const owner = await signedIn('corrector');
    const moderator = await signedIn('moderator', 'moderator');
    const { id, path } = await listed('offer', dayAfter(today, 200), ['corrector']);
    await db.updateTable('record').set({ status: 'suspended' }).where('id', '=', id).execute();
    const form = `/tai-khoan/ho-so/${id}`;
    expect(await owner.text(form)).toContain('chỉ Sở mở lại công khai');
    await owner.send(`${form}?buoc=1`, 'saveStep', {
      title: 'Máy rửa đã sửa theo khiếu nại',
      summary: 'Rửa rau quả bằng bọt siêu mịn, không còn dùng nhãn hiệu của bên khác.',
      fields: '211',
      areas: 'Hải Phòng',
    });
    const last = Math.max(...[...(await owner.text(form)).matchAll(/\?buoc=(\d+)/g)].map((match) => Number(match[1])));
    expect((await owner.send(`${form}?buoc=${last}`, 'moveRecord', {})).status).toBe(302);
    const review = `/quan-ly/hang-doi/${id}`;
    expect(await moderator.text(review)).toContain('Duyệt chỉ cập nhật nội dung');
    await moderator.send(review, 'approve', {});
    expect((await stateOf(id)).status).toBe('suspended');
    expect((await server.get(path)).status).toBe(410);
    const told = await mailbox.next('corrector@example.vn');
    expect(told.subject).toContain('Nội dung sửa đã được duyệt');
    expect(told.text).toContain('vẫn tạm dừng');
    await moderator.send(review, 'suspendOrRestore', { reason: 'Đã sửa theo khiếu nại.' });
    expect(await server.text(path)).toContain('Máy rửa đã sửa theo khiếu nại');
  });
});

describe('a record that is no longer public', () => {
  const ways: Record<string, (record: Listed) => Promise<unknown>> = {
    suspended: async ({ id }) => {
      const moderator = await signedIn('moderator', 'moderator');
      return moderator.send(`/quan-ly/hang-doi/${id}`, 'suspendOrRestore', { reason: 'Có khiếu nại.' });
    },
    withdrawn: async ({ id }) => (await signedIn('gone')).send(`/tai-khoan/ho-so/${id}`, 'moveRecord', {}),
    expired: async ({ id }) => {
      await db
        .updateTable('offer')
        .set({ expiresOn: dayAfter(today, -1) })
        .where('recordId', '=', id)
        .execute();
      return expireAndRemind(accounts);
    },
  };

  test.each([
    ['suspended', 'Sở đang tạm dừng hồ sơ này', 'has suspended this record'],
    ['withdrawn', 'đã gỡ hồ sơ này khỏi trang công khai', 'have withdrawn it'],
    ['expired', 'Thời hạn hiển thị của hồ sơ này đã hết', 'has not been renewed'],
  ])('%s: 410 with why and what else there is, and gone everywhere at once', async (way, vi, en) => {
    await account('gone');
    const record = await listed('offer', dayAfter(today, 200), ['gone'], {
      publishedAt: today,
      title: `Máy ép viên trấu ${way}`,
    });
    const supplier = await db
      .selectFrom('record')
      .select(['id', 'slug', 'kind'])
      .where('kind', '=', 'organisation')
      .where('status', '=', 'published')
      .limit(1)
      .executeTakeFirstOrThrow();
    await db.transaction().execute(async (trx) => {
      await trx
        .insertInto('record_link')
        .values({ fromId: record.id, relation: 'supplier', toId: supplier.id })
        .execute();
      await announceChange(trx, [record.id]);
    });
    const slug = record.path.split('/').at(-1) ?? '';
    const q = encodeURIComponent(record.title);
    const surfaces = [
      '/cong-nghe',
      `/en/technology-offers?q=${q}`,
      `/tim-kiem?q=${q}`,
      '/feed.xml',
      `/sitemap-${(await server.text('/sitemap-index.xml')).match(/sitemap-(\d+)\.xml/)?.[1]}.xml`,
      '/api/v1/technology-offers?perPage=100&sort=newest',
      `/api/v1/search?q=${q}`,
      `/api/v1/suggest?q=${q}`,
      recordPath(supplier, 'vi'),
    ];
    const showing = async () => {
      const texts = await Promise.all(surfaces.map(server.text));
      return surfaces.filter((_, index) => texts[index].includes(slug));
    };
    await until(async () => (await showing()).length === surfaces.length);

    await ways[way](record);
    const page = await server.get(record.path);
    expect(page.status).toBe(410);
    expect(page.headers.get('cache-control')).toBe('private, no-store');
    const html = await page.text();
    expect(html).toContain(vi);
    expect(html).toContain('href="/cong-nghe"');
    expect(html).not.toContain(slug);
    expect(html.includes('/tai-khoan/ho-so')).toBe(way === 'expired');
    const english = await server.get(`/en/technology-offers/${slug}`);
    expect(english.status).toBe(410);
    expect(await english.text()).toContain(en);

    const api = await server.get(`${record.api}?lang=en`);
    expect(api.status).toBe(410);
    expect(api.headers.get('content-type')).toContain('application/problem+json');
    expect(api.headers.get('cache-control')).toBe('no-store');
    expect(await api.json()).toMatchObject({ status: 410, detail: expect.stringContaining(en) });
    await until(async () => (await showing()).length === 0);
    expect(await server.text(record.path)).toMatch(/Hồ sơ cùng lĩnh vực[\s\S]*href="\/cong-nghe\/[a-z]/);
  });
});

describe('deleting an account', () => {
  test('withdraws what nobody else manages, deletes what was never public, leaves the rest', async () => {
    const leaving = await signedIn('quitter');
    await account('stays');
    await db
      .updateTable('user')
      .set({ passwordHash: await hashPassword('bốn con chim sẻ') })
      .where('id', '=', 'quitter')
      .execute();
    const mine = await listed('offer', dayAfter(today, 200), ['quitter']);
    const ours = await listed('offer', dayAfter(today, 200), ['quitter', 'stays']);
    const imported = await listed('offer', dayAfter(today, 200), ['quitter']);
    await db.updateTable('record').set({ sourceText: 'Danh sách của Sở' }).where('id', '=', imported.id).execute();
    const held = await listed('offer', dayAfter(today, 200), ['quitter']);
    await db.updateTable('record').set({ status: 'suspended' }).where('id', '=', held.id).execute();
    const draft = (
      await leaving.send('/tai-khoan/ho-so', 'startRecord', { kind: 'startup', title: 'Chưa công khai' })
    ).headers
      .get('location')
      ?.split('/')
      .at(-1);

    expect((await leaving.send('/tai-khoan/xoa', 'deleteAccount', { current: 'bốn con chim sẻ' })).status).toBe(200);
    expect((await stateOf(mine.id)).status).toBe('withdrawn');
    expect((await server.get(mine.path)).status).toBe(410);
    expect((await stateOf(ours.id)).status).toBe('published');
    expect((await stateOf(imported.id)).status).toBe('published');
    expect((await stateOf(held.id)).status).toBe('suspended');
    expect(await db.selectFrom('record').select('id').where('id', '=', Number(draft)).execute()).toEqual([]);
  });
});
