/**
 * How Meilisearch answers a search, as its documentation describes it and its source shows where that is silent:
 * words, phrases, exclusions, prefixes, typing errors, joined and split words, filters, facets, ranking. Knows nothing
 * of this project's engines or of Vietnamese.
 */

export interface Document extends Record<string, unknown> {
  id: number;
}

export interface FakeIndex {
  uid: string;
  primaryKey: string | null;
  settings: Settings;
  documents: Map<number, Document>;
  /** Words with positions by document and attribute, kept while a document doesn't change. */
  words: WeakMap<Document, Map<string, Occurrences>>;
}

export interface Settings {
  searchableAttributes: string[];
  displayedAttributes: string[];
  filterableAttributes: string[];
  sortableAttributes: string[];
  rankingRules: string[];
  typoTolerance: {
    enabled: boolean;
    minWordSizeForTypos: { oneTypo: number; twoTypos: number };
    disableOnNumbers: boolean;
    disableOnAttributes: string[];
  };
  faceting: { maxValuesPerFacet: number };
  pagination: { maxTotalHits: number };
  facetSearch: boolean;
}

export const defaultSettings = (): Settings => ({
  searchableAttributes: ['*'],
  displayedAttributes: ['*'],
  filterableAttributes: [],
  sortableAttributes: [],
  rankingRules: ['words', 'typo', 'proximity', 'attribute', 'sort', 'exactness'],
  typoTolerance: {
    enabled: true,
    minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 },
    disableOnNumbers: false,
    disableOnAttributes: [],
  },
  faceting: { maxValuesPerFacet: 100 },
  pagination: { maxTotalHits: 1000 },
  facetSearch: true,
});

export interface SearchParams {
  q?: string;
  filter?: string | (string | string[])[];
  sort?: string[];
  facets?: string[];
  offset?: number;
  limit?: number;
  page?: number;
  hitsPerPage?: number;
  attributesToRetrieve?: string[];
  matchingStrategy?: 'all' | 'last' | 'frequency';
}

/** An error as Meilisearch reports it. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

type Occurrences = { attribute: number; position: number }[];

interface Term {
  /** One word, or the words of a phrase. */
  words: string[];
  phrase: boolean;
  prefix: boolean;
}

/** The terms beyond this one are ignored: https://www.meilisearch.com/docs/resources/help/known_limitations */
const maxTerms = 10;
/** Between two entries of an array, and after a sentence, words are this far apart. */
const farApart = 8;

const normalized = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
const tokens = /(?<word>[\p{L}\p{N}\p{Mc}]+)|(?<space>\s+)|(?<sign>[\s\S])/gu;

function parseQuery(q: string): { terms: Term[]; excluded: string[][] } {
  const parts = [...normalized(q).matchAll(tokens)].map(({ groups = {} }) => groups);
  const terms: Term[] = [];
  const excluded: string[][] = [];
  let phrase: string[] | undefined;
  let negative = false;
  let negativePhrase = false;
  let afterSpace = true;
  const closePhrase = () => {
    if (phrase && phrase.length > 0) {
      if (negativePhrase) excluded.push(phrase);
      else terms.push({ words: phrase, phrase: true, prefix: false });
    }
    phrase = undefined;
    negativePhrase = false;
  };
  for (const [i, part] of parts.entries()) {
    if (terms.length >= maxTerms) return { terms, excluded };
    if (part.word) {
      if (phrase) phrase.push(part.word);
      else if (negative) excluded.push([part.word]);
      else terms.push({ words: [part.word], phrase: false, prefix: i === parts.length - 1 });
      negative = false;
    } else if (part.sign === '"') {
      if (phrase) closePhrase();
      else {
        phrase = [];
        negativePhrase = negative;
      }
      negative = false;
    } else negative = part.sign === '-' && afterSpace && !phrase;
    afterSpace = part.space !== undefined;
  }
  closePhrase();
  return { terms, excluded };
}

