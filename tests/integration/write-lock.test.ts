import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Db, databaseFile, type OpenDatabase, openDatabase, type Trx } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'write-lock-'));
let ours: OpenDatabase;
let others: OpenDatabase;

beforeAll(async () => {
  ours = openDatabase(databaseFile(dataDir));
  await migrate(ours.db);
  others = openDatabase(databaseFile(dataDir));
});

afterAll(async () => {
  await ours.db.destroy();
  await others.db.destroy();
  rmSync(dataDir, { recursive: true });
});

const insert = (db: Db | Trx, name: string) =>
  db
    .insertInto('lease')
    .values({ name, holder: 'us', expiresAt: 1 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
const ways = {
  transaction: (name: string) => ours.db.transaction().execute((trx) => insert(trx, name)),
  'single write': (name: string) => insert(ours.db, name),
};

test.each(Object.entries(ways))(
  'while another connection writes, a %s waits and the thread goes on',
  async (way, write) => {
    others.sqlite.exec('begin immediate');
    // On this very thread: if waiting held it up, this would come to nothing.
    setTimeout(() => others.sqlite.exec('commit'), 50);
    await write(way);
    expect(await ours.db.selectFrom('lease').select('holder').where('name', '=', way).execute()).toEqual([
      { holder: 'us' },
    ]);
  },
);

test.each(Object.entries(ways))(
  'a %s gives up when the other one does not end, and a later one succeeds',
  async (way, write) => {
    others.sqlite.exec('begin immediate');
    await expect(write(way)).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    others.sqlite.exec('rollback');
    await write(way);
  },
  20_000,
);
