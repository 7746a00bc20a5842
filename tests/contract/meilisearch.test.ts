import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { databaseFile, type OpenDatabase, openDatabase } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import { createEmbeddedEngine } from '../../search/embedded/engine.ts';
import { createEmbeddedIndex } from '../../search/embedded/index.ts';
import {
  EngineUnavailable,
  IndexMissing,
  type SearchDocument,
  type SearchIndex,
  type SearchQuery,
} from '../../search/engine.ts';
import { createMeilisearch } from '../../search/meilisearch/adapter.ts';
import { createRouter } from '../../search/router.ts';
import { batchSize, drainRemote, lagOf, rebuild, registerConsumer } from '../../search/sync.ts';
import { documentOf, lotDocuments, synonyms } from './corpus.ts';
import { type FakeMeilisearch, startFakeMeilisearch } from './fake-meilisearch.ts';

// Servers that are slow on purpose, and a busy machine.
vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

const key = 'secret';
const query = (q: string): SearchQuery => ({
  q,
  filters: {},
  sort: 'relevance',
  offset: 0,
  limit: 20,
  facets: [],
  language: 'vi',
});
const nothingLate = async () => ({ documents: [], deletedIds: [] });
async function* batches(...all: SearchDocument[][]) {
  yield* all;
}

let server: FakeMeilisearch;
const connect = (more: { url?: string; timeoutMs?: number } = {}) =>
  createMeilisearch({ url: server.url, key, synonyms, ...more });
let meilisearch: ReturnType<typeof connect>;

beforeEach(async () => {
  server = await startFakeMeilisearch({ key, taskMs: 1 });
  meilisearch = connect();
});
afterEach(() => server.close());

