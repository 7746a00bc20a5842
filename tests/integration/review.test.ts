import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { signIn } from '../support/member.ts';
import { goodForm, submit } from '../support/moderation.ts';
import { Person } from '../support/person.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
let mailbox: Mailbox;
let desk: Person;

const queue = '/quan-ly/hang-doi';
const reviewOf = (id: number) => `${queue}/${id}`;

async function person(id: string, role: 'member' | 'moderator'): Promise<Person> {
  const someone = new Person(server);
  someone.cookie = await signIn(db, id, role);
  return someone;
}

beforeAll(async () => {
  mailbox = await startMailbox();
  server = await startServer(folder.dataDir, { SMTP_URL: mailbox.url });
  desk = await person('desk', 'moderator');
  await person('author', 'member');
});

afterAll(async () => {
  await server.stop();
  await mailbox.close();
  await db.destroy();
  folder.remove();
});

/** Nothing waits when a part of this file begins. */
const emptyQueue = () => sqlite.exec(`update revision set state = 'withdrawn' where state = 'submitted'`);
const waitedDays = (id: number, days: number) =>
  sqlite
    .prepare(`update revision set "submittedAt" = ? where "recordId" = ? and state = 'submitted'`)
    .run(new Date(Date.now() - days * 86_400_000).toISOString(), id);
/** The titles in the queue, in order. */
const listed = async (search: string, who = desk) =>
  [...(await who.text(queue + search)).matchAll(/<li data-row[^>]*>.*?<a [^>]*>([^<]*)<\/a>/gs)].map(
    ([, title]) => title,
  );
const publicOffer = () =>
  db
    .selectFrom('record')
    .selectAll()
    .where('kind', '=', 'offer')
    .where('status', '=', 'published')
    .orderBy('id')
    .limit(1)
    .executeTakeFirstOrThrow();
const statusOf = async (id: number) =>
  (await db.selectFrom('record').select('status').where('id', '=', id).executeTakeFirstOrThrow()).status;

describe('the queue', () => {
  test('is narrowed by kind, new or changed, who looks, how long it waits and words of the title, together too', async () => {
    emptyQueue();
    const old = await submit(db, 'author', 'offer', goodForm('Lò sấy vải cũ'));
    const fresh = await submit(db, 'author', 'startup', goodForm('Sấy lạnh tận vườn'));
    const other = await submit(db, 'author', 'offer', goodForm('Máy ấp trứng'));
    const { id } = await publicOffer();
    const changed = await submit(db, 'author', 'offer', goodForm('Bản sửa của hồ sơ công khai'), id);
    for (const [record, days] of [
      [old, 9],
      [changed, 5],
      [other, 2],
    ])
      waitedDays(record, days);
    await desk.send(reviewOf(other), 'claim', {});

    expect(await listed('')).toEqual([
      'Lò sấy vải cũ',
      'Bản sửa của hồ sơ công khai',
      'Máy ấp trứng',
      'Sấy lạnh tận vườn',
    ]);
    expect(await listed('?kind=startup')).toEqual(['Sấy lạnh tận vườn']);
    expect(await listed('?change=change')).toEqual(['Bản sửa của hồ sơ công khai']);
    expect(await listed('?change=new&kind=offer')).toEqual(['Lò sấy vải cũ', 'Máy ấp trứng']);
    expect(await listed('?claim=mine')).toEqual(['Máy ấp trứng']);
    expect(await listed('?claim=mine', await person('other-desk', 'moderator'))).toEqual([]);
    expect(await listed('?claim=nobody&change=new')).toEqual(['Lò sấy vải cũ', 'Sấy lạnh tận vườn']);
    expect(await listed('?days=7')).toEqual(['Lò sấy vải cũ']);
    expect(await listed('?q=SAY')).toEqual(['Lò sấy vải cũ', 'Sấy lạnh tận vườn']);
    expect(await listed('?q=say&kind=offer&days=3&claim=nobody&change=new')).toEqual(['Lò sấy vải cũ']);
    const html = await desk.text(`${queue}?q=say`);
    expect(html).toContain('2 trong 4 hồ sơ đang chờ');
    expect(html).toContain('Công nghệ, thiết bị (3)');
    // Words of SQL or HTML are words.
    expect((await desk.get(`${queue}?q=%25%27%22%3Cb%3E&days=x&after=1~2~3&claim=me`)).status).toBe(200);
    expect(await fresh).toBeGreaterThan(0);
  });

  test('a claim that was left lying for hours holds nobody up', async () => {
    emptyQueue();
    const left = await submit(db, 'author', 'offer', goodForm('Bỏ dở từ hôm qua'));
    const other = await person('other-desk', 'moderator');
    await other.send(reviewOf(left), 'claim', {});
    expect(await listed('?claim=nobody')).toEqual([]);
    expect(await desk.text(queue)).toContain('Người other-desk đang xem');
    sqlite.exec(`update revision set "claimedAt" = '2026-01-01T00:00:00.000Z' where "claimedBy" = 'other-desk'`);
    expect(await listed('?claim=nobody')).toEqual(['Bỏ dở từ hôm qua']);
    expect(await desk.text(queue)).not.toContain('Người other-desk đang xem');
  });

  test('goes on page by page without losing or repeating anything', async () => {
    emptyQueue();
    const titles = Array.from({ length: 60 }, (_, n) => `Trang ${String(n).padStart(2, '0')}`);
    for (const title of titles) await submit(db, 'author', 'offer', goodForm(title));
    // All at one moment: the number decides.
    sqlite.exec(`update revision set "submittedAt" = '2026-11-01T00:00:00.000Z' where state = 'submitted'`);
    const first = await desk.text(`${queue}?change=new`);
    const next = first.match(/href="([^"]*after=[^"]*)"[^>]*>Xem tiếp/)?.[1].replaceAll('&amp;', '&') ?? '';
    expect(next).toContain('change=new');
    expect([...(await listed('?change=new')), ...(await listed(next.replace(queue, '')))]).toEqual(titles);
  });
});

