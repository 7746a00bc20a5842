import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ParsedMail } from 'mailparser';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hashPassword } from '../../src/accounts/password.ts';
import { listPath, recordPath } from '../../src/catalogue/address.ts';
import type { KindCode } from '../../src/catalogue/kind.ts';
import { kinds } from '../../src/catalogue/kinds/index.ts';
import { parseRecord, saveRecord, setStatus } from '../../src/catalogue/save.ts';
import { saveSearch } from '../../src/news/alerts.ts';
import { mostResults, sendDigests } from '../../src/news/digest.ts';
import { readConfig } from '../../src/server/config.ts';
import { createLog } from '../../src/server/log.ts';
import { openServices, type Services } from '../../src/server/services.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { account as makeAccount, signedIn as signedInTo } from '../support/member.ts';
import { Person } from '../support/person.ts';
import { catalogueFolder, publicUrl, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
let server: TestServer;
let mailbox: Mailbox;
let services: Services;

beforeAll(async () => {
  mailbox = await startMailbox();
  server = await startServer(folder.dataDir, { SMTP_URL: mailbox.url });
  services = await openServices(readConfig({ DATA_DIR: folder.dataDir, PUBLIC_URL: publicUrl }), createLog('silent'));
});

afterAll(async () => {
  await services.close();
  await server.stop();
  await mailbox.close();
  folder.remove();
});

const account = (id: string, more?: Parameters<typeof makeAccount>[2]) => makeAccount(services.db, id, more);
const signedIn = (id: string) => signedInTo(services.db, server, id);
const watch = async (userId: string, tim: string, frequency: 'daily' | 'weekly' = 'daily') => {
  const saved = await saveSearch(services.db, services.vocabulary, userId, { tim, frequency });
  expect(saved).toEqual({ ok: true });
};
const pathOf = (list: KindCode, query: string) => listPath(kinds[list], 'vi') + query;

/** Waits until the server's index knows everything that is public. */
async function indexed(): Promise<void> {
  for (;;) {
    const lag = await services.searchLag();
    if (lag.every(({ pending }) => pending === 0)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

interface Published {
  id: number;
  title: string;
  path: string;
}

async function publish(
  kind: KindCode,
  title: string,
  { managers = [], ...more }: Record<string, unknown> & { managers?: string[] } = {},
): Promise<Published> {
  const parsed = parseRecord(kinds[kind], {
    title,
    summary: 'Đã chạy ổn định hai vụ.',
    fields: '211',
    areas: '31',
    expiresOn: '2029-01-01',
    ...more,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const id = await services.db.transaction().execute(async (trx) => {
    const made = await saveRecord(trx, kinds[kind], { ...parsed.input, links: {} });
    for (const userId of managers) await trx.insertInto('record_member').values({ recordId: made, userId }).execute();
    return made;
  });
  const { slug } = await services.db.selectFrom('record').select('slug').where('id', '=', id).executeTakeFirstOrThrow();
  await indexed();
  return { id, title, path: recordPath({ kind, slug }, 'vi') };
}

/** A morning of its own for each test: Mondays, so that weekly news are due as well. */
let monday = Date.parse('2027-03-01T01:00:00Z');
const day = 86_400_000;
beforeEach(() => {
  monday += 7 * day;
});
const morning = (later = 0) => new Date(monday + later * day);
const job = (later = 0, sources: Pick<Services, 'accounts' | 'search' | 'vocabulary'> = services) =>
  sendDigests(sources, morning(later));

const digestsTo = async (id: string) =>
  services.db
    .selectFrom('mail')
    .selectAll()
    .where('recipient', '=', `${id}@example.vn`)
    .where('cause', 'like', 'digest:%')
    .orderBy('id')
    .execute();
const times = (text: string, part: string) => text.split(part).length - 1;
const header = (mail: ParsedMail, name: string) => mail.headerLines.find(({ key }) => key === name)?.line ?? '';
const stopLink = (mail: { text?: string | undefined }) => {
  const url = mail.text?.match(/http\S+(?:ngung-nhan-thu|unsubscribe)\?token=\w+/)?.[0];
  if (!url) throw new Error('No link to stop');
  return url.slice(publicUrl.length);
};
const isStopped = async (id: string) =>
  (await services.db.selectFrom('digest').select('stoppedAt').where('userId', '=', id).executeTakeFirstOrThrow())
    .stoppedAt !== null;

describe('keeping a search', () => {
  test('leads a visitor from a filtered list through signing in to the search, kept by one button', async () => {
    await account('khach');
    await services.db
      .updateTable('user')
      .set({ passwordHash: await hashPassword('mật khẩu thử đủ dài') })
      .where('id', '=', 'khach')
      .execute();
    const list = await server.text('/cong-nghe?field=211&area=31&sort=title&q=máy+sấy');
    const link = list.match(/href="(\/tai-khoan\/theo-doi\?tim=[^"]+)"/)?.[1] ?? '';
    expect(list.match(/<script[^>]*src/g) ?? []).toHaveLength(
      (await server.text('/cong-nghe')).match(/<script[^>]*src/g)?.length ?? 0,
    );
    const visitor = new Person(server);
    const toSignIn = (await visitor.get(link)).headers.get('location') ?? '';
    expect(toSignIn).toMatch(/^\/dang-nhap\?next=/);
    const signed = await visitor.send(toSignIn, 'signIn', {
      email: 'khach@example.vn',
      password: 'mật khẩu thử đủ dài',
    });
    expect(signed.headers.get('location')).toBe(link);
    const page = await visitor.text(link);
    expect(page).toContain('«máy sấy»');
    const kept = await visitor.send(link, 'saveSearch', { frequency: 'weekly' });
    expect(kept.headers.get('location')).toBe('/tai-khoan/theo-doi');
    expect(await visitor.text('/tai-khoan/theo-doi')).toContain('«máy sấy»');
    const rows = () =>
      services.db.selectFrom('saved_search').select(['address', 'frequency']).where('userId', '=', 'khach').execute();
    const address = '/cong-nghe?q=m%C3%A1y+s%E1%BA%A5y&area=31&field=211';
    expect(await rows()).toEqual([{ address, frequency: 'weekly' }]);

    // The same question asked otherwise is the same alert.
    for (const tim of [
      '/en/technology-offers?field=211&q=máy sấy&area=31&page=3',
      '/tim-kiem?kind=offer&area=31&field=211&q=máy+sấy',
    ]) {
      await visitor.send(`/tai-khoan/theo-doi?tim=${encodeURIComponent(tim)}`, 'saveSearch', { frequency: 'daily' });
    }
    expect(await rows()).toEqual([{ address, frequency: 'daily' }]);
  });

  test('keeps nothing that a list page would refuse', async () => {
    const person = await signedIn('nghich');
    for (const tim of [
      '/cong-nghe?field=999',
      '/cong-nghe?khong=co',
      '/cong-nghe/mot-ho-so',
      '/tai-khoan',
      'https://example.com/cong-nghe',
      '//example.com/cong-nghe',
      '/\\example.com',
      '',
      'javascript:alert(1)',
      `/cong-nghe?q=${'x'.repeat(600)}`,
    ]) {
      const page = await person.get(`/tai-khoan/theo-doi?tim=${encodeURIComponent(tim)}`);
      expect(page.status, tim).toBe(400);
      const sent = await server.get('/tai-khoan/theo-doi?_action=saveSearch', {
        method: 'POST',
        headers: { cookie: person.cookie, origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ tim, frequency: 'daily' }).toString(),
      });
      expect(sent.status, tim).toBe(400);
    }
    const kept = await services.db.selectFrom('saved_search').select('id').where('userId', '=', 'nghich').execute();
    expect(kept).toEqual([]);
  });

  test('its owner changes how often, and removes it; nobody else does', async () => {
    const [owner, other] = [await signedIn('chu'), await signedIn('khac')];
    await watch('chu', '/nhu-cau?area=31');
    await watch('khac', '/nhu-cau?area=31');
    const own = async () =>
      services.db.selectFrom('saved_search').select(['id', 'frequency']).where('userId', '=', 'chu').execute();
    const [{ id }] = await own();
    const asOther = { search: String(id), frequency: 'paused', change: 'remove' };
    const refused = await server.get('/tai-khoan/theo-doi?_action=changeAlert', {
      method: 'POST',
      headers: { cookie: other.cookie, origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(asOther).toString(),
    });
    expect(refused.status).toBe(400);
    await owner.send('/tai-khoan/theo-doi', 'changeAlert', { frequency: 'paused', change: 'save' });
    expect(await own()).toEqual([{ id, frequency: 'paused' }]);
    await owner.send('/tai-khoan/theo-doi', 'changeAlert', { frequency: 'paused', change: 'remove' });
    expect(await own()).toEqual([]);
  });
});

describe('the digest', () => {
  test('tells what is new for all alerts in one mail, each result once, and how to stop it', async () => {
    await account('lan');
    const before = await publish('offer', 'Máy quibex có từ trước');
    await watch('lan', pathOf('offer', '?q=quibex'));
    await watch('lan', pathOf('offer', '?q=quibex&area=31'));
    await watch('lan', pathOf('need', '?area=31'), 'weekly');
    // A name that nobody has must not find the nearest ones.
    await account('gan');
    await watch('gan', pathOf('offer', '?q=quibex+zzyzzy'));
    expect(await job()).toBe(0);

    const hit = await publish('offer', 'Máy quibex mới', { publishedAt: '2026-01-01' });
    const need = await publish('need', 'Cần làm khô rong biển quarzim');
    const miss = await publish('offer', 'Máy ép nước mía kiểu cũ');
    // Tuesday: the weekly alert waits.
    await job(1);
    const first = await mailbox.next('lan@example.vn');
    expect(first.subject).toBe(`1 kết quả mới cho bạn trên ${services.region.siteName.vi}`);
    expect(times(first.text ?? '', publicUrl + hit.path)).toBe(1);
    for (const { path } of [before, need, miss]) expect(first.text).not.toContain(path);
    expect(first.text).toContain('Đây là thư tổng hợp đầu tiên');
    expect(first.text).toContain('Vì sao bạn nhận thư');
    expect(first.text).toContain(`${publicUrl}/cong-nghe?q=quibex`);
    const stop = publicUrl + stopLink(first);
    expect(header(first, 'list-unsubscribe').replace(/\s+/g, ' ')).toBe(`List-Unsubscribe: <${stop}>`);
    expect(header(first, 'list-unsubscribe-post')).toBe('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(first.html).toContain(stop);

    expect(await digestsTo('gan')).toEqual([]);

    // Whoever runs it how often: nothing more that day, and nothing when nothing is new.
    await Promise.all([job(1), job(1)]);
    await job(2);
    expect(await digestsTo('lan')).toHaveLength(1);
    await job(7);
    const second = await mailbox.next('lan@example.vn');
    expect(times(second.text ?? '', publicUrl + need.path)).toBe(1);
    expect(second.text).not.toContain(hit.path);
    expect(second.text).not.toContain('thư tổng hợp đầu tiên');
    await job(14);
    expect(await digestsTo('lan')).toHaveLength(2);
    const secrets = await services.db.selectFrom('digest_link').select('hash').where('userId', '=', 'lan').execute();
    expect(JSON.stringify(secrets)).not.toContain(stop.split('=')[1]);
  });

  test('whoever stops them gets none that still waits for the mail server', async () => {
    await account('ngung');
    await watch('ngung', pathOf('offer', '?q=plimsor'));
    await publish('offer', 'Máy plimsor một');
    await job();
    const first = await mailbox.next('ngung@example.vn');
    await publish('offer', 'Máy plimsor hai');
    mailbox.refuse(true);
    await job(1);
    const waiting = () =>
      services.db
        .selectFrom('mail')
        .select('state')
        .where('recipient', '=', 'ngung@example.vn')
        .where('state', '=', 'waiting')
        .execute();
    expect(await waiting()).toHaveLength(1);
    const oneClick = { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) };
    expect((await server.get(stopLink(first), oneClick)).status).toBe(200);
    expect(await waiting()).toEqual([]);
    mailbox.refuse(false);
  });

  test('in English to whoever uses the site in English', async () => {
    await account('ann', { language: 'en' });
    await watch('ann', '/en/search?q=weltrax');
    await publish('offer', 'Máy weltrax', { titleEn: 'Weltrax machine' });
    await job();
    const mail = await mailbox.next('ann@example.vn');
    expect(mail.subject).toBe(`1 new result for you on ${services.region.siteName.en}`);
    expect(mail.text).toContain('This is your first digest');
    expect(mail.text).toContain(`Weltrax machine\n  Technology`);
    expect(mail.text).toContain(`${publicUrl}/en/technology-offers/`);
    expect(mail.text).toContain(`${publicUrl}/en/unsubscribe?token=`);
    expect(mail.text).toContain('Records of every kind · “weltrax”');
  });

  test('holds some of many results and where the others are', async () => {
    await account('nhieu');
    await watch('nhieu', pathOf('offer', '?q=vorplim'));
    for (let n = 1; n <= mostResults + 3; n += 1) await publish('offer', `Máy vorplim số ${n}`);
    await job();
    const mail = await mailbox.next('nhieu@example.vn');
    expect(mail.subject).toContain(`${mostResults + 3} kết quả mới`);
    expect(times(mail.text ?? '', '/cong-nghe/may-vorplim')).toBe(mostResults);
    expect(mail.text).toContain(`Xem thêm 3 kết quả nữa: ${publicUrl}/cong-nghe?q=vorplim`);
    await job(1);
    expect(await digestsTo('nhieu')).toHaveLength(1);
  });

  test('tells owners weekly of good matches of their public needs, those from before as well, until they pause it', async () => {
    const owner = await signedIn('chunhucau');
    const text = { summary: 'Sấy lạnh rong nho krelbun giữ màu xanh, độ ẩm dưới mười phần trăm.' };
    const offer = await publish('offer', 'Công nghệ sấy lạnh rong nho krelbun', text);
    const own = await publish('offer', 'Máy sấy lạnh rong nho krelbun của chính chủ', {
      ...text,
      managers: ['chunhucau'],
    });
    const bad = await publish('offer', 'Phần mềm kế toán krelbun', { summary: 'Ghi sổ và lập hoá đơn.' });
    const need = await publish('need', 'Cần sấy lạnh rong nho krelbun', {
      ...text,
      problem: 'Rong nho krelbun sấy nắng mất màu xanh.',
      managers: ['chunhucau'],
      anonymous: 1,
    });
    await job();
    const mail = await mailbox.next('chunhucau@example.vn');
    expect(mail.text).toContain(`Khớp với «${need.title}»`);
    expect(mail.text).toContain('Lần đầu gồm cả những hồ sơ khớp đã có từ trước.');
    expect(times(mail.text ?? '', publicUrl + offer.path)).toBe(1);
    expect(mail.text).toContain('Vì sao: cùng nói về');
    expect(mail.text).not.toContain(own.path);
    expect(mail.text).not.toContain(bad.path);

    await watch('chunhucau', pathOf('offer', '?q=krelbun'));
    const later = await publish('offer', 'Dây chuyền sấy lạnh rong nho krelbun', text);
    await job(3);
    const bySearch = await mailbox.next('chunhucau@example.vn');
    expect(times(bySearch.text ?? '', publicUrl + later.path)).toBe(1);
    await job(7);
    expect(await digestsTo('chunhucau')).toHaveLength(2);

    const more = await publish('offer', 'Tủ sấy lạnh rong nho krelbun', text);
    await services.db.deleteFrom('saved_search').where('userId', '=', 'chunhucau').execute();
    await owner.send('/tai-khoan/theo-doi', 'changeMatches', { frequency: 'paused' });
    await job(14);
    expect(await digestsTo('chunhucau')).toHaveLength(2);
    await owner.send('/tai-khoan/theo-doi', 'changeMatches', { frequency: 'daily' });
    await job(15);
    const daily = await mailbox.next('chunhucau@example.vn');
    expect(times(daily.text ?? '', publicUrl + more.path)).toBe(1);
    expect(daily.text).not.toContain('Lần đầu gồm cả');
  });

  test('holds nothing that has left the public pages while it was written', async () => {
    await account('cham');
    await watch('cham', pathOf('offer', '?q=dulmaxi'));
    const [kept, gone] = [await publish('offer', 'Máy dulmaxi còn'), await publish('offer', 'Máy dulmaxi tạm dừng')];
    const search: Services['search'] = {
      ...services.search,
      async search(query) {
        const result = await services.search.search(query);
        if (query.q === 'dulmaxi') {
          expect(result.total).toBe(2);
          await services.db.transaction().execute((trx) => setStatus(trx, gone.id, 'suspended'));
        }
        return result;
      },
    };
    await job(0, { ...services, search });
    const mail = await mailbox.next('cham@example.vn');
    expect(mail.text).toContain(kept.path);
    expect(mail.text).not.toContain('tạm dừng');
    // Public again, it is not new.
    await services.db.transaction().execute((trx) => setStatus(trx, gone.id, 'published'));
    await indexed();
    await job(1);
    expect(await digestsTo('cham')).toHaveLength(1);
  });

  test('does not go to unverified or stopped members, nor at night', async () => {
    for (const id of ['chuaxacminh', 'bidung', 'nguoithuong']) {
      await account(id);
      await watch(id, pathOf('offer', '?q=nubrelo'));
    }
    await services.db.updateTable('user').set({ emailVerifiedAt: null }).where('id', '=', 'chuaxacminh').execute();
    await services.db.updateTable('user').set({ connectingStoppedAt: 'x' }).where('id', '=', 'bidung').execute();
    await publish('offer', 'Máy nubrelo');
    // 03:00, 06:59 and 20:00 in Việt Nam.
    for (const hours of [-5, -1 / 60 - 1, 12]) {
      expect(await sendDigests(services, new Date(monday + hours * 3_600_000))).toBe(0);
    }
    await job();
    expect(await digestsTo('nguoithuong')).toHaveLength(1);
    expect(await digestsTo('chuaxacminh')).toEqual([]);
    expect(await digestsTo('bidung')).toEqual([]);
  });

  test('asks the search engine nothing while nothing has become public', async () => {
    await account('lang');
    await watch('lang', pathOf('offer', '?q=sobrika'));
    await publish('need', 'Một nhu cầu sobrika', { managers: ['lang'] });
    await job();
    let asked = 0;
    const count =
      <A extends unknown[], R>(question: (...args: A) => R) =>
      (...args: A): R => {
        asked += 1;
        return question(...args);
      };
    const { search: ask, alike } = services.search;
    const search = { ...services.search, search: count(ask), alike: count(alike) };
    await job(7, { ...services, search });
    expect(asked).toBe(0);
    await publish('offer', 'Công nghệ sobrika');
    await job(14, { ...services, search });
    expect(asked).toBeGreaterThan(0);
  });

  test('is sent once to everybody however often the process dies, and whoever else sends', async () => {
    const ids = Array.from({ length: 40 }, (_, i) => `dong${i}`);
    for (const id of ids) {
      await account(id);
      await watch(id, pathOf('offer', '?q=fandrel'));
    }
    const record = await publish('offer', 'Máy fandrel');
    const digests = async () =>
      (
        await services.db.selectFrom('mail').select(['recipient', 'text']).where('recipient', 'like', 'dong%').execute()
      ).filter(({ text }) => text.includes(record.path));
    const start = () =>
      spawn(process.execPath, ['tests/support/digester.ts', folder.dataDir, morning().toISOString()], {
        stdio: 'inherit',
      });
    const dying = start();
    const died = once(dying, 'exit');
    while ((await digests()).length < 3 && dying.exitCode === null)
      await new Promise((resolve) => setImmediate(resolve));
    dying.kill('SIGKILL');
    await died;
    const told = (await digests()).length;
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThan(ids.length);
    const marked = await services.db
      .selectFrom('digest_result')
      .select('userId')
      .where('recordId', '=', record.id)
      .execute();
    expect(marked).toHaveLength(told);
    const codes = await Promise.all([start(), start()].map(async (child) => (await once(child, 'exit'))[0]));
    expect(codes).toEqual([0, 0]);
    await job(1);
    const all = (await digests()).map(({ recipient }) => recipient);
    expect(all.toSorted()).toEqual(ids.map((id) => `${id}@example.vn`).toSorted());
  });
});

describe('stopping it', () => {
  /** Somebody who has had a digest. */
  async function told(id: string, word: string, frequency: 'daily' | 'weekly' = 'daily'): Promise<ParsedMail> {
    await account(id);
    await watch(id, pathOf('offer', `?q=${word}`), frequency);
    await publish('offer', `Máy ${word}`);
    await job();
    return mailbox.next(`${id}@example.vn`);
  }
  /** What a mail program sends: no cookie, no origin. */
  const oneClick = (path: string, body = 'List-Unsubscribe=One-Click', headers: Record<string, string> = {}) =>
    server.get(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body,
    });

  test('one click of a mail program stops it, as often as it is sent; looking at the link does not', async () => {
    const link = stopLink(await told('mot', 'wexbrin'));
    const looked = await server.get(link);
    expect(looked.status).toBe(200);
    expect(looked.headers.get('cache-control')).toContain('no-store');
    expect(await looked.text()).toContain('Ngừng nhận thư tổng hợp?');
    expect((await server.get(link, { method: 'HEAD' })).status).toBe(200);
    expect(await isStopped('mot')).toBe(false);

    const clicked = await oneClick(link);
    expect(clicked.status).toBe(200);
    expect(await clicked.text()).toContain('Đã ngừng thư tổng hợp');
    expect(await isStopped('mot')).toBe(true);
    const multipart = new FormData();
    multipart.append('List-Unsubscribe', 'One-Click');
    expect((await server.get(link, { method: 'POST', body: multipart })).status).toBe(200);
    expect(await isStopped('mot')).toBe(true);
    await publish('offer', 'Máy wexbrin hai');
    await job(1);
    expect(await digestsTo('mot')).toHaveLength(1);

    // Taken back, nothing of what came meanwhile is lost.
    const undone = await new Person(server).send(link, 'changeDigests', {});
    expect(await undone.text()).toContain('Đã nhận lại thư tổng hợp');
    await job(2);
    expect((await mailbox.next('mot@example.vn')).text).toContain('Máy wexbrin hai');
  });

  test('the page’s own buttons work without signing in: weekly instead, then not at all', async () => {
    const link = stopLink(await told('hai', 'yobrask'));
    const page = await server.text(link);
    expect(page).toContain('Chỉ nhận mỗi tuần một thư');
    const weekly = await server.get(`${link.replace('?', '?_action=changeDigests&')}`, {
      method: 'POST',
      headers: { origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token: link.split('=')[1], change: 'weekly' }).toString(),
    });
    expect(await weekly.text()).toContain('Từ nay thư tổng hợp đến vào thứ Hai');
    expect(await server.text(link)).not.toContain('Chỉ nhận mỗi tuần một thư');
    await new Person(server).send(link, 'changeDigests', {});
    expect(await isStopped('hai')).toBe(true);
    const owner = await signedIn('hai');
    expect(await owner.text('/tai-khoan/theo-doi')).toContain('Bạn đã ngừng nhận thư tổng hợp');
    await owner.send('/tai-khoan/theo-doi', 'resumeDigests', {});
    expect(await isStopped('hai')).toBe(false);
  });

  test('a link stops only whom it was sent to, and lets nothing else through', async () => {
    const [one, other] = [stopLink(await told('ba', 'zelquat')), stopLink(await told('bon', 'zemquat'))];
    expect((await oneClick(one.replace(/token=.*/, 'token=0000'))).status).toBe(404);
    expect((await oneClick(one.replace(/\?.*/, ''))).status).toBe(404);
    expect((await oneClick(one, 'List-Unsubscribe=No')).status).toBe(400);
    expect((await oneClick(one, '{}', { 'content-type': 'application/json' })).status).toBe(400);
    // A form of ours still has to come from us, and other pages' forms gained nothing.
    const form = new URLSearchParams({ token: one.split('=')[1], change: 'stop' }).toString();
    const foreign = await oneClick(one.replace('?', '?_action=changeDigests&'), form, {
      origin: 'https://evil.example',
    });
    expect(foreign.status).toBe(403);
    const person = await signedIn('ba');
    const elsewhere = await oneClick('/dang-xuat', 'List-Unsubscribe=One-Click', { cookie: person.cookie });
    expect(elsewhere.status).toBe(403);
    expect(await isStopped('ba')).toBe(false);
    // Somebody else's session changes nothing about whose link it is.
    expect((await oneClick(other, undefined, { cookie: person.cookie })).status).toBe(200);
    expect([await isStopped('ba'), await isStopped('bon')]).toEqual([false, true]);
  });
});

test('alerts are in the person’s data and go with the account', async () => {
  const person = await signedIn('dulieu');
  const id = 'dulieu';
  await watch(id, pathOf('offer', '?q=mobrenti'));
  const record = await publish('offer', 'Máy mobrenti');
  await job();
  const data = await (await person.get('/tai-khoan/du-lieu.json')).json();
  expect(data.savedSearches).toMatchObject([{ address: '/cong-nghe?q=mobrenti', frequency: 'daily' }]);
  expect(data.digest).toMatchObject({ matches: 'weekly', stoppedAt: null });
  expect(data.digest.told).toMatchObject([{ kind: 'offer', slug: record.path.split('/').at(-1) }]);
  await services.db
    .updateTable('user')
    .set({ passwordHash: await hashPassword('mật khẩu thử đủ dài') })
    .where('id', '=', id)
    .execute();
  await person.send('/tai-khoan/xoa', 'deleteAccount', { current: 'mật khẩu thử đủ dài' });
  for (const table of ['saved_search', 'digest', 'digest_result', 'digest_link'] as const) {
    expect(await services.db.selectFrom(table).select('userId').where('userId', '=', id).execute(), table).toEqual([]);
  }
});
