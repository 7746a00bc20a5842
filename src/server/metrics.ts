import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Db } from '../../db/client.ts';
import type { SearchRouter } from '../../search/router.ts';
import { lagOf } from '../../search/sync.ts';
import { newestBackup } from './backups.ts';
import type { PageCache } from './page-cache.ts';

/** What the operator's monitoring reads at /metrics. */
export interface Metrics {
  contentType: string;
  /** @param route the pattern of the address, never the address itself: a series a page, not a series a visitor */
  count(route: string, status: number | 'aborted', seconds: number): void;
  /** Everything, in Prometheus' text format. */
  text(): Promise<string>;
}

/** Seconds. */
const buckets = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const mailStates = ['waiting', 'sending', 'failed'] as const;
const failureStatuses: readonly (number | 'aborted')[] = [500, 503];
/** Where these are an answer like any other: readiness, and the pages that say so, opened by their own address. */
const failureRoutes = new Set(['/readyz', '/500', '/tam-ngung-ghi']);
/** Between two readings of the event loop's delay, in milliseconds. */
const delayEveryMs = 20;

export function createMetrics(watched: {
  db: Db;
  search: SearchRouter;
  pageCache: PageCache;
  backupDir: string;
}): Metrics {
  const { db, search, pageCache, backupDir } = watched;
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Answers by route pattern and status',
    labelNames: ['route', 'status'],
    registers,
    collect() {
      for (const { route, full, unchanged } of pageCache.takeGiven()) {
        this.inc({ route, status: 200 }, full);
        this.inc({ route, status: 304 }, unchanged);
      }
    },
  });
  // There from the start, since Prometheus takes no rise from a series' first value: the first failure is told too.
  const failures = new Counter({
    name: 'http_failures_total',
    help: 'Answers of 500 (a failure) and 503 (nothing can be saved), where none is asked for',
    labelNames: ['status'],
    registers,
  });
  for (const status of failureStatuses) failures.inc({ status }, 0);
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to the end of its answer, by route pattern; without answers out of the page cache',
    labelNames: ['route'],
    buckets,
    registers,
  });
  new Gauge({
    name: 'page_cache_questions',
    help: 'Questions to the page cache since the start, by result',
    labelNames: ['result'],
    registers,
    collect() {
      this.set({ result: 'hit' }, pageCache.hits);
      this.set({ result: 'miss' }, pageCache.misses);
    },
  });
  new Gauge({
    name: 'search_engine_in_use',
    help: '1 for the engine that answers searches now; configured: the one that should',
    labelNames: ['engine', 'configured'],
    registers,
    collect() {
      this.reset();
      this.set({ engine: search.current(), configured: search.configured }, 1);
    },
  });
  const pending = new Gauge({
    name: 'search_index_pending',
    help: 'Changes that an engine has not indexed yet',
    labelNames: ['engine'],
    registers,
  });
  new Gauge({
    name: 'search_index_lag_seconds',
    help: 'Age of the oldest change that an engine has not indexed yet',
    labelNames: ['engine'],
    registers,
    async collect() {
      this.reset();
      pending.reset();
      for (const lag of await lagOf(db)) {
        this.set({ engine: lag.engine }, lag.oldestAgeMs / 1000);
        pending.set({ engine: lag.engine }, lag.pending);
      }
    },
  });
  new Gauge({
    name: 'mail_messages',
    help: 'Messages that have not been sent, by state; sending: under way, or interrupted by a crash',
    labelNames: ['state'],
    registers,
    async collect() {
      const rows = await db
        .selectFrom('mail')
        .select((eb) => ['state', eb.fn.countAll<number>().as('n')])
        .where('state', 'in', mailStates)
        .groupBy('state')
        .execute();
      for (const state of mailStates) this.set({ state }, rows.find((row) => row.state === state)?.n ?? 0);
    },
  });
  new Gauge({
    name: 'backup_age_seconds',
    help: 'Age of the newest scheduled backup; absent while there is none',
    registers,
    async collect() {
      const newest = await newestBackup(backupDir);
      this.remove();
      if (newest !== undefined) this.set((Date.now() - newest) / 1000);
    },
  });
  const delay = monitorEventLoopDelay({ resolution: delayEveryMs });
  delay.enable();
  new Gauge({
    name: 'event_loop_delay_seconds',
    help: 'How late the event loop was since the last reading',
    labelNames: ['quantile'],
    registers,
    collect() {
      for (const quantile of [50, 99]) {
        // Node measures from one reading to the next, the pause that was asked for included.
        const late = delay.percentile(quantile) / 1e9 - delayEveryMs / 1000;
        this.set({ quantile: quantile / 100 }, Math.max(0, late));
      }
      delay.reset();
    },
  });
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  return {
    contentType: registry.contentType,
    count(route, status, seconds) {
      requests.inc({ route, status });
      if (failureStatuses.includes(status) && !failureRoutes.has(route)) failures.inc({ status });
      durations.observe({ route }, seconds);
    },
    text: () => registry.metrics(),
  };
}