/** Where each word of a document stands. */
function wordsOf(index: FakeIndex, document: Document): Map<string, Occurrences> {
  const known = index.words.get(document);
  if (known) return known;
  const words = new Map<string, Occurrences>();
  for (const [attribute, name] of index.settings.searchableAttributes.entries()) {
    let position = 0;
    for (const text of [document[name] ?? []].flat()) {
      for (const { groups = {} } of normalized(String(text)).matchAll(tokens)) {
        if (groups.word) {
          words.set(groups.word, [...(words.get(groups.word) ?? []), { attribute, position }]);
          position += 1;
        } else if (/[.,;:!?()\n]/.test(groups.sign ?? '')) position += farApart - 1;
      }
      position += farApart;
    }
  }
  index.words.set(document, words);
  return words;
}

/** Letters to insert, delete, change or swap; a wrong first letter counts twice. */
function typos(typed: string, word: string): number {
  const rows = [Array.from({ length: word.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= typed.length; i += 1) {
    rows.push([i]);
    for (let j = 1; j <= word.length; j += 1) {
      const change = rows[i - 1][j - 1] + (typed[i - 1] === word[j - 1] ? 0 : 1);
      rows[i][j] = Math.min(change, rows[i - 1][j] + 1, rows[i][j - 1] + 1);
      const swapped = i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1];
      if (swapped) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  const distance = rows[typed.length][word.length];
  return distance > 0 && typed[0] !== word[0] ? distance + 1 : distance;
}

/** How a term is found in a document: with how many errors, where, and whether as it was typed. */
interface Found {
  typos: number;
  exact: boolean;
  at: Occurrences;
}

function phraseAt(words: string[], inDocument: Map<string, Occurrences>): Occurrences {
  const [first, ...others] = words.map((word) => inDocument.get(word) ?? []);
  return first.filter(({ attribute, position }) =>
    others.every((places, i) => places.some((p) => p.attribute === attribute && p.position === position + i + 1)),
  );
}

function findWord(index: FakeIndex, term: Term, inDocument: Map<string, Occurrences>): Found | undefined {
  const [typed] = term.words;
  const asTyped = inDocument.get(typed);
  if (asTyped) return { typos: 0, exact: true, at: asTyped };
  if (term.prefix) {
    const at = [...inDocument].filter(([word]) => word.startsWith(typed)).flatMap(([, places]) => places);
    if (at.length > 0) return { typos: 0, exact: false, at };
  }
  const { enabled, minWordSizeForTypos, disableOnNumbers, disableOnAttributes } = index.settings.typoTolerance;
  const { oneTypo, twoTypos } = minWordSizeForTypos;
  const allowed = !enabled || typed.length < oneTypo ? 0 : typed.length < twoTypos ? 1 : 2;
  if (allowed === 0) return undefined;
  const exactAttributes = disableOnAttributes.map((name) => index.settings.searchableAttributes.indexOf(name));
  let best: Found | undefined;
  for (const [word, places] of inDocument) {
    const at = places.filter(({ attribute }) => !exactAttributes.includes(attribute));
    if (at.length === 0 || (disableOnNumbers && /^\p{N}+$/u.test(word))) continue;
    const beginnings = term.prefix ? [-1, 0, 1].map((more) => word.slice(0, typed.length + more)) : [];
    const whole = typos(typed, word);
    // A beginning may have one error, whatever its length.
    const count = Math.min(
      whole <= allowed ? whole : 9,
      ...beginnings.map((part) => (typos(typed, part) <= 1 ? 1 : 9)),
    );
    if (count <= allowed && count < (best?.typos ?? 9)) best = { typos: count, exact: false, at };
  }
  // One word that was meant as two neighbours counts as one error.
  for (let i = 1; i < typed.length && (best?.typos ?? 9) > 1; i += 1) {
    const at = phraseAt([typed.slice(0, i), typed.slice(i)], inDocument);
    if (at.length > 0) best = { typos: 1, exact: false, at };
  }
  return best;
}

function findTerm(index: FakeIndex, term: Term, inDocument: Map<string, Occurrences>): Found | undefined {
  if (!term.phrase) return findWord(index, term, inDocument);
  const at = phraseAt(term.words, inDocument);
  return at.length > 0 ? { typos: 0, exact: true, at } : undefined;
}

/** All terms, each by itself or two or three neighbours written as one word; undefined when one is missing. */
function findAll(index: FakeIndex, terms: Term[], inDocument: Map<string, Occurrences>): Found[] | undefined {
  if (terms.length === 0) return [];
  const [first] = terms;
  for (let length = 1; length <= Math.min(3, terms.length); length += 1) {
    const run = terms.slice(0, length);
    if (length > 1 && run.some((term) => term.phrase)) break;
    const joined: Term = {
      words: [run.map((term) => term.words[0]).join('')],
      phrase: false,
      prefix: run[length - 1].prefix,
    };
    const at = inDocument.get(joined.words[0]);
    const found = length === 1 ? findTerm(index, first, inDocument) : at && { typos: length - 1, exact: false, at };
    const rest = found && findAll(index, terms.slice(length), inDocument);
    if (found && rest) return [found, ...rest];
  }
  return undefined;
}

/** The terms that remain after each step of giving up, most first. */
function stepsOf(index: FakeIndex, terms: Term[], strategy: SearchParams['matchingStrategy']): Term[][] {
  if (strategy === 'all') return [terms];
  const frequency = (term: Term) => {
    const all = [...index.documents.values()];
    return all.filter((document) => findTerm(index, term, wordsOf(index, document))).length || Infinity;
  };
  // A phrase is never given up.
  const free = terms.filter((term) => !term.phrase);
  const costs = new Map(free.map((term, i) => [term, strategy === 'frequency' ? frequency(term) : i]));
  const order = [...new Set(costs.values())].sort((a, b) => b - a);
  const steps = order.map((_, n) => terms.filter((term) => !order.slice(0, n).includes(costs.get(term) ?? -1)));
  return free.length < terms.length ? [...steps, terms.filter((term) => term.phrase)] : steps;
}

const facetText = (value: unknown): string => String(value).trim().normalize('NFKD').toLowerCase();

function valueAt(document: Document, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], document);
}

const valuesAt = (document: Document, path: string): unknown[] => [valueAt(document, path) ?? []].flat();

const declared = (attributes: string[], path: string): boolean =>
  attributes.some((attribute) => path === attribute || path.startsWith(`${attribute}.`));

type Condition = (document: Document) => boolean;

/** Reads a filter expression: =, !=, IN, NOT IN, NOT, AND, OR and parentheses. */
function parseFilter(text: string, filterable: string[]): Condition {
  const wrong = (why: string) => new ApiError(400, 'invalid_search_filter', `${why} in filter ${text}`);
  const parts = text.match(/"(?:\\[\s\S]|[^"\\])*"|[()[\],]|!=|=|[\p{L}\p{N}_.-]+|\S/gu) ?? [];
  let at = 0;
  const accept = (part: string): boolean => {
    const accepted = parts[at] === part;
    if (accepted) at += 1;
    return accepted;
  };
  const expect = (part: string) => {
    if (!accept(part)) throw wrong(`Expected ${part}`);
  };
  const value = (): string => {
    const part = parts[at];
    if (part === undefined || !/^["\p{L}\p{N}_.-]/u.test(part)) throw wrong('Expected a value');
    at += 1;
    const text: string = part.startsWith('"') ? JSON.parse(part) : part;
    if (!text.isWellFormed()) throw wrong('Malformed value');
    return text;
  };
  const oneOf = (path: string, wanted: string[]): Condition => {
    const texts = new Set(wanted.map(facetText));
    return (document) => valuesAt(document, path).some((own) => texts.has(facetText(own)));
  };
  const comparison = (): Condition => {
    const path = value();
    if (!declared(filterable, path)) throw wrong(`Attribute ${path} is not filterable`);
    if (accept('=')) return oneOf(path, [value()]);
    const negated = accept('!=') ? oneOf(path, [value()]) : undefined;
    if (negated) return (document) => !negated(document);
    const not = accept('NOT');
    expect('IN');
    expect('[');
    const wanted: string[] = [];
    while (!accept(']')) {
      wanted.push(value());
      accept(',');
    }
    const within = oneOf(path, wanted);
    return (document) => within(document) !== not;
  };
  const unary = (): Condition => {
    if (accept('NOT')) {
      const inner = unary();
      return (document) => !inner(document);
    }
    if (!accept('(')) return comparison();
    const inner = either();
    expect(')');
    return inner;
  };
  const both = (): Condition => {
    let left = unary();
    while (accept('AND')) {
      const [before, right] = [left, unary()];
      left = (document) => before(document) && right(document);
    }
    return left;
  };
  function either(): Condition {
    let left = both();
    while (accept('OR')) {
      const [before, right] = [left, both()];
      left = (document) => before(document) || right(document);
    }
    return left;
  }
  const condition = either();
  if (at < parts.length) throw wrong(`Unexpected ${parts[at]}`);
  return condition;
}

function conditionOf(filter: SearchParams['filter'], filterable: string[]): Condition {
  const all = [filter ?? []].flat(1) as (string | string[])[];
  const conditions = all.map((part) => {
    const alternatives = [part].flat().map((text) => parseFilter(text, filterable));
    return (document: Document) => alternatives.some((condition) => condition(document));
  });
  return (document) => conditions.every((condition) => condition(document));
}

/** Numbers before texts, absent last whatever the direction; texts without regard to case. */
function compareValues(a: unknown, b: unknown, descending: boolean): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  const [x, y] = typeof a === 'number' && typeof b === 'number' ? [a, b] : [facetText(a), facetText(b)];
  const order = x < y ? -1 : x > y ? 1 : 0;
  return descending ? -order : order;
}

/** A document that matches, with what the ranking rules look at: smaller is better. */
interface Match {
  document: Document;
  givenUp: number;
  ranks: Record<string, number>;
}

function rank(found: Found[], givenUp: number): Record<string, number> {
  const places = found.map(({ at }) => at);
  const gaps = places
    .slice(1)
    .map((at, i) =>
      Math.min(
        ...at.flatMap((here) =>
          places[i].map((before) =>
            here.attribute === before.attribute
              ? Math.min(farApart, Math.abs(here.position - before.position))
              : farApart,
          ),
        ),
      ),
    );
  const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0);
  return {
    words: givenUp,
    typo: sum(found.map((term) => term.typos)),
    attribute: sum(places.map((at) => Math.min(...at.map(({ attribute }) => attribute)))),
    proximity: sum(gaps),
    exactness: found.filter((term) => !term.exact).length,
  };
}

