import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import * as tar from 'tar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { holdLock } from '../../db/lock.ts';
import { createMigrator } from '../../db/migrate.ts';
import { backupName, outlived } from '../../src/server/backups.ts';
import { runProgram } from '../support/command.ts';
import { account, signedIn } from '../support/member.ts';
import { sendPhoto, startOffer } from '../support/photo.ts';
import { catalogueFolder, startServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db } = openDatabase(databaseFile(folder.dataDir));
const place = mkdtempSync(join(tmpdir(), 'backups-'));
const file = join(place, 'drill.tar.zst');

const backUp = (dataDir: string, to: string) => runProgram('db/backup-command.ts', [to], { DATA_DIR: dataDir });
const restore = (dataDir: string, from: string) => runProgram('db/restore-command.ts', [from], { DATA_DIR: dataDir });
/** Everything in a folder, by name and content. */
const contentOf = (dir: string) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.lock'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]);

/** What was acknowledged before the backup began. */
let before: number[] = [];
let form: string;
let photo: Buffer;

beforeAll(async () => {
  const server = await startServer(folder.dataDir);
  const owner = await signedIn(db, server, 'owner');
  form = await startOffer(owner, 'Lò sấy trước khi sao lưu');
  expect((await sendPhoto(server, owner, form, '#2a6')).status).toBe(302);
  writeFileSync(join(folder.dataDir, 'synonyms.txt'), 'lò sấy = máy sấy\n');

  const written: number[] = [];
  const writer = spawn(process.execPath, ['tests/support/writer.ts', folder.dataDir, '1']);
  writer.stdout.on('data', (chunk: Buffer) => {
    for (const line of String(chunk).trim().split('\n')) written.push(Number(line));
  });
  while (written.length < 20) await new Promise((resolve) => setTimeout(resolve, 10));
  before = [...written];
  const { code, output } = await backUp(folder.dataDir, file);
  expect(output).toContain('drill.tar.zst: ');
  expect(code).toBe(0);
  // It went on writing all the while.
  expect(written.length).toBeGreaterThan(before.length);
  const ended = new Promise((resolve) => writer.once('exit', resolve));
  writer.kill();
  await ended;
  const [name] = readdirSync(join(folder.dataDir, 'uploads', 'pictures'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('-480.webp'))
    .slice(0, 1);
  photo = readFileSync(join(folder.dataDir, 'uploads', 'pictures', name));
  await server.stop();
});

afterAll(async () => {
  await db.destroy();
  folder.remove();
  rmSync(place, { recursive: true });
});

describe('a backup made while programs write', () => {
  test('restored into a new folder: the server starts, and everything acknowledged before is there', async () => {
    const dataDir = join(place, 'new');
    const done = await restore(dataDir, file);
    expect(done).toMatchObject({ code: 0 });
    expect(readFileSync(join(dataDir, 'synonyms.txt'), 'utf8')).toContain('máy sấy');
    const restored = openDatabase(databaseFile(dataDir));
    const ids = restored.sqlite.prepare(`select "externalId" from record where "externalId" like 'CRASH-%'`).pluck();
    const there = new Set(ids.all());
    expect(before.filter((n) => !there.has(`CRASH-${n}`))).toEqual([]);
    // Sessions of the time of the backup do not live again.
    expect(restored.sqlite.prepare('select count(*) from session').pluck().get()).toBe(0);

    const server = await startServer(dataDir);
    const owner = await signedIn(restored.db, server, 'owner');
    const html = await owner.text(`${form}?buoc=1`);
    expect(html).toContain('Lò sấy trước khi sao lưu');
    const step = (await owner.text(form)).match(/buoc=(\d+)"[^>]*>Hình ảnh</)?.[1];
    const address = (await owner.text(`${form}?buoc=${step}`)).match(/\/anh\/[0-9a-f]{32}-/)?.[0];
    const picture = await owner.get(`${address}480.webp`);
    expect(Buffer.from(await picture.arrayBuffer()).equals(photo)).toBe(true);
    const found = await server.get('/api/v1/technology-offers?q=%22may+thu+so+hieu%22');
    const live = before.filter((n) => n % 3 !== 0).length;
    expect(((await found.json()) as { total: number }).total).toBeGreaterThanOrEqual(live);

    // The same folder again: not while the server runs; then what it replaces is kept.
    await account(restored.db, 'afterwards');
    const refused = await restore(dataDir, file);
    expect(refused.code).toBe(1);
    expect(refused.output).toContain('A server runs on');
    expect((await server.get('/cong-nghe')).status).toBe(200);
    await server.stop();
    await restored.db.destroy();
    const again = await restore(dataDir, file);
    expect(again.code).toBe(0);
    const aside = again.output.match(/kept in (\S+);/)?.[1] ?? '';
    const users = (path: string) => {
      const opened = new BetterSqlite3(path);
      const names = opened.prepare('select id from user').pluck().all();
      opened.close();
      return names;
    };
    expect(users(databaseFile(aside))).toContain('afterwards');
    expect(users(databaseFile(dataDir))).not.toContain('afterwards');
    expect(existsSync(join(aside, 'uploads'))).toBe(true);
  });

  test('is readable by standard tools and by nobody else’s account', async () => {
    const entries: string[] = [];
    await tar.list({ file, onReadEntry: (entry) => entries.push(entry.path) });
    expect(entries[0]).toBe('manifest.json');
    expect(entries).toContain('catalogue.sqlite');
    expect(statSync(file).mode & 0o077).toBe(0);
  });
});

describe('what is no good backup is refused, and the data stays as it is', () => {
  const dataDir = join(place, 'untouched');
  const open = join(place, 'open');

  beforeAll(async () => {
    cpSync(folder.dataDir, dataDir, { recursive: true });
    mkdirSync(open);
    await tar.extract({ file, cwd: open });
  });

  /** The backup, packed again after something in it was changed. */
  async function changed(name: string, change: (root: string) => void): Promise<string> {
    const root = join(place, `changed-${name}`);
    cpSync(open, root, { recursive: true });
    change(root);
    const path = join(place, `${name}.tar.zst`);
    await tar.create({ cwd: root, file: path, zstd: true }, readdirSync(root));
    return path;
  }

  async function expectRefused(path: string, why: string | RegExp): Promise<void> {
    const content = contentOf(dataDir);
    const { code, output } = await restore(dataDir, path);
    expect(output).toMatch(why);
    expect(code).toBe(1);
    expect(contentOf(dataDir)).toEqual(content);
  }

  test('a file that is cut off, or has a wrong byte', async () => {
    const bytes = readFileSync(file);
    const cut = join(place, 'cut.tar.zst');
    writeFileSync(cut, bytes.subarray(0, bytes.length / 2));
    await expectRefused(cut, 'is damaged or no backup, nothing was changed');
    const wrong = join(place, 'wrong.tar.zst');
    bytes[Math.floor(bytes.length / 2)] ^= 0xff;
    writeFileSync(wrong, bytes);
    await expectRefused(wrong, 'is damaged or no backup, nothing was changed');
  });

  test('another picture, a missing one, a stranger’s file', async () => {
    const picture = (root: string) => {
      const pictures = join(root, 'uploads', 'pictures');
      return join(
        pictures,
        readdirSync(pictures, { recursive: true, encoding: 'utf8' }).filter((n) => /webp$/.test(n))[0],
      );
    };
    await expectRefused(await changed('other', (root) => writeFileSync(picture(root), 'x')), 'is not what it was');
    await expectRefused(await changed('missing', (root) => rmSync(picture(root))), 'webp is missing');
    await expectRefused(
      await changed('stranger', (root) => writeFileSync(join(root, 'uploads', 'x.sh'), 'x')),
      'x.sh is not in its manifest',
    );
  });

  test('a database that breaks its own rules, though its checksum is right', async () => {
    const path = await changed('rules', (root) => {
      const database = join(root, 'catalogue.sqlite');
      const opened = new BetterSqlite3(database);
      opened.pragma('foreign_keys = OFF');
      opened.exec(`insert into record_link values (999998, 'x', 999999)`);
      opened.close();
      const manifest = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'));
      manifest.files['catalogue.sqlite'].sha256 = createHash('sha256').update(readFileSync(database)).digest('hex');
      writeFileSync(join(root, 'manifest.json'), JSON.stringify(manifest));
    });
    await expectRefused(path, 'foreign_key_check');
  });

  test('rows that the manifest does not count', async () => {
    const path = await changed('rows', (root) => {
      const manifest = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'));
      manifest.rows.record += 1;
      writeFileSync(join(root, 'manifest.json'), JSON.stringify(manifest));
    });
    await expectRefused(path, /record has \d+ rows instead of \d+/);
  });

  test('a newer program’s backup', async () => {
    const newer = join(place, 'newer');
    cpSync(folder.dataDir, newer, { recursive: true });
    const opened = new BetterSqlite3(databaseFile(newer));
    opened.exec(`insert into kysely_migration (name, timestamp) values ('9999-future', '2030-01-01')`);
    opened.close();
    const path = join(place, 'newer.tar.zst');
    expect((await backUp(newer, path)).code).toBe(0);
    await expectRefused(path, /made by a newer program .*9999-future.*Nothing was changed/);
    // Nor does the server touch such a folder.
    await expect(startServer(newer)).rejects.toThrow(/database is newer than this program.*9999-future/);
  });
});

test('a folder whose restore was interrupted in the middle is not served, and can be restored', async () => {
  const dataDir = join(place, 'half');
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, '.restoring'), '/srv/data/replaced-x');
  await expect(startServer(dataDir)).rejects.toThrow(/was interrupted.*db:restore.*replaced-x/);
  expect(existsSync(databaseFile(dataDir))).toBe(false);
  expect((await restore(dataDir, file)).code).toBe(0);
  await (await startServer(dataDir)).stop();
});

