import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { seedVocabularies } from '../../db/seed/vocabularies.ts';
import { signedIn } from '../support/member.ts';
import { goodForm, submit } from '../support/moderation.ts';
import type { Person } from '../support/person.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
/** A second process on the same data folder. */
let other: TestServer;
let moderator: Person;
let administrator: Person;

beforeAll(async () => {
  server = await startServer(folder.dataDir);
  other = await startServer(folder.dataDir);
  moderator = await signedIn(db, server, 'moderator', 'moderator');
  administrator = await signedIn(db, server, 'administrator', 'administrator');
});

afterAll(async () => {
  await server.stop();
  await other.stop();
  await db.destroy();
  folder.remove();
});

const totalOf = async (from: TestServer, query: string): Promise<number> =>
  (await (await from.get(`/api/v1/search?${query}`)).json()).total;

/** Waits until the indexer has followed; it looks several times a second. */
async function eventually(check: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 100; i += 1) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not come');
}

/** The way to a page that it shows above its title. */
const crumbsOf = (html: string): string => html.match(/<nav class="crumbs[\s\S]*?<\/nav>/)?.[0] ?? '';

const audited = async (action: string) =>
  (await db.selectFrom('audit_log').select('detail').where('action', '=', action).execute()).map(({ detail }) =>
    JSON.parse(detail),
  );

describe('the Department’s home', () => {
  test('leads to the tools of the role, with what waits at each', async () => {
    const html = await moderator.text('/quan-ly');
    for (const path of ['hang-doi', 'ket-noi', 'quyen-quan-ly', 'danh-muc', 'ly-do', 'nhat-ky']) {
      expect(html).toContain(`href="/quan-ly/${path}"`);
    }
    expect(html).not.toContain('/quan-ly/cai-dat');
    expect(await administrator.text('/en/manage')).toContain('href="/en/manage/settings"');
    expect(await moderator.text('/tai-khoan')).toContain('href="/quan-ly"');
    const member = await signedIn(db, server, 'member');
    for (const path of ['/quan-ly', '/quan-ly/danh-muc', '/quan-ly/cai-dat']) {
      expect((await member.get(path)).status, path).toBe(403);
    }
    expect((await moderator.get('/quan-ly/cai-dat')).status).toBe(403);
  });

  test('is one click away from every page below it, and so is the account from its own', async () => {
    const tools = [...(await administrator.text('/quan-ly')).matchAll(/href="(\/quan-ly\/[^"]+)"/g)].map(
      ([, path]) => path,
    );
    expect(tools.length).toBeGreaterThan(15);
    for (const path of [...tools, '/quan-ly/su-kien/moi']) {
      expect(crumbsOf(await administrator.text(path)), path).toContain('href="/quan-ly"');
    }
    expect(crumbsOf(await administrator.text('/en/manage/events/new'))).toContain('href="/en/manage/events"');
    const member = await signedIn(db, server, 'member');
    for (const path of ['ho-so', 'ket-noi', 'theo-doi', 'du-lieu-ca-nhan', 'mat-khau']) {
      expect(crumbsOf(await member.text(`/tai-khoan/${path}`)), path).toContain('href="/tai-khoan"');
    }
    expect(crumbsOf(await member.text('/tai-khoan'))).toBe('');
  });
});

describe('the account', () => {
  test('says which records came back and leads to the same record in the other language', async () => {
    const author = await signedIn(db, server, 'tac-gia');
    expect(await author.text('/tai-khoan')).not.toContain('hồ sơ cần sửa');
    const id = await submit(db, 'tac-gia', 'offer', goodForm('Máy sấy bị trả lại'));
    await db.updateTable('revision').set({ state: 'returned' }).where('recordId', '=', id).execute();
    expect(await author.text('/tai-khoan')).toContain('1 hồ sơ cần sửa');
    expect(await author.text(`/tai-khoan/ho-so/${id}`)).toContain(`href="/en/account/records/${id}"`);
  });
});