describe('one submission after another', () => {
  test('a decision says what was done and hands over the next one, of what the queue was narrowed to', async () => {
    emptyQueue();
    const first = await submit(db, 'author', 'offer', goodForm('Thứ nhất'));
    const second = await submit(db, 'author', 'startup', goodForm('Thứ hai'));
    const third = await submit(db, 'author', 'offer', goodForm('Thứ ba'));

    const narrowed = await desk.send(`${reviewOf(first)}?kind=offer`, 'approve', {});
    expect(narrowed.headers.get('location')).toBe(`${reviewOf(third)}?done=approve&last=${first}&kind=offer`);
    const landed = await desk.text(narrowed.headers.get('location') ?? '');
    expect(landed).toMatch(/role="status"[^>]*>\s*<strong>Đã duyệt và công khai: «Thứ nhất»\./);
    expect(landed).toContain('Bạn đang duyệt hồ sơ này');

    const returned = await desk.send(reviewOf(third), 'sendBack', {
      decision: 'return',
      'reason.title': 'Nói rõ hơn.',
    });
    expect(returned.headers.get('location')).toBe(`${reviewOf(second)}?done=return&last=${third}`);
    const last = await desk.send(reviewOf(second), 'sendBack', {
      decision: 'reject',
      'reason.note': 'Không phải KH&CN.',
    });
    expect(last.headers.get('location')).toBe(`${queue}?done=reject&last=${second}`);
    expect(await desk.text(last.headers.get('location') ?? '')).toContain('Đã từ chối: «Thứ hai».');
  });

  test('one that is skipped becomes free; the next comes after it, then from the beginning again', async () => {
    emptyQueue();
    const ids = [];
    for (const title of ['Một', 'Hai', 'Ba']) ids.push(await submit(db, 'author', 'offer', goodForm(title)));
    const [one, two, three] = ids;
    await desk.send(reviewOf(two), 'claim', {});
    const skipped = await desk.send(reviewOf(two), 'nextSubmission', {});
    expect(skipped.headers.get('location')).toBe(`${reviewOf(three)}?done=skip&last=${two}`);
    expect(await listed('?claim=nobody')).toEqual(['Một', 'Hai']);
    expect((await desk.send(reviewOf(three), 'nextSubmission', {})).headers.get('location')).toContain(reviewOf(one));
    expect(await listed('?claim=mine')).toEqual(['Một']);
  });

  test('two moderators who ask at the same moment get two submissions', async () => {
    emptyQueue();
    const first = await submit(db, 'author', 'offer', goodForm('Đang xem'));
    for (const title of ['Cho người này', 'Cho người kia']) await submit(db, 'author', 'offer', goodForm(title));
    const other = await person('other-desk', 'moderator');
    const answers = await Promise.all(
      [desk, other, desk, other].map((who) => who.send(reviewOf(first), 'nextSubmission', {})),
    );
    const given = answers.map((answer) => answer.headers.get('location')?.split('?')[0]);
    const byDesk = new Set([given[0], given[2]]);
    for (const taken of [given[1], given[3]]) expect(byDesk.has(taken)).toBe(false);
  });
});