function matchesOf(index: FakeIndex, params: SearchParams): Match[] {
  const { terms, excluded } = parseQuery(params.q ?? '');
  const allowed = conditionOf(params.filter, index.settings.filterableAttributes);
  const steps = stepsOf(index, terms, params.matchingStrategy ?? 'last');
  const matches: Match[] = [];
  for (const document of index.documents.values()) {
    const inDocument = wordsOf(index, document);
    if (!allowed(document) || excluded.some((words) => phraseAt(words, inDocument).length > 0)) continue;
    for (const [givenUp, step] of steps.entries()) {
      const found = findAll(index, step, inDocument);
      if (!found) continue;
      matches.push({ document, givenUp, ranks: rank(found, givenUp) });
      break;
    }
    if (steps.length === 0) matches.push({ document, givenUp: 0, ranks: rank([], 0) });
  }
  const rules = index.settings.rankingRules.flatMap((rule) => (rule === 'sort' ? (params.sort ?? []) : [rule]));
  const compare = (a: Match, b: Match): number => {
    for (const rule of rules) {
      const [name, direction] = rule.split(':');
      const order = direction
        ? compareValues(valueAt(a.document, name), valueAt(b.document, name), direction === 'desc')
        : a.ranks[name] - b.ranks[name];
      if (order !== 0) return order;
    }
    return 0;
  };
  return matches.sort(compare);
}

