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

const searcher = () => new Searcher(openSqlite(databaseFile(folder), { readonly: true }), [['AI', 'trí tuệ']]);

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

test('whoever follows the changes of documents finds what somebody finds who reads all anew', async () => {
  const index = createEmbeddedIndex(open.sqlite);
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
      const following = searcher();
      const answers = (one: Searcher) =>
        questions.map((q) => {
          const query = { q, filters: {}, sort: 'relevance', offset: 0, limit: 50, facets: ['kind'] } as const;
          const { total, hits, facets } = one.search({ ...query, facets: ['kind'], language: 'vi' });
          return { q, total, facets, ids: hits.map(({ display }) => JSON.parse(display).id) };
        });
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