describe('settings', () => {
  test('a new site name is in every page’s title at once, also of another process and out of the cache', async () => {
    expect(await server.text('/cong-nghe')).toContain('Sàn Công nghệ Xứ Đông');
    expect(await other.text('/cong-nghe')).toContain('Sàn Công nghệ Xứ Đông');
    const answer = await administrator.send('/quan-ly/cai-dat', 'saveSettings', {
      ...(await formValues('/quan-ly/cai-dat')),
      siteNameVi: 'Sàn Thử Nghiệm',
      contactPhone: '0220 3 123 456',
      examplesVi: 'sấy lạnh\n\n sấy lạnh\nnước thải',
    });
    expect(await answer.text()).toContain('Đã lưu, số mục thay đổi: 3.');
    for (const one of [server, other]) {
      const html = await one.text('/cong-nghe');
      expect(html).toMatch(/<title>[^<]* – Sàn Thử Nghiệm<\/title>/);
      expect(html).toContain('tel:02203123456');
      expect(await one.text('/')).toContain('sấy lạnh');
    }
    expect(await audited('settings')).toMatchObject([
      { settings: { siteNameVi: ['Sàn Công nghệ Xứ Đông', 'Sàn Thử Nghiệm'] } },
    ]);
    expect(await administrator.text('/quan-ly/nhat-ky')).toContain('«Sàn Công nghệ Xứ Đông» thành «Sàn Thử Nghiệm»');
  });

  test('what is wrong is said beside the field, and what was typed is kept', async () => {
    const answer = await administrator.send('/quan-ly/cai-dat', 'saveSettings', {
      ...(await formValues('/quan-ly/cai-dat')),
      siteNameEn: 'X',
      contactEmail: 'không phải email',
    });
    expect(answer.status).toBe(400);
    const html = await answer.text();
    expect(html).toContain('href="#contactEmail"');
    expect(html).toContain('value="không phải email"');
    expect(html).toContain('href="#siteNameEn"');
  });

  async function formValues(path: string): Promise<Record<string, string>> {
    const html = (await administrator.text(path)).replaceAll('&amp;', '&');
    return Object.fromEntries([
      ...[...html.matchAll(/<input id="([^"]+)" name="\1"[^>]*? value(?:="([^"]*)")?/g)].map(([, name, value = '']) => [
        name,
        value,
      ]),
      ...[...html.matchAll(/<textarea id="([^"]+)"[^>]*>([^<]*)</g)].map(([, name, value]) => [name, value]),
    ]);
  }
});

