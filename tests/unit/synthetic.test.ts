import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import { seedVocabularies } from '../../db/seed/vocabularies.ts';
import { kindCodes } from '../../src/catalogue/kind.ts';
import { kinds } from '../../src/catalogue/kinds/index.ts';
import { parseRecord } from '../../src/catalogue/save.ts';
import { syntheticRecord } from '../../src/catalogue/synthetic/generate.ts';
import { readCorpus } from '../../src/catalogue/synthetic/language.ts';
import { createRandom } from '../../src/catalogue/synthetic/random.ts';
import { seedSynthetic } from '../../src/catalogue/synthetic/write.ts';

const corpus = readCorpus();
const codes = { fields: ['2', '211', '1'], areas: ['31-chi-linh', '31', '01'] };
const records = Array.from({ length: 600 }, (_, i) => syntheticRecord(i + 1, corpus, codes));

describe('a made-up record', () => {
  test.each(kindCodes)('of the kind %s keeps its rules and is marked demo', (code) => {
    const ofKind = records.filter((record) => record.kind === code);
    expect(ofKind.length).toBeGreaterThan(3);
    for (const { values } of ofKind) {
      const parsed = parseRecord(kinds[code], values);
      expect(parsed).toMatchObject({ ok: true, input: { shared: { demo: true } } });
    }
  });

  test('is the same whenever it is made', () => {
    expect(syntheticRecord(77, readCorpus(), codes)).toEqual(records[76]);
  });

  test('links only to earlier records of the right kinds', () => {
    const linked = records.flatMap(({ kind, links }, i) =>
      Object.entries(links).flatMap(([relation, targets]) => targets.map((n) => ({ kind, relation, n, own: i + 1 }))),
    );
    expect(linked.length).toBeGreaterThan(100);
    for (const { kind, relation, n, own } of linked) {
      expect(n).toBeLessThan(own);
      expect(kinds[kind].relations[relation].to).toContain(records[n - 1].kind);
    }
  });

  test('is as long as a real one', () => {
    const words = (texts: unknown[]) => texts.join(' ').split(/\s+/).length / texts.length;
    expect(words(records.map(({ values }) => values.title))).toBeCloseTo(10, -1);
    expect(words(records.map(({ values }) => values.summary))).toBeGreaterThan(30);
    expect(words(records.map(({ values }) => values.body))).toBeGreaterThan(90);
  });
});

test('chance is the same for the same seed and spreads by rank', () => {
  const draws = (seed: number) => {
    const random = createRandom(seed);
    return Array.from({ length: 5000 }, () => random.zipf(['a', 'b', 'c']));
  };
  expect(draws(1)).toEqual(draws(1));
  expect(draws(1)).not.toEqual(draws(2));
  const share = (item: string) => draws(3).filter((drawn) => drawn === item).length / 5000;
  expect(share('a')).toBeGreaterThan(share('b'));
  expect(share('b')).toBeGreaterThan(share('c'));
});

describe('seeding', () => {
  const open = async () => {
    const { db, sqlite } = openDatabase(':memory:');
    await migrate(db);
    await seedVocabularies(db);
    return {
      db,
      all: () => sqlite.prepare('select kind, slug, title, body, demo, status from record order by id').all(),
    };
  };
  const now = new Date('2026-01-01');

  test('adds up to the wanted number, the same records in one go or several', async () => {
    const once = await open();
    const twice = await open();
    expect(await seedSynthetic(once.db, 150, () => {}, now)).toBe(150);
    expect(await seedSynthetic(twice.db, 60, () => {}, now)).toBe(60);
    expect(await seedSynthetic(twice.db, 150, () => {}, now)).toBe(90);
    expect(await seedSynthetic(twice.db, 150, () => {}, now)).toBe(0);
    expect(twice.all()).toEqual(once.all());
    expect(once.all()).toHaveLength(150);
    await Promise.all([once.db.destroy(), twice.db.destroy()]);
  });
});
