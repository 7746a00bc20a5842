import ICAL from 'ical.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import type { Accounts } from '../../src/accounts/accounts.ts';
import { createSessions } from '../../src/accounts/sessions.ts';
import { localMoment } from '../../src/i18n/format.ts';
import { followUpEvents, forgetAttendees, keepAttendeesDays } from '../../src/news/event-steps.ts';
import { register as registerHere } from '../../src/news/registrations.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { signedIn } from '../support/member.ts';
import { Person } from '../support/person.ts';
import { catalogueFolder, publicUrl, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db } = openDatabase(databaseFile(folder.dataDir));
const name = { vi: 'Sàn', en: 'Exchange' };
const accounts: Accounts = {
  db,
  sessions: createSessions(db, false),
  publicUrl,
  siteName: name,
  departmentName: name,
};
let server: TestServer;
let mailbox: Mailbox;
let moderator: Person;
let visitor: Person;

beforeAll(async () => {
  mailbox = await startMailbox();
  server = await startServer(folder.dataDir, { SMTP_URL: mailbox.url, MAIL_FROM: 'san@example.vn' });
  moderator = await signedIn(db, server, 'thu-moderator', 'moderator');
  visitor = new Person(server);
});

afterAll(async () => {
  await server.stop();
  await mailbox.close();
  await db.destroy();
  folder.remove();
});

// What one test sends is no other's: all come from this machine, and nobody waits for another's mails.
beforeEach(async () => {
  await db.deleteFrom('mail').where('state', '=', 'waiting').execute();
  await db.deleteFrom('rate_limit').execute();
});

const day = 86_400_000;
const at = (days: number, hours = 0) => new Date(Date.now() + days * day + hours * 3_600_000);

/** What a moderator types for an event. */
const typed = (title: string, more: Record<string, string> = {}) => ({
  type: 'conference',
  title,
  summary: 'Một buổi hội thảo để thử việc đăng ký.',
  startsAt: localMoment(at(10).toISOString()),
  endsAt: localMoment(at(10, 3).toISOString()),
  place: 'Hội trường thử',
  organiser: 'Đơn vị thử',
  takesRegistrations: 'on',
  ...more,
});

/** Writes an event as a moderator does, and publishes it. */
async function publish(title: string, more: Record<string, string> = {}): Promise<{ id: number; path: string }> {
  const added = await moderator.send('/quan-ly/su-kien/moi', 'addEvent', typed(title, more));
  const page = added.headers.get('location')?.split('?')[0] ?? '';
  expect(page).toMatch(/^\/quan-ly\/su-kien\/\d+$/);
  expect((await moderator.send(page, 'moveEvent', {})).status).toBe(302);
  const id = Number(page.split('/').at(-1));
  const { slug } = await db.selectFrom('event').select('slug').where('id', '=', id).executeTakeFirstOrThrow();
  return { id, path: `/su-kien/${slug}` };
}

const register = (path: string, email: string, more: Record<string, string> = {}) =>
  visitor.send(path, 'registerForEvent', { name: 'Người Dự', email, consent: 'on', ...more });

const tokenIn = (text: string | undefined) => text?.match(/token=([0-9a-f]{40})/)?.[1] ?? '';
const states = (eventId: number) =>
  db
    .selectFrom('event_registration')
    .select(['email', 'state'])
    .where('eventId', '=', eventId)
    .orderBy('id')
    .execute()
    .then((rows) => rows.map(({ email, state }) => `${email.split('@')[0]} ${state}`));

