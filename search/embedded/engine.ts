import { Worker } from 'node:worker_threads';
import {
  type DisplayDocument,
  EngineUnavailable,
  type SearchEngine,
  type SearchHit,
  type SearchResult,
} from '../engine.ts';
import type { RawHit, RawResult } from './searcher.ts';
import type { Method, Reply, WorkerSettings } from './worker.ts';

const hitOf = ({ display, highlights }: RawHit): SearchHit => ({
  document: JSON.parse(display) as DisplayDocument,
  highlights,
});

/**
 * The embedded engine: FTS5 in the SQLite file, asked in a thread of its own, which is started again when it dies.
 * @param settings.file the database, already migrated
 * @param onRebuilt called when a rebuilt index has taken over: what was made from earlier answers is out of date
 */
export function createEmbeddedEngine(settings: WorkerSettings, onRebuilt?: () => void): SearchEngine {
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let calls = 0;
  let closed = false;
  let worker: Worker | undefined;

  const start = (): Worker => {
    const started = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: settings,
      // A search makes little that outlives it; without a bound V8 keeps room for ten times as much.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    started.on('message', (reply: Reply) => {
      if (reply === 'rebuilt') return onRebuilt?.();
      const call = waiting.get(reply.call);
      waiting.delete(reply.call);
      if ('error' in reply) call?.reject(new EngineUnavailable(reply.error));
      else call?.resolve(reply.value as never);
    });
    const fail = (cause: unknown) => {
      if (worker === started) worker = undefined;
      for (const { reject } of waiting.values()) reject(new EngineUnavailable('The search thread stopped', { cause }));
      waiting.clear();
      // The next thread reads the newest index.
      if (!closed) onRebuilt?.();
    };
    started.on('error', fail);
    started.on('exit', fail);
    started.unref();
    return started;
  };

  const ask = <T>(method: Method, ...args: unknown[]): Promise<T> => {
    if (closed) return Promise.reject(new EngineUnavailable('The embedded engine is closed'));
    worker ??= start();
    // Only a thread that owes an answer keeps the process alive.
    worker.ref();
    const asked = worker;
    return new Promise<T>((resolve, reject) => {
      calls += 1;
      waiting.set(calls, { resolve, reject });
      asked.postMessage({ call: calls, method, args });
    }).finally(() => {
      if (waiting.size === 0) asked.unref();
    });
  };

  return {
    name: 'embedded',
    async search(query): Promise<SearchResult> {
      const { hits, ...rest } = await ask<RawResult>('search', query);
      return { engine: 'embedded', ...rest, hits: hits.map(hitOf) };
    },
    async suggest(q, limit, language) {
      return (await ask<RawHit[]>('suggest', q, limit, language)).map(hitOf);
    },
    async similar(id, limit) {
      return (await ask<string[]>('similar', id, limit)).map((display) => JSON.parse(display) as DisplayDocument);
    },
    alike: (query) => ask('alike', query),
    async health() {
      await ask<undefined>('ping');
    },
    async close() {
      closed = true;
      await worker?.terminate();
    },
  };
}
