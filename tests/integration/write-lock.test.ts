import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, type OpenDatabase, openDatabase } from '../../db/client.ts';
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

const write = () =>
  ours.db.transaction().execute((trx) =>
    trx
      .insertInto('lease')
      .values({ name: 'test', holder: 'us', expiresAt: 1 })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );

test('while another connection writes, a transaction waits and the thread goes on', async () => {
  others.sqlite.exec('begin immediate');
  // On this very thread: if waiting held it up, this would come to nothing.
  setTimeout(() => others.sqlite.exec('commit'), 50);
  await write();
  expect(await ours.db.selectFrom('lease').select('holder').where('name', '=', 'test').execute()).toEqual([
    { holder: 'us' },
  ]);
});

test('it gives up when the other one does not end, and a later one succeeds', async () => {
  others.sqlite.exec('begin immediate');
  await expect(write()).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
  others.sqlite.exec('rollback');
  await write();
}, 20_000);
