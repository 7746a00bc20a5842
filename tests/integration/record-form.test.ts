import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import type { Role } from '../../db/schema.ts';
import { createEmbeddedEngine } from '../../search/embedded/engine.ts';
import { loadSynonyms } from '../../search/synonyms.ts';
import { loadVocabulary } from '../../src/catalogue/vocabulary.ts';
import { readDraft } from '../../src/moderation/drafts.ts';
import { checkForm } from '../../src/moderation/form.ts';
import { signedIn } from '../support/member.ts';
import type { Person } from '../support/person.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;

beforeAll(async () => {
  server = await startServer(folder.dataDir);
});

afterAll(async () => {
  await server.stop();
  await db.destroy();
  folder.remove();
});

const person = (id: string, role?: Role) => signedIn(db, server, id, role);

async function started(owner: Person, kind: string, title: string): Promise<string> {
  const response = await owner.send('/tai-khoan/ho-so', 'startRecord', { kind, title });
  return response.headers.get('location') ?? '';
}

const main = (title: string) => ({
  title,
  summary: 'Bơm nhiệt sấy mực một nắng ngay trên tàu, chạy bằng nhiệt thải của máy chính, không cần thêm dầu.',
  fields: '211',
  areas: 'Xã Thanh Hà',
  keywords: 'sấy mực',
});

/** The address of the step with this name. */
async function stepOf(owner: Person, form: string, name: string): Promise<string> {
  const found = (await owner.text(form)).match(new RegExp(`<a href="([^"]*\\?buoc=\\d+)"[^>]*>${name}</a>`));
  return found?.[1] ?? '';
}

/** A public record of the demo catalogue. */
const aPublic = (kind: string, n = 0) =>
  db
    .selectFrom('record')
    .select(['id', 'slug', 'title'])
    .where('kind', '=', kind)
    .where('status', '=', 'published')
    .orderBy('id')
    .offset(n)
    .limit(1)
    .executeTakeFirstOrThrow();

const contentOf = (html: string) =>
  html
    .slice(html.indexOf('<article'), html.indexOf('</article>'))
    .replaceAll('%2F', '/')
    .replace(/(?:\/tai-khoan\/ho-so\/\d+\/xem-truoc|\/cong-nghe\/[a-z0-9-]+)/g, 'ADDRESS')
    .replace(/datetime="[^"]*">[^<]*/g, 'DATE');

test('every public record opens in a form that could be sent as it is', async () => {
  const vocabulary = await loadVocabulary(db);
  const search = createEmbeddedEngine({ file: databaseFile(folder.dataDir), synonyms: loadSynonyms(folder.dataDir) });
  const wrong: object[] = [];
  for (const { id } of await db.selectFrom('record').select('id').where('status', '=', 'published').execute()) {
    const draft = await readDraft(db, id, vocabulary);
    const checked = draft && (await checkForm({ db, search, vocabulary }, draft));
    if (!checked?.ok) wrong.push({ title: draft?.title, ...checked });
  }
  await search.close();
  expect(wrong).toEqual([]);
});

describe('a record that belongs with others', () => {
  test('its supplier and inventors are named by title or address; a name that is not clear says what is near', async () => {
    const owner = await person('linker');
    const moderator = await person('moderator', 'moderator');
    const supplier = await aPublic('organisation');
    const inventor = await aPublic('expert');
    const form = await started(owner, 'offer', 'Bơm nhiệt sấy mực trên tàu');
    await owner.send(`${form}?buoc=1`, 'saveStep', main('Bơm nhiệt sấy mực trên tàu'));
    const links = await stepOf(owner, form, 'Liên kết');

    const unclear = await owner.send(links, 'saveStep', {
      supplier: supplier.title.split(' ').slice(0, -1).join(' '),
      inventors: `https://catalogue.test/chuyen-gia/${inventor.slug}\nNgười Không Có Trong Danh Mục Qqq`,
    });
    expect(unclear.status).toBe(400);
    const html = await unclear.text();
    expect(html.match(/id="supplier-error"[^>]*>([^<]*)/)?.[1]).toContain(`có phải «${supplier.title}»`);
    expect(html.match(/id="inventors-error"[^>]*>([^<]*)/)?.[1]).toContain('tên «Người Không Có Trong Danh Mục Qqq»');
    expect(html).toContain('Người Không Có Trong Danh Mục Qqq</textarea>');

    const right = await owner.send(links, 'saveStep', {
      supplier: supplier.title.toLowerCase(),
      inventors: `/chuyen-gia/${inventor.slug}`,
    });
    expect(right.status).toBe(302);
    await owner.send(await stepOf(owner, form, 'Xem lại và gửi'), 'moveRecord', {});
    await moderator.send(`/quan-ly/hang-doi/${form.split('/').at(-1)}`, 'approve', {});
    const page = await server.text('/cong-nghe/bom-nhiet-say-muc-tren-tau');
    expect(page).toContain(`/to-chuc-khcn/${supplier.slug}`);
    expect(page).toContain(`/chuyen-gia/${inventor.slug}`);
    expect(await server.text(`/to-chuc-khcn/${supplier.slug}`)).toContain('/cong-nghe/bom-nhiet-say-muc-tren-tau');

    // Opened again, the form holds the links; saved without a change, they stay.
    expect(await owner.text(links)).toContain(`value="${supplier.title}"`);
  });

  test('the names of one’s own records are offered', async () => {
    const owner = await person('keeper');
    const mine = await aPublic('enterprise', 1);
    await db.insertInto('record_member').values({ recordId: mine.id, userId: 'keeper' }).execute();
    const form = await started(owner, 'need', 'Cần máy tách vỏ tôm');
    expect(await owner.text(await stepOf(owner, form, 'Liên kết'))).toContain(`<option value="${mine.title}"`);
  });
});