test('a backup is made once at a time and never over another file', async () => {
  const again = await backUp(folder.dataDir, file);
  expect(again.output).toContain('is there already');
  const release = holdLock(folder.dataDir, 'backup', 'exclusive');
  const second = await backUp(folder.dataDir, join(place, 'second.tar.zst'));
  release?.();
  expect(second).toMatchObject({ code: 1, output: expect.stringContaining('Another backup is being made') });
  expect(existsSync(join(place, 'second.tar.zst'))).toBe(false);
});

describe('scheduled backups', () => {
  test('of each of 7 days and of 4 weeks the newest is kept; other files are left alone', () => {
    const hour = 3_600_000;
    const from = Date.parse('2026-05-01T03:00:00Z');
    const names = Array.from({ length: 60 * 4 }, (_, i) => backupName(new Date(from + i * 6 * hour)));
    const kept = names.filter((name) => !outlived(names).includes(name));
    expect(kept.map((name) => name.slice(0, 13))).toEqual([
      '2026-06-14T21',
      '2026-06-21T21',
      '2026-06-23T21',
      '2026-06-24T21',
      '2026-06-25T21',
      '2026-06-26T21',
      '2026-06-27T21',
      '2026-06-28T21',
      '2026-06-29T21',
    ]);
    expect(outlived(['my-own.tar.zst', 'notes.txt'])).toEqual([]);
    expect(outlived([])).toEqual([]);
  });

  test('one is made when a day has passed, old ones go, and its age is among the figures', async () => {
    const backups = join(place, 'scheduled');
    mkdirSync(backups);
    const days = Array.from({ length: 12 }, (_, i) => backupName(new Date(Date.now() - (i + 2) * 86_400_000)));
    for (const name of [...days, 'my-own.tar.zst']) writeFileSync(join(backups, name), '');
    const server = await startServer(folder.dataDir, { BACKUP_DIR: backups });
    await expect.poll(() => server.output(), { timeout: 15_000 }).toContain('"Backed up"');
    const left = readdirSync(backups);
    const [newest] = left.filter((name) => !days.includes(name) && name !== 'my-own.tar.zst');
    expect(left).toContain('my-own.tar.zst');
    expect(left).not.toContain(days[9]);
    expect(left.length).toBeLessThanOrEqual(1 + 7 + 4);
    expect((await restore(join(place, 'from-scheduled'), join(backups, newest))).code).toBe(0);
    const age = (await server.text('/metrics')).match(/^backup_age_seconds ([\d.]+)$/m)?.[1];
    expect(Number(age)).toBeLessThan(60);
    await server.stop();
  });

  test('one that fails is in the log, and the site goes on', async () => {
    const blocked = join(place, 'blocked');
    mkdirSync(blocked);
    writeFileSync(join(blocked, backupName(new Date(Date.now() - 9 * 86_400_000))), '');
    const release = holdLock(folder.dataDir, 'backup', 'exclusive');
    const server = await startServer(folder.dataDir, { BACKUP_DIR: blocked });
    await expect.poll(() => server.output(), { timeout: 15_000 }).toContain('"The backup failed"');
    release?.();
    const age = (await server.text('/metrics')).match(/^backup_age_seconds ([\d.]+)$/m)?.[1];
    expect(Number(age)).toBeGreaterThan(8 * 86_400);
    await server.stop();
  });
});

