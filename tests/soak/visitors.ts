import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { listPath, recordPath } from '../../src/catalogue/address.ts';
import { allKinds } from '../../src/catalogue/kinds/index.ts';
import { beginnings, queries } from '../bench/queries.ts';
import { quantile } from '../bench/statistics.ts';

/** One answer, or none. */
export interface Visit {
  /** What was asked, by its name in the mix. */
  what: string;
  /** 0: no answer. */
  status: number;
  /** From the question to the answer's last byte, milliseconds. */
  ms: number;
  path: string;
}

const oneOf = <T>(things: readonly T[]): T => things[Math.floor(Math.random() * things.length)];
/** The first ones more often than the last. */
const popular = <T>(things: readonly T[]): T => things[Math.floor(things.length * Math.random() ** 2)];
const language = () => (Math.random() < 0.1 ? 'en' : 'vi');
const list = () => listPath(oneOf(allKinds), language());
const search = (q: string) => `${listPath(undefined, language())}?q=${encodeURIComponent(q)}`;
const field = () => `field=${1 + Math.floor(Math.random() * 5)}`;
const page = () => `page=${1 + Math.floor(Math.random() ** 2 * 20)}`;

/** What visitors ask for, of a hundred questions. */
const mix = [
  { what: 'home', share: 10, path: () => (language() === 'vi' ? '/' : '/en') },
  { what: 'list', share: 12, path: list },
  { what: 'list, filter', share: 10, path: () => `${list()}?${field()}` },
  { what: 'list, filter and page', share: 6, path: () => `${list()}?${field()}&${page()}` },
  { what: 'list, page', share: 6, path: () => `${list()}?${page()}` },
  { what: 'detail', share: 25, path: (details: string[]) => popular(details) },
  { what: 'search', share: 8, path: () => search(oneOf(queries.marked)) },
  { what: 'search, no marks', share: 4, path: () => search(oneOf(queries.unmarked)) },
  { what: 'search, typo', share: 4, path: () => search(oneOf(queries.mistyped)) },
  {
    what: 'suggestions',
    share: 9,
    path: () => `/api/v1/suggest?q=${encodeURIComponent(oneOf(beginnings))}`,
  },
  { what: 'API, list', share: 3, path: () => `/api/v1/${oneOf(allKinds).api}?${field()}&${page()}` },
  { what: 'API, search', share: 3, path: () => `/api/v1/search?q=${encodeURIComponent(oneOf(queries.marked))}` },
];

function nextQuestion() {
  let at = Math.random() * 100;
  for (const question of mix) {
    at -= question.share;
    if (at < 0) return question;
  }
  return mix[0];
}

/** Addresses of a few hundred records of every kind. */
export async function readDetails(url: string): Promise<string[]> {
  const details: string[] = [];
  for (const { api } of allKinds) {
    const answer = await fetch(`${url}/api/v1/${api}?perPage=100`);
    const { items } = (await answer.json()) as { items: { kind: string; slug: string }[] };
    details.push(...items.map((item) => recordPath(item, language())));
  }
  return details.sort(() => Math.random() - 0.5);
}

/** Asks as a browser does, on a connection that stays open; the bytes are not unpacked, which spares the client's processor. */
function ask(url: string, path: string, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    const request = get(
      url + path,
      { agent, headers: { 'accept-encoding': 'gzip, deflate, br', 'accept-language': 'vi' } },
      (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
        response.once('error', () => resolve(0));
      },
    );
    request.once('error', () => resolve(0));
  });
}

/**
 * Visitors who ask, read and ask again.
 * @param think how long one reads, milliseconds
 * @returns a function that ends them and waits for their last answers
 */
export function visitors(
  count: number,
  { url, details, think, seen }: { url: string; details: string[]; think: () => number; seen: (visit: Visit) => void },
): () => Promise<void> {
  let over = false;
  const visitor = async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    // They don't come all at once.
    await sleep(Math.random() * think());
    while (!over) {
      const { what, path: pathOf } = nextQuestion();
      const path = pathOf(details);
      const start = performance.now();
      const status = await ask(url, path, agent);
      seen({ what, status, ms: performance.now() - start, path });
      await sleep(think());
    }
    agent.destroy();
  };
  const all = Promise.all(Array.from({ length: count }, visitor));
  return async () => {
    over = true;
    await all;
  };
}

/** The wrong ones of these: no answer, or one that is not 2xx. */
export const failuresOf = (visits: Visit[]): string[] =>
  visits.filter(({ status }) => status < 200 || status > 299).map(({ status, path }) => `${status} ${path}`);

export const percentile = (visits: Visit[], share: number): number =>
  quantile(
    visits.map(({ ms }) => ms),
    share,
  );

/** p50 and p99 of each kind of question in two loads, milliseconds. */
export function byQuestion(idle: Visit[], loaded: Visit[]): Record<string, Record<string, number>> {
  const row = (a: Visit[], b: Visit[]) => ({
    'idle, n': a.length,
    'idle p50': Math.round(percentile(a, 0.5)),
    'idle p99': Math.round(percentile(a, 0.99)),
    'loaded, n': b.length,
    'loaded p50': Math.round(percentile(b, 0.5)),
    'loaded p99': Math.round(percentile(b, 0.99)),
  });
  const of = (visits: Visit[], wanted: string) => visits.filter(({ what }) => what === wanted);
  return Object.fromEntries([
    ...mix.map(({ what }): [string, ReturnType<typeof row>] => [what, row(of(idle, what), of(loaded, what))]),
    ['all', row(idle, loaded)],
  ]);
}
