import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import type { Role } from '../../db/schema.ts';
import type { Accounts } from '../../src/accounts/accounts.ts';
import { createSessions } from '../../src/accounts/sessions.ts';
import { recordPath } from '../../src/catalogue/address.ts';
import { setStatus } from '../../src/catalogue/save.ts';
import { followUpConnections } from '../../src/connections/deadlines.ts';
import { forgetStrayFiles } from '../../src/connections/files.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { signedIn } from '../support/member.ts';
import { Person } from '../support/person.ts';
import { catalogueFolder, publicUrl, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
let mailbox: Mailbox;
let accounts: Accounts;

beforeAll(async () => {
  mailbox = await startMailbox();
  server = await startServer(folder.dataDir, { SMTP_URL: mailbox.url });
  const name = { vi: 'Sàn thử', en: 'Test site' };
  accounts = { db, sessions: createSessions(db, false), publicUrl, siteName: name, departmentName: name };
});

afterAll(async () => {
  await server.stop();
  await mailbox.close();
  await db.destroy();
  folder.remove();
});

beforeEach(() => sqlite.exec('delete from rate_limit'));

const person = (id: string, role?: Role) => signedIn(db, server, id, role);
let offset = 0;

/** A public record with contact data for connections only, managed by these people. */
async function recordOf(kind: 'offer' | 'need' | 'organisation', ...managers: string[]) {
  const record = await db
    .selectFrom('record')
    .select(['id', 'kind', 'slug', 'title'])
    .where('kind', '=', kind)
    .where('status', '=', 'published')
    .orderBy('id')
    .offset(offset)
    .limit(1)
    .executeTakeFirstOrThrow();
  offset += 1;
  const contact = {
    contactName: `Liên hệ của ${record.id}`,
    contactEmail: `kin-${record.id}@example.vn`,
    contactPhone: `0912 000 ${100 + record.id}`,
    contactVisibility: 'connection' as const,
  };
  await db.transaction().execute(async (trx) => {
    await trx.updateTable('record').set(contact).where('id', '=', record.id).execute();
    await setStatus(trx, record.id, 'published');
    for (const userId of managers) {
      await trx.insertInto('record_member').values({ recordId: record.id, userId }).execute();
    }
  });
  return { ...record, ...contact, path: recordPath(record, 'vi') };
}

const ask = { purpose: 'acquire', message: 'Chúng tôi sấy 5 tấn vải mỗi ngày và cần lò tiết kiệm điện hơn.' };
const formOf = (path: string) => `/ket-noi?record=${path}`;

/** Asks; returns the address of the shared page. */
async function asked(asker: Person, path: string, more: Record<string, string> = {}): Promise<string> {
  const response = await asker.send(formOf(path), 'startConnection', { ...ask, ...more });
  expect(response.status).toBe(302);
  return response.headers.get('location') ?? '';
}

const idIn = (address: string) => Number(address.split('/').at(-1));
const stateOf = async (page: string) =>
  (await db.selectFrom('connection').select('state').where('id', '=', idIn(page)).executeTakeFirstOrThrow()).state;
const visible = (html: string) => html.replace(/<[^>]+>/g, ' ');

/** Sends a file with the shared page's form. */
async function sendFile(who: Person, page: string, bytes: Uint8Array, name: string, type = 'application/pdf') {
  const html = await who.text(page);
  const action = html.match(/<form method="post" action="([^"]*sendFile[^"]*)"/)?.[1].replaceAll('&amp;', '&') ?? '';
  const body = new FormData();
  body.set('connection', String(idIn(page)));
  body.set('file', new File([Buffer.from(bytes)], name, { type }));
  return server.get(page + action, { method: 'POST', headers: { cookie: who.cookie, origin: publicUrl }, body });
}

const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n');

describe('from the button to an agreement', () => {
  test('both sides, with an own record: nothing of each other before the yes, everything after', async () => {
    const buyer = await person('buyer');
    const seller = await person('seller');
    const offer = await recordOf('offer', 'seller');
    const need = await recordOf('need', 'buyer');
    // A record's contact name is public like its title (an anonymous need's is not).
    const secrets = [offer, need].flatMap(({ contactEmail, contactPhone }) => [contactEmail, contactPhone]);
    secrets.push('buyer@example.vn', 'seller@example.vn', 'Người buyer', 'Người seller');

    // The button leads to the form, for a visitor by way of signing in.
    const detail = await server.text(offer.path);
    expect(detail).toContain(`href="${formOf(offer.path)}"`);
    const visitor = await server.get(formOf(offer.path));
    expect(visitor.headers.get('location')).toBe(`/dang-nhap?next=${encodeURIComponent(formOf(offer.path))}`);

    const bad = await buyer.send(formOf(offer.path), 'startConnection', { message: 'ngắn quá' });
    expect(bad.status).toBe(400);
    const again = await bad.text();
    expect(again).toContain('ngắn quá</textarea>');
    expect(visible(again)).toContain('Hãy chọn mục đích');
    const contact = `${ask.message} Gọi 0912 345 678.`;
    const pointedOut = await buyer.send(formOf(offer.path), 'startConnection', { ...ask, message: contact });
    const said = await pointedOut.text();
    expect(visible(said)).toContain('thông tin liên hệ: «0912 345 678»');
    expect(said).toContain(`${contact}</textarea>`);
    expect(await db.selectFrom('connection').selectAll().execute()).toEqual([]);

    const page = await asked(buyer, offer.path, { askerRecord: String(need.id) });
    const invitation = await mailbox.next('seller@example.vn');
    expect(invitation.text).toContain(ask.message);
    const link = mailbox.linkIn(invitation);

    const before = [
      await buyer.text(page),
      await seller.text(page),
      await buyer.text('/tai-khoan/ket-noi'),
      await seller.text('/tai-khoan/ket-noi'),
      await server.text(link),
      await server.text(offer.path),
      await server.text(need.path),
      await server.text(`/api/v1/technology-offers/${offer.slug}`),
      await server.text(`/api/v1/technology-needs/${need.slug}`),
      await server.text(`/api/v1/search?q=${encodeURIComponent(offer.title)}`),
      `${invitation.text}${invitation.html}`,
    ];
    for (const text of before) for (const secret of secrets) expect(text.includes(secret), secret).toBe(false);
    expect(before[1]).toContain(need.path);
    expect(visible(before[3])).toContain('Chờ bạn');
    expect(visible(before[2])).not.toContain('Chờ bạn');

    // Looking answers nothing; only the receiver may look.
    expect(await stateOf(page)).toBe('requested');
    expect((await buyer.get(link)).status).toBe(404);
    expect((await server.get('/ket-noi/tra-loi?token=khong-co')).status).toBe(404);
    const guest = new Person(server);
    const question = await guest.send(link, 'answerConnection', { decision: 'ask', question: 'Vải tươi hay vải khô?' });
    expect(visible(await question.text())).toContain('Câu hỏi đã gửi');
    expect(await stateOf(page)).toBe('requested');
    const used = await server.text(link);
    expect(visible(used)).toContain('Đường dẫn này đã dùng');
    expect(used).toContain(`href="${page}"`);
    expect(used).not.toContain(ask.message);

    const asking = await mailbox.next('buyer@example.vn');
    expect(asking.text).toContain('Vải tươi hay vải khô?');
    for (const secret of secrets) expect(`${asking.text}${asking.html}`.includes(secret), secret).toBe(false);
    await buyer.send(page, 'writeMessage', { text: 'Vải tươi.' });
    const second = mailbox.linkIn(await mailbox.next('seller@example.vn'));
    expect(second).not.toBe(link);
    expect(visible(await server.text(second))).toContain('Vải tươi.');
    const post = (decision: string) => guest.send(second, 'answerConnection', { decision });
    const [one, two] = await Promise.all([post('accept'), post('accept')]);
    expect([one.status, two.status].sort()).toEqual([200, 400]);
    expect(await stateOf(page)).toBe('accepted');

    const told = await mailbox.next('buyer@example.vn');
    expect(told.text).toContain(offer.contactEmail);
    expect(told.text).toContain(offer.contactPhone);
    expect((await mailbox.next('seller@example.vn')).text).toContain(need.contactEmail);
    for (const who of [buyer, seller]) {
      const html = await who.text(page);
      for (const { contactEmail, contactPhone } of [offer, need]) {
        expect(html).toContain(contactEmail);
        expect(html).toContain(contactPhone);
      }
    }
    expect(await server.text(offer.path)).not.toContain(offer.contactEmail);

    await buyer.send(page, 'writeMessage', { text: 'Khi nào xem máy được?\nTôi rảnh thứ Năm.' });
    expect(await stateOf(page)).toBe('in_discussion');
    expect((await mailbox.next('seller@example.vn')).text).toContain('Khi nào xem máy được?');
    await seller.send(page, 'planStep', { nextStep: 'Xem máy ở xưởng', nextStepOn: '2027-01-14' });
    expect((await mailbox.next('buyer@example.vn')).text).toContain('Xem máy ở xưởng (14/01/2027)');
    expect((await sendFile(seller, page, pdf, 'báo giá.pdf')).status).toBe(302);
    await mailbox.next('buyer@example.vn');
    const agreed = await buyer.send(page, 'reportOutcome', { agreementKind: 'transfer', agreementVnd: '250.000.000' });
    expect(agreed.status).toBe(302);
    expect(await stateOf(page)).toBe('agreement');
    expect((await mailbox.next('seller@example.vn')).text).toContain('250 triệu đồng');
    const desk = await person('desk', 'moderator');
    expect(visible(await desk.text('/quan-ly/ket-noi'))).toMatch(
      /Hợp đồng chuyển giao công nghệ\s*:\s*1\s*, 250 triệu đồng/,
    );

    const history = await db
      .selectFrom('connection_event')
      .select(['side', 'action'])
      .where('connectionId', '=', idIn(page))
      .orderBy('id')
      .execute();
    expect(history.map(({ side, action }) => `${side} ${action}`)).toEqual([
      'asker start',
      'asked write',
      'asker write',
      'asked accept',
      'asker write',
      'asked plan',
      'asked file',
      'asker agree',
    ]);
    expect(() => sqlite.exec(`update connection_event set action = 'x'`)).toThrow('append-only');
    expect(() => sqlite.exec('delete from connection_event')).toThrow('append-only');
  }, 60_000);

  test('a request without an own record: neither name nor address of the member before the yes; declined with a reason', async () => {
    const asker = await person('shy');
    await person('owner-a');
    const owner = await person('owner-b');
    const offer = await recordOf('offer', 'owner-a', 'owner-b');
    const page = await asked(asker, offer.path);
    const [first, second] = [await mailbox.next('owner-a@example.vn'), await mailbox.next('owner-b@example.vn')];
    expect(first.text).toContain('Một thành viên của sàn');
    expect(first.text).not.toContain('shy');
    expect(mailbox.linkIn(first)).not.toBe(mailbox.linkIn(second));
    expect(await owner.text(page)).not.toMatch(/Người shy|shy@/);
    const noReason = await owner.send(page, 'respond', { decision: 'decline' });
    expect(visible(await noReason.text())).toContain('Hãy ghi lý do');
    await owner.send(page, 'respond', { decision: 'decline', reason: 'Hiện xưởng đã kín lịch.' });
    expect((await mailbox.next('shy@example.vn')).text).toContain('Hiện xưởng đã kín lịch.');
    expect(await asker.text(page)).not.toMatch(/kin-\d+@|Người owner/);
    // The other manager's link is too late, and so is their form that was open meanwhile.
    const late = await server.get(`${page}?_action=respond`, {
      method: 'POST',
      headers: { cookie: owner.cookie, origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ connection: String(idIn(page)), decision: 'accept' }).toString(),
    });
    expect(late.status).toBe(400);
    expect(visible(await late.text())).toContain('Việc này không làm được nữa');
    expect(await stateOf(page)).toBe('declined');
    expect(visible(await server.text(mailbox.linkIn(first)))).toContain('Đường dẫn này đã dùng');
  });

  test('one takes back what one has asked', async () => {
    const asker = await person('changed-mind');
    await person('owner-c');
    const offer = await recordOf('offer', 'owner-c');
    const page = await asked(asker, offer.path);
    const link = mailbox.linkIn(await mailbox.next('owner-c@example.vn'));
    await asker.send(page, 'withdrawConnection', {});
    expect(await stateOf(page)).toBe('withdrawn');
    expect((await mailbox.next('owner-c@example.vn')).subject).toContain('Đề nghị đã được rút');
    expect(visible(await server.text(link))).toContain('Đường dẫn này đã dùng');
  });
});

