import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { signedIn } from '../support/member.ts';
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

test('a need that is still being written shows what may answer it, why, and the way there; to its owner alone', async () => {
  const owner = await signedIn(db, server, 'dryer');
  const started = await owner.send('/tai-khoan/ho-so', 'startRecord', {
    kind: 'need',
    title: 'Vải thiều thu về chưa kịp bán đã nâu vỏ',
  });
  const form = started.headers.get('location') ?? '';
  expect(await owner.text(form)).toContain(`${form}/ghep-noi`);
  await owner.send(`${form}?buoc=1`, 'saveStep', {
    title: 'Vải thiều thu về chưa kịp bán đã nâu vỏ',
    summary: 'Cần cách sấy hoặc bảo quản lạnh vải tươi để bán được lâu hơn sau mùa thu hoạch.',
    fields: '211',
  });
  const page = await owner.text(`${form}/ghep-noi`);
  const titles = [...page.matchAll(/<h2[^>]*><a href="([^"]*)"/g)].map(([, href]) => href);
  expect(titles.length).toBeGreaterThan(2);
  expect(page).toMatch(/Vì sao:<\/strong> [^<]*(?:vải|sấy|bảo quản)/);
  expect(page).toContain(`/ket-noi?record=${encodeURIComponent(titles[0])}`);
  const english = form.replace('/tai-khoan/ho-so', '/en/account/records');
  expect(await owner.text(`${english}/matches`)).toMatch(/Why:<\/strong> /);

  expect((await (await signedIn(db, server, 'other')).get(`${form}/ghep-noi`)).status).toBe(404);
  expect((await server.get(`${form}/ghep-noi`)).status).toBe(302);
});

test('an offer shows the needs that it may answer, and a mark none', async () => {
  const owner = await signedIn(db, server, 'supplier');
  const publicOffer = await db
    .selectFrom('record')
    .select('id')
    .where('kind', '=', 'offer')
    .where('status', '=', 'published')
    .where('title', 'like', '%sấy%')
    .limit(1)
    .executeTakeFirstOrThrow();
  await db.insertInto('record_member').values({ recordId: publicOffer.id, userId: 'supplier' }).execute();
  const page = await owner.text(`/tai-khoan/ho-so/${publicOffer.id}/ghep-noi`);
  const kinds = new Set([...page.matchAll(/<h2[^>]*><a href="\/([^/]*)\//g)].map(([, list]) => list));
  expect([...kinds]).toEqual(['nhu-cau']);
  const started = await owner.send('/tai-khoan/ho-so', 'startRecord', { kind: 'trademark', title: 'Nhãn hiệu thử' });
  const mark = started.headers.get('location') ?? '';
  expect((await owner.get(`${mark}/ghep-noi`)).status).toBe(404);
});
