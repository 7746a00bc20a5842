import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { databaseFile, type OpenDatabase, openDatabase } from '../../db/client.ts';
import { createMigrator, migrate } from '../../db/migrate.ts';
import { seedVocabularies } from '../../db/seed/vocabularies.ts';
import { createEmbeddedEngine } from '../../search/embedded/engine.ts';
import { createEmbeddedIndex } from '../../search/embedded/index.ts';
import type { SearchEngine } from '../../search/engine.ts';
import { createMeilisearch } from '../../search/meilisearch/adapter.ts';
import { lagOf } from '../../search/sync.ts';
import { importTable } from '../../src/catalogue/import/import.ts';
import { readTableFile } from '../../src/catalogue/import/read-table.ts';
import { kinds } from '../../src/catalogue/kinds/index.ts';
import { reindex } from '../../src/server/reindex.ts';
import { documentOf } from '../contract/corpus.ts';
import { type FakeMeilisearch, startFakeMeilisearch } from '../contract/fake-meilisearch.ts';
import { runProgram } from '../support/command.ts';

let dataDir: string;
let open: OpenDatabase;
let embedded: SearchEngine;
let server: FakeMeilisearch;
const totalOf = async (engine: SearchEngine, q = '') =>
  (await engine.search({ q, filters: {}, sort: 'newest', offset: 0, limit: 1, facets: [], language: 'vi' })).total;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'reindex-'));
  open = openDatabase(databaseFile(dataDir));
  await migrate(open.db);
  await seedVocabularies(open.db);
  const policies = fileURLToPath(new URL('../../db/seed/real/policies.csv', import.meta.url));
  await importTable(open.db, kinds.policy, await readTableFile(policies), { dryRun: false });
  embedded = createEmbeddedEngine({ file: databaseFile(dataDir), synonyms: [] });
  server = await startFakeMeilisearch({ taskMs: 1 });
});

afterEach(async () => {
  await embedded.close();
  await open.db.destroy();
  await server.close();
  rmSync(dataDir, { recursive: true });
});

const published = async () =>
  (await open.db.selectFrom('record').select('id').where('status', '=', 'published').execute()).length;

test('builds both indexes from the records beside a running engine, and follows on from there', async () => {
  expect(await totalOf(embedded)).toBe(0);
  const said: string[] = [];
  const meili = { url: server.url, key: undefined };
  expect(await reindex({ dataDir, meili }, (line) => said.push(line))).toBe(true);
  const records = await published();
  expect(records).toBeGreaterThan(0);
  expect(await totalOf(embedded)).toBe(records);
  expect(await totalOf(createMeilisearch({ ...meili, synonyms: [] }))).toBe(records);
  expect(said.map((line) => line.replace(/[\d.]+ s/, 'S'))).toEqual([
    `embedded: ${records} records in S`,
    `meilisearch: ${records} records in S`,
  ]);
  expect(await lagOf(open.db)).toMatchObject([
    { engine: 'embedded', pending: 0 },
    { engine: 'meilisearch', pending: 0 },
  ]);
});

test('builds the embedded index when Meilisearch is down, and says so', async () => {
  server.trouble = 'errors';
  const said: string[] = [];
  expect(await reindex({ dataDir, meili: { url: server.url, key: undefined } }, (line) => said.push(line))).toBe(false);
  expect(said[1]).toContain('meilisearch: EngineUnavailable');
  expect(await totalOf(embedded)).toBe(await published());
});

test('a process that keeps its index open writes on correctly after others have rebuilt it', async () => {
  const index = createEmbeddedIndex(open.sqlite);
  await index.apply([documentOf({ id: 9_001, title: 'Máy quangphổ' })], []);
  // Twice, so that the same tables are live again.
  for (let i = 0; i < 2; i += 1) expect(await reindex({ dataDir, meili: undefined }, () => {})).toBe(true);
  expect(await totalOf(embedded, 'quangphổ')).toBe(0);
  await index.apply([documentOf({ id: 9_001, title: 'Máy quangphổ' })], []);
  expect(await totalOf(embedded, 'quangpho')).toBe(1);
  // A typing error is corrected towards known words only.
  expect(await totalOf(embedded, 'quanphổ')).toBe(1);
});

test('a change that was rolled back leaves no trace in a later one', async () => {
  const index = createEmbeddedIndex(open.sqlite);
  const rolledBack = open.db.transaction().execute(async () => {
    await index.apply([documentOf({ id: 9_001, title: 'Máy quangphổ' })], []);
    throw new Error('disk full');
  });
  await expect(rolledBack).rejects.toThrow('disk full');
  expect(await totalOf(embedded, 'quangpho')).toBe(0);
  await index.apply([documentOf({ id: 9_001, title: 'Máy quangphổ' })], []);
  expect(await totalOf(embedded, 'quanphổ')).toBe(1);
});

test('a database of an older program is left to who backs it up before changing it, a missing one to the server', async () => {
  const versions = (await createMigrator(open.db).getMigrations()).map(({ name }) => name);
  const { error } = await createMigrator(open.db).migrateTo(versions.at(-2) ?? '');
  expect(error).toBeUndefined();
  const env = { DATA_DIR: dataDir, MEILI_URL: '' };
  const refused = await runProgram('src/server/reindex-command.ts', [], env);
  expect(refused.output).toMatch(`lacks ${versions.at(-1)}. Start the server or run npm run db:migrate first`);
  expect(refused.code).toBe(1);
  const done = (await createMigrator(open.db).getMigrations()).filter(({ executedAt }) => executedAt);
  expect(done.at(-1)?.name).toBe(versions.at(-2));

  const empty = { ...env, DATA_DIR: `${dataDir}/empty` };
  expect(await runProgram('src/server/reindex-command.ts', [], empty)).toMatchObject({
    code: 1,
    output: expect.stringContaining('has no database yet'),
  });
  expect(existsSync(empty.DATA_DIR)).toBe(false);
});
