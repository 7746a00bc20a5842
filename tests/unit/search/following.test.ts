import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, type OpenDatabase, openDatabase, openSqlite } from '../../../db/client.ts';
import { migrate } from '../../../db/migrate.ts';
import { createEmbeddedIndex } from '../../../search/embedded/index.ts';
import { Searcher } from '../../../search/embedded/searcher.ts';
import type { SearchDocument } from '../../../search/engine.ts';
import { documentOf } from '../../contract/corpus.ts';

const folder = mkdtempSync(join(tmpdir(), 'following-'));
let open: OpenDatabase;

beforeAll(async () => {
  open = openDatabase(databaseFile(folder));
  await migrate(open.db);
});
afterAll(async () => {
  await open.db.destroy();
  rmSync(folder, { recursive: true });
});

const searcher = (readAtOnce?: number) =>
  new Searcher(openSqlite(databaseFile(folder), { readonly: true }), [['AI', 'trí tuệ']], { readAtOnce });

/** Texts of few words, so that documents share them. */
const text = fc
  .array(fc.constantFrom('sấy', 'say', 'vải', 'vai', 'thiều', 'trí', 'tuệ', 'AI', 'ái', 'KH&CN', 'biotech'), {
    maxLength: 4,
  })
  .map((words) => words.join(' '));
const document: fc.Arbitrary<SearchDocument> = fc
  .record({
    id: fc.integer({ min: 1, max: 12 }),
    title: text,
    titleEn: fc.option(text),
    summary: text,
    body: text,
    keys: fc.array(text, { maxLength: 2 }),
    places: fc.array(text, { maxLength: 2 }),
  })
  .map(documentOf);
const change = fc.record({
  documents: fc.uniqueArray(document, { maxLength: 3, selector: ({ id }) => id }),
  deletedIds: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 2 }),
});
const questions = ['vải', 'vai thieu', '"sấy vải"', 'bio', 'AI', 'trí tuệ', 'say -vải', 'KH&CN vai', 'thieeu', '"ái"'];

const answers = (one: Searcher) =>
  questions.map((q) => {
    const { total, hits, facets } = one.search({
      q,
      filters: {},
      sort: 'relevance',
      offset: 0,
      limit: 50,
      facets: ['kind'],
      language: 'vi',
    });
    return { q, total, facets, ids: hits.map(({ display }) => JSON.parse(display).id) };
  });

async function* inOnePiece(documents: SearchDocument[]) {
  yield documents;
}
const nothingLate = async () => ({ documents: [], deletedIds: [] });

test('whoever follows the changes of documents finds what somebody finds who reads all anew', async () => {
  const index = createEmbeddedIndex(open.sqlite);
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
      const following = searcher();
      for (const { documents, deletedIds } of changes) {
        const written = new Set(documents.map(({ id }) => id));
        await index.apply(
          documents,
          deletedIds.filter((id) => !written.has(id)),
        );
        expect(answers(following)).toEqual(answers(searcher()));
      }
    }),
    { numRuns: 40 },
  );
});

test('a rebuilt index is read beside the one that answers, and what changes meanwhile is found in the end', async () => {
  const index = createEmbeddedIndex(open.sqlite);
  const first = [documentOf({ id: 1, title: 'Sấy vải' }), documentOf({ id: 2, title: 'Vải lụa' })];
  await index.rebuild(inOnePiece(first), nothingLate);
  const following = searcher(0);
  const before = answers(following);
  await index.rebuild(inOnePiece([...first.slice(1), documentOf({ id: 3, title: 'Vải thiều AI' })]), nothingLate);
  expect(answers(following)).toEqual(before);
  expect(following.readOn()).toBe(true);
  await index.apply([documentOf({ id: 4, title: 'Biotech vải' })], [2]);
  expect(answers(following)).toEqual(before);
  let slices = 1;
  while (following.readOn()) slices += 1;
  // Each of the words that were asked for is read by itself.
  expect(slices).toBeGreaterThan(questions.length);
  const after = answers(following);
  expect(after).toEqual(answers(searcher()));
  expect(after[0].ids.toSorted()).toEqual([3, 4]);
});

test('whoever asks about certain records, or after the tables have been emptied, is answered by the new index', async () => {
  const index = createEmbeddedIndex(open.sqlite);
  const first = [1, 2, 3].map((id) => documentOf({ id, title: `Vải số ${id}` }));
  let rebuilt = 0;
  const following = () =>
    new Searcher(openSqlite(databaseFile(folder), { readonly: true }), [], {
      readAtOnce: 0,
      onRebuilt: () => {
        rebuilt += 1;
      },
    });
  const ask = (one: Searcher, among?: number[]) =>
    one
      .search({ q: 'vải', among, filters: {}, sort: 'newest', offset: 0, limit: 50, facets: [], language: 'vi' })
      .hits.map(({ display }) => JSON.parse(display).id);

  await index.rebuild(inOnePiece(first), nothingLate);
  const digest = following();
  await index.rebuild(inOnePiece(first), nothingLate);
  await index.apply([documentOf({ id: 4, title: 'Vải số 4' })], []);
  expect(ask(digest).toSorted()).toEqual([1, 2, 3]);
  expect(ask(digest, [4])).toEqual([4]);
  expect(rebuilt).toBe(1);

  const visitor = following();
  await index.rebuild(inOnePiece(first), nothingLate);
  // One more begins: it empties what the last index answers from.
  async function* breaking(): AsyncGenerator<SearchDocument[]> {
    yield [];
    throw new Error('broken off');
  }
  await expect(index.rebuild(breaking(), nothingLate)).rejects.toThrow('broken off');
  expect(ask(visitor).toSorted()).toEqual([1, 2, 3]);
  expect(rebuilt).toBe(2);
});

test('two rebuilds that nobody has noticed leave nothing of what was there before', async () => {
  const index = createEmbeddedIndex(open.sqlite);
  await index.rebuild(inOnePiece([documentOf({ id: 5, title: 'Sấy vải' })]), nothingLate);
  const following = searcher();
  for (const title of ['Vai áo', 'Vải lụa']) {
    await index.rebuild(inOnePiece([documentOf({ id: 6, title })]), nothingLate);
  }
  expect(answers(following)[0].ids).toEqual([6]);
});