test('an anonymous need: its owner appears with the yes, and nowhere before', async () => {
  const asker = await person('curious');
  const owner = await person('hidden');
  const need = await recordOf('need', 'hidden');
  const requester = await recordOf('organisation');
  await db.transaction().execute(async (trx) => {
    await trx.updateTable('need').set({ anonymous: 1 }).where('recordId', '=', need.id).execute();
    await trx.deleteFrom('record_link').where('fromId', '=', need.id).execute();
    await trx
      .insertInto('record_link')
      .values({ fromId: need.id, relation: 'requester', toId: requester.id })
      .execute();
    await setStatus(trx, need.id, 'published');
  });
  const page = await asked(asker, need.path);
  await owner.send(page, 'respond', { decision: 'ask', question: 'Bên bạn đã làm cho ai chưa?' });
  const mail = await mailbox.next('curious@example.vn');
  const before = [await asker.text(page), await asker.text('/tai-khoan/ket-noi'), await asker.text(formOf(need.path))];
  before.push(`${mail.text}${mail.html}`, await server.text(need.path));
  for (const text of before) {
    for (const secret of [requester.title, need.contactName, need.contactEmail, 'Người hidden']) {
      expect(text.includes(secret), secret).toBe(false);
    }
  }
  await owner.send(page, 'respond', { decision: 'accept' });
  expect(await asker.text(page)).toContain(requester.title);
  expect((await mailbox.next('curious@example.vn')).text).toContain(requester.title);
  expect((await server.text(need.path)).includes(requester.title)).toBe(false);
});

