/** The thread that searches: a long query never stalls the visitors whom the main thread serves. */
import { parentPort, workerData } from 'node:worker_threads';
import { busyCacheKb, openSqlite } from '../../db/client.ts';
import { Searcher } from './searcher.ts';

export interface WorkerSettings {
  file: string;
  /** A fixed list; without one, the Department's, which is followed. */
  synonyms?: string[][];
  memo?: number;
}

export type Method = 'search' | 'suggest' | 'similar' | 'alike' | 'ping';
export interface Request {
  call: number;
  method: Method;
  args: unknown[];
}
/** An answer; or the news that from now on a rebuilt index answers. */
export type Reply = { call: number; value: unknown } | { call: number; error: string } | 'rebuilt';

const { file, synonyms, memo } = workerData as WorkerSettings;
const searcher = new Searcher(openSqlite(file, { readonly: true, cache: busyCacheKb }), synonyms, {
  ...(memo !== undefined && { memo }),
  onRebuilt: () => parentPort?.postMessage('rebuilt' satisfies Reply),
});

const methods: Record<Method, (...args: never[]) => unknown> = {
  search: searcher.search.bind(searcher),
  suggest: searcher.suggest.bind(searcher),
  similar: searcher.similar.bind(searcher),
  alike: searcher.alike.bind(searcher),
  ping: () => searcher.refresh(),
};

let isReading = false;

/** Reads a rebuilt index, a slice between two questions. */
function readOn(): void {
  isReading = searcher.readOn();
  if (isReading) setImmediate(readOn);
}

parentPort?.on('message', ({ call, method, args }: Request) => {
  try {
    parentPort?.postMessage({ call, value: methods[method](...(args as never[])) });
  } catch (error) {
    parentPort?.postMessage({ call, error: String(error) });
  }
  if (!isReading) readOn();
});