describe('a preview', () => {
  test('is the page that the public gets once it is approved, and nobody else sees it', async () => {
    const owner = await person('previewer');
    const moderator = await person('moderator', 'moderator');
    const supplier = await aPublic('organisation', 1);
    const form = await started(owner, 'offer', 'Máy đo độ mặn cầm tay');
    await owner.send(`${form}?buoc=1`, 'saveStep', main('Máy đo độ mặn cầm tay'));
    await owner.send(await stepOf(owner, form, 'Công nghệ'), 'saveStep', { trl: '8', advantages: 'Đo **nhanh**' });
    await owner.send(await stepOf(owner, form, 'Liên kết'), 'saveStep', { supplier: supplier.title });
    await owner.send(await stepOf(owner, form, 'Liên hệ'), 'saveStep', {
      contactEmail: 'an@example.vn',
      contactVisibility: 'connection',
    });
    const preview = await owner.text(`${form}/xem-truoc`);
    expect(preview).toContain('Bản xem trước');
    expect(preview).not.toContain('an@example.vn');
    expect((await (await person('curious')).get(`${form}/xem-truoc`)).status).toBe(404);
    expect((await server.get(`${form}/xem-truoc`)).status).toBe(302);
    expect((await moderator.get(`${form}/xem-truoc`)).status).toBe(200);

    await owner.send(await stepOf(owner, form, 'Xem lại và gửi'), 'moveRecord', {});
    await moderator.send(`/quan-ly/hang-doi/${form.split('/').at(-1)}`, 'approve', {});
    const page = await server.text('/cong-nghe/may-do-do-man-cam-tay');
    expect(contentOf(page)).toContain('TRL 8');
    expect(contentOf(page)).toBe(contentOf(preview));
  });

  test('leaves out what is still wrong', async () => {
    const owner = await person('unfinished');
    const form = await started(owner, 'offer', 'Nồi hơi tầng sôi');
    await owner.send(`${form}?buoc=1`, 'saveStep', { ...main('Nồi hơi tầng sôi'), areas: 'Atlantis' });
    const preview = await owner.text(`${form}/xem-truoc`);
    expect(preview).toContain('Nồi hơi tầng sôi');
    expect(preview).not.toContain('Atlantis');
  });
});

test('the form says how complete a record is, what is missing and why it matters', async () => {
  const owner = await person('completer');
  const form = await started(owner, 'offer', 'Lò đốt rác mini');
  const percent = async () => Number((await owner.text(form)).match(/Hồ sơ đã đầy đủ (\d+) %/)?.[1]);
  const before = await percent();
  const check = await stepOf(owner, form, 'Xem lại và gửi');
  expect(await owner.text(check)).toMatch(/>Tóm tắt<\/a>: Người tìm đọc tóm tắt trước tiên/);
  await owner.send(`${form}?buoc=1`, 'saveStep', main('Lò đốt rác mini'));
  expect(await percent()).toBeGreaterThan(before);
  expect(await owner.text(check)).not.toContain('>Tóm tắt</a>');
});

test.each([
  ['vi', '', 'Phiên đăng nhập đã hết'],
  ['en', '/en', 'Your session has ended'],
])(
  'a form that is sent after the session has ended is kept, and can be sent again (%s)',
  async (language, _, title) => {
    const owner = await person(`late-${language}`);
    const vietnamese = await started(owner, 'startup', 'Ứng dụng đặt lịch cày');
    const form = language === 'en' ? vietnamese.replace('/tai-khoan/ho-so', '/en/account/records') : vietnamese;
    const html = await owner.text(`${form}?buoc=1`);
    const hidden = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, n, v]) => [n, v]);
    const target = html.match(/action="([^"]*saveStep[^"]*)"/)?.[1].replaceAll('&amp;', '&') ?? '';
    const { cookie } = owner;
    await db.deleteFrom('session').where('userId', '=', `late-${language}`).execute();
    const body = new URLSearchParams([...hidden, ...Object.entries(main('Đặt lịch cày "nhanh" & gọn'))]).toString();
    const kept = await server.get(`${form}${target}`, {
      method: 'POST',
      headers: { cookie, origin: 'http://catalogue.test', 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });
    expect(kept.status).toBe(401);
    const page = await kept.text();
    expect(page).toContain(title);
    // What the page holds, sent as its button sends it, once signed in again.
    const again = await person(`late-${language}`);
    const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, n, v]) => [
      n,
      v.replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
    ]);
    const action = page
      .match(/<form method="post" action="([^"]*)"/)?.[1]
      .replaceAll('&amp;', '&')
      .replaceAll('&#38;', '&');
    const sent = await server.get(action ?? '', {
      method: 'POST',
      headers: {
        cookie: again.cookie,
        origin: 'http://catalogue.test',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(fields).toString(),
    });
    expect(sent.status).toBe(302);
    expect(await again.text(form)).toContain('Đặt lịch cày &quot;nhanh&quot; &amp; gọn');
  },
);
