import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { handToDepartment } from '../../src/moderation/requests.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { accountsFor, signedIn } from '../support/member.ts';
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

afterAll(async () => {
  await server.stop();
  await mailbox.close();
  await db.destroy();
  folder.remove();
});

beforeEach(() => {
  sqlite.exec('delete from rate_limit');
});

const person = (id: string, role: 'member' | 'moderator' = 'member') => signedIn(db, server, id, role);
const numbers = { enterprise: 'certificateNumber', organisation: 'registrationNumber' } as const;

/** A public record of a kind that has a number of its own; another one with each `skip`. */
async function aPublic(kind: keyof typeof numbers, skip = 0) {
  const record = await db
    .selectFrom('record')
    .select(['id', 'title', 'slug'])
    .where('kind', '=', kind)
    .where('status', '=', 'published')
    .orderBy('id')
    .offset(skip)
    .limit(1)
    .executeTakeFirstOrThrow();
  const own = await db.selectFrom(kind).selectAll().where('recordId', '=', record.id).executeTakeFirstOrThrow();
  return { ...record, number: String(own[numbers[kind]]) };
}

const managerIds = async (recordId: number) =>
  (await db.selectFrom('record_member').select('userId').where('recordId', '=', recordId).execute()).map(
    ({ userId }) => userId,
  );
/** Posts the same form again and again, as an impatient person does. */
async function twice(who: Person, path: string, action: string, fields: Record<string, string>): Promise<Response[]> {
  return [await who.send(path, action, fields), await who.send(path, action, fields).catch(() => new Response())];
}

const start = (who: Person, fields: Record<string, string>) => who.send('/tai-khoan/ho-so', 'startRecord', fields);
const unescaped = (html: string) => html.replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&#38;', '&');
/** The piece of a page that the script puts beside a field. */
const watch = (who: Person, fields: Record<string, string>) =>
  who.text(`/tai-khoan/ho-so/giong-nhau?${new URLSearchParams(fields)}`);

describe('a likely duplicate', () => {
  test('stops the start of a record with what was typed kept, leads to asking, and can be said to be another', async () => {
    const member = await person('namesake');
    const { title, slug, id } = await aPublic('enterprise');
    const typed = `CTCP ${title.toUpperCase().replace(/^(?:CÔNG TY|DOANH NGHIỆP) /, '')}`;
    const stopped = await start(member, { kind: 'enterprise', title: typed });
    expect(stopped.status).toBe(200);
    const html = unescaped(await stopped.text());
    expect(html).toContain('Có thể hồ sơ này đã có');
    expect(html).toContain(`href="/doanh-nghiep-khcn/${slug}"`);
    expect(html).toContain(`href="/tai-khoan/xin-quan-ly/${id}"`);
    expect(html).toContain(`value="${typed}"`);
    expect(html).toMatch(/<option value="enterprise" selected/);

    // Confirmed for one name, it is asked again for another.
    const changed = await start(member, { kind: 'enterprise', title, different: typed });
    expect(changed.status).toBe(200);
    const started = await start(member, { kind: 'enterprise', title: typed, different: typed });
    expect(started.headers.get('location')).toMatch(/^\/tai-khoan\/ho-so\/\d+$/);
    // The same sent again finds the person's own draft.
    const again = unescaped(await (await start(member, { kind: 'enterprise', title: typed })).text());
    expect(again).toContain(`href="${started.headers.get('location')}"`);
    expect(again).toContain('Bạn đang quản lý hồ sơ này');
  });

  test('another name or another kind starts at once', async () => {
    const member = await person('original');
    const { title } = await aPublic('enterprise');
    expect((await start(member, { kind: 'enterprise', title: 'Xưởng dệt Hoa Ban' })).status).toBe(302);
    expect((await start(member, { kind: 'organisation', title })).status).toBe(302);
  });

  test('is shown beside a name or number once it is saved, and the form goes on when it is saved again', async () => {
    const member = await person('numberer');
    const { number, id, title } = await aPublic('enterprise', 1);
    const form = (await start(member, { kind: 'enterprise', title: 'Xưởng mây tre Hoa Chuối' })).headers.get(
      'location',
    );
    const path = `${form}?buoc=${(await member.text(String(form))).match(/buoc=(\d+)"[^>]*>Giấy chứng nhận/)?.[1]}`;
    const warned = await member.send(path, 'saveStep', { certificateNumber: number });
    expect(warned.status).toBe(200);
    const html = unescaped(await warned.text());
    expect(html).toContain('Số này đã có ở một hồ sơ khác');
    expect(html).toContain(title);
    expect(html).toContain(`/tai-khoan/xin-quan-ly/${id}`);
    expect(html).toContain(`value="${number}"`);
    expect((await member.send(path, 'saveStep', { certificateNumber: number })).status).toBe(302);
  });

  test('while typing: by name with a slip and by number with other signs; only for members, never a stranger’s draft', async () => {
    const member = await person('typist');
    const owner = await person('secretive');
    const { title, id, number } = await aPublic('organisation');
    const slip = title.replace(/(\p{L}{3,})(\p{L})(\p{L})(?=\s|$)/u, '$1$3$2');
    expect(slip).not.toBe(title);
    const link = `/tai-khoan/xin-quan-ly/${id}"`;
    expect(await watch(member, { kind: 'organisation', name: 'title', value: slip })).toContain(link);
    expect(await watch(member, { kind: 'organisation', name: 'title', value: title.toLowerCase() })).toContain(link);
    expect(
      await watch(member, {
        kind: 'organisation',
        name: 'registrationNumber',
        value: ` ${number.toLowerCase().replace('-', ' ')} `,
      }),
    ).toContain(link);
    expect(await watch(member, { kind: 'organisation', name: 'title', value: title, record: String(id) })).toBe('');
    // Nothing but names and numbers is looked up.
    expect(await watch(member, { kind: 'organisation', name: 'contactEmail', value: title })).toBe('');

    await start(owner, { kind: 'organisation', title: 'Viện Bí Mật Nhà Nông' });
    const asked = { kind: 'organisation', name: 'title', value: 'Viện Bí Mật Nhà Nông' };
    expect(await watch(owner, asked)).toContain('Bạn đang quản lý');
    expect(await watch(member, asked)).toBe('');
    expect((await server.get(`/tai-khoan/ho-so/giong-nhau?${new URLSearchParams(asked)}`)).status).toBe(302);

    // A record that was taken down has its number still, and is not shown either.
    await db.updateTable('record').set({ status: 'suspended' }).where('id', '=', id).execute();
    const byNumber = { kind: 'organisation', name: 'registrationNumber', value: number };
    expect(await watch(member, byNumber)).toBe('');
    await db.updateTable('record').set({ status: 'published' }).where('id', '=', id).execute();
    expect(await watch(member, byNumber)).toContain(link);
  });
});