describe('one connection, however it is asked for', () => {
  test('a double click and two tabs', async () => {
    const asker = await person('clicker');
    await person('owner-d');
    const offer = await recordOf('offer', 'owner-d');
    const sent = await Promise.all([1, 2, 3, 4].map(() => asker.send(formOf(offer.path), 'startConnection', ask)));
    expect(new Set(sent.map((response) => response.headers.get('location'))).size).toBe(1);
    const rows = await db.selectFrom('connection').select('id').where('recordId', '=', offer.id).execute();
    expect(rows).toHaveLength(1);
    await mailbox.next('owner-d@example.vn');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(mailbox.mails.filter((mail) => mail.text?.includes(offer.title))).toHaveLength(1);
  });

  test('a message sent twice is one', async () => {
    const asker = await person('twice');
    await person('owner-e');
    const page = await asked(asker, (await recordOf('offer', 'owner-e')).path);
    const html = await asker.text(page);
    const form = html.match(/<form method="post" action="([^"]*writeMessage[^"]*)"[^>]*>(.*?)<\/form>/s);
    const formKey = form?.[2].match(/name="formKey" value="([^"]+)"/)?.[1] ?? '';
    const send = () =>
      server.get(page + form?.[1].replaceAll('&amp;', '&'), {
        method: 'POST',
        headers: { cookie: asker.cookie, origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ connection: String(idIn(page)), formKey, text: 'Còn hàng không?' }).toString(),
      });
    await Promise.all([send(), send()]);
    const messages = await db
      .selectFrom('connection_message')
      .select('text')
      .where('connectionId', '=', idIn(page))
      .execute();
    expect(messages.map(({ text }) => text)).toEqual([ask.message, 'Còn hàng không?']);
  });

  test('not to oneself, not about what is not public, not more than ten a day', async () => {
    const asker = await person('eager');
    await person('owner-f');
    const own = await recordOf('offer', 'eager');
    expect(visible(await (await asker.send(formOf(own.path), 'startConnection', ask)).text())).toContain(
      'Đây là hồ sơ do bạn quản lý',
    );
    const gone = await recordOf('offer', 'owner-f');
    await db.transaction().execute((trx) => setStatus(trx, gone.id, 'withdrawn'));
    expect((await asker.get(formOf(gone.path))).status).toBe(404);
    const policy = await db.selectFrom('record').select('slug').where('kind', '=', 'policy').executeTakeFirstOrThrow();
    expect((await asker.get(formOf(`/van-ban/${policy.slug}`))).status).toBe(404);

    const stranger = await recordOf('organisation', 'owner-f');
    const target = await recordOf('offer', 'owner-f');
    const foreign = { ...ask, askerRecord: String(stranger.id) };
    expect((await asker.send(formOf(target.path), 'startConnection', foreign)).status).toBe(400);
    for (let n = 0; n < 10; n += 1) await asked(asker, (await recordOf('offer', 'owner-f')).path);
    const eleventh = await asker.send(formOf((await recordOf('offer', 'owner-f')).path), 'startConnection', ask);
    expect(eleventh.status).toBe(400);
    const html = await eleventh.text();
    expect(visible(html)).toContain('tối đa 10 đề nghị');
    expect(html).toContain(`${ask.message}</textarea>`);
  }, 60_000);
});