/** 0…1 by the ranking rules that look at words, as `_rankingScore`. */
function scoreOf({ ranks }: Match, rules: string[]): number {
  let weight = 1;
  let score = 0;
  for (const rule of rules.filter((name) => name in ranks)) {
    weight /= 10;
    score += weight * 9 * (1 / (1 + ranks[rule]));
  }
  return score;
}

function shown(index: FakeIndex, document: Document, retrieve = ['*']): Record<string, unknown> {
  const displayed = index.settings.displayedAttributes;
  const wanted = (name: string) =>
    (displayed.includes('*') || displayed.includes(name)) && (retrieve.includes('*') || retrieve.includes(name));
  return Object.fromEntries(Object.entries(document).filter(([name]) => wanted(name)));
}

function distributionOf(index: FakeIndex, matches: Match[], facet: string): Record<string, number> {
  const counts = new Map<string, { value: string; count: number }>();
  for (const { document } of matches) {
    for (const key of new Set(valuesAt(document, facet).map(facetText))) {
      const original = String(valuesAt(document, facet).find((value) => facetText(value) === key));
      const known = counts.get(key) ?? { value: original, count: 0 };
      counts.set(key, { ...known, count: known.count + 1 });
    }
  }
  const kept = [...counts.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, index.settings.faceting.maxValuesPerFacet);
  return Object.fromEntries(kept.map(([, { value, count }]) => [value, count]));
}