describe('asking to manage a record', () => {
  test('nobody manages it: the Department answers, the asker is told, the log keeps it', async () => {
    const asker = await person('director');
    const moderator = await person('desk', 'moderator');
    const { id, slug, title } = await aPublic('enterprise', 2);
    const page = await server.text(`/doanh-nghiep-khcn/${slug}`);
    const path = `/tai-khoan/xin-quan-ly/${id}`;
    expect(page).toMatch(new RegExp(`href="${path}"[^>]*>Đây là hồ sơ của tôi`));
    expect((await server.get(path)).headers.get('location')).toBe(`/dang-nhap?next=${encodeURIComponent(path)}`);

    const short = await asker.send(path, 'askToManage', { message: 'Tôi' });
    expect(short.status).toBe(400);
    expect(await short.text()).toMatch(/id="message-error"[\s\S]*>Tôi<\/textarea>/);
    const message = 'Tôi là giám đốc, gọi máy bàn công ty <để> xác nhận.';
    const html = await asker.text(path);
    const [first, second] = await Promise.all([
      asker.send(path, 'askToManage', { message }),
      asker.send(path, 'askToManage', { message }),
    ]);
    expect([first.status, second.status, html.includes('askToManage')]).toEqual([302, 302, true]);
    const rows = await db.selectFrom('manage_request').selectAll().where('recordId', '=', id).execute();
    expect(rows).toHaveLength(1);
    expect(await asker.text(path)).toContain('Bạn đã gửi đề nghị');

    expect((await asker.get('/quan-ly/quyen-quan-ly')).status).toBe(403);
    const list = await moderator.text('/quan-ly/quyen-quan-ly');
    expect(list).toContain('gọi máy bàn công ty &lt;để&gt; xác nhận.');
    expect(list).toContain('director@example.vn');
    const noReason = await moderator.send('/quan-ly/quyen-quan-ly', 'decideRequest', {
      decision: 'refuse',
      reason: '',
    });
    expect(noReason.status).toBe(400);
    expect(await noReason.text()).toMatch(/id="reason-\d+-error"[^>]*>Hãy ghi ít nhất một lý do/);

    await moderator.send('/quan-ly/quyen-quan-ly', 'decideRequest', { decision: 'refuse', reason: 'Không gọi được.' });
    const refused = await mailbox.next('director@example.vn');
    expect(refused.subject).toContain('bị từ chối');
    expect(refused.text).toContain('Không gọi được.');
    expect(await managerIds(id)).toEqual([]);
    expect(await asker.text(path)).toContain('Đề nghị trước bị từ chối: Không gọi được.');

    await asker.send(path, 'askToManage', { message: 'Xin gọi lại số khác của công ty.' });
    await twice(moderator, '/quan-ly/quyen-quan-ly', 'decideRequest', { decision: 'grant' });
    expect(await managerIds(id)).toEqual(['director']);
    const form = mailbox.linkIn(await mailbox.next('director@example.vn'));
    expect(form).toBe(`/tai-khoan/ho-so/${id}`);
    expect(await asker.text(form)).toContain(title);
    const log = await moderator.text('/quan-ly/nhat-ky');
    for (const words of ['giao quyền quản lý', 'từ chối giao quyền', 'Không gọi được.', 'Người director']) {
      expect(log).toContain(words);
    }
    expect(log).not.toContain('undefined');
  });

  test('its managers answer where there are some; a stranger and the Department do not', async () => {
    const owner = await person('incumbent');
    const asker = await person('colleague');
    const stranger = await person('passerby');
    const moderator = await person('desk', 'moderator');
    const { id } = await aPublic('enterprise', 3);
    await db.insertInto('record_member').values({ recordId: id, userId: 'incumbent' }).execute();
    await asker.send(`/tai-khoan/xin-quan-ly/${id}`, 'askToManage', { message: 'Tôi là đồng nghiệp mới.' });
    const told = await mailbox.next('incumbent@example.vn');
    expect(told.text).toContain('Tôi là đồng nghiệp mới.');
    const managers = mailbox.linkIn(told);
    expect(managers).toBe(`/tai-khoan/ho-so/${id}/nguoi-quan-ly`);
    expect(await moderator.text('/quan-ly/quyen-quan-ly')).not.toContain('đồng nghiệp mới');
    expect((await stranger.get(managers)).status).toBe(404);
    const { id: request } = await db
      .selectFrom('manage_request')
      .select('id')
      .where('recordId', '=', id)
      .executeTakeFirstOrThrow();
    for (const who of [stranger, moderator, asker]) {
      const answer = await server.get('/tai-khoan/ho-so?_action=decideRequest', {
        method: 'POST',
        headers: { cookie: who.cookie, origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ request: String(request), decision: 'grant' }).toString(),
      });
      await answer.text();
    }
    expect(await managerIds(id)).toEqual(['incumbent']);
    await owner.send(managers, 'decideRequest', { decision: 'grant' });
    expect((await managerIds(id)).sort()).toEqual(['colleague', 'incumbent']);
    expect((await mailbox.next('colleague@example.vn')).subject).toContain('Bạn đã được quản lý');
    expect(await asker.text(`/tai-khoan/xin-quan-ly/${id}`)).toContain('Bạn đang quản lý hồ sơ này');
    expect(await moderator.text('/quan-ly/nhat-ky')).not.toContain('Người colleague');
  });

  test('what its managers leave lying for 14 days the Department may answer; they are told then, and of the answer', async () => {
    const silent = await person('silent');
    const asker = await person('patient');
    const moderator = await person('stepping-in', 'moderator');
    const { id } = await aPublic('enterprise', 4);
    await db.insertInto('record_member').values({ recordId: id, userId: 'silent' }).execute();
    await asker.send(`/tai-khoan/xin-quan-ly/${id}`, 'askToManage', { message: 'Tôi chờ mãi không ai trả lời.' });
    await mailbox.next('silent@example.vn');
    const inDays = (n: number) => new Date(Date.now() + n * 86_400_000);
    await handToDepartment(accountsFor(db), inDays(13));
    const desk = '/quan-ly/quyen-quan-ly';
    expect(await moderator.text(desk)).not.toContain('Tôi chờ mãi');
    await handToDepartment(accountsFor(db), inDays(14));
    await handToDepartment(accountsFor(db), inDays(15));
    const told = await mailbox.next('silent@example.vn');
    expect(told.subject).toContain('Chưa trả lời');
    expect((await silent.get(mailbox.linkIn(told))).status).toBe(200);
    const page = await moderator.text(desk);
    expect(page).toContain('Tôi chờ mãi');
    expect(page).toContain('Người quản lý hồ sơ chưa trả lời');

    const { id: request } = await db
      .selectFrom('manage_request')
      .select('id')
      .where('recordId', '=', id)
      .executeTakeFirstOrThrow();
    const answer = await moderator.send(desk, 'decideRequest', { request: String(request), decision: 'grant' });
    await answer.text();
    expect((await managerIds(id)).sort()).toEqual(['patient', 'silent']);
    expect((await mailbox.next('patient@example.vn')).subject).toContain('Bạn đã được quản lý');
    // One message for the handing over, one for the answer.
    expect((await mailbox.next('silent@example.vn')).subject).toContain('Sở đã đồng ý');
    expect(await moderator.text('/quan-ly/nhat-ky')).toContain('Người patient');
  });

  test('neither documents nor what is not public; ten times a day', async () => {
    const asker = await person('collector');
    const owner = await person('hider');
    const policy = await db
      .selectFrom('record')
      .select('id')
      .where('kind', '=', 'policy')
      .limit(1)
      .executeTakeFirstOrThrow();
    const draft = (await start(owner, { kind: 'need', title: 'Nhu cầu còn kín' })).headers.get('location') ?? '';
    for (const id of [policy.id, draft.split('/').at(-1), 'x', 999_999]) {
      expect((await asker.get(`/tai-khoan/xin-quan-ly/${id}`)).status).toBe(404);
    }
    const { slug } = await db.selectFrom('record').select('slug').where('id', '=', policy.id).executeTakeFirstOrThrow();
    expect(await server.text(`/van-ban/${slug}`)).not.toContain('xin-quan-ly');
    const offers = await db
      .selectFrom('record')
      .select('id')
      .where('kind', '=', 'offer')
      .where('status', '=', 'published')
      .limit(11)
      .execute();
    const statuses: number[] = [];
    for (const { id } of offers) {
      const sent = await asker.send(`/tai-khoan/xin-quan-ly/${id}`, 'askToManage', { message: 'Đây là của tôi đó.' });
      statuses.push(sent.status);
    }
    expect(statuses).toEqual([...Array(10).fill(302), 400]);
  });
});