describe('a third member, and the Department', () => {
  test('404 on page, file and forms; a moderator sees stages, and the rest once asked in', async () => {
    const asker = await person('inside-a');
    const owner = await person('inside-b');
    const third = await person('outside');
    const desk = await person('desk', 'moderator');
    const offer = await recordOf('offer', 'inside-b');
    const page = await asked(asker, offer.path);
    await owner.send(page, 'respond', { decision: 'accept' });
    await owner.send(page, 'writeMessage', { text: 'Giá riêng cho bạn là bí mật XYZQ.' });
    await sendFile(owner, page, pdf, 'bí mật XYZQ.pdf');
    const file = (await asker.text(page)).match(/href="(\/tai-khoan\/ket-noi\/\d+\/[^"]+)" download/)?.[1] ?? '';
    const given = await asker.get(file);
    expect(given.status).toBe(200);
    expect(given.headers.get('content-disposition')).toMatch(/^attachment;.*filename\*=UTF-8''b%C3%AD%20m%E1%BA%ADt/);
    expect(given.headers.get('cache-control')).toBe('private, no-store');
    expect(given.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await given.arrayBuffer())).toEqual(pdf);

    expect((await third.get(page)).status).toBe(404);
    expect((await third.get(file)).status).toBe(404);
    const other = await asked(third, (await recordOf('offer', 'inside-b')).path);
    // Its own connection's number does not open another one's file.
    expect((await third.get(file.replace(/\d+/, String(idIn(other))))).status).toBe(404);
    const html = await asker.text(page);
    for (const name of ['writeMessage', 'planStep', 'reportOutcome', 'askDepartment', 'block', 'report']) {
      const action = html.match(new RegExp(`action="(\\?_action=${name}[^"]*)"`))?.[1] ?? name;
      const response = await server.get(page + action.replaceAll('&amp;', '&'), {
        method: 'POST',
        headers: { cookie: third.cookie, origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          connection: String(idIn(page)),
          text: 'Chen vào',
          nextStep: 'Chen vào',
          outcome: 'close',
          reason: 'Chen vào đây',
          what: 'Chen vào đây',
          change: 'block',
        }).toString(),
      });
      expect(response.status, name).toBe(404);
    }
    expect(await stateOf(page)).toBe('in_discussion');

    const observed = await desk.text(page);
    expect(visible(observed)).toContain('Bạn thấy các bước');
    for (const secret of ['XYZQ', offer.contactEmail, 'inside-a@', 'Người inside'])
      expect(observed).not.toContain(secret);
    expect((await desk.get(file)).status).toBe(404);
    await asker.send(page, 'askDepartment', {});
    expect(await desk.text(page)).toContain('XYZQ');
    expect((await desk.get(file)).status).toBe(200);
    await desk.send(page, 'writeMessage', { text: 'Sở có thể giúp về hợp đồng.' });
    expect(visible(await owner.text(page))).toContain('Sở có thể giúp về hợp đồng.');
    const list = await desk.text('/quan-ly/ket-noi');
    expect(visible(list.split('<h2')[1])).toContain('Nhờ Sở giúp');
    // It does not decide for the two.
    expect(await desk.text(page)).not.toContain('reportOutcome');
  }, 60_000);

  test('a record that nobody manages is answered by the Department', async () => {
    const asker = await person('lonely');
    const desk = await person('desk', 'moderator');
    const offer = await recordOf('offer');
    expect(visible(await asker.text(formOf(offer.path)))).toContain('Chưa có ai quản lý hồ sơ này');
    const page = await asked(asker, offer.path);
    expect(visible((await desk.text('/quan-ly/ket-noi')).split('<h2')[1])).toContain(offer.title);
    await desk.send(page, 'respond', { decision: 'accept' });
    expect(await asker.text(page)).toContain(offer.contactEmail);
    expect(visible(await desk.text('/quan-ly/nhat-ky'))).toContain('trả lời đề nghị kết nối');
  });

  test('the Department proposes: both have to accept', async () => {
    const desk = await person('desk', 'moderator');
    const one = await person('side-one');
    const two = await person('side-two');
    const [need, offer] = [await recordOf('need', 'side-one'), await recordOf('offer', 'side-two')];
    const wrong = await desk.send('/quan-ly/ket-noi', 'proposeConnection', { ...ask, asker: need.path, asked: '/x/y' });
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toContain(`value="${need.path}"`);
    const sent = await desk.send('/quan-ly/ket-noi', 'proposeConnection', {
      ...ask,
      asker: publicUrl + need.path,
      asked: offer.path,
    });
    expect(sent.status).toBe(302);
    const row = await db
      .selectFrom('connection')
      .selectAll()
      .where('recordId', '=', offer.id)
      .executeTakeFirstOrThrow();
    const page = `/tai-khoan/ket-noi/${row.id}`;
    await mailbox.next('side-one@example.vn');
    const link = mailbox.linkIn(await mailbox.next('side-two@example.vn'));
    const answer = await new Person(server).send(link, 'answerConnection', { decision: 'accept' });
    expect(visible(await answer.text())).toContain('Khi bên kia cũng đồng ý');
    expect(await stateOf(page)).toBe('awaiting_asker');
    for (const who of [one, two]) expect(await who.text(page)).not.toMatch(/kin-\d+@/);
    await mailbox.next('side-one@example.vn');
    await one.send(page, 'respond', { decision: 'accept' });
    expect(await stateOf(page)).toBe('accepted');
    expect((await mailbox.next('side-two@example.vn')).text).toContain(need.contactEmail);
    expect(await desk.text('/quan-ly/nhat-ky')).toContain('đề nghị kết nối');
  });
});