describe('when Meilisearch cannot answer', () => {
  beforeEach(() => meilisearch.rebuild(batches(lotDocuments), nothingLate));

  const everyQuestion = (engine: typeof meilisearch) => [
    () => engine.search(query('lô')),
    () => engine.search(query('')),
    () => engine.suggest('lô', 3, 'vi'),
    () => engine.similar(200, 3),
    () => engine.health(),
  ];

  test.each(['down', 'errors', 'slow'] as const)(
    '%s: every question fails as EngineUnavailable, until it is over',
    async (trouble) => {
      server.trouble = trouble;
      const engine = connect({ timeoutMs: 200 });
      for (const question of everyQuestion(engine)) await expect(question()).rejects.toBeInstanceOf(EngineUnavailable);
      server.trouble = undefined;
      for (const question of everyQuestion(meilisearch)) await question();
    },
  );

  test('a slow server is waited for a few seconds', async () => {
    server.trouble = 'slow';
    const start = performance.now();
    await expect(meilisearch.search(query('lô'))).rejects.toBeInstanceOf(EngineUnavailable);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  test('nobody listens', async () => {
    const engine = connect({ url: 'http://127.0.0.1:9' });
    for (const question of everyQuestion(engine)) await expect(question()).rejects.toBeInstanceOf(EngineUnavailable);
    await expect(engine.apply(lotDocuments, [])).rejects.toBeInstanceOf(EngineUnavailable);
  });

  test.each([['wrong'], [undefined]])('the key is %s', async (wrong) => {
    const engine = createMeilisearch({ url: server.url, key: wrong, synonyms });
    for (const question of everyQuestion(engine)) await expect(question()).rejects.toBeInstanceOf(EngineUnavailable);
    await expect(engine.apply(lotDocuments, [])).rejects.toBeInstanceOf(EngineUnavailable);
    expect((await meilisearch.search(query('lô'))).total).toBe(60);
  });
});

describe('the index', () => {
  test('is missing before the first build, which no question sees half done', async () => {
    await expect(meilisearch.search(query('lô'))).rejects.toBeInstanceOf(IndexMissing);
    await expect(meilisearch.health()).rejects.toBeInstanceOf(EngineUnavailable);
    async function* askedBetween() {
      for (const part of [lotDocuments.slice(0, 30), lotDocuments.slice(30)]) {
        yield part;
        await expect(meilisearch.search(query('lô'))).rejects.toBeInstanceOf(IndexMissing);
      }
    }
    await meilisearch.rebuild(askedBetween(), nothingLate);
    expect((await meilisearch.search(query('lô'))).total).toBe(60);
    expect(server.indexes()).toEqual(['records']);
  });

  test('is never begun by a change', async () => {
    await expect(meilisearch.apply(lotDocuments, [])).rejects.toBeInstanceOf(IndexMissing);
    expect(server.indexes()).toEqual([]);
  });

  test.each(['indexCreation', 'settingsUpdate', 'documentAdditionOrUpdate', 'indexSwap'])(
    'stays as it was when the task %s of a rebuild fails',
    async (type) => {
      await meilisearch.rebuild(batches(lotDocuments.slice(0, 10)), nothingLate);
      server.failNext = { type, message: 'no space left on device' };
      const parts = [lotDocuments.slice(0, 30), lotDocuments.slice(30)];
      await expect(meilisearch.rebuild(batches(...parts), nothingLate)).rejects.toThrow('no space left on device');
      expect((await meilisearch.search(query('lô'))).total).toBe(10);
      // The next rebuild doesn't stumble over what the failed one left.
      await meilisearch.rebuild(batches(...parts), nothingLate);
      expect((await meilisearch.search(query('lô'))).total).toBe(60);
      expect(server.indexes()).toEqual(['records']);
    },
  );

  test.each(['documentAdditionOrUpdate', 'documentDeletion'])(
    'says so when the task %s of a change fails',
    async (type) => {
      await meilisearch.rebuild(batches(lotDocuments.slice(0, 10)), nothingLate);
      server.failNext = { type, message: 'no space left on device' };
      await expect(meilisearch.apply(lotDocuments.slice(1), [200])).rejects.toThrow('no space left on device');
      await meilisearch.apply(lotDocuments.slice(1), [200]);
      expect((await meilisearch.search(query('lô'))).total).toBe(59);
    },
  );

  test('has the name it is given', async () => {
    const own = createMeilisearch({ url: server.url, key, synonyms, indexName: 'khac' });
    await own.rebuild(batches(lotDocuments), nothingLate);
    expect(server.indexes()).toEqual(['khac']);
    expect((await own.search(query('lô'))).total).toBe(60);
  });
});

describe('with a database', () => {
  let folder: string;
  let open: OpenDatabase;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'meilisearch-'));
    open = openDatabase(databaseFile(folder));
    await migrate(open.db);
  });
  afterEach(async () => {
    await open.db.destroy();
    rmSync(folder, { recursive: true });
  });

  test('the router asks the embedded engine while Meilisearch is down, and returns to it', async () => {
    const embedded = createEmbeddedEngine({ file: databaseFile(folder), synonyms });
    await createEmbeddedIndex(open.sqlite).apply(lotDocuments, []);
    await meilisearch.rebuild(batches(lotDocuments), nothingLate);
    let now = 1_000_000;
    const router = createRouter(embedded, meilisearch, () => now);
    const answeredBy = async (q: string) => (await router.search(query(q))).engine;

    expect(await answeredBy('lô')).toBe('meilisearch');
    expect(await answeredBy(' ')).toBe('embedded');
    server.trouble = 'down';
    const fallback = await router.search(query('lô'));
    expect(fallback).toMatchObject({ engine: 'embedded', total: 60 });
    expect(router.current()).toBe('embedded');
    await router.health();
    expect(await router.suggest('lô', 3, 'vi')).toHaveLength(3);

    server.trouble = undefined;
    server.requests.length = 0;
    expect(await answeredBy('lô')).toBe('embedded');
    expect(server.requests).toEqual([]);
    now += 5_001;
    expect(await answeredBy('lô')).toBe('meilisearch');
    // A server whose data was deleted is no better than one that is down.
    server.wipe();
    expect(await answeredBy('lô')).toBe('embedded');
    await router.close();
  });

  describe('changes', () => {
    /** The records as the database would have them: what is absent is not public. */
    let records: Map<number, SearchDocument>;
    let now: number;
    const load = async (_: unknown, ids: number[]) => ({
      documents: ids.flatMap((id) => records.get(id) ?? []),
      deletedIds: ids.filter((id) => !records.has(id)),
    });
    const change = async (id: number, title?: string) => {
      if (title === undefined) records.delete(id);
      else records.set(id, documentOf({ id, title }));
      await open.db
        .insertInto('outbox')
        .values({ recordId: id, createdAt: new Date(now).toISOString() })
        .execute();
    };
    const drain = (index: SearchIndex = meilisearch) => drainRemote(open.db, index, load, now);
    const drainAll = async () => {
      while ((await drain()) > 0);
    };
    const consumer = async () =>
      (await open.db.selectFrom('search_consumer').selectAll().executeTakeFirst()) ?? {
        seq: -1,
        attempts: -1,
        nextAttemptAt: 0,
        lastError: null,
      };
    const total = async (q: string) => (await meilisearch.search(query(q))).total;

    beforeEach(async () => {
      records = new Map();
      now = 1_800_000_000_000;
      await rebuild(open.db, meilisearch, load);
    });

    test('arrive in order, each batch after the one before', async () => {
      for (let id = 1; id <= batchSize + 10; id += 1) await change(id, 'Lô đầu');
      await change(1, 'Lô sau');
      await change(2);
      const applied: number[][] = [];
      const watched: SearchIndex = {
        ...meilisearch,
        async apply(documents, deletedIds) {
          applied.push([...documents.map(({ id }) => id), ...deletedIds]);
          await meilisearch.apply(documents, deletedIds);
        },
      };
      expect(await drain(watched)).toBe(batchSize);
      expect(await drain(watched)).toBe(12);
      expect(await drain(watched)).toBe(0);
      expect(applied.map((ids) => ids.toSorted((a, b) => a - b))).toEqual([
        Array.from({ length: batchSize }, (_, i) => i + 1),
        [1, 2, ...Array.from({ length: 10 }, (_, i) => batchSize + 1 + i)],
      ]);
      expect(await total('lô')).toBe(batchSize + 9);
      expect(await total('"lô sau"')).toBe(1);
      expect(await lagOf(open.db, now)).toMatchObject([
        { engine: 'meilisearch', pending: 0, attempts: 0, lastError: null },
      ]);
    });

    test('are lost by no outage: retried after growing pauses, and caught up', async () => {
      await change(1, 'Lô một');
      await drainAll();
      server.trouble = 'down';
      for (let id = 2; id <= 30; id += 1) await change(id, `Lô ${id}`);
      await change(1);
      const pauses: number[] = [];
      for (let attempt = 1; attempt <= 10; attempt += 1) {
        expect(await drain()).toBe(0);
        const { attempts, nextAttemptAt, lastError, seq } = await consumer();
        expect({ attempts, seq }).toEqual({ attempts: attempt, seq: 1 });
        expect(lastError).toContain('EngineUnavailable');
        pauses.push(nextAttemptAt - now);
        // Before the pause is over nothing is tried.
        expect(await drain()).toBe(0);
        expect((await consumer()).attempts).toBe(attempt);
        now = nextAttemptAt;
      }
      expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
      expect(await lagOf(open.db, now)).toMatchObject([{ pending: 30, attempts: 10 }]);

      server.trouble = undefined;
      await drainAll();
      expect(await consumer()).toMatchObject({ seq: 31, attempts: 0, nextAttemptAt: 0, lastError: null });
      expect(await total('lô')).toBe(29);
      expect(await total('"lô một"')).toBe(0);
    });

    test('are sent again after a task that failed', async () => {
      await change(1, 'Lô một');
      server.failNext = { type: 'documentAdditionOrUpdate', message: 'no space left on device' };
      expect(await drain()).toBe(0);
      expect(await consumer()).toMatchObject({
        seq: 0,
        attempts: 1,
        lastError: expect.stringContaining('no space left'),
      });
      now += 500;
      expect(await drain()).toBe(1);
      expect(await total('"lô một"')).toBe(1);
    });

    test('lead to a rebuild when the server has lost its index', async () => {
      await change(1, 'Lô một');
      await drainAll();
      server.wipe();
      await change(2, 'Lô hai');
      expect(await drain()).toBe(0);
      expect(await registerConsumer(open.db, meilisearch.name)).toBe(false);
      expect(server.indexes()).toEqual([]);
    });
  });
});