describe('a review', () => {
  test('shows of a change what changes, word by word, in people’s words, and the rest on demand', async () => {
    emptyQueue();
    const record = await publicOffer();
    const id = await submit(
      db,
      'author',
      'offer',
      { summary: `${record.summary} Có <b>bảo hành</b>.`, trl: '3', priceMinVnd: '120000000' },
      record.id,
    );
    const html = await desk.text(reviewOf(id));
    expect(html).toMatch(/<ins[^>]*>Có &lt;b&gt;bảo hành&lt;\/b&gt;\.<\/ins>/);
    expect(html).toMatch(/<del[^>]*>TRL \d: [^<]*<\/del><ins[^>]*>TRL 3: chứng minh ý tưởng/);
    expect(html).toMatch(/<ins[^>]*>120 triệu đồng/);
    const [changes, rest] = html.split(/\d+ mục không đổi/);
    expect(changes).not.toContain(`>${record.title}</div>`);
    expect(rest).toContain(`>${record.title}</div>`);
  });

  test('names what cannot be meant, and what is left empty', async () => {
    emptyQueue();
    const startup = await submit(db, 'author', 'startup', {
      ...goodForm('Thành lập ở tương lai'),
      foundingYear: '2099',
      areas: '',
    });
    const html = await desk.text(reviewOf(startup));
    expect(html).toContain('Năm thành lập: ở tương lai 2099');
    expect(html).toContain('Địa bàn: để trống');
    expect(html).toMatch(/Còn trống: [^<]*Mã số thuế/);
    const mark = await submit(db, 'author', 'trademark', {
      ...goodForm('Nhãn hiệu hết hạn'),
      grantedOn: '01/02/2010',
      expiresOn: '01/02/2020',
    });
    expect(await desk.text(reviewOf(mark))).toContain('Ngày hết hiệu lực: đã hết hạn 01/02/2020');
  });

  test('links to where a number can be checked, and never runs what was typed as an address', async () => {
    emptyQueue();
    const good = await submit(db, 'author', 'startup', {
      ...goodForm('Có mã số thuế'),
      taxCode: '0801999888',
      website: 'https://example.vn/gioi-thieu',
    });
    const html = await desk.text(reviewOf(good));
    expect(html).toMatch(
      /href="https:\/\/dangkykinhdoanh\.gov\.vn\/"[^>]*rel="noopener noreferrer"[^>]*>[^<]*<\/a>: 0801999888/,
    );
    expect(html).toMatch(/href="https:\/\/example\.vn\/gioi-thieu"[^>]*rel="noopener noreferrer"/);
    const bad = await submit(db, 'author', 'startup', { ...goodForm('Địa chỉ lạ'), website: 'javascript:alert(1)' });
    expect(await desk.text(reviewOf(bad))).not.toContain('href="javascript:');
  });
});

