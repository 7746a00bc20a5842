import { type Filler, minimalPages, sizeOf, startBareServer, startMinimalAstro } from './baselines.ts';
import type { BenchData } from './data.ts';
import { always, inTurn, type Load, load } from './load.ts';
import { type Running, residentMegabytes, startCatalogue } from './processes.ts';
import { beginnings, queries } from './queries.ts';
import { median } from './statistics.ts';

/** A baseline's requests/s, and the median over the rounds of ours ÷ its. */
export interface Baseline {
  perSecond: number;
  ratio: number;
}

/** What is measured over HTTP, beside its baselines in the same minute. */
export interface HttpRow {
  name: string;
  ours: Load;
  bare: Baseline;
  minimal?: Baseline;
  /** The same with one long text instead of elements. */
  minimalText?: Baseline;
}

export interface HttpFigures {
  rows: HttpRow[];
  /** A cached page beside 20 search pages a second, and beside 20 searches of the API. */
  besidePages: Beside;
  besideApi: Beside;
  idleMegabytes: number;
  loadedMegabytes: number;
}

/** p99 of a cached page in milliseconds, alone and while others search. */
export interface Beside {
  alone: number;
  searching: number;
  /** Median over the rounds. */
  ratio: number;
}

interface Target {
  name: string;
  /** An address whose bytes the bare server sends. */
  sample: string;
  path: () => string;
  compressed: boolean;
  /** Compared with a minimal Astro page: each request is rendered anew. */
  anew?: boolean;
}

const rounds = 3;
const seconds = 2;
const searchesPerSecond = 20;

let fresh = 0;
/** The address with something that changes no answer, so that no cache has it. */
const asNew = (path: () => string) => () => {
  fresh += 1;
  const address = path();
  return `${address}${address.includes('?') ? '&' : '?'}fresh=${fresh}`;
};

/** A search's page with the filters of both trees; more of them than any engine remembers. */
const searchPages = (asked: string[]) =>
  inTurn(
    ['2', '1', '4', '3'].flatMap((field) => asked.map((q) => `/tim-kiem?q=${encodeURIComponent(q)}&field=${field}`)),
  );

const offersApi = '/api/v1/technology-offers';

/** Addresses of at most 2000 offers, and how many pages of 20 the list of all has, from the API. */
async function readOffers(url: string): Promise<{ records: string[]; pageCount: number }> {
  const records: string[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await fetch(`${url}${offersApi}?perPage=100&page=${page}`);
    const { items, total } = (await answer.json()) as { items: { slug: string }[]; total: number };
    records.push(...items.map(({ slug }) => `/cong-nghe/${slug}`));
    if (page === 20 || page * 100 >= total) return { records, pageCount: Math.floor(total / 20) };
  }
}

async function targetsOf(url: string): Promise<Target[]> {
  const { records, pageCount } = await readOffers(url);
  const [record] = records;
  const list = asNew(inTurn(Array.from({ length: pageCount }, (_, i) => `/cong-nghe?page=${i + 1}`)));
  const search = searchPages(queries.marked);
  return [
    { name: 'home, cached', sample: '/', path: always('/'), compressed: true },
    { name: 'list, cached', sample: '/cong-nghe', path: always('/cong-nghe'), compressed: true },
    { name: 'detail, cached', sample: record, path: always(record), compressed: true },
    { name: 'home, rendered anew', sample: '/', path: asNew(always('/')), compressed: false, anew: true },
    {
      name: 'list, rendered anew',
      sample: '/cong-nghe',
      path: list,
      compressed: false,
      anew: true,
    },
    { name: 'detail, rendered anew', sample: record, path: asNew(inTurn(records)), compressed: false, anew: true },
    { name: 'list, anew, Brotli', sample: '/cong-nghe', path: list, compressed: true },
    { name: 'search page, marks', sample: search(), path: asNew(search), compressed: false, anew: true },
    { name: 'search page, no marks', sample: search(), path: asNew(searchPages(queries.unmarked)), compressed: false },
    { name: 'search page, typo', sample: search(), path: asNew(searchPages(queries.mistyped)), compressed: false },
    {
      name: 'suggestions',
      sample: `/api/v1/suggest?q=${encodeURIComponent(beginnings[0])}`,
      path: asNew(inTurn(beginnings.map((q) => `/api/v1/suggest?q=${encodeURIComponent(q)}`))),
      compressed: false,
    },
    {
      name: 'API list, rendered anew',
      sample: offersApi,
      path: inTurn(
        [18, 19, 20].flatMap((n) =>
          Array.from({ length: pageCount }, (_, i) => `${offersApi}?perPage=${n}&page=${i + 1}`),
        ),
      ),
      compressed: false,
    },
  ];
}