const known = [
  'q',
  'filter',
  'sort',
  'facets',
  'offset',
  'limit',
  'page',
  'hitsPerPage',
  'attributesToRetrieve',
  'matchingStrategy',
];

function check(index: FakeIndex, params: SearchParams): void {
  for (const name of Object.keys(params)) {
    if (!known.includes(name)) throw new ApiError(400, 'bad_request', `Unknown field ${name}`);
  }
  for (const name of ['offset', 'limit', 'page', 'hitsPerPage'] as const) {
    const value = params[name];
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0)) {
      throw new ApiError(400, `invalid_search_${name.toLowerCase()}`, `Wrong ${name}`);
    }
  }
  for (const rule of params.sort ?? []) {
    if (
      !index.settings.rankingRules.includes('sort') ||
      !declared(index.settings.sortableAttributes, rule.split(':')[0])
    ) {
      throw new ApiError(400, 'invalid_search_sort', `${rule} is not sortable`);
    }
  }
  for (const facet of params.facets ?? []) {
    if (!declared(index.settings.filterableAttributes, facet)) {
      throw new ApiError(400, 'invalid_search_facets', `${facet} is not filterable`);
    }
  }
}

/** Answers one search. */
export function searchIndex(index: FakeIndex, params: SearchParams): Record<string, unknown> {
  check(index, params);
  const matches = matchesOf(index, params);
  const { maxTotalHits } = index.settings.pagination;
  const reachable = matches.slice(0, maxTotalHits);
  const paged = params.page !== undefined || params.hitsPerPage !== undefined;
  const hitsPerPage = params.hitsPerPage ?? 20;
  const offset = paged ? Math.max(0, (params.page ?? 1) - 1) * hitsPerPage : (params.offset ?? 0);
  const limit = paged ? hitsPerPage : (params.limit ?? 20);
  const hits = reachable.slice(offset, offset + limit);
  return {
    indexUid: index.uid,
    hits: hits.map(({ document }) => shown(index, document, params.attributesToRetrieve)),
    query: params.q ?? '',
    processingTimeMs: 0,
    ...(params.facets && {
      facetDistribution: Object.fromEntries(
        params.facets.map((facet) => [facet, distributionOf(index, matches, facet)]),
      ),
    }),
    ...(paged
      ? {
          page: params.page ?? 1,
          hitsPerPage,
          totalHits: reachable.length,
          totalPages: hitsPerPage && Math.ceil(reachable.length / hitsPerPage),
        }
      : { offset, limit, estimatedTotalHits: matches.length }),
  };
}

/** Merges searches of one index by weighted score; a document that several find is taken once. */
export function searchFederated(
  index: FakeIndex,
  queries: (SearchParams & { weight: number })[],
  { offset = 0, limit = 20 }: { offset?: number; limit?: number },
): Record<string, unknown> {
  const all = queries.flatMap(({ weight, ...params }) => {
    check(index, params);
    if (params.offset !== undefined || params.limit !== undefined || params.facets) {
      throw new ApiError(400, 'invalid_multi_search_query_pagination', 'Pagination and facets belong to federation');
    }
    return matchesOf(index, params).map((match) => ({
      document: match.document,
      retrieve: params.attributesToRetrieve,
      score: weight * scoreOf(match, index.settings.rankingRules),
    }));
  });
  // The sort is stable: what a query ranks alike stays in its order.
  const merged = all.toSorted((a, b) => b.score - a.score);
  const unique = [...new Map(merged.toReversed().map((hit) => [hit.document.id, hit])).values()];
  const ordered = merged.filter((hit) => unique.includes(hit));
  return {
    hits: ordered.slice(offset, offset + limit).map(({ document, retrieve }) => shown(index, document, retrieve)),
    processingTimeMs: 0,
    offset,
    limit,
    estimatedTotalHits: ordered.length,
  };
}
