import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import type { Role } from '../../db/schema.ts';
import { signedIn } from '../support/member.ts';
import type { Person } from '../support/person.ts';
import { catalogueFolder, publicUrl, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));
const uploads = join(folder.dataDir, 'uploads', 'pictures');
let server: TestServer;
let owner: Person;
let stranger: Person;
let moderator: Person;

const person = (id: string, role?: Role) => signedIn(db, server, id, role);

beforeAll(async () => {
  server = await startServer(folder.dataDir);
  owner = await person('owner');
  stranger = await person('stranger');
  moderator = await person('moderator', 'moderator');
});

afterAll(async () => {
  await server.stop();
  await db.destroy();
  folder.remove();
});

const start = async (kind: string, title: string): Promise<string> =>
  (await owner.send('/tai-khoan/ho-so', 'startRecord', { kind, title })).headers.get('location') ?? '';
const idIn = (form: string) => form.split('/').at(-1) ?? '';

/** The address of a form's step by its name. */
async function stepOf(form: string, name: string): Promise<string> {
  const html = await owner.text(form);
  return html.match(new RegExp(`href="([^"]*buoc=\\d+)"[^>]*>${name}<`))?.[1] ?? '';
}

/** Sends a picture as the step's form does. */
async function upload(
  form: string,
  slot: 'logo' | 'photo',
  bytes: Uint8Array,
  { alt = 'Lò sấy tại xưởng', name = 'anh.jpg', cookie = owner.cookie } = {},
): Promise<Response> {
  const body = new FormData();
  body.set('record', idIn(form));
  body.set('slot', slot);
  body.set(`${slot}File`, new File([new Uint8Array(bytes)], name, { type: 'image/jpeg' }));
  body.set(`${slot}Alt`, alt);
  const step = await stepOf(form, 'Hình ảnh');
  return server.get(`${form}?_action=addPicture&buoc=${step.match(/\d+$/)?.[0]}&slot=${slot}`, {
    method: 'POST',
    headers: { cookie, origin: publicUrl },
    body,
  });
}

const colour = (background: string, width = 800, height = 600) =>
  sharp({ create: { width, height, channels: 3, background }, limitInputPixels: false });
const hashesIn = (html: string) => [...new Set([...html.matchAll(/\/anh\/([0-9a-f]{32})-/g)].map(([, hash]) => hash))];
const errorOf = (html: string, field: string) => html.match(new RegExp(`id="${field}-error"[^>]*>([^<]*)`))?.[1];

async function complete(form: string, title: string): Promise<void> {
  await owner.send(`${form}?buoc=1`, 'saveStep', {
    title,
    summary: 'Máy sấy tầng sôi cho hạt giống, tiết kiệm một phần ba điện so với sấy tĩnh và giữ tỷ lệ nảy mầm.',
    fields: '211',
    areas: 'Xã Thanh Hà',
    keywords: 'sấy',
  });
}
const submit = async (form: string) => owner.send(await stepOf(form, 'Xem lại và gửi'), 'moveRecord', {});