describe('registering', () => {
  test('a seat, then the waiting list; who cancels by the button of the mail’s link gives the seat on', async () => {
    const { id, path } = await publish('Hội thảo một chỗ', { capacity: '1' });
    expect(await server.text(path)).toContain('Còn 1 chỗ');
    const first = await register(path, 'Mot@Example.vn', { organisation: 'Công ty Thử' });
    expect(await first.text()).toContain('Đã nhận đăng ký');
    const confirmation = await mailbox.next('mot@example.vn');
    expect(confirmation.subject).toBe('Đã đăng ký: Hội thảo một chỗ');
    expect(confirmation.text).toContain(`${publicUrl}${path}.ics`);

    expect(await server.text(path)).toContain('Vào danh sách chờ');
    await register(path, 'hai@example.vn');
    await register(path, 'ba@example.vn');
    expect((await mailbox.next('hai@example.vn')).subject).toBe('Trong danh sách chờ: Hội thảo một chỗ');
    expect((await mailbox.next('ba@example.vn')).subject).toMatch(/^Trong danh sách chờ/);
    expect(await states(id)).toEqual(['mot registered', 'hai waiting', 'ba waiting']);

    const link = `/dang-ky-su-kien?token=${tokenIn(confirmation.text)}`;
    expect(await server.text(link)).toContain('Đã có chỗ');
    // Programs that look at every link of a mail change nothing.
    await server.get(link);
    expect(await states(id)).toEqual(['mot registered', 'hai waiting', 'ba waiting']);
    const form = await visitor.send(link, 'cancelRegistration', {});
    expect(await form.text()).toContain('Đã huỷ đăng ký');
    expect(await states(id)).toEqual(['hai registered', 'ba waiting']);
    const movedUp = await mailbox.next('hai@example.vn');
    expect(movedUp.subject).toBe('Bạn đã có chỗ: Hội thảo một chỗ');

    expect((await server.get(link)).status).toBe(404);
    const again = await server.get('/dang-ky-su-kien?_action=cancelRegistration', {
      method: 'POST',
      headers: { origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token: tokenIn(confirmation.text) }).toString(),
    });
    expect(again.status).toBe(404);
    expect(await states(id)).toEqual(['hai registered', 'ba waiting']);
    // The mails went with the registration.
    expect(await db.selectFrom('mail').select('id').where('recipient', '=', 'mot@example.vn').execute()).toEqual([]);

    // An older mail's link works too, until one was used.
    await visitor.send(`/dang-ky-su-kien?token=${tokenIn(movedUp.text)}`, 'cancelRegistration', {});
    expect(await states(id)).toEqual(['ba registered']);
    expect((await mailbox.next('ba@example.vn')).subject).toMatch(/^Bạn đã có chỗ/);
  });

  test('however many register at the same moment, seats are never given twice', async () => {
    const { id, path } = await publish('Hội thảo đông người', { capacity: '7' });
    const people = Array.from({ length: 24 }, (_, n) => ({
      name: 'Người Dự',
      // Two of them come from one address.
      email: `song-song-${n === 23 ? 22 : n}@example.vn`,
      consent: 'on' as const,
    }));
    // Half of them in another process, each half at once.
    await Promise.all(
      people.map((person, n) =>
        n % 2 === 0
          ? server.get(`${path}?_action=registerForEvent`, {
              method: 'POST',
              headers: { origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
              body: new URLSearchParams({ ...person, event: String(id) }).toString(),
            })
          : registerHere(accounts, { ...person, event: id, organisation: null }, { language: 'vi', client: 'here' }),
      ),
    );
    const rows = await states(id);
    expect(rows).toHaveLength(23);
    expect(rows.filter((row) => row.endsWith('registered'))).toHaveLength(7);

    // A larger limit lets those who have waited longest move up.
    const page = `/quan-ly/su-kien/${id}`;
    await moderator.send(page, 'changeEvent', typed('Hội thảo đông người', { capacity: '9' }));
    const now = await states(id);
    expect(now.filter((row) => row.endsWith('registered'))).toHaveLength(9);
    expect(now.slice(0, 9).every((row) => row.endsWith('registered'))).toBe(true);
  });

  test('one address is one registration; the page does not tell who has registered', async () => {
    const { id, path } = await publish('Hội thảo hai lần');
    const first = await (await register(path, 'lap@example.vn')).text();
    const second = await (await register(path, 'lap@example.vn', { name: 'Tên Khác' })).text();
    expect(second).toBe(first);
    expect(await states(id)).toEqual(['lap registered']);
    expect((await mailbox.next('lap@example.vn')).subject).toMatch(/^Đã đăng ký/);
    const repeated = await mailbox.next('lap@example.vn');
    expect(repeated.text).toContain('Người Dự');
    expect(repeated.text).not.toContain('Tên Khác');
  });

  test('what is wrong stands beside its field, and what was typed stays', async () => {
    const { id, path } = await publish('Hội thảo nhập sai');
    const answer = await visitor.send(path, 'registerForEvent', { name: 'Nguyễn Văn Thử', email: 'sai' });
    expect(answer.status).toBe(400);
    const html = await answer.text();
    expect(html).toContain('id="email-error"');
    expect(html).toContain('id="consent-error"');
    expect(html).toContain('value="Nguyễn Văn Thử"');
    expect(await states(id)).toEqual([]);
  });

  test('nobody registers after the deadline, nor endlessly from one machine', async () => {
    const { id, path } = await publish('Hội thảo hết hạn', { registerUntil: localMoment(at(-1).toISOString()) });
    expect(await server.text(path)).toContain('Đã hết hạn đăng ký');
    const post = (email: string, event: number) =>
      server.get(`${path}?_action=registerForEvent`, {
        method: 'POST',
        headers: { origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ event: String(event), name: 'Người Dự', email, consent: 'on' }).toString(),
      });
    expect((await post('muon@example.vn', id)).status).toBe(400);
    expect(await states(id)).toEqual([]);
    const open = await publish('Hội thảo bị gửi liên tục');
    let refused = 0;
    for (let n = 0; n < 40; n++) refused += Number((await post(`nhieu-${n}@example.vn`, open.id)).status === 400);
    expect(refused).toBeGreaterThan(8);
  });
});

