import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { listPath, recordPath } from '../../src/catalogue/address.ts';
import type { KindDeclaration } from '../../src/catalogue/kind.ts';
import { allKinds } from '../../src/catalogue/kinds/index.ts';
import { defaultPerPage } from '../../src/catalogue/list-query.ts';
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
const search = (q: string) => `${listPath(undefined, language())}?q=${encodeURIComponent(q)}`;

/** What there is to look at. */
export interface Sights {
  /** A few hundred records of every kind. */
  details: string[];
  /** Every list, whole and by the first fields, with the number of its pages. */
  whole: List[];
  filtered: List[];
}

interface List {
  kind: KindDeclaration;
  filter: string;
  pages: number;
}

/** A page of a list; further ones are seldom seen. */
const pageOf = ({ kind, filter, pages }: List, last = pages): string => {
  const page = 1 + Math.floor(Math.random() ** 2 * Math.min(last, pages));
  return `${listPath(kind, language())}${queryOf(filter, page > 1 ? `page=${page}` : '')}`;
};
const queryOf = (...parameters: string[]) => {
  const text = parameters.filter(Boolean).join('&');
  return text && `?${text}`;
};

const apiOf = ({ kind, filter }: List) => `/api/v1/${kind.api}${queryOf(filter)}`;

/** What visitors ask for, of a hundred questions. */
const mix = [
  { what: 'home', share: 10, path: () => (language() === 'vi' ? '/' : '/en') },
  { what: 'list', share: 12, path: ({ whole }: Sights) => pageOf(oneOf(whole), 1) },
  { what: 'list, page', share: 6, path: ({ whole }: Sights) => pageOf(oneOf(whole), 20) },
  { what: 'list, filter', share: 10, path: ({ filtered }: Sights) => pageOf(oneOf(filtered), 1) },
  { what: 'list, filter and page', share: 6, path: ({ filtered }: Sights) => pageOf(oneOf(filtered), 20) },
  { what: 'detail', share: 25, path: ({ details }: Sights) => popular(details) },
  { what: 'search', share: 8, path: () => search(oneOf(queries.marked)) },
  { what: 'search, no marks', share: 4, path: () => search(oneOf(queries.unmarked)) },
  { what: 'search, typo', share: 4, path: () => search(oneOf(queries.mistyped)) },
  {
    what: 'suggestions',
    share: 9,
    path: () => `/api/v1/suggest?q=${encodeURIComponent(oneOf(beginnings))}`,
  },
  { what: 'API, list', share: 3, path: ({ filtered }: Sights) => apiOf(oneOf(filtered)) },
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

/** Looks around in the API. */
export async function readSights(url: string): Promise<Sights> {
  const sights: Sights = { details: [], whole: [], filtered: [] };
  const read = async (kind: KindDeclaration, filter: string) => {
    const answer = await fetch(`${url}/api/v1/${kind.api}${queryOf(filter, 'perPage=100')}`);
    const { items, total } = (await answer.json()) as { items: { kind: string; slug: string }[]; total: number };
    return { items, list: { kind, filter, pages: Math.max(1, Math.ceil(total / defaultPerPage)) } };
  };
  for (const kind of allKinds) {
    const { items, list } = await read(kind, '');
    sights.details.push(...items.map((item) => recordPath(item, language())));
    sights.whole.push(list);
    for (let field = 1; field <= 5; field += 1) sights.filtered.push((await read(kind, `field=${field}`)).list);
  }
  sights.details.sort(() => Math.random() - 0.5);
  return sights;
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
  { url, sights, think, seen }: { url: string; sights: Sights; think: () => number; seen: (visit: Visit) => void },
): () => Promise<void> {
  let over = false;
  const visitor = async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    // They don't come all at once.
    await sleep(Math.random() * think());
    while (!over) {
      const { what, path: pathOf } = nextQuestion();
      const path = pathOf(sights);
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
