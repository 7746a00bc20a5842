import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { createEmbeddedEngine } from '../../search/embedded/engine.ts';
import type { SearchEngine } from '../../search/engine.ts';
import { metaOf } from '../../src/catalogue/attributes.ts';
import { allKinds } from '../../src/catalogue/kinds/index.ts';
import { loadVocabulary } from '../../src/catalogue/vocabulary.ts';
import { isMessageKey } from '../../src/i18n/translate.ts';
import { catalogueFolder } from '../support/server.ts';

const folder = catalogueFolder();
const file = databaseFile(folder.dataDir);
const { db } = openDatabase(file);
let engine: SearchEngine;

beforeAll(() => {
  engine = createEmbeddedEngine({ file, synonyms: [] });
});

afterAll(async () => {
  await engine.close();
  await db.destroy();
  folder.remove();
});

const facetsOf = async (kind: string | undefined, facets: string[]) =>
  (
    await engine.search({
      q: '',
      filters: kind ? { kind: [kind] } : {},
      sort: 'newest',
      offset: 0,
      limit: 0,
      facets,
      language: 'vi',
    })
  ).facets;

describe('the demo catalogue shows everything that the site can show', () => {
  test('at least 300 records over the eight kinds, each marked or with its source', async () => {
    const counts = (await facetsOf(undefined, ['kind'])).kind;
    const { policy, ...eight } = counts;
    expect(Object.keys(eight)).toHaveLength(8);
    expect(Object.values(eight).reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(300);
    expect(policy).toBeGreaterThan(8);
    const unmarked = await db
      .selectFrom('record')
      .select('slug')
      .where('demo', '=', 0)
      .where('sourceText', 'is', null)
      .execute();
    expect(unmarked).toEqual([]);
  });

  test('every field of the classification and every place', async () => {
    const { field, area } = await facetsOf(undefined, ['field', 'area']);
    const vocabulary = await loadVocabulary(db);
    expect([...vocabulary.fields.keys()].filter((code) => !field[code])).toEqual([]);
    expect([...vocabulary.areas.keys()].filter((code) => !area[code])).toEqual([]);
  });

  test.each(allKinds.filter((kind) => kind.code !== 'policy').map((kind) => [kind.code, kind] as const))(
    '%s: every choice of every filter',
    async (code, kind) => {
      const counts = await facetsOf(
        code,
        kind.facets.map((facet) => facet.key),
      );
      for (const facet of kind.facets) {
        const attribute = Object.values(kind.attributes.shape).find(
          (schema) => metaOf(schema).vocabulary === facet.vocabulary,
        );
        const wanted = facet.order ?? (attribute ? (metaOf(attribute).values ?? []) : []);
        expect(
          wanted.filter((value) => !counts[facet.key]?.[value]),
          facet.key,
        ).toEqual([]);
        expect(Object.keys(counts[facet.key]).length, facet.key).toBeGreaterThan(0);
      }
    },
  );

  test('English titles and summaries, and no text twice', async () => {
    const rows = await db.selectFrom('record').select(['title', 'titleEn', 'summary', 'summaryEn', 'body']).execute();
    expect(rows.filter((row) => !row.titleEn || !row.summaryEn)).toEqual([]);
    for (const name of ['title', 'summary', 'summaryEn', 'body'] as const) {
      const texts = rows.map((row) => row[name]).filter((text) => text !== null);
      expect(new Set(texts).size, name).toBe(texts.length);
    }
  });

  test('every choice has a name in both languages', () => {
    for (const kind of allKinds) {
      for (const schema of Object.values(kind.attributes.shape)) {
        const { values = [], vocabulary } = metaOf(schema);
        if (vocabulary === 'vsic') continue;
        for (const value of values)
          expect(isMessageKey(`value.${vocabulary}.${value}`), `${vocabulary}.${value}`).toBe(true);
      }
      for (const facet of kind.facets) expect(isMessageKey(`facet.${facet.key}`), facet.key).toBe(true);
      for (const group of Object.keys(kind.sections)) expect(isMessageKey(`group.${group}`), group).toBe(true);
      for (const relation of Object.keys(kind.relations)) {
        expect(isMessageKey(`relation.${relation}`) && isMessageKey(`backlink.${relation}`), relation).toBe(true);
      }
    }
  });
});