describe('synonyms', () => {
  const part = '/quan-ly/danh-muc?part=synonyms';

  test('a new group finds at once, in every process; deleted, it finds no more', async () => {
    const word = 'q=xyzzyqtk';
    expect(await totalOf(server, word)).toBe(0);
    const drying = await totalOf(server, 'q=s%E1%BA%A5y');
    expect(drying).toBeGreaterThan(0);
    const preview = await moderator.send(part, 'saveSynonyms', { members: 'xyzzyqtk\nsấy', do: 'preview' });
    expect((await preview.text()).replace(/<[^>]+>/g, '')).toMatch(new RegExp(`sấy: ${drying} hồ sơ`));
    expect(await totalOf(server, word)).toBe(0);

    const saved = await moderator.send(part, 'saveSynonyms', { members: 'xyzzyqtk\nsấy', do: 'save' });
    expect(saved.status).toBe(302);
    expect(await totalOf(server, word)).toBe(drying);
    expect(await totalOf(other, word)).toBe(drying);

    const shown = await moderator.text(saved.headers.get('location') ?? '');
    expect(shown).toContain('xyzzyqtk\nsấy</textarea>');
    const { id } = await db.selectFrom('synonym_group').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow();
    await moderator.send(`${part}&edit=${id}`, 'saveSynonyms', { members: 'xyzzyqtk\nzzzyq', do: 'save' });
    expect(await totalOf(server, word)).toBe(0);
    expect((await audited('synonymsChanged')).at(-1)).toEqual({ before: 'xyzzyqtk = sấy', text: 'xyzzyqtk = zzzyq' });
  });

  test.each([
    ['một mình', 'Cần 2 đến 12 tên'],
    ['hoà\nhòa', 'có hai lần'],
    ['a = b\nc d', 'không được có dấu ='],
    ['---\nsấy', 'Cần 2 đến 12 tên'],
  ])('%j is refused', async (members, why) => {
    const answer = await moderator.send(part, 'saveSynonyms', { members, do: 'save' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(why);
  });
});

describe('areas', () => {
  const part = '/quan-ly/danh-muc?part=areas';
  const placed = async () => {
    const row = await db
      .selectFrom('record_area')
      .innerJoin('record', 'record.id', 'record_area.recordId')
      .innerJoin('area', 'area.code', 'record_area.areaCode')
      .select(['area.code', 'area.vi', 'area.en', 'area.officialName', 'area.type', 'area.parent'])
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('record.status', '=', 'published')
      .where('area.parent', 'is not', null)
      .where('area.mergedInto', 'is', null)
      .groupBy('area.code')
      .orderBy('n', 'desc')
      .limit(2)
      .execute();
    return row;
  };
  const encoded = encodeURIComponent;

  test('a renamed one is found by both names, in filters and in search', async () => {
    const [{ code, vi, en, officialName, type, parent }] = await placed();
    const inArea = await totalOf(server, `area=${code}`);
    expect(await totalOf(server, `area=${encoded(vi)}`)).toBe(inArea);
    const saved = await moderator.send(`${part}&edit=${code}`, 'saveArea', {
      vi: 'Xã Mới Đặt Tên',
      en,
      officialName,
      type,
      parent: parent ?? '',
      validFrom: '2026-07-01',
      keepFormer: 'on',
      source: 'Nghị quyết thử',
    });
    expect(saved.status).toBe(302);
    for (const name of ['Xã Mới Đặt Tên', vi]) {
      for (const one of [server, other]) expect(await totalOf(one, `area=${encoded(name)}`), name).toBe(inArea);
      await eventually(async () => (await totalOf(server, `q=${encoded(`"${name}"`)}`)) >= inArea);
    }
    expect(await server.text('/cong-nghe')).not.toContain(`>${vi}<`);
    // The next start does not bring the installation's name back.
    await seedVocabularies(db);
    const { vi: kept } = await db.selectFrom('area').select('vi').where('code', '=', code).executeTakeFirstOrThrow();
    expect(kept).toBe('Xã Mới Đặt Tên');
  });

  test('a former name that is added finds the area', async () => {
    const [{ code }] = await placed();
    expect((await server.get(`/api/v1/search?area=${encoded('Tổng Cổ Xưa')}`)).status).toBe(400);
    await moderator.send(`${part}&edit=${code}`, 'addFormerName', { name: 'Tổng Cổ Xưa', until: '', source: '' });
    expect(await totalOf(server, `area=${encoded('Tổng Cổ Xưa')}`)).toBe(await totalOf(server, `area=${code}`));
    await moderator.send(`${part}&edit=${code}`, 'removeFormerName', {});
  });

  test('a merged one hands its records, its names and its address over', async () => {
    const [first, second] = await placed();
    const both = await totalOf(server, `area=${first.code}&area=${second.code}`);
    expect(both).toBeGreaterThan(await totalOf(server, `area=${first.code}`));
    const unsure = await moderator.send(`${part}&edit=${second.code}`, 'mergeArea', {
      into: first.code,
      on: '2026-07-01',
      source: '',
    });
    expect(unsure.status).toBe(400);
    const merged = await moderator.send(`${part}&edit=${second.code}`, 'mergeArea', {
      into: first.code,
      on: '2026-07-01',
      source: '',
      sure: 'on',
    });
    expect(merged.status).toBe(302);
    await eventually(async () => (await totalOf(server, `area=${first.code}`)) === both);
    expect(await totalOf(server, `area=${second.code}`)).toBe(both);
    expect(await totalOf(server, `area=${encoded(second.vi)}`)).toBe(both);
    expect(await audited('areaMerged')).toHaveLength(1);
  });
});

describe('fields', () => {
  const part = '/quan-ly/danh-muc?part=fields';

  test('a new name is in filters and search at once', async () => {
    const field = await db
      .selectFrom('record_field')
      .innerJoin('record', 'record.id', 'record_field.recordId')
      .select('fieldCode')
      .where('record.kind', '=', 'offer')
      .where('record.status', '=', 'published')
      .executeTakeFirstOrThrow();
    await moderator.send(`${part}&edit=${field.fieldCode}`, 'saveField', {
      vi: 'Kỹ thuật qwvxyz',
      en: 'Engineering qwvxyz',
    });
    expect(await server.text(`/cong-nghe?field=${field.fieldCode}`)).toContain('Kỹ thuật qwvxyz');
    await eventually(async () => (await totalOf(server, 'q=qwvxyz')) > 0);
  });

  test('one of the Department’s own may be deleted while nothing has it; a used one is retired', async () => {
    await moderator.send(part, 'saveField', { code: '29901', vi: 'Lĩnh vực thử', en: 'Trial field' });
    expect(await moderator.text(part)).toContain('Lĩnh vực thử');
    // The page's first form is of another code; what is given last counts.
    const post = (fields: Record<string, string>) => moderator.send(part, 'changeField', fields);
    const refused = await (await post({ code: '2', change: 'delete' })).text();
    expect(refused).toContain('bảng phân loại quốc gia không xoá được');
    expect((await post({ code: '29901', change: 'delete' })).status).toBe(302);
    expect(await moderator.text(part)).not.toContain('Lĩnh vực thử');
    await post({ code: '211', change: 'retire' });
    expect(await moderator.text(part)).toContain('ngừng dùng từ');
    expect(await audited('fieldRetired')).toHaveLength(1);
  });
});
