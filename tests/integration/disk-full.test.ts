import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { databaseFile, type OpenDatabase, openDatabase } from '../../db/client.ts';
import { account, signedIn } from '../support/member.ts';
import type { Person } from '../support/person.ts';
import { sendPhoto, startOffer } from '../support/photo.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { smallDisk } from '../support/small-disk.ts';

const disk = smallDisk(48);
/** Pictures lie on a disk of their own here, so that each may be full while the other is not. */
const pictures = smallDisk(8);
const dataDir = join(disk.folder, 'data');
let open: OpenDatabase;
let server: TestServer;
let member: Person;

beforeAll(async () => {
  cpSync(inject('catalogueTemplate'), dataDir, { recursive: true });
  mkdirSync(join(dataDir, 'uploads'));
  symlinkSync(pictures.folder, join(dataDir, 'uploads', 'pictures'));
  server = await startServer(dataDir);
  open = openDatabase(databaseFile(dataDir));
  member = await signedIn(open.db, server, 'member');
});

afterAll(async () => {
  await server.stop();
  await open.db.destroy();
  disk.remove();
  pictures.remove();
});

const titles = async () =>
  (await open.db.selectFrom('record').select('title').where('title', 'like', 'Lò đầy đĩa%').execute()).map(
    ({ title }) => title,
  );

test('on a full disk nothing is saved and everything is read; with room again it goes on by itself', async () => {
  const form = await startOffer(member, 'Lò đầy đĩa 0');
  expect((await sendPhoto(server, member, form, '#2a6')).status).toBe(302);
  // A session that a visit renews: half of its life is over.
  await open.db
    .updateTable('session')
    .set({ expiresAt: Date.now() + 86_400_000 })
    .execute();
  await account(open.db, 'somebody');
  // What the log has free is used up first otherwise.
  open.sqlite.pragma('wal_checkpoint(TRUNCATE)');
  disk.fill(server);

  const refused = await member.send('/tai-khoan/ho-so', 'startRecord', { kind: 'offer', title: 'Lò đầy đĩa 1' });
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  const html = await refused.text();
  expect(html).toContain('Tạm thời chưa lưu được');
  expect(html).toContain('<html lang="vi"');
  expect(html).toContain(refused.headers.get('x-request-id'));
  const english = await member.send('/en/account/records', 'startRecord', { kind: 'offer', title: 'Lò đầy đĩa 2' });
  expect(english.status).toBe(503);
  expect(await english.text()).toContain('Nothing can be saved at the moment');
  const saved = await member.send(`${form}?buoc=1`, 'saveStep', { title: 'Lò đầy đĩa 3', summary: 'Mới' });
  expect(saved.status).toBe(503);
  expect((await sendPhoto(server, member, form, '#a26')).status).toBe(503);
  const signIn = await member.send('/tai-khoan/email', 'changeEmail', { email: 'x@example.vn', current: 'sai' });
  expect([400, 503]).toContain(signIn.status);

  const pages = [
    '/',
    '/en',
    '/cong-nghe',
    '/cong-nghe?page=2',
    '/tim-kiem?q=s%E1%BA%A5y',
    '/api/v1/experts',
    '/readyz',
  ];
  for (const page of pages) expect((await server.get(page)).status, page).toBe(200);
  for (const page of ['/tai-khoan', '/tai-khoan/ho-so', form]) expect((await member.get(page)).status, page).toBe(200);
  expect(await titles()).toEqual(['Lò đầy đĩa 0']);

  disk.free(server);
  const again = await member.send('/tai-khoan/ho-so', 'startRecord', { kind: 'offer', title: 'Lò đầy đĩa 4' });
  expect(again.status).toBe(302);
  expect((await sendPhoto(server, member, form, '#26a')).status).toBe(302);
  expect(await titles()).toEqual(['Lò đầy đĩa 0', 'Lò đầy đĩa 4']);
  expect(open.sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  const outbox = async () => ((await (await server.get('/readyz')).json()) as { outbox: { pending: number }[] }).outbox;
  await expect.poll(async () => (await outbox())[0].pending).toBe(0);
  expect(server.output()).toMatch(/"level":"error".*(?:SQLITE_FULL|SQLITE_IOERR_WRITE)/);
});

test('a picture that finds no room is refused in the same way, and no trace of it stays', async () => {
  const form = await startOffer(member, 'Lò ảnh không vừa');
  pictures.fill(server);
  const refused = await sendPhoto(server, member, form, '#62a');
  expect(refused.status).toBe(503);
  expect(await refused.text()).toContain('Tạm thời chưa lưu được');
  pictures.free(server);
  expect(server.output()).toMatch(/"level":"error".*(?:ENOSPC|EFBIG|SQLITE_IOERR_WRITE)/);
  expect(await member.text(form)).not.toContain('/anh/');
  expect((await sendPhoto(server, member, form, '#62a')).status).toBe(302);
  const names = readdirSync(pictures.folder, { recursive: true, encoding: 'utf8' });
  expect(names.filter((name) => name.endsWith('.part'))).toEqual([]);
});