describe('what those who have registered hear of', () => {
  test('another time or place, and that the event is cancelled; nothing of a new text', async () => {
    const { id, path } = await publish('Hội thảo đổi giờ');
    await register(path, 'nghe@example.vn');
    await mailbox.next('nghe@example.vn');
    const page = `/quan-ly/su-kien/${id}`;
    const change = (more: Record<string, string>) =>
      moderator.send(page, 'changeEvent', typed('Hội thảo đổi giờ', more));
    const before = await db.selectFrom('event').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    const times = { startsAt: localMoment(before.startsAt), endsAt: localMoment(before.endsAt) };

    await change({ ...times, summary: 'Một đoạn tóm tắt khác hẳn.' });
    await followUpEvents(accounts);
    await change({ ...times, place: 'Nhà văn hoá thử' });
    await followUpEvents(accounts);
    await followUpEvents(accounts);
    const moved = await mailbox.next('nghe@example.vn');
    expect(moved.subject).toBe('Đổi thời gian, địa điểm: Hội thảo đổi giờ');
    expect(moved.text).toContain('Nhà văn hoá thử');

    // A reason is asked for.
    expect((await moderator.send(`${page}`, 'moveEvent', { reason: '' })).status).toBe(400);
    await moderator.send(page, 'moveEvent', { reason: 'Diễn giả ốm' });
    await followUpEvents(accounts);
    await followUpEvents(accounts);
    const cancelled = await mailbox.next('nghe@example.vn');
    expect(cancelled.subject).toBe('Đã huỷ: Hội thảo đổi giờ');
    expect(cancelled.text).toContain('Diễn giả ốm');
    expect(await server.text(path)).toContain('Diễn giả ốm');
    await expect(mailbox.next('nghe@example.vn', 1500)).rejects.toThrow('No mail');
    expect(await moderator.text('/quan-ly/nhat-ky')).toContain('huỷ sự kiện');
  });

  test('a form that was opened before somebody else’s change is refused', async () => {
    const { id } = await publish('Hội thảo hai người sửa');
    const post = (version: string) =>
      moderator.send(`/quan-ly/su-kien/${id}`, 'changeEvent', typed('Hội thảo hai người sửa', { version }));
    const { version } = await db.selectFrom('event').select('version').where('id', '=', id).executeTakeFirstOrThrow();
    expect((await post(String(version - 1))).status).toBe(400);
  });

  test('the day before, once; those who wait or came on the last day are not reminded', async () => {
    // The other tests' events are on the same day.
    await db.deleteFrom('event_registration').execute();
    const { id, path } = await publish('Hội thảo ngày mai', { capacity: '1' });
    await register(path, 'nhac@example.vn');
    await register(path, 'cho@example.vn');
    await mailbox.next('nhac@example.vn');
    await mailbox.next('cho@example.vn');
    const { startsAt } = await db.selectFrom('event').select('startsAt').where('id', '=', id).executeTakeFirstOrThrow();
    const localStart = new Date(Date.parse(startsAt) + 7 * 3_600_000).toISOString().slice(0, 10);
    const eve = (time: string) => new Date(Date.parse(`${localStart}T${time}:00+07:00`) - day);
    const reminders = () =>
      db.selectFrom('mail').select('recipient').where('cause', 'like', 'event:%event.reminder%').execute();
    await followUpEvents(accounts, eve('07:59'));
    expect(await reminders()).toEqual([]);
    await followUpEvents(accounts, eve('08:00'));
    await followUpEvents(accounts, eve('09:00'));
    expect(await reminders()).toEqual([{ recipient: 'nhac@example.vn' }]);
    expect((await mailbox.next('nhac@example.vn')).subject).toBe('Ngày mai: Hội thảo ngày mai');
  });
});