describe('what becomes of a sent file', () => {
  test('a photo with place and camera, held upright, comes out turned, small and without either', async () => {
    const form = await start('offer', 'Ảnh có GPS');
    const photo = await colour('#2a6', 1200, 800)
      .withExif({
        IFD0: { Make: 'PhoneMaker', Orientation: '6' },
        IFD3: { GPSLatitude: '20/1 52/1 0/1', GPSLatitudeRef: 'N' },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const before = await sharp(photo).metadata();
    expect(before.exif?.includes('PhoneMaker')).toBe(true);
    expect(before.orientation).toBe(6);
    expect((await upload(form, 'photo', photo)).status).toBe(302);
    const html = await owner.text(await stepOf(form, 'Hình ảnh'));
    expect(html).toMatch(/<img[^>]*width="800" height="1200" alt="Lò sấy tại xưởng"/);
    const [hash] = hashesIn(html);
    for (const [size, height] of [
      [96, 96],
      [480, 480],
      [1600, 1200],
    ]) {
      const response = await owner.get(`/anh/${hash}-${size}.webp`);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('image/webp');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('cache-control')).toBe('private, no-store');
      const bytes = Buffer.from(await response.arrayBuffer());
      const { format, exif, icc, xmp, orientation, height: made } = await sharp(bytes).metadata();
      expect({ format, exif, icc, xmp, orientation, made }).toEqual({ format: 'webp', made: height });
      expect(bytes.includes('PhoneMaker')).toBe(false);
    }
  });

  test.each(['png', 'webp', 'avif', 'gif'] as const)('%s is taken, whatever the name says', async (format) => {
    const form = await start('offer', `Ảnh ${format}`);
    const picture = await colour('#36c').toFormat(format).toBuffer();
    expect((await upload(form, 'photo', picture, { name: 'tai-lieu.txt' })).status).toBe(302);
    expect(hashesIn(await owner.text(await stepOf(form, 'Hình ảnh')))).toHaveLength(1);
  });

  test('what hides behind a real picture does not come along', async () => {
    const form = await start('offer', 'Ảnh lai');
    const script = '<script>alert(document.cookie)</script>PK\u0003\u0004';
    const polyglot = Buffer.concat([await colour('#963').jpeg().toBuffer(), Buffer.from(script)]);
    expect((await upload(form, 'photo', polyglot)).status).toBe(302);
    const [hash] = hashesIn(await owner.text(await stepOf(form, 'Hình ảnh')));
    for (const file of readdirSync(join(uploads, hash.slice(0, 2)))) {
      const bytes = Buffer.from(await (await owner.get(`/anh/${file}`)).arrayBuffer());
      expect(bytes.includes('alert')).toBe(false);
    }
  });

  test('each file that is no picture is refused beside its field; the words typed are kept, nothing is stored', async () => {
    const form = await start('offer', 'Ảnh hỏng');
    const jpeg = await colour('#c93').jpeg().toBuffer();
    const refused: Record<string, [Uint8Array, RegExp]> = {
      'an SVG': [
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'),
        /không phải ảnh JPEG/,
      ],
      'a text named .jpg': [Buffer.from('Kính gửi quý cơ quan'), /không phải ảnh JPEG/],
      'a script that begins like a GIF': [Buffer.from(`GIF89a/*${'x'.repeat(200)}*/=1;alert(1)`), /không phải ảnh/],
      'a page that begins like a JPEG': [
        Buffer.concat([jpeg.subarray(0, 3), Buffer.from('<html><script>alert(1)</script>'.repeat(20))]),
        /hỏng/,
      ],
      'half a JPEG': [jpeg.subarray(0, jpeg.length / 2), /hỏng/],
      'a TIFF': [await colour('#c93', 20, 20).tiff().toBuffer(), /không phải ảnh/],
      'a bomb of 400 million pixels in a megabyte': [
        await colour('#000', 20_000, 20_000).png({ compressionLevel: 9 }).toBuffer(),
        /quá nhiều điểm ảnh/,
      ],
      'more than 10 MB': [Buffer.concat([jpeg, Buffer.alloc(10 * 1024 * 1024)]), /lớn hơn 10 MB/],
      nothing: [new Uint8Array(), /Hãy chọn một tệp ảnh/],
    };
    const kept = await db.selectFrom('picture').selectAll().execute();
    for (const [what, [bytes, message]] of Object.entries(refused)) {
      const response = await upload(form, 'photo', bytes, { alt: 'Lời mô tả đã gõ' });
      expect(response.status, what).toBe(400);
      const html = await response.text();
      expect(errorOf(html, 'photoFile'), what).toMatch(message);
      expect(html, what).toMatch(/id="photoAlt"[^>]*value="Lời mô tả đã gõ"/);
    }
    const wordless = await upload(form, 'photo', jpeg, { alt: ' ' });
    expect(errorOf(await wordless.text(), 'photoAlt')).toMatch(/Hãy viết một câu/);
    expect(await db.selectFrom('picture').selectAll().execute()).toEqual(kept);
  }, 60_000);

  test('a form far too large is refused with words, in the step and elsewhere', async () => {
    const form = await start('offer', 'Quá lớn');
    const response = await upload(form, 'photo', Buffer.alloc(20 * 1024 * 1024));
    expect(response.status).toBe(413);
    expect(await response.text()).toMatch(/role="alert"[\s\S]*Những gì bạn gửi quá lớn/);
    const visitor = await server.get('/dang-ky?_action=register', {
      method: 'POST',
      headers: { origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
      body: `name=${'x'.repeat(2 * 1024 * 1024)}`,
    });
    expect(visitor.status).toBe(413);
    expect(await visitor.text()).toContain('Biểu mẫu quá lớn');
    expect((await server.get('/healthz')).status).toBe(200);
  });

  test('a member sends so many pictures an hour', async () => {
    const form = await start('offer', 'Quá nhiều');
    sqlite.exec(`update rate_limit set used = 60 where bucket = 'picturesByUser:owner'`);
    const response = await upload(form, 'photo', await colour('#111').png().toBuffer());
    expect(errorOf(await response.text(), 'photoFile')).toMatch(/đợi một giờ/);
    sqlite.exec('delete from rate_limit');
  });
});

describe('the pictures of a version', () => {
  test('a logo and six photos at most; moved, reworded, removed, never twice', async () => {
    const form = await start('startup', 'Sáu ảnh');
    const step = await stepOf(form, 'Hình ảnh');
    const seen: string[] = [];
    for (const [n, background] of ['#100', '#200', '#300', '#400', '#500', '#600'].entries()) {
      await upload(form, 'photo', await colour(background).png().toBuffer(), { alt: `Ảnh số ${n + 1}` });
      seen.push(...hashesIn(await owner.text(step)).filter((hash) => !seen.includes(hash)));
    }
    expect(seen).toHaveLength(6);
    const full = await owner.text(step);
    expect(full).toContain('Hồ sơ đã có đủ 6 ảnh');
    expect(full).not.toContain('name="photoFile"');
    expect((await upload(form, 'photo', await colour('#700').png().toBuffer())).status).toBe(400);

    const words = Object.fromEntries(seen.map((hash, n) => [`alt-${hash}`, `Ảnh số ${n + 1}`]));
    const change = (fields: Record<string, string>) => owner.send(step, 'changePictures', { ...words, ...fields });
    expect((await change({ change: `up-${seen[1]}` })).status).toBe(302);
    expect(hashesIn(await owner.text(step)).slice(0, 2)).toEqual([seen[1], seen[0]]);
    await change({ change: `remove-${seen[0]}`, [`alt-${seen[1]}`]: 'Nay đứng đầu' });
    const html = await owner.text(step);
    expect(hashesIn(html)).toEqual([seen[1], ...seen.slice(2)]);
    expect(html).toContain('value="Nay đứng đầu"');

    const blank = await change({ change: 'save', [`alt-${seen[2]}`]: '', [`alt-${seen[3]}`]: 'Còn đây' });
    expect(blank.status).toBe(400);
    const answer = await blank.text();
    expect(errorOf(answer, `alt-${seen[2]}`)).toMatch(/Hãy viết một câu/);
    expect(answer).toContain('value="Còn đây"');
    const again = await upload(form, 'photo', await colour('#200').png().toBuffer());
    expect(errorOf(await again.text(), 'photoFile')).toMatch(/đã có trong hồ sơ/);

    expect((await upload(form, 'logo', await colour('#0a0').png().toBuffer(), { alt: '' })).status).toBe(302);
    expect((await upload(form, 'logo', await colour('#00a').png().toBuffer(), { alt: '' })).status).toBe(302);
    expect(hashesIn(await owner.text(step))).toHaveLength(6);
  });

  test('saving other steps leaves them alone', async () => {
    const form = await start('startup', 'Giữ ảnh');
    await upload(form, 'logo', await colour('#abc').png().toBuffer(), { alt: '' });
    const step = await stepOf(form, 'Hình ảnh');
    const before = hashesIn(await owner.text(step));
    expect(before).toHaveLength(1);
    await complete(form, 'Giữ ảnh');
    expect(hashesIn(await owner.text(step))).toEqual(before);
  });
});

describe('who sees a picture', () => {
  test('in a draft its managers and the Department; once approved everybody; the queue shows what changes', async () => {
    const title = 'Cảm biến có hình';
    const form = await start('startup', title);
    await complete(form, title);
    await upload(form, 'logo', await colour('#d00', 300, 300).png().toBuffer(), { alt: '' });
    const step = await stepOf(form, 'Hình ảnh');
    const [logo] = hashesIn(await owner.text(step));
    await upload(form, 'photo', await colour('#0d0').jpeg().toBuffer(), { alt: 'Cảm biến bên bờ ao' });
    const photo = hashesIn(await owner.text(step)).find((hash) => hash !== logo) ?? '';
    const address = `/anh/${photo}-480.webp`;

    // First the owner, so that a cache that keeps it for everybody would show.
    expect((await owner.get(address)).status).toBe(200);
    expect((await moderator.get(address)).status).toBe(200);
    expect((await stranger.get(address)).status).toBe(404);
    expect((await server.get(address)).status).toBe(404);
    const missing = await server.get(`/anh/${'0'.repeat(32)}-480.webp`);
    expect(missing.status).toBe(404);
    // A stranger cannot put a file into the record either.
    const foreign = await upload(form, 'photo', await colour('#0dd').jpeg().toBuffer(), { cookie: stranger.cookie });
    expect(foreign.status).toBe(404);

    // The preview shows what the public will see.
    expect(hashesIn(await owner.text(`${form}/xem-truoc`))).toEqual([logo, photo]);
    await submit(form);
    const review = `/quan-ly/hang-doi/${idIn(form)}`;
    expect(hashesIn(await moderator.text(review))).toEqual([logo, photo]);
    expect((await server.get(address)).status).toBe(404);
    await moderator.send(review, 'approve', {});

    const open = await server.get(address);
    expect(open.status).toBe(200);
    expect(open.headers.get('cache-control')).toBe('public, max-age=31536000, s-maxage=600, immutable');
    const page = '/khoi-nghiep/cam-bien-co-hinh';
    const detail = await server.text(page);
    expect(detail).toMatch(new RegExp(`<img[^>]*src="/anh/${logo}-480.webp"[^>]*alt="${title}"`));
    expect(detail).toMatch(new RegExp(`href="/anh/${photo}-1600.webp"[^>]*><img[^>]*alt="Cảm biến bên bờ ao"`));
    expect(detail).toContain(`<meta property="og:image" content="${publicUrl}/anh/${logo}-1600.webp">`);
    const jsonLd = JSON.parse(detail.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)?.[1] ?? '')[0];
    expect(jsonLd.logo).toBe(`${publicUrl}/anh/${logo}-1600.webp`);
    expect(jsonLd.image).toHaveLength(2);
    const found = Date.now();
    while (!(await server.text('/khoi-nghiep?q=cam+bien+co+hinh')).includes(`/anh/${logo}-96.webp`)) {
      expect(Date.now() - found).toBeLessThan(2000);
    }
    const item = await (await server.get('/api/v1/startups/cam-bien-co-hinh')).json();
    expect(item.image).toBe(`${publicUrl}/anh/${logo}-1600.webp`);
    expect(item.images.map(({ role, alt }: { role: string; alt: string }) => [role, alt])).toEqual([
      ['logo', title],
      ['photo', 'Cảm biến bên bờ ao'],
    ]);

    // A change: the public sees the old pictures until it is approved.
    await owner.send(step, 'changePictures', { change: `remove-${logo}` });
    await upload(form, 'photo', await colour('#00d').jpeg().toBuffer(), { alt: 'Bộ mới có pin mặt trời' });
    const added = hashesIn(await owner.text(step)).find((hash) => hash !== photo) ?? '';
    await submit(form);
    expect(await server.text(page)).not.toContain(added);
    expect((await server.get(`/anh/${added}-480.webp`)).status).toBe(404);
    const compared = await moderator.text(review);
    expect(hashesIn(compared)).toEqual([logo, photo, added]);
    expect(compared).toMatch(/<ins[^>]*>Bộ mới có pin mặt trời<\/ins>/);
    expect(compared).not.toMatch(/<ins[^>]*>Cảm biến bên bờ ao<\/ins>/);

    await moderator.send(review, 'sendBack', { decision: 'return', 'reason.photos': 'Ảnh mờ, hãy chụp lại.' });
    expect(await owner.text(step)).toContain('Ảnh mờ, hãy chụp lại.');
    await submit(form);
    await moderator.send(review, 'approve', {});
    expect(hashesIn(await server.text(page))).toEqual([photo, added]);
    // The logo is nobody's any more.
    expect((await server.get(`/anh/${logo}-480.webp`)).status).toBe(404);

    await moderator.send(review, 'suspendOrRestore', { reason: 'Có khiếu nại.' });
    expect((await server.get(address)).status).toBe(404);
    expect((await owner.get(address)).status).toBe(200);
  });
});

test('what no version has had for a day is removed, what one has stays', async () => {
  const form = await start('startup', 'Dọn dẹp');
  const step = await stepOf(form, 'Hình ảnh');
  await upload(form, 'photo', await colour('#123').png().toBuffer(), { alt: 'Giữ lại' });
  const [kept] = hashesIn(await owner.text(step));
  await upload(form, 'photo', await colour('#321').png().toBuffer(), { alt: 'Bỏ đi' });
  const dropped = hashesIn(await owner.text(step)).find((hash) => hash !== kept) ?? '';
  await owner.send(step, 'changePictures', { change: `remove-${dropped}` });
  await upload(form, 'photo', await colour('#333').png().toBuffer(), { alt: 'Vừa bỏ' });
  const fresh = hashesIn(await owner.text(step)).find((hash) => hash !== kept) ?? '';
  await owner.send(step, 'changePictures', { change: `remove-${fresh}` });

  const pathOf = (hash: string) => join(uploads, hash.slice(0, 2), `${hash}-480.webp`);
  const interrupted = join(uploads, kept.slice(0, 2), `${kept}-480.webp.0a1b2c3d.part`);
  writeFileSync(interrupted, 'x');
  const yesterday = new Date(Date.now() - 25 * 3_600_000);
  for (const hash of [kept, dropped]) {
    await db.updateTable('picture').set({ createdAt: yesterday.toISOString() }).where('hash', '=', hash).execute();
    for (const size of [96, 480, 1600]) utimesSync(pathOf(hash).replace('480', String(size)), yesterday, yesterday);
  }
  utimesSync(interrupted, yesterday, yesterday);
  await server.stop();
  server = await startServer(folder.dataDir);
  const restarted = Date.now();
  while (existsSync(pathOf(dropped)) || existsSync(interrupted)) {
    expect(Date.now() - restarted).toBeLessThan(5000);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(existsSync(pathOf(kept))).toBe(true);
  expect(existsSync(pathOf(fresh))).toBe(true);
  const rows = await db
    .selectFrom('picture')
    .select('hash')
    .where('recordId', '=', Number(idIn(form)))
    .execute();
  expect(rows.map(({ hash }) => hash).sort()).toEqual([kept, fresh].sort());
});
