import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import type { SearchRouter } from '../../search/router.ts';
import { backupName } from '../../src/server/backups.ts';
import { createMetrics, type Metrics } from '../../src/server/metrics.ts';
import { PageCache } from '../../src/server/page-cache.ts';

const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
const { db } = openDatabase(databaseFile(folder));
let metrics: Metrics;

beforeAll(async () => {
  await migrate(db);
  await db
    .insertInto('search_consumer')
    .values({ engine: 'embedded', seq: 0, attempts: 0, nextAttemptAt: 0 })
    .execute();
  // Only these two are asked.
  const search = { configured: 'meilisearch', current: () => 'embedded' } as SearchRouter;
  metrics = createMetrics({ db, search, pageCache: new PageCache(), backupDir: folder });
});

afterAll(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true });
});

const expressions = [...readFileSync('.deploy/alerts.yml', 'utf8').matchAll(/^ *expr: (.+)$/gm)].map(
  ([, text]) => text,
);
/** Prometheus' own. */
const words = new Set(['and', 'or', 'on', 'by', 'sum', 'up']);
/** The series that an expression names, with the labels that it demands. */
const selectorsOf = (expression: string) =>
  [...expression.matchAll(/(?<![\w"[])([a-z_]+)(?![\w"(])(?:\{([^}]*)\})?/g)]
    .filter(([, name]) => !words.has(name) && name !== 'le')
    .map(([, name, labels]) => ({ name, labels: labels ? labels.split(/, ?/) : [] }));

test('every alert reads a series that the server tells', async () => {
  metrics.count('/', 200, 0.1);
  writeFileSync(join(folder, backupName(new Date())), '');
  const series = (await metrics.text()).split('\n');
  const selectors = expressions.flatMap(selectorsOf);
  expect(expressions.length).toBeGreaterThan(8);
  expect(selectors.length).toBeGreaterThanOrEqual(expressions.length - 1);
  const unknown = selectors.filter(
    ({ name, labels }) =>
      !series.some((line) => new RegExp(`^${name}[ {]`).test(line) && labels.every((label) => line.includes(label))),
  );
  expect(unknown).toEqual([]);
});

test('whose rise is watched is there before the first failure, and readiness is none', async () => {
  const read = async () => (await metrics.text()).split('\n');
  const watched = expressions.flatMap((text) => [...text.matchAll(/increase\(([^[]+)\[/g)].map(([, name]) => name));
  expect(watched).toHaveLength(2);
  for (const name of watched) expect(await read()).toContain(`${name} 0`);
  for (const route of ['/readyz', '/tam-ngung-ghi']) metrics.count(route, 503, 0.1);
  metrics.count('/500', 500, 0.1);
  metrics.count('/tai-khoan', 503, 0.1);
  metrics.count('/tai-khoan', 'aborted', 0.1);
  expect(await read()).toContain('http_failures_total{status="503"} 1');
  expect(await read()).toContain('http_failures_total{status="500"} 0');
});
