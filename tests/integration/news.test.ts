import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { parseAtomFeed } from 'feedsmith';
import type { ParsedMail } from 'mailparser';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { setStatus } from '../../src/catalogue/save.ts';
import { monthAfter, monthOf } from '../../src/news/bulletin.ts';
import { forgetUnconfirmed } from '../../src/news/readers.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { signedIn } from '../support/member.ts';
import { Person } from '../support/person.ts';
import { catalogueFolder, publicUrl, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
let mailbox: Mailbox;
let moderator: Person;
let visitor: Person;
const start = () => startServer(folder.dataDir, { SMTP_URL: mailbox.url, MAIL_FROM: 'san@example.vn' });

beforeAll(async () => {
  mailbox = await startMailbox();
  server = await start();
  moderator = await signedIn(db, server, 'thu-moderator', 'moderator');
  visitor = new Person(server);
});

afterAll(async () => {
  await server.stop();
  await mailbox.close();
  await db.destroy();
  folder.remove();
});

beforeEach(async () => {
  await db.deleteFrom('rate_limit').execute();
});

const month = monthOf(new Date());
const tokenIn = (mail: ParsedMail) => mail.text?.match(/token=([0-9a-f]{40})/)?.[1] ?? '';

/** Writes an article as a moderator does; returns the page where it is changed. */
async function write(title: string, more: Record<string, string> = {}): Promise<string> {
  const added = await moderator.send('/quan-ly/tin-tuc/moi', 'addArticle', {
    title,
    summary: 'Tóm tắt đủ dài để hiểu tin nói gì.',
    body: 'Một đoạn văn **đậm** và <script>alert(1)</script> không chạy được.',
    ...more,
  });
  const page = added.headers.get('location')?.split('?')[0] ?? '';
  expect(page).toMatch(/^\/quan-ly\/tin-tuc\/\d+$/);
  return page;
}

const publish = (page: string) => moderator.send(page, 'moveArticle', {});

describe('articles', () => {
  test('are drafts for the Department, then public in list, home page, feed and sitemap, then taken back', async () => {
    const page = await write('Khai mạc tuần lễ đổi mới sáng tạo', { titleEn: 'Innovation week opens' });
    const path = '/tin-tuc/khai-mac-tuan-le-doi-moi-sang-tao';
    expect((await server.get(path)).status).toBe(404);
    expect(await moderator.text(path)).toContain('Bản xem thử');
    expect((await publish(page)).status).toBe(302);
    for (const place of ['/', '/tin-tuc', '/tin-tuc?q=doi+moi+sang+tao', '/tin-tuc.xml', '/sitemap-news.xml']) {
      expect(await server.text(place), place).toContain(path);
    }
    expect(await server.text('/tin-tuc?q=khong+co+gi')).not.toContain(path);
    const html = await server.text(path);
    expect(html).toContain('<strong>đậm</strong>');
    expect(html).not.toContain('<script>alert');
    expect(await server.text('/en/news')).toContain('Innovation week opens');
    expect(await server.text('/tin-tuc')).toContain('Tin mẫu');

    // The address stays when the title changes.
    const retitled = {
      title: 'Tên khác hẳn cho tin này',
      summary: 'Một tóm tắt khác hẳn.',
      body: 'Nội dung đủ dài cho tin.',
    };
    await moderator.send(page, 'changeArticle', retitled);
    expect(await server.text(path)).toContain('Tên khác hẳn');
    await moderator.send(page, 'moveArticle', {});
    expect((await server.get(path)).status).toBe(404);
    expect(await server.text('/tin-tuc.xml')).not.toContain(path);
    expect(await moderator.text('/quan-ly/nhat-ky')).toContain('gỡ tin');
  });

  test('what is wrong stands beside its field, and what was typed stays', async () => {
    const answer = await moderator.send('/quan-ly/tin-tuc/moi', 'addArticle', {
      title: 'Tên',
      summary: '',
      body: 'Ngắn',
    });
    expect(answer.status).toBe(400);
    const html = await answer.text();
    for (const field of ['title', 'summary', 'body']) expect(html).toContain(`id="${field}-error"`);
    expect(html).toContain('>Ngắn</textarea>');
  });

  test('a photo is written anew, seen by the public only with the article, and its file goes once nothing shows it', async () => {
    const page = await write('Tin có ảnh chụp tại xưởng');
    const bytes = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#2a7' } })
      .jpeg()
      .toBuffer();
    const send = (alt: string) => {
      const body = new FormData();
      body.set('article', page.split('/').at(-1) ?? '');
      body.set('photoFile', new File([new Uint8Array(bytes)], 'anh.jpg', { type: 'image/jpeg' }));
      body.set('photoAlt', alt);
      return server.get(`${page}?_action=addArticlePhoto`, {
        method: 'POST',
        headers: { cookie: moderator.cookie, origin: publicUrl },
        body,
      });
    };
    const without = await send('');
    expect(without.status).toBe(400);
    expect(await without.text()).toContain('id="photoAlt-error"');
    expect((await send('Máy sấy mới')).status).toBe(302);
    const photo = (await moderator.text(page)).match(/\/anh\/[0-9a-f]{32}-480\.webp/)?.[0] ?? '';
    expect((await server.get(photo)).status).toBe(404);
    expect((await moderator.get(photo)).status).toBe(200);
    await publish(page);
    const shown = await server.get(photo);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(await server.text('/tin-tuc')).toContain(photo);
    expect(await server.text('/tin-tuc/tin-co-anh-chup-tai-xuong')).toContain('alt="Máy sấy mới"');

    const uploads = join(folder.dataDir, 'uploads', 'pictures');
    const files = () =>
      readdirSync(uploads, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.webp'));
    const age = () => {
      for (const name of files()) utimesSync(join(uploads, name), new Date(0), new Date(0));
    };
    const { forgetUnusedPictures } = await import('../../src/moderation/pictures.ts');
    const { createFileStore } = await import('../../src/files/store.ts');
    const store = createFileStore(uploads);
    const later = Date.now() + 2 * 86_400_000;
    age();
    await forgetUnusedPictures(db, store, later);
    expect(files()).toHaveLength(3);
    await moderator.send(page, 'removeArticlePhoto', {});
    expect((await server.get(photo)).status).toBe(404);
    await forgetUnusedPictures(db, store, later);
    expect(files()).toHaveLength(0);
    expect(existsSync(uploads)).toBe(true);
  });

  test('the feeds are valid Atom', async () => {
    for (const path of ['/tin-tuc.xml', '/feed.xml']) {
      const response = await server.get(path);
      expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
      const feed = parseAtomFeed(await response.text());
      // What RFC 4287 asks of a feed (4.1.1) and of each of its entries (4.1.2).
      expect(feed.links).toContainEqual(expect.objectContaining({ rel: 'self', href: publicUrl + path }));
      expect([feed.id, feed.title, feed.authors?.length].every(Boolean)).toBe(true);
      expect(feed.entries?.length).toBeGreaterThan(1);
      const dates = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
      expect(feed.updated).toMatch(dates);
      for (const entry of feed.entries ?? []) {
        expect(entry.id).toMatch(/^(urn:uuid:|http:\/\/catalogue\.test\/)/);
        expect(entry.title).toBeTruthy();
        expect(entry.updated).toMatch(dates);
        expect(entry.links?.[0].href).toMatch(/^http:\/\/catalogue\.test\//);
      }
      expect(new Set(feed.entries?.map((entry) => entry.id)).size).toBe(feed.entries?.length);
    }
  });
});

describe('the bulletin', () => {
  const subscribe = async (email: string, page = '/ban-tin') =>
    visitor.send(page, 'subscribe', { email, consent: 'on' });
  const confirm = async (email: string) => {
    await subscribe(email);
    const link = `/ban-tin/nhan-tin?token=${tokenIn(await mailbox.next(email))}`;
    await visitor.send(link, 'confirmReader', {});
    return link;
  };
  const bulletinMails = (email: string) =>
    mailbox.mails.filter(
      (mail) => JSON.stringify(mail.to).includes(email) && /^Bản tin |^Bulletin of/.test(mail.subject ?? ''),
    );
  const inState = (...states: ('waiting' | 'sending')[]) =>
    db.selectFrom('mail').select('recipient').where('state', 'in', states).execute();
  /** Waits until every bulletin is sent, but for the mails that a crash has caught. */
  const sent = async (caught: number) => {
    for (;;) {
      const open = await db.selectFrom('bulletin').select('month').where('sentAt', 'is', null).execute();
      if (open.length === 0 && (await inState('waiting', 'sending')).length === caught) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  test('nobody gets it who has not said yes by the button of the mail’s link', async () => {
    const asked = await (await subscribe('doc-gia@example.vn')).text();
    expect(asked).toContain('Hãy mở thư');
    const mail = await mailbox.next('doc-gia@example.vn');
    const link = `/ban-tin/nhan-tin?token=${tokenIn(mail)}`;
    await server.get(link);
    const state = () =>
      db
        .selectFrom('bulletin_reader')
        .select('confirmedAt')
        .where('email', '=', 'doc-gia@example.vn')
        .executeTakeFirst();
    expect(await state()).toEqual({ confirmedAt: null });
    expect(await (await visitor.send(link, 'confirmReader', {})).text()).toContain('Bạn đang nhận bản tin');
    expect((await state())?.confirmedAt).toBeTruthy();
    // Who is known gets the same page, and is told by mail only.
    expect(await (await subscribe('doc-gia@example.vn')).text()).toBe(asked);
    expect((await mailbox.next('doc-gia@example.vn')).subject).toBe('Bạn đang nhận bản tin');
    expect((await visitor.send('/ban-tin', 'subscribe', { email: 'x', consent: '' })).status).toBe(400);
  });

  test('an address that is not confirmed in a week is forgotten', async () => {
    await subscribe('quen@example.vn');
    await mailbox.next('quen@example.vn');
    const known = () => db.selectFrom('bulletin_reader').select('id').where('email', '=', 'quen@example.vn').execute();
    await forgetUnconfirmed(db, new Date(Date.now() + 6 * 86_400_000));
    expect(await known()).toHaveLength(1);
    await forgetUnconfirmed(db, new Date(Date.now() + 8 * 86_400_000));
    expect(await known()).toEqual([]);
  });

  test('is put together from the month, frozen when published, and sent to each reader once, across a crash', async () => {
    const page = await write('Tin sẽ vào bản tin tháng này');
    await publish(page);
    const left = await write('Tin bị bỏ ra khỏi bản tin');
    await publish(left);
    await subscribe('chua-xac-nhan@example.vn');
    const stopping = await confirm('thoi-nhan@example.vn');
    await visitor.send('/en/bulletin', 'subscribe', { email: 'reader@example.vn', consent: 'on' });
    await visitor.send(
      `/en/bulletin/subscription?token=${tokenIn(await mailbox.next('reader@example.vn'))}`,
      'confirmReader',
      {},
    );
    await visitor.send(stopping, 'endSubscription', {});
    // Enough for several batches.
    const many = Array.from({ length: 45 }, (_, n) => `nhieu-${n}@example.vn`);
    await db
      .insertInto('bulletin_reader')
      .values(
        many.map((email) => ({
          email,
          language: 'vi' as const,
          consentVersion: 'x',
          createdAt: '2026-01-01T00:00:00.000Z',
          confirmedAt: '2026-01-01T00:00:00.000Z',
        })),
      )
      .execute();

    const desk = `/quan-ly/ban-tin/${month}`;
    const html = await moderator.text(desk);
    const fields = [...html.matchAll(/<input type="checkbox" name="(item\.[^"]+)"[^>]*aria-label="([^"]*)"/g)];
    expect(fields.length).toBeGreaterThan(10);
    const chosen = fields.filter(([, , title]) => title !== 'Tin bị bỏ ra khỏi bản tin').map(([, name]) => name);
    const missing = await moderator.send(desk, 'publishBulletin', { intro: '' });
    expect(missing.status).toBe(400);
    expect(await missing.text()).toContain('id="intro-error"');
    const intro = 'Kính gửi bạn đọc, đây là bản tin thử.';
    const items = Object.fromEntries(chosen.map((name) => [name, 'on']));
    expect((await moderator.send(desk, 'publishBulletin', { intro, ...items })).headers.get('location')).toBe(
      `/ban-tin/${month}`,
    );
    while (bulletinMails('nhieu-').length < 3) await new Promise((resolve) => setTimeout(resolve, 20));
    await server.kill();
    // A mail that a crash has caught while it was handed over is not sent again: it may have arrived.
    const caught = (await inState('sending')).map((mail) => mail.recipient);
    server = await start();
    moderator = await signedIn(db, server, 'thu-moderator', 'moderator');
    visitor = new Person(server);
    await sent(caught.length);

    expect(caught.length).toBeLessThan(2);
    for (const email of [...many, 'doc-gia@example.vn', 'reader@example.vn']) {
      const { length } = bulletinMails(email);
      expect(length, email).toBeLessThan(2);
      if (!caught.includes(email)) expect(length, email).toBe(1);
    }
    for (const email of ['chua-xac-nhan@example.vn', 'thoi-nhan@example.vn']) expect(bulletinMails(email)).toEqual([]);
    const [mail] = bulletinMails('doc-gia@example.vn');
    expect(mail.text).toContain(intro);
    expect(mail.text).toContain('Tin sẽ vào bản tin tháng này');
    expect(mail.text).not.toContain('Tin bị bỏ ra');
    expect(bulletinMails('reader@example.vn')[0].subject).toMatch(/^Bulletin of/);

    // Published once and for all.
    expect((await moderator.get(desk)).headers.get('location')).toBe(`/ban-tin/${month}`);
    const path = `/ban-tin/${month}`;
    const shown = await server.text(path);
    expect(shown).toContain('Tin sẽ vào bản tin tháng này');
    expect(shown).not.toContain('Tin bị bỏ ra');
    const next = {
      title: 'Tiêu đề mới sau khi phát hành',
      summary: 'Một tóm tắt khác hẳn.',
      body: 'Nội dung đủ dài cho tin.',
    };
    await moderator.send(page, 'changeArticle', next);
    expect(await server.text(path)).toContain('Tin sẽ vào bản tin tháng này');

    // What is suspended later is not told of any more.
    const id = Number(chosen.find((name) => name.startsWith('item.record:'))?.split(':')[1]);
    const record = await db
      .selectFrom('record')
      .select(['slug', 'title'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(shown).toContain(record.slug);
    await db.transaction().execute((trx) => setStatus(trx, id, 'suspended'));
    const after = await server.text(path);
    expect(after).not.toContain(record.slug);
    expect(after).toContain('1 mục không còn công khai');
    expect(await server.text('/ban-tin')).toContain(path);
  });

  test('is stopped by one click of the mail program, and the address is gone', async () => {
    const [mail] = bulletinMails('doc-gia@example.vn');
    const list = mail.headers.get('list') as { unsubscribe?: { url?: string } } | undefined;
    const url = new URL(list?.unsubscribe?.url ?? '');
    expect(url.origin).toBe(publicUrl);
    const line = mail.headerLines.find(({ key }) => key === 'list-unsubscribe-post')?.line;
    expect(line).toBe('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    const click = (body: string) =>
      server.get(url.pathname + url.search, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      });
    const known = () =>
      db.selectFrom('bulletin_reader').select('id').where('email', '=', 'doc-gia@example.vn').execute();
    await server.get(url.pathname + url.search);
    expect((await click('x=1')).status).toBe(400);
    expect(await known()).toHaveLength(1);
    expect((await click('List-Unsubscribe=One-Click')).status).toBe(200);
    expect(await known()).toEqual([]);
    expect(await db.selectFrom('mail').select('id').where('recipient', '=', 'doc-gia@example.vn').execute()).toEqual(
      [],
    );
    // A form of another site goes nowhere else.
    expect((await server.get('/ban-tin?_action=subscribe', { method: 'POST', body: new FormData() })).status).toBe(403);
  });

  test('a month that has not come, or that nobody knows, has none', async () => {
    for (const unknown of [monthAfter(month, 1), '2026-13', 'x']) {
      expect((await server.get(`/ban-tin/${unknown}`)).status, unknown).toBe(404);
      expect((await moderator.get(`/quan-ly/ban-tin/${unknown}`)).status, unknown).toBe(404);
    }
  });
});