describe('ready reasons', () => {
  const page = '/quan-ly/ly-do';

  test('are there from the start; one is added, chosen with words of one’s own, changed and put away; all is noted', async () => {
    emptyQueue();
    expect((await (await person('author', 'member')).get(page)).status).toBe(403);
    expect(await desk.text(page)).toContain('Tóm tắt quá ngắn');
    const wrong = await desk.send(page, 'saveReviewText', { id: '', text: 'x', kind: 'startup', attribute: 'trl' });
    expect(wrong.status).toBe(400);
    const told = await wrong.text();
    expect(told).toMatch(/id="text-error"/);
    expect(told).toContain('>x</textarea>');
    const nowhere = await desk.send(page, 'saveReviewText', {
      id: '',
      text: 'Không có mục này',
      kind: 'startup',
      attribute: 'trl',
    });
    expect(await nowhere.text()).toMatch(/id="attribute-error"[^>]*>Loại hồ sơ này không có mục đó/);

    const text = 'Ghi giai đoạn theo doanh thu năm trước.';
    await desk.send(page, 'saveReviewText', { id: '', text, kind: 'startup', attribute: 'stage' });
    const { id } = await db.selectFrom('review_text').select('id').where('text', '=', text).executeTakeFirstOrThrow();
    const startup = await submit(db, 'author', 'startup', { ...goodForm('Có giai đoạn'), stage: 'growth' });
    const offer = await submit(db, 'author', 'offer', goodForm('Không có giai đoạn'));
    expect(await desk.text(reviewOf(offer))).not.toContain(text);
    expect((await desk.text(reviewOf(startup))).split(text)).toHaveLength(2);
    await desk.send(reviewOf(startup), 'sendBack', {
      decision: 'return',
      'preset.stage': String(id),
      'reason.stage': 'Xem báo cáo quý 3.',
      'preset.note': 'hostile',
      'preset.title': '999999',
    });
    const { reasons } = await db
      .selectFrom('revision')
      .select('reasons')
      .where('recordId', '=', startup)
      .executeTakeFirstOrThrow();
    expect(JSON.parse(reasons)).toEqual({ stage: `${text}\nXem báo cáo quý 3.` });

    await desk.send(`${page}?edit=${id}`, 'saveReviewText', { text: `${text} Năm nay.`, kind: '', attribute: '' });
    const archive = await desk.text(page);
    expect(archive).toContain(`${text} Năm nay.`);
    // The forms of the list are alike: the one of this text is sent.
    const target = archive.match(/action="([^"]*archiveReviewText[^"]*)"/)?.[1].replaceAll('&amp;', '&') ?? '';
    const put = (change: string) =>
      server.get(page + target, {
        method: 'POST',
        headers: {
          cookie: desk.cookie,
          origin: 'http://catalogue.test',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({ id: String(id), change }).toString(),
      });
    expect((await put('archive')).status).toBe(302);
    expect((await put('archive')).status).toBe(400);
    expect(await desk.text(reviewOf(offer))).not.toContain(text);
    expect(await desk.text(page)).toContain('1 lý do đã cất đi');

    const log = await desk.text('/quan-ly/nhat-ky');
    expect(log).toContain('thêm lý do có sẵn');
    expect(log).toContain(`«${text}» thành «${text} Năm nay.»`);
    expect(log).toContain('cất lý do có sẵn');
    expect(log).toContain(`Giai đoạn phát triển: ${text}\nXem báo cáo quý 3.`);
  });
});

describe('several at once', () => {
  test('what has no warnings is chosen by a link; each is approved by itself, the rest is named with why', async () => {
    emptyQueue();
    const clean = [];
    for (const title of ['Sạch một', 'Sạch hai']) clean.push(await submit(db, 'author', 'offer', goodForm(title)));
    const doubtful = await submit(db, 'author', 'offer', { ...goodForm('Có cảnh báo'), priceMinVnd: '0' });
    const twins = [];
    for (const title of ['Sinh đôi A', 'Sinh đôi B']) {
      twins.push(await submit(db, 'author', 'startup', { ...goodForm(title), taxCode: '0809876543' }));
    }
    const wrong = await submit(db, 'author', 'startup', { ...goodForm('Mã sai'), taxCode: '12' });

    expect(await desk.text(queue)).not.toMatch(/name="chosen"[^>]*checked/);
    const html = await desk.text(`${queue}?choose=clean&kind=offer`);
    const chosen = [...html.matchAll(/name="chosen" value="([^"]*)" checked/g)].map(([, value]) => value);
    expect(chosen.map((value) => Number(value.split('.')[0]))).toEqual(clean);
    expect(html).toContain('1 cảnh báo');

    const none = await desk.send(queue, 'approveMany', {});
    expect(none.status).toBe(400);
    expect(await none.text()).toContain('Hãy chọn ít nhất một hồ sơ.');
    const many = Array.from({ length: 51 }, (_, n) => `${n + 1}.1`);
    expect(await (await desk.send(queue, 'approveMany', { chosen: many })).text()).toContain('nhiều nhất 50 hồ sơ');

    // Changed by its author since the moderator has seen it.
    const stale = `${doubtful}.99`;
    const values = [...chosen, ...[...twins, wrong].map((id) => `${id}.2`), stale, 'drop table'];
    const report = await (await desk.send(queue, 'approveMany', { chosen: values })).text();
    expect(report).toContain('Đã duyệt và công khai 3 hồ sơ.');
    expect(report).toContain('Chưa duyệt được 3 hồ sơ:');
    expect(report).toMatch(
      new RegExp(`href="${reviewOf(twins[1])}"[^>]*>Sinh đôi B</a>: Mã số thuế hoặc số đăng ký này đã thuộc về`),
    );
    expect(report).toContain('Mã sai</a>: Hồ sơ còn chỗ chưa đúng');
    expect(report).toContain('Có cảnh báo</a>: Hồ sơ đã đổi sau khi bạn mở trang này');
    for (const id of [...clean, twins[0]]) expect(await statusOf(id)).toBe('published');
    for (const id of [twins[1], wrong, doubtful]) expect(await statusOf(id)).toBe('submitted');

    const lines = await db
      .selectFrom('audit_log')
      .select('recordId')
      .where('action', '=', 'approve')
      .where('recordId', 'in', [...clean, ...twins, wrong, doubtful])
      .execute();
    expect(lines.map((line) => line.recordId)).toEqual([...clean, twins[0]]);
    const mails = await db.selectFrom('mail').select('subject').where('subject', 'like', '%S%ch%').execute();
    expect(mails.map((mail) => mail.subject).sort()).toEqual([
      'Hồ sơ đã được duyệt: Sạch hai',
      'Hồ sơ đã được duyệt: Sạch một',
    ]);
  });

  test('fifty, the most, go in one go', async () => {
    emptyQueue();
    const ids = [];
    for (let n = 0; n < 50; n += 1) ids.push(await submit(db, 'author', 'offer', goodForm(`Cả loạt ${n}`)));
    const report = await (await desk.send(queue, 'approveMany', { chosen: ids.map((id) => `${id}.2`) })).text();
    expect(report).toContain('Đã duyệt và công khai 50 hồ sơ.');
    expect(await listed('')).toEqual([]);
  });

  test('a member cannot', async () => {
    emptyQueue();
    const id = await submit(db, 'author', 'offer', goodForm('Tự duyệt'));
    const author = await person('author', 'member');
    await server.get(`/dang-ky?_action=approveMany`, {
      method: 'POST',
      headers: {
        cookie: author.cookie,
        origin: 'http://catalogue.test',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: `chosen=${id}.2`,
    });
    expect(await statusOf(id)).toBe('submitted');
  });
});

describe('the log', () => {
  test('is searched by person, action, record and day, together too; what was changed stands in words', async () => {
    emptyQueue();
    const log = '/quan-ly/nhat-ky';
    const other = await person('other-desk', 'moderator');
    const record = await publicOffer();
    await submit(db, 'author', 'offer', { ...goodForm('Tên mới trong nhật ký'), trl: '2' }, record.id);
    await other.send(reviewOf(record.id), 'approve', {});
    const rejected = await submit(db, 'author', 'offer', goodForm('Không công khai bao giờ'));
    await desk.send(reviewOf(rejected), 'sendBack', { decision: 'reject', 'reason.note': 'Trùng lặp.' });
    const lines = async (search: string) =>
      [
        ...((await desk.text(log + search)).match(/<ol.*<\/ol>/s)?.[0] ?? '').matchAll(
          /<strong[^>]*>(.*?)<\/strong>(.*?)<\/li>/gs,
        ),
      ].map(([, who, rest]) => `${who} ${rest.replace(/<[^>]*>/g, ' ')}`.replace(/\s+/g, ' ').trim());
    expect((await lines('?person=other-desk'))[0]).toMatch(
      /^Người other-desk duyệt Tên mới trong nhật ký Mục đã sửa: Tên công nghệ, thiết bị, Tóm tắt, .*TRL/,
    );
    for (const line of await lines('?person=other-desk')) expect(line).toMatch(/^Người other-desk/);
    for (const line of await lines('?action=reject')) expect(line).toContain('từ chối');
    // By the beginning of its name though it was never public, by words of a public one, by an address.
    expect(await lines('?record=khong+cong+khai+bao')).toEqual([
      'Người desk từ chối «Không công khai bao giờ» Nhận xét chung: Trùng lặp.',
    ]);
    const byAddress = await lines(`?record=${encodeURIComponent(`https://x.example/cong-nghe/${record.slug}`)}`);
    expect(byAddress).toHaveLength(1);
    await expect.poll(async () => (await lines('?record=moi+trong+nhat+ky')).length).toBe(1);
    expect(await desk.text(`${log}?record=qqwwzz+zzwwqq`)).toContain('Không có hồ sơ nào');

    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    const yesterday = new Date(Date.now() - 17 * 3_600_000).toISOString().slice(0, 10);
    const all = await lines('');
    expect(await lines(`?from=${today}&to=${today}`)).toEqual(all);
    expect(await lines(`?to=${yesterday}`)).toEqual([]);
    expect(await lines(`?from=nonsense&to=2026-99-99`)).toEqual(all);
    expect(await lines(`?person=desk&action=reject&record=khong+cong+khai+bao&from=${today}`)).toHaveLength(1);
    expect(await lines(`?person=other-desk&record=khong+cong+khai+bao`)).toEqual([]);
  });

  test('goes on page by page, each line once', async () => {
    const insert = sqlite.prepare(
      `insert into audit_log (at, "userId", "userName", action, detail) values (?, 'many', 'Nhiều', 'role', ?)`,
    );
    for (let n = 0; n < 150; n += 1) {
      insert.run('2026-03-01T00:00:00.000Z', JSON.stringify({ user: `Số ${n}.`, role: 'moderator' }));
    }
    const first = await desk.text('/quan-ly/nhat-ky?person=many');
    const next = first.match(/href="([^"]*after=[^"]*)"[^>]*>Xem tiếp/)?.[1].replaceAll('&amp;', '&') ?? '';
    const seen = [...(first + (await desk.text(next))).matchAll(/Số (\d+)\.: Cán bộ duyệt/g)].map(([, n]) => Number(n));
    expect(seen).toEqual(Array.from({ length: 150 }, (_, n) => 149 - n));
  });

  test('holds every decision that a moderator can take', async () => {
    emptyQueue();
    const before = (await db.selectFrom('audit_log').select('id').execute()).length;
    const approved = await submit(db, 'author', 'offer', goodForm('Ghi sổ một'));
    const returned = await submit(db, 'author', 'offer', goodForm('Ghi sổ hai'));
    const rejected = await submit(db, 'author', 'offer', goodForm('Ghi sổ ba'));
    await desk.send(reviewOf(approved), 'approve', {});
    await desk.send(reviewOf(returned), 'sendBack', { decision: 'return', 'reason.note': 'Lý do.' });
    await desk.send(reviewOf(rejected), 'sendBack', { decision: 'reject', 'reason.note': 'Lý do.' });
    await desk.send(reviewOf(approved), 'suspendOrRestore', { reason: 'Khiếu nại.' });
    await desk.send(reviewOf(approved), 'suspendOrRestore', { reason: 'Đã rõ.' });
    const lines = await db
      .selectFrom('audit_log')
      .select(['action', 'userId'])
      .orderBy('id')
      .offset(before)
      .limit(99)
      .execute();
    expect(lines.map((line) => line.action)).toEqual(['approve', 'return', 'reject', 'suspend', 'restore']);
    expect(new Set(lines.map((line) => line.userId))).toEqual(new Set(['desk']));
  });
});