describe('calendars', () => {
  const eventsOf = (text: string) =>
    new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));

  test('one event: a stable name, its time in Việt Nam, and the news of it', async () => {
    const { id, path } = await publish('Hội thảo; lịch, có dấu');
    const read = async () => {
      const response = await server.get(`${path}.ics`);
      expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
      const body = await response.text();
      expect(body).toMatch(/^BEGIN:VCALENDAR\r\n/);
      expect(body).toMatch(/\r\nEND:VCALENDAR\r\n$/);
      expect(body.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
      expect(body).toMatch(/DTSTAMP:\d{8}T\d{6}Z/);
      const [zone] = new ICAL.Component(ICAL.parse(body)).getAllSubcomponents('vtimezone');
      ICAL.TimezoneService.register(new ICAL.Timezone(zone), 'Asia/Ho_Chi_Minh');
      return { body, event: eventsOf(body)[0] };
    };
    const { event, body } = await read();
    expect(event.summary).toBe('Hội thảo; lịch, có dấu');
    expect(event.startDate.zone.tzid).toBe('Asia/Ho_Chi_Minh');
    const row = await db.selectFrom('event').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect(event.startDate.toJSDate().toISOString()).toBe(row.startsAt);
    expect(event.endDate.toJSDate().toISOString()).toBe(row.endsAt);
    expect(event.location).toBe('Hội trường thử');
    expect(event.sequence).toBe(0);
    expect(body).toContain('STATUS:CONFIRMED');

    await moderator.send(
      `/quan-ly/su-kien/${id}`,
      'changeEvent',
      typed('Hội thảo; lịch, có dấu', { place: 'Nơi khác' }),
    );
    const changed = await read();
    expect([changed.event.uid, changed.event.sequence]).toEqual([event.uid, 1]);
    await moderator.send(`/quan-ly/su-kien/${id}`, 'moveEvent', { reason: 'Không đủ người' });
    const cancelled = await read();
    expect([cancelled.event.uid, cancelled.event.sequence]).toEqual([event.uid, 2]);
    expect(cancelled.body).toContain('STATUS:CANCELLED');
  });

  test('all public events to subscribe to, in both languages', async () => {
    await moderator.send('/quan-ly/su-kien/moi', 'addEvent', typed('Hội thảo còn nháp', { titleEn: 'Still a draft' }));
    await publish('Hội thảo trong lịch', { titleEn: 'Conference in the calendar' });
    const vi = eventsOf(await server.text('/su-kien.ics'));
    const titles = vi.map((event) => event.summary);
    expect(titles).toContain('Hội thảo trong lịch');
    expect(titles).toContain('Ngày hội khởi nghiệp sáng tạo (mẫu)');
    expect(titles).not.toContain('Hội thảo còn nháp');
    expect(new Set(vi.map((event) => event.uid)).size).toBe(vi.length);
    const en = eventsOf(await server.text('/su-kien.ics?lang=en'));
    expect(en.map((event) => event.uid)).toEqual(vi.map((event) => event.uid));
    expect(en.map((event) => event.summary)).toContain('Conference in the calendar');
  });
});