const middle = (loads: Load[]): Load => ({
  perSecond: median(loads.map((one) => one.perSecond)),
  p50: median(loads.map((one) => one.p50)),
  p99: median(loads.map((one) => one.p99)),
});

/** Ours and its baselines in turn, a few rounds: a ratio is of two measurements seconds apart. */
async function measureTarget(target: Target, server: Running, minimal: Running): Promise<HttpRow> {
  const { name, path, compressed, anew } = target;
  const bare = await startBareServer(server.url + target.sample, compressed);
  const baselines: { name: 'bare' | 'minimal' | 'minimalText'; url: string; path: () => string; loads: Load[] }[] = [
    { name: 'bare', url: bare.url, path: always('/'), loads: [] },
  ];
  if (anew) {
    const bytes = await sizeOf(server.url + target.sample);
    const pages = (filler: Filler) => minimalPages(minimal, bytes, filler);
    baselines.push({ name: 'minimal', url: minimal.url, path: await pages('links'), loads: [] });
    baselines.push({ name: 'minimalText', url: minimal.url, path: await pages('fill'), loads: [] });
  }
  const loads: Load[] = [];
  try {
    await load(server.url, { path, compressed, seconds: 1 });
    for (let round = 0; round < rounds; round += 1) {
      loads.push(await load(server.url, { path, compressed, seconds }));
      for (const one of baselines) one.loads.push(await load(one.url, { path: one.path, compressed, seconds }));
    }
  } finally {
    await bare.stop();
  }
  const baseline = (wanted: string): Baseline | undefined => {
    const found = baselines.find((one) => one.name === wanted)?.loads;
    return (
      found && {
        perSecond: middle(found).perSecond,
        ratio: median(loads.map((ours, i) => ours.perSecond / found[i].perSecond)),
      }
    );
  };
  return {
    name,
    ours: middle(loads),
    bare: baseline('bare') as Baseline,
    minimal: baseline('minimal'),
    minimalText: baseline('minimalText'),
  };
}

/** A cached page alone, and while others search, each search another one. */
async function measureBeside(url: string, search: () => string): Promise<Beside> {
  const cached = { path: always('/cong-nghe'), compressed: true, seconds: 4 };
  await load(url, { path: search, seconds: 2, connections: 4, rate: searchesPerSecond });
  const calm: number[] = [];
  const searching: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    calm.push((await load(url, cached)).p99);
    const [busy] = await Promise.all([
      load(url, cached),
      load(url, { path: search, seconds: cached.seconds, connections: 4, rate: searchesPerSecond }),
    ]);
    searching.push(busy.p99);
  }
  return {
    alone: median(calm),
    searching: median(searching),
    ratio: median(searching.map((p99, i) => p99 / calm[i])),
  };
}

/** Measures the built server over HTTP. */
export async function measureHttp({ dataDir, file }: BenchData, say: (text: string) => void): Promise<HttpFigures> {
  const server = await startCatalogue(dataDir);
  const minimal = await startMinimalAstro(file);
  try {
    const idleMegabytes = residentMegabytes(server.pid);
    const rows: HttpRow[] = [];
    for (const target of await targetsOf(server.url)) {
      say(target.name);
      rows.push(await measureTarget(target, server, minimal));
    }
    say('cached page while searches run');
    const asked = [...queries.marked, ...queries.unmarked];
    const apiSearches = ['2', '1', '4', '3'].flatMap((field) =>
      asked.map((q) => `/api/v1/search?q=${encodeURIComponent(q)}&field=${field}`),
    );
    return {
      rows,
      besidePages: await measureBeside(server.url, asNew(searchPages(asked))),
      besideApi: await measureBeside(
        server.url,
        inTurn([20, 21].flatMap((n) => apiSearches.map((path) => `${path}&perPage=${n}`))),
      ),
      idleMegabytes,
      loadedMegabytes: residentMegabytes(server.pid),
    };
  } finally {
    await server.stop();
    await minimal.stop();
  }
}