describe('before an upgrade changes an existing database, it is backed up', () => {
  /** A data folder of the version before this one, and that version. */
  async function oldFolder(name: string): Promise<{ dataDir: string; version: string }> {
    const dataDir = join(place, name);
    cpSync(folder.dataDir, dataDir, { recursive: true });
    const opened = openDatabase(databaseFile(dataDir));
    const version = (await createMigrator(opened.db).getMigrations()).map((migration) => migration.name).at(-2) ?? '';
    const { error } = await createMigrator(opened.db).migrateTo(version);
    expect(error).toBeUndefined();
    await opened.db.destroy();
    return { dataDir, version };
  }

  /** The versions of the databases in a folder's backups. */
  async function versionsIn(backups: string): Promise<string[]> {
    const versions: string[] = [];
    for (const backup of readdirSync(backups)) {
      let manifest = '';
      await tar.list({
        file: join(backups, backup),
        onReadEntry: (entry) => {
          if (entry.path === 'manifest.json') entry.on('data', (chunk: Buffer) => (manifest += chunk));
        },
      });
      versions.push(JSON.parse(manifest).migration);
    }
    return versions;
  }

  test('by the server', async () => {
    const { dataDir, version } = await oldFolder('old-version');
    const server = await startServer(dataDir);
    expect(server.output()).toContain('Backing up before the upgrade');
    await server.stop();
    expect(await versionsIn(join(dataDir, 'backups'))).toEqual([version]);
  });

  test('by db:migrate, into BACKUP_DIR; a database that is up to date needs none', async () => {
    const { dataDir, version } = await oldFolder('old-migrated');
    const env = { DATA_DIR: dataDir, BACKUP_DIR: join(place, 'before-migrating') };
    const done = await runProgram('src/server/migrate-command.ts', [], env);
    expect(done.output).toContain('Backing up before the upgrade');
    expect(done.code).toBe(0);
    const again = await runProgram('src/server/migrate-command.ts', [], env);
    expect(again).toMatchObject({ code: 0, output: 'The database is up to date.\n' });
    expect(await versionsIn(env.BACKUP_DIR)).toEqual([version]);
  });

  test('and where that fails, db:migrate changes nothing', async () => {
    const { dataDir } = await oldFolder('old-blocked');
    const release = holdLock(dataDir, 'backup', 'exclusive');
    const done = await runProgram('src/server/migrate-command.ts', [], { DATA_DIR: dataDir });
    release?.();
    expect(done).toMatchObject({ code: 1, output: expect.stringContaining('Another backup is being made') });
    const again = await runProgram('src/server/migrate-command.ts', [], { DATA_DIR: dataDir });
    expect(again.output).toContain('Backing up before the upgrade');
  });
});