describe('inviting somebody to manage a record too', () => {
  test('one with an account accepts, once; nobody else can; the inviter is told', async () => {
    const owner = await person('inviter');
    const guest = await person('guest');
    const third = await person('third');
    await db.updateTable('user').set({ language: 'en' }).where('id', '=', 'guest').execute();
    const form = (await start(owner, { kind: 'need', title: 'Cần máy hút chân không' })).headers.get('location') ?? '';
    const id = Number(form.split('/').at(-1));
    const managers = `${form}/nguoi-quan-ly`;
    const wrong = await owner.send(managers, 'inviteManager', { email: 'không phải địa chỉ' });
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toContain('value="không phải địa chỉ"');
    const known = await (await owner.send(managers, 'inviteManager', { email: 'GUEST@example.vn' })).text();
    const mail = await mailbox.next('guest@example.vn');
    expect(mail.subject).toBe('Người inviter invites you to manage Cần máy hút chân không');
    const link = mailbox.linkIn(mail);
    expect(link).toMatch(/^\/en\/invitation\?token=/);
    const secret = link.split('token=')[1];
    expect(JSON.stringify(await db.selectFrom('invitation').selectAll().execute())).not.toContain(secret);

    // The same answer for an address without an account.
    const unknown = await (await owner.send(managers, 'inviteManager', { email: 'nobody@example.vn' })).text();
    const told = (html: string) => html.match(/<p class="notice" role="status"[^>]*>[^<]*/)?.[0];
    expect(told(known)).toContain('Đã gửi lời mời');
    expect(told(unknown)).toBe(told(known));
    expect((await mailbox.next('nobody@example.vn')).subject).toContain('mời bạn quản lý');

    // Whoever else has the link is told whose it is and can do nothing with it.
    const seen = await third.text(link);
    expect(seen).toContain('This invitation is for guest@example.vn');
    expect(seen).not.toContain('acceptInvitation');
    const forced = await server.get(`/loi-moi?_action=acceptInvitation&token=${secret}`, {
      method: 'POST',
      headers: { cookie: third.cookie, origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token: secret }).toString(),
    });
    expect(forced.status).toBe(400);
    expect(await managerIds(id)).toEqual(['inviter']);

    expect((await guest.get(form)).status).toBe(404);
    const accepted = await guest.send(link, 'acceptInvitation', {});
    expect(accepted.headers.get('location')).toBe(form.replace('/tai-khoan/ho-so', '/en/account/records'));
    expect((await managerIds(id)).sort()).toEqual(['guest', 'inviter']);
    expect((await mailbox.next('inviter@example.vn')).subject).toContain('đã nhận lời');
    const used = await guest.get(link);
    expect(used.status).toBe(404);
    expect(await used.text()).not.toContain('acceptInvitation');
    const again = await server.get(`/loi-moi?_action=acceptInvitation&token=${secret}`, {
      method: 'POST',
      headers: { cookie: guest.cookie, origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token: secret }).toString(),
    });
    expect(again.status).toBe(404);

    // Each may edit, and remove the other, but the last one stays.
    expect(await guest.text(managers)).toContain('inviter@example.vn');
    await guest.send(managers, 'removeManager', { user: 'inviter' });
    expect((await mailbox.next('inviter@example.vn')).subject).toContain('không còn quản lý');
    expect((await owner.get(managers)).status).toBe(404);
    expect(await managerIds(id)).toEqual(['guest']);
    // What the removed one had invited others to is gone with them.
    expect(await db.selectFrom('invitation').selectAll().where('recordId', '=', id).execute()).toEqual([]);
    const last = await server.get(`${managers}?_action=removeManager`, {
      method: 'POST',
      headers: { cookie: guest.cookie, origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ record: String(id), user: 'guest' }).toString(),
    });
    expect(last.status).toBe(400);
    expect(await managerIds(id)).toEqual(['guest']);
  });

  test('one without an account registers with the address and comes back by the link; the link survives signing in', async () => {
    const owner = await person('host');
    const form = (await start(owner, { kind: 'need', title: 'Cần dây chuyền rửa lọ' })).headers.get('location') ?? '';
    await owner.send(`${form}/nguoi-quan-ly`, 'inviteManager', { email: 'newcomer@example.vn' });
    const link = mailbox.linkIn(await mailbox.next('newcomer@example.vn'));
    const visitor = new Person(server);
    const page = unescaped(await visitor.text(link));
    expect(page).toContain('Người host mời bạn cùng quản lý «Cần dây chuyền rửa lọ»');
    expect(page).toContain('href="/dang-ky"');
    const signIn = page.match(/href="(\/dang-nhap\?next=[^"]*)"/)?.[1] ?? '';

    await visitor.send('/dang-ky', 'register', {
      name: 'Người Mới',
      email: 'newcomer@example.vn',
      password: 'bốn con chim sẻ',
      terms: 'on',
    });
    await visitor.send(mailbox.linkIn(await mailbox.next('newcomer@example.vn')), 'verifyEmail', {});
    const back = await visitor.send(signIn, 'signIn', { email: 'newcomer@example.vn', password: 'bốn con chim sẻ' });
    expect(back.headers.get('location')).toBe(link);
    const accepted = await visitor.send(link, 'acceptInvitation', {});
    expect(accepted.headers.get('location')).toBe(form);
    // Leaving by oneself sends no mail and leads back to one's own records.
    const { id } = await db
      .selectFrom('user')
      .select('id')
      .where('email', '=', 'newcomer@example.vn')
      .executeTakeFirstOrThrow();
    const left = await visitor.send(`${form}/nguoi-quan-ly`, 'removeManager', { user: id });
    expect(left.headers.get('location')).toBe('/tai-khoan/ho-so');
    expect((await visitor.get(form)).status).toBe(404);
  });

  test('taken back, replaced or too old, a link stops working; five invitations of an address a day', async () => {
    const owner = await person('fickle');
    const guest = await person('waiting');
    const form = (await start(owner, { kind: 'need', title: 'Cần lò nung con thoi' })).headers.get('location') ?? '';
    const managers = `${form}/nguoi-quan-ly`;
    const invited = async () => {
      await owner.send(managers, 'inviteManager', { email: 'waiting@example.vn' });
      return mailbox.linkIn(await mailbox.next('waiting@example.vn'));
    };
    const works = async (link: string) => (await guest.text(link)).includes('acceptInvitation');
    const first = await invited();
    expect(await works(first)).toBe(true);
    const second = await invited();
    expect([await works(first), await works(second)]).toEqual([false, true]);
    expect(await owner.text(managers)).toContain('Rút lời mời waiting@example.vn');
    await owner.send(managers, 'takeBackInvitation', {});
    expect(await works(second)).toBe(false);
    const third = await invited();
    await db
      .updateTable('invitation')
      .set({ expiresAt: Date.now() - 1 })
      .execute();
    expect(await works(third)).toBe(false);
    await invited();
    await invited();
    const tooMany = await owner.send(managers, 'inviteManager', { email: 'waiting@example.vn' });
    expect(tooMany.status).toBe(400);
    expect(await tooMany.text()).toContain('quá nhiều lời mời');
  });
});

test('what a person has asked for is part of their own data', async () => {
  const asker = await person('director');
  const data = JSON.parse(await asker.text('/tai-khoan/du-lieu.json'));
  expect(data.manageRequests.map(({ state }: { state: string }) => state)).toEqual(['refused', 'granted']);
});