describe('files', () => {
  test('are what they say they are: images written anew, everything else refused beside the field', async () => {
    const asker = await person('files-a');
    const owner = await person('files-b');
    const page = await asked(asker, (await recordOf('offer', 'files-b')).path);
    expect((await asker.text(page)).includes('sendFile')).toBe(false);
    await owner.send(page, 'respond', { decision: 'accept' });
    const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#1c4b8f' } })
      .withExif({ IFD0: { Copyright: 'vị trí nhà tôi' } })
      .jpeg()
      .toBuffer();
    expect(photo.includes('Exif')).toBe(true);
    const drawn = sharp({ create: { width: 9, height: 9, channels: 3, background: '#123' } });
    const refused: [string, Uint8Array, string][] = [
      ['pic.gif', await drawn.gif().toBuffer(), 'không phải PDF'],
      ['pic.avif', await drawn.avif().toBuffer(), 'không phải PDF'],
      ['empty.pdf', new Uint8Array(), 'Hãy chọn một tệp'],
      ['page.pdf', Buffer.from('<html><script>alert(1)</script>'), 'không phải PDF'],
      ['cut.pdf', Buffer.from('%PDF-1.4\n1 0 obj'), 'không phải PDF'],
      ['pic.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 'không phải PDF'],
      ['cut.jpg', photo.subarray(0, 200), 'không phải PDF'],
      ['prog.exe', Buffer.from('MZ\x90\0'), 'không phải PDF'],
      ['big.pdf', Buffer.alloc(10 * 1024 * 1024 + 1, '%PDF-1.4 '), 'lớn hơn 10 MB'],
    ];
    for (const [name, bytes, why] of refused) {
      const response = await sendFile(asker, page, bytes, name);
      expect(response.status, name).toBe(400);
      expect(visible((await response.text()).match(/id="file-error"[^>]*>([^<]*)/)?.[0] ?? ''), name).toContain(why);
    }
    const lying = await sendFile(asker, page, photo, '../../ảnh\u0000"<b>.exe', 'text/html');
    expect(lying.status).toBe(302);
    const kept = await db.selectFrom('connection_file').selectAll().where('connectionId', '=', idIn(page)).execute();
    expect(kept.map(({ type }) => type)).toEqual(['jpg']);
    expect(kept[0].name).not.toMatch(/[/\\"<>\0]|exe/);
    const given = await owner.get(`${page}/${kept[0].id}`);
    expect(given.headers.get('content-type')).toBe('image/jpeg');
    const bytes = Buffer.from(await given.arrayBuffer());
    expect((await sharp(bytes).metadata()).width).toBe(40);
    expect(bytes.includes('Exif')).toBe(false);

    const { id, ...row } = kept[0];
    for (let n = 0; n < 19; n += 1) {
      // Unlike any of the random ids, which have no such sign.
      const copy = `${id.slice(0, -3)}x${n + 10}`;
      await db
        .insertInto('connection_file')
        .values({ ...row, id: copy })
        .execute();
    }
    expect(visible(await (await sendFile(asker, page, pdf, 'a.pdf')).text())).toContain('tối đa 20 tệp');

    // What no connection knows is removed after an hour, nothing else.
    const uploads = join(folder.dataDir, 'uploads', 'connections');
    const old = new Date(Date.now() - 2 * 3_600_000);
    for (const name of readdirSync(uploads)) utimesSync(join(uploads, name), old, old);
    await db.deleteFrom('connection_file').where('id', '<>', id).execute();
    await forgetStrayFiles(db, folder.dataDir);
    expect(readdirSync(uploads)).toEqual([id]);
    rmSync(join(uploads, id));
    expect((await owner.get(`${page}/${id}`)).status).toBe(404);

    // The tidying of records' pictures leaves them alone, and is not held up by them.
    const pictures = join(folder.dataDir, 'uploads', 'pictures', 'aa');
    const stray = join(pictures, `${'a'.repeat(32)}-480.webp`);
    mkdirSync(pictures, { recursive: true });
    const yesterday = new Date(Date.now() - 25 * 3_600_000);
    for (const path of [join(uploads, id), stray]) {
      writeFileSync(path, 'x');
      utimesSync(path, yesterday, yesterday);
    }
    await server.stop();
    server = await startServer(folder.dataDir, { SMTP_URL: mailbox.url });
    await expect.poll(() => existsSync(stray), { timeout: 5000 }).toBe(false);
    expect(readdirSync(uploads)).toEqual([id]);
  }, 60_000);
});

describe('time', () => {
  const later = (days: number) => new Date(Date.now() + days * 86_400_000);

  test('a reminder after 10 days, the end after 30, the question for the outcome 90 days after acceptance; each once', async () => {
    // What earlier tests left open would be followed up as well.
    await db.deleteFrom('connection').execute();
    const asker = await person('time-a');
    const owner = await person('time-b');
    const [late, fine] = [await recordOf('offer', 'time-b'), await recordOf('offer', 'time-b')];
    const page = await asked(asker, late.path);
    await mailbox.next('time-b@example.vn');
    const accepted = await asked(asker, fine.path);
    await mailbox.next('time-b@example.vn');
    await owner.send(accepted, 'respond', { decision: 'accept' });
    await mailbox.next('time-a@example.vn');
    await mailbox.next('time-b@example.vn');

    expect(await followUpConnections(accounts, later(9))).toBe(0);
    // Two processes at once.
    await Promise.all([followUpConnections(accounts, later(11)), followUpConnections(accounts, later(11))]);
    expect(await followUpConnections(accounts, later(12))).toBe(0);
    const reminder = await mailbox.next('time-b@example.vn');
    expect(reminder.subject).toContain('Nhắc trả lời');
    expect((await server.text(mailbox.linkIn(reminder))).includes('answerConnection')).toBe(true);

    expect(await followUpConnections(accounts, later(31))).toBe(1);
    expect(await followUpConnections(accounts, later(32))).toBe(0);
    expect(await stateOf(page)).toBe('expired');
    for (const who of ['time-a', 'time-b']) {
      expect((await mailbox.next(`${who}@example.vn`)).subject).toContain('Đề nghị đã hết hạn');
    }
    expect(await followUpConnections(accounts, later(91))).toBe(1);
    expect(await followUpConnections(accounts, later(200))).toBe(0);
    for (const who of ['time-a', 'time-b']) {
      expect((await mailbox.next(`${who}@example.vn`)).subject).toContain('Kết nối đi đến đâu rồi?');
    }
    const rest = mailbox.mails.filter((mail) => /Nhắc trả lời|hết hạn|đi đến đâu/.test(mail.subject ?? ''));
    expect(rest).toHaveLength(5);
  }, 60_000);
});

describe('trust', () => {
  test('who is blocked can neither ask nor write, and is told politely', async () => {
    const asker = await person('pushy');
    const owner = await person('tired');
    const page = await asked(asker, (await recordOf('offer', 'tired')).path);
    await owner.send(page, 'block', {});
    const html = await asker.text(page);
    expect(visible(html)).toContain('Không gửi được tin nhắn ở kết nối này');
    expect(html).not.toContain('writeMessage');
    const next = await asker.send(formOf((await recordOf('offer', 'tired')).path), 'startConnection', ask);
    expect(next.status).toBe(400);
    expect(visible(await next.text())).toContain('Không gửi được đến bên này');
    await owner.send(page, 'block', {});
    await asked(asker, (await recordOf('offer', 'tired')).path);
  });

  test('a report reaches the Department, which may stop the member and closes it with a note', async () => {
    const asker = await person('spammer');
    const owner = await person('spammed');
    const desk = await person('desk', 'moderator');
    const page = await asked(asker, (await recordOf('offer', 'spammed')).path);
    expect((await owner.send(page, 'report', { what: 'x' })).status).toBe(400);
    const sent = await owner.send(page, 'report', { what: 'Người này gửi quảng cáo cho mọi hồ sơ.' });
    expect(sent.headers.get('location')).toBe(`${page}?reported`);
    const reports = '/quan-ly/ket-noi/bao-cao';
    expect(visible(await desk.text(reports))).toContain('Người này gửi quảng cáo cho mọi hồ sơ.');
    expect((await owner.get(reports)).status).toBe(403);
    // A report opens nothing to the Department.
    expect(await desk.text(page)).not.toContain(ask.message);
    await desk.send(reports, 'stopConnecting', {});
    const stopped = await asker.send(formOf((await recordOf('offer', 'spammed')).path), 'startConnection', ask);
    expect(visible(await stopped.text())).toContain('Sở đang tạm dừng quyền');
    await desk.send(reports, 'closeReport', { note: 'Đã nhắc và tạm dừng.' });
    expect(visible(await desk.text(reports))).toContain('Không có phản ánh nào đang chờ');
    const log = visible(await desk.text('/quan-ly/nhat-ky'));
    expect(log).toContain('đóng phản ánh');
    expect(log).toContain('tạm dừng quyền kết nối');
  });
});

describe('personal data', () => {
  test('is given with connections, and an account that goes leaves no name behind', async () => {
    const { hashPassword } = await import('../../src/accounts/password.ts');
    const leaver = await person('leaver');
    const owner = await person('stayer');
    await db
      .updateTable('user')
      .set({ passwordHash: await hashPassword('bốn con chim sẻ') })
      .where('id', '=', 'leaver')
      .execute();
    const page = await asked(leaver, (await recordOf('offer', 'stayer')).path);
    await owner.send(page, 'respond', { decision: 'accept' });
    const pending = await asked(leaver, (await recordOf('offer', 'stayer')).path);
    await owner.send(page, 'block', {});
    const data = (await (await leaver.get('/tai-khoan/du-lieu.json')).json()) as Record<string, unknown[]>;
    expect(data.connections).toHaveLength(2);
    expect(data.messages).toHaveLength(2);
    const gone = await leaver.send('/tai-khoan/xoa', 'deleteAccount', { current: 'bốn con chim sẻ' });
    expect(gone.status).toBe(200);
    expect(await stateOf(page)).toBe('closed');
    expect(await stateOf(pending)).toBe('withdrawn');
    const html = await owner.text(page);
    expect(html).toContain(ask.message);
    expect(html).not.toMatch(/Người leaver|leaver@/);
    expect(visible(html)).toContain('Tài khoản của một bên đã xoá');
    const left = await db.selectFrom('member_block').selectAll().where('blockedId', '=', 'leaver').execute();
    expect(left).toEqual([]);
  });
});