describe('pages', () => {
  test('a draft is for the Department only; published, it is in the list, the home page and the sitemap', async () => {
    const added = await moderator.send(
      '/quan-ly/su-kien/moi',
      'addEvent',
      typed('Hội thảo kín', {
        startsAt: localMoment(at(2).toISOString()),
        endsAt: localMoment(at(2, 2).toISOString()),
      }),
    );
    const page = added.headers.get('location')?.split('?')[0] ?? '';
    expect((await server.get('/su-kien/hoi-thao-kin')).status).toBe(404);
    expect((await server.get('/su-kien/hoi-thao-kin.ics')).status).toBe(404);
    expect(await server.text('/su-kien')).not.toContain('Hội thảo kín');
    expect(await moderator.text('/su-kien/hoi-thao-kin')).toContain('Bản xem thử');
    await moderator.send(page, 'moveEvent', {});
    for (const path of ['/su-kien', '/en/events', '/', '/sitemap-news.xml']) {
      expect(await server.text(path), path).toContain('hoi-thao-kin');
    }
    const html = await server.text('/en/events/hoi-thao-kin');
    const data = JSON.parse(html.match(/<script type="application\/ld\+json">(.*?)<\/script>/)?.[1] ?? '');
    expect(data).toMatchObject({
      '@type': 'Event',
      name: 'Hội thảo kín',
      eventStatus: 'https://schema.org/EventScheduled',
    });
  });

  test('the list is narrowed by words without marks, by kind, and to what is over', async () => {
    expect(await server.text('/su-kien?q=so+huu+tri+tue')).not.toContain('Hội thảo sở hữu');
    expect(await server.text('/su-kien?time=past&q=so+huu+tri+tue')).toContain('Hội thảo sở hữu');
    const fairs = await server.text('/su-kien?type=fair');
    expect(fairs).toContain('Phiên chợ');
    expect(fairs).not.toContain('Ngày hội khởi nghiệp');
    expect(await server.text('/su-kien')).toContain('Sự kiện mẫu');
  });

  test('an event that ends moves to the past by itself', async () => {
    const { id, path } = await publish('Hội thảo sắp xong');
    const { endsAt } = await db.selectFrom('event').select('endsAt').where('id', '=', id).executeTakeFirstOrThrow();
    expect(await server.text('/su-kien')).toContain(path);
    await followUpEvents(accounts, new Date(Date.parse(endsAt) + 1000));
    expect(await server.text('/su-kien')).not.toContain(path);
    expect(await server.text('/su-kien?time=past')).toContain(path);
  });
});

describe('personal data', () => {
  test('organisers get the list; no cell of the file is run as a formula', async () => {
    const { id, path } = await publish('Hội thảo tải danh sách');
    await register(path, 'tep@example.vn', { name: '=HYPERLINK("http://x","Xem")', organisation: '@SUM(1+1)' });
    const response = await moderator.get(`/quan-ly/su-kien/${id}/nguoi-tham-du.csv`);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const body = bytes.toString('utf8');
    expect(body).toContain(`"'=HYPERLINK(""http://x"",""Xem"")",tep@example.vn,'@SUM(1+1),Đã có chỗ`);
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect((await visitor.get(`/quan-ly/su-kien/${id}/nguoi-tham-du.csv`)).status).toBe(302);
    const page = await moderator.text(`/quan-ly/su-kien/${id}`);
    expect(page).toContain('tep@example.vn');
    await moderator.send(`/quan-ly/su-kien/${id}`, 'removeAttendee', {});
    expect(await states(id)).toEqual([]);
  });

  test('a member gets theirs, and it goes with the account', async () => {
    const { id, path } = await publish('Hội thảo của thành viên', { capacity: '1' });
    const member = await signedIn(db, server, 'thanh-vien');
    await member.send(path, 'registerForEvent', { name: 'Thành Viên', email: 'thanh-vien@example.vn', consent: 'on' });
    await register(path, 'ke-tiep@example.vn');
    const data = JSON.parse(await member.text('/tai-khoan/du-lieu.json'));
    expect(data.events).toMatchObject([{ title: 'Hội thảo của thành viên', name: 'Thành Viên', state: 'registered' }]);
    const { hashPassword } = await import('../../src/accounts/password.ts');
    const passwordHash = await hashPassword('bốn con chim sẻ');
    await db.updateTable('user').set({ passwordHash }).where('id', '=', 'thanh-vien').execute();
    await member.send('/tai-khoan/xoa', 'deleteAccount', { current: 'bốn con chim sẻ' });
    expect(await states(id)).toEqual(['ke-tiep registered']);
  });

  test('90 days after an event nobody knows any more who came', async () => {
    const { id, path } = await publish('Hội thảo đã lâu');
    await register(path, 'quen@example.vn');
    await mailbox.next('quen@example.vn');
    const { endsAt } = await db.selectFrom('event').select('endsAt').where('id', '=', id).executeTakeFirstOrThrow();
    const later = (days: number) => new Date(Date.parse(endsAt) + days * day);
    await followUpEvents(accounts, later(1));
    await forgetAttendees(db, later(keepAttendeesDays - 1));
    expect(await states(id)).toEqual(['quen registered']);
    await forgetAttendees(db, later(keepAttendeesDays));
    expect(await states(id)).toEqual([]);
    expect(await db.selectFrom('mail').select('id').where('recipient', '=', 'quen@example.vn').execute()).toEqual([]);
  });
});
