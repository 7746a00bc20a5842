/**
 * Backups: one file with everything that cannot be made again (database, what people have sent, the Department's
 * synonyms), a tar archive compressed with Zstandard that begins with a manifest.
 */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import BetterSqlite3 from 'better-sqlite3';
import * as tar from 'tar';
import * as z from 'zod';
import { databaseFile, openSqlite } from './client.ts';
import { holdLock } from './lock.ts';
import { newerMigrations } from './migrate.ts';

const manifestSchema = z.object({
  format: z.literal(1),
  createdAt: z.iso.datetime(),
  /** The program's version. */
  program: z.string(),
  /** The database's last migration. */
  migration: z.string(),
  /** Rows by table. */
  rows: z.record(z.string(), z.number().int()),
  /** Every file in the archive by its path. */
  files: z.record(z.string(), z.object({ bytes: z.number().int(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

const manifestName = 'manifest.json';
const databaseName = 'catalogue.sqlite';
/** What lies beside the database and belongs to a backup. */
const beside = ['uploads', 'synonyms.txt'];
const { version: program } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

const code = (error: unknown) => (error as NodeJS.ErrnoException).code;

/** The files below a folder, or the file itself; nothing when there is none. Unfinished ones are left out. */
async function* filesBelow(path: string): AsyncGenerator<string> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error) => {
    if (code(error) === 'ENOENT') return [];
    if (code(error) === 'ENOTDIR') return undefined;
    throw error;
  });
  if (!entries) yield path;
  for (const entry of entries ?? []) {
    if (!entry.name.endsWith('.part')) yield* filesBelow(join(path, entry.name));
  }
}

/** Holds what people have sent as it is now: a second name for each file, which is never changed once it is written. */
async function holdFiles(dataDir: string, staging: string): Promise<void> {
  for (const name of beside) {
    for await (const file of filesBelow(join(dataDir, name))) {
      const held = join(staging, relative(dataDir, file));
      await mkdir(dirname(held), { recursive: true });
      try {
        await link(file, held);
      } catch (error) {
        // Removed meanwhile: nothing knew it any more. Held already: by the first look.
        if (code(error) === 'ENOENT' || code(error) === 'EEXIST') continue;
        await copyFile(file, held);
      }
    }
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function rowCounts(sqlite: BetterSqlite3.Database): Record<string, number> {
  const tables = (sqlite.pragma('main.table_list') as { name: string; type: string }[])
    .filter(({ name, type }) => type === 'table' && !name.startsWith('sqlite_'))
    .map(({ name }) => name)
    .sort();
  return Object.fromEntries(
    tables.map((name) => [name, sqlite.prepare(`select count(*) from "${name}"`).pluck().get() as number]),
  );
}

/** @throws when SQLite finds the file damaged */
function checkDatabase(sqlite: BetterSqlite3.Database): void {
  const found = sqlite.pragma('integrity_check', { simple: true });
  if (found !== 'ok') throw new Error(`integrity_check: ${found}`);
  const broken = sqlite.pragma('foreign_key_check') as { table: string }[];
  if (broken.length > 0) throw new Error(`foreign_key_check: ${broken.length} rows, the first in ${broken[0].table}`);
}

/** Copies the database as it is at one moment; those who write meanwhile do not wait. */
async function copyDatabase(dataDir: string, copy: string): Promise<Pick<Manifest, 'migration' | 'rows'>> {
  const source = openSqlite(databaseFile(dataDir));
  try {
    // All pages in one step: with several, each write in between would begin the copy anew.
    await source.backup(copy, { progress: () => 0x7fffffff });
  } finally {
    source.close();
  }
  const sqlite = new BetterSqlite3(copy);
  try {
    // One file, without a log beside it.
    sqlite.pragma('journal_mode = DELETE');
    checkDatabase(sqlite);
    const rows = rowCounts(sqlite);
    if (rows.rate_limit) {
      // Visitors' network addresses of the last hour are nothing to keep for weeks.
      sqlite.pragma('secure_delete = ON');
      sqlite.exec('delete from rate_limit');
      rows.rate_limit = 0;
    }
    const migration = sqlite.prepare('select max(name) from kysely_migration').pluck().get() as string;
    return { migration, rows };
  } finally {
    sqlite.close();
  }
}

/** @throws when the backup could fill the disk that the site itself needs */
async function checkRoom(dataDir: string): Promise<void> {
  const sizeOf = async (file: string) => (await stat(file).catch(() => ({ size: 0 }))).size;
  const database = (await sizeOf(databaseFile(dataDir))) + (await sizeOf(`${databaseFile(dataDir)}-wal`));
  let sent = 0;
  for await (const file of filesBelow(join(dataDir, 'uploads'))) sent += await sizeOf(file);
  // The copy and, at worst, an archive that does not get smaller.
  const needed = 2 * database + sent;
  const { bavail, bsize } = await statfs(dataDir);
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;
  if (bavail * bsize < needed) {
    throw new Error(`No room for a backup: ${megabytes(needed)} needed, ${megabytes(bavail * bsize)} free`);
  }
}

async function pack(staging: string, file: string): Promise<void> {
  const unfinished = `${file}.part`;
  try {
    const names = [manifestName, ...(await readdir(staging)).filter((name) => name !== manifestName)];
    await tar.create({ cwd: staging, file: unfinished, portable: true, zstd: true, mode: 0o600 } as never, names);
    const handle = await open(unfinished);
    await handle.sync().finally(() => handle.close());
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
}

/**
 * Backs up a data folder into one file, also while programs write into it: everything that was acknowledged before is
 * in it. Whoever sees the file sees all of it.
 * @throws when the file is there already, another backup is being made, there is no room, or the database is damaged
 */
export async function backUp(dataDir: string, file: string): Promise<Manifest> {
  await stat(databaseFile(dataDir)).catch(() => {
    throw new Error(`There is no database in ${dataDir}`);
  });
  if (await stat(file).catch(() => undefined)) throw new Error(`${file} is there already`);
  const release = holdLock(dataDir, 'backup', 'exclusive');
  if (!release) throw new Error('Another backup is being made');
  const staging = join(dataDir, '.backup');
  try {
    await rm(staging, { recursive: true, force: true });
    await checkRoom(dataDir);
    await mkdir(staging, { recursive: true, mode: 0o700 });
    // Before the database and after: whatever it knows is there, though files come and go meanwhile.
    await holdFiles(dataDir, staging);
    const createdAt = new Date().toISOString();
    const described = await copyDatabase(dataDir, join(staging, databaseName));
    await holdFiles(dataDir, staging);
    const files: Manifest['files'] = {};
    for await (const path of filesBelow(staging)) {
      files[relative(staging, path)] = { bytes: (await stat(path)).size, sha256: await sha256(path) };
    }
    const manifest: Manifest = { format: 1, createdAt, program, ...described, files };
    await writeFile(join(staging, manifestName), JSON.stringify(manifest, null, 2));
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await pack(staging, file);
    return manifest;
  } finally {
    await rm(staging, { recursive: true, force: true });
    release();
  }
}

/** Unpacks a backup and compares everything with its manifest. @throws that says what is wrong with it */
async function unpack(file: string, staging: string): Promise<Manifest> {
  await tar.extract({
    file,
    cwd: staging,
    strict: true,
    filter: (_, entry) => 'type' in entry && (entry.type === 'File' || entry.type === 'Directory'),
  });
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(staging, manifestName), 'utf8')));
  const missing = new Set(Object.keys(manifest.files));
  for await (const path of filesBelow(staging)) {
    const name = relative(staging, path);
    if (name === manifestName) continue;
    const expected = manifest.files[name];
    if (!expected) throw new Error(`${name} is not in its manifest`);
    if ((await sha256(path)) !== expected.sha256) throw new Error(`${name} is not what it was`);
    missing.delete(name);
  }
  if (missing.size > 0) throw new Error(`${[...missing][0]} is missing`);
  return manifest;
}

/** Checks the copied database, and takes out of it what must not come back. */
function prepareDatabase(file: string, manifest: Manifest): void {
  const sqlite = new BetterSqlite3(file, { fileMustExist: true });
  try {
    checkDatabase(sqlite);
    const rows = rowCounts(sqlite);
    for (const table of new Set([...Object.keys(rows), ...Object.keys(manifest.rows)])) {
      if (rows[table] !== manifest.rows[table]) {
        throw new Error(`${table} has ${rows[table]} rows instead of ${manifest.rows[table]}`);
      }
    }
    const has = (table: string) => table in rows;
    // Sessions that were ended after the backup would live again: everybody signs in anew.
    if (has('session')) sqlite.exec('delete from session');
    if (has('lease')) sqlite.exec('delete from lease');
    // An engine outside the file knows a later state: it is built anew.
    if (has('search_consumer')) sqlite.exec(`delete from search_consumer where engine <> 'embedded'`);
  } finally {
    sqlite.close();
  }
}

/** There while what is restored takes its place: a folder that holds it is neither the old nor the new state. */
const swapMarker = (dataDir: string) => join(dataDir, '.restoring');

/** @throws when a restore of this folder was interrupted in the middle of its last step */
export async function checkNotHalfRestored(dataDir: string): Promise<void> {
  const aside = await readFile(swapMarker(dataDir), 'utf8').catch(() => undefined);
  if (aside === undefined) return;
  throw new Error(
    `A restore of ${dataDir} was interrupted. Run npm run db:restore again; what it had replaced lies in ${aside}`,
  );
}

/**
 * Puts a backup in the place of a data folder's content. Everything is verified before anything is replaced, and what
 * is replaced is kept.
 * @returns what was restored, and the folder with what it has replaced (undefined when there was nothing)
 * @throws that says why not; the data folder is then as it was
 */
export async function restore(
  dataDir: string,
  file: string,
): Promise<{ manifest: Manifest; replaced: string | undefined }> {
  await stat(file).catch(() => {
    throw new Error(`There is no file ${file}`);
  });
  const release = holdLock(dataDir, 'server', 'exclusive');
  if (!release) throw new Error(`A server runs on ${dataDir}. Stop it first`);
  const staging = join(dataDir, '.restore');
  try {
    await rm(staging, { recursive: true, force: true });
    await mkdir(staging, { mode: 0o700 });
    let manifest: Manifest;
    try {
      manifest = await unpack(file, staging);
      prepareDatabase(join(staging, databaseName), manifest);
    } catch (error) {
      const reason = error instanceof z.ZodError ? 'its manifest is none' : (error as Error).message;
      throw new Error(`${file} is damaged or no backup, nothing was changed: ${reason}`);
    }
    const newer = newerMigrations([manifest.migration]);
    if (newer.length > 0) {
      throw new Error(
        `The backup was made by a newer program (${manifest.program}, migration ${newer[0]}); this one is ${program}. Nothing was changed: install that program and restore with it`,
      );
    }
    const replaced = await swap(dataDir, staging);
    return { manifest, replaced };
  } finally {
    await rm(staging, { recursive: true, force: true });
    release();
  }
}

async function swap(dataDir: string, staging: string): Promise<string | undefined> {
  const aside = join(dataDir, `replaced-${new Date().toISOString().replace(/[:.]/g, '-')}`);
  const present = await readdir(dataDir);
  const old = [databaseName, `${databaseName}-wal`, `${databaseName}-shm`, '.first-start', ...beside].filter((name) =>
    present.includes(name),
  );
  await writeFile(swapMarker(dataDir), aside, { flush: true });
  if (old.length > 0) await mkdir(aside, { mode: 0o700 });
  for (const name of old) await rename(join(dataDir, name), join(aside, name));
  for (const name of await readdir(staging)) {
    if (name !== manifestName) await rename(join(staging, name), join(dataDir, name));
  }
  await rm(swapMarker(dataDir));
  return old.length > 0 ? aside : undefined;
}
