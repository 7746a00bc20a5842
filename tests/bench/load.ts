import autocannon from 'autocannon';
import { quantile } from './statistics.ts';

/** What a load showed. */
export interface Load {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

export interface LoadOptions {
  /** Gives the address of each request, in order. */
  path: () => string;
  /** Asks for Brotli as browsers do; without it for plain bytes. */
  compressed?: boolean;
  seconds?: number;
  connections?: number;
  /** Requests a second; as many as possible when absent. */
  rate?: number;
}

export const connections = 10;

/** Sends requests for a few seconds and measures each answer. @throws when one of them is not 2xx */
export async function load(
  url: string,
  { path, compressed = false, seconds = 3, rate, connections: open = connections }: LoadOptions,
): Promise<Load> {
  const times: number[] = [];
  const run = autocannon({
    url,
    connections: open,
    duration: seconds,
    ...(rate && { overallRate: rate }),
    headers: compressed ? { 'accept-encoding': 'gzip, deflate, br' } : {},
    requests: [{ setupRequest: (request) => ({ ...request, path: path() }) }],
  });
  run.on('response', (_client, _status, _bytes, ms) => times.push(ms));
  const result = await run;
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}${path()}: ${result.non2xx} answers were not 2xx, ${result.errors} failed`);
  }
  return { perSecond: result['2xx'] / result.duration, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

/** One path again and again. */
export const always = (path: string) => () => path;

/** The paths in order, from the beginning again after the last. */
export function inTurn(paths: string[]): () => string {
  let i = 0;
  return () => paths[i++ % paths.length];
}
