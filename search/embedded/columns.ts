/** What a searcher keeps in memory of each document: a few bytes a value, so that counting never reads the file. */
export interface DocumentRow {
  id: number;
  live: number;
  publishedAt: number;
  completeness: number;
  titleKey: string;
  titleWords: number;
  facets: string;
}

const grown = <T extends Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array>(
  array: T,
  length: number,
): T => {
  if (array.length >= length) return array;
  const larger = new (array.constructor as new (length: number) => T)(Math.max(length, array.length * 2, 1024));
  larger.set(array);
  return larger;
};

/** Columns indexed by document id. Facet values are numbered once; a document's are one run in `values`. */
export class Columns {
  live: Uint8Array = new Uint8Array(0);
  titleWords: Uint8Array = new Uint8Array(0);
  completeness: Float32Array = new Float32Array(0);
  publishedAt: Float64Array = new Float64Array(0);
  titleKey: string[] = [];
  /** 1 + the largest id. */
  size = 0;
  liveCount = 0;

  readonly valueNames: { facet: string; value: string }[] = [];
  /** The facet's number of each value. */
  valueFacet: Uint8Array = new Uint8Array(256);
  readonly #facetNumbers = new Map<string, number>();
  readonly #valueNumbers = new Map<string, number>();
  #start: Uint32Array = new Uint32Array(0);
  #count: Uint8Array = new Uint8Array(0);
  #values: Uint16Array = new Uint16Array(1024);
  #used = 0;
  #newest: Uint32Array | undefined;
  #byTitle: Uint32Array | undefined;
  #byValue = new Map<number, Uint32Array>();
  /** By what was asked: a few combinations of kinds. */
  #numbered = new Map<string, Uint8Array>();

  /**
   * Adds or replaces documents.
   * @returns their ids
   */
  put(rows: Iterable<DocumentRow>): number[] {
    const ids: number[] = [];
    for (const row of rows) {
      this.#putOne(row);
      ids.push(row.id);
    }
    this.#newest = this.#newest && this.#reordered(this.#newest, ids, this.compareNewest);
    this.#byTitle = this.#byTitle && this.#reordered(this.#byTitle, ids, this.compareTitle);
    this.#byValue.clear();
    this.#numbered.clear();
    return ids;
  }

  /** An order of the live ids after some of them changed: a few find their places without sorting all. */
  #reordered(order: Uint32Array, changed: number[], compare: (a: number, b: number) => number): Uint32Array {
    const moved = new Set(changed);
    const inserted = changed.filter((id) => this.live[id]).sort(compare);
    const result = new Uint32Array(this.liveCount);
    let n = 0;
    let next = 0;
    for (const id of order) {
      if (moved.has(id)) continue;
      while (next < inserted.length && compare(inserted[next], id) < 0) result[n++] = inserted[next++];
      result[n++] = id;
    }
    while (next < inserted.length) result[n++] = inserted[next++];
    return result;
  }

  #putOne(row: DocumentRow): void {
    const { id } = row;
    if (id >= this.size) {
      this.size = id + 1;
      this.live = grown(this.live, this.size);
      this.titleWords = grown(this.titleWords, this.size);
      this.completeness = grown(this.completeness, this.size);
      this.publishedAt = grown(this.publishedAt, this.size);
      this.#start = grown(this.#start, this.size);
      this.#count = grown(this.#count, this.size);
    }
    this.liveCount += row.live - this.live[id];
    this.live[id] = row.live;
    this.titleWords[id] = row.titleWords;
    this.completeness[id] = row.completeness;
    this.publishedAt[id] = row.publishedAt;
    this.titleKey[id] = row.titleKey;
    this.#start[id] = this.#used;
    let count = 0;
    for (const [facet, values] of Object.entries(JSON.parse(row.facets) as Record<string, string[]>)) {
      for (const value of values.slice(0, 60)) {
        this.#values = grown(this.#values, this.#used + 1);
        this.#values[this.#used] = this.#numberOf(facet, value);
        this.#used += 1;
        count += 1;
      }
    }
    this.#count[id] = count;
  }

  #numberOf(facet: string, value: string): number {
    const key = `${facet}\n${value}`;
    const known = this.#valueNumbers.get(key);
    if (known !== undefined) return known;
    const number = this.valueNames.push({ facet, value }) - 1;
    this.#valueNumbers.set(key, number);
    let facetNumber = this.#facetNumbers.get(facet);
    if (facetNumber === undefined) {
      facetNumber = this.#facetNumbers.size;
      this.#facetNumbers.set(facet, facetNumber);
    }
    this.valueFacet = grown(this.valueFacet, number + 1);
    this.valueFacet[number] = facetNumber;
    return number;
  }

  /** The number of a facet value; undefined when no document has it. */
  valueNumber(facet: string, value: string): number | undefined {
    return this.#valueNumbers.get(`${facet}\n${value}`);
  }

  facetNumber(facet: string): number | undefined {
    return this.#facetNumbers.get(facet);
  }

  /** Calls `visit` with the number of each value of a document. */
  eachValue(id: number, visit: (value: number) => void): void {
    const end = this.#start[id] + this.#count[id];
    for (let i = this.#start[id]; i < end; i += 1) visit(this.#values[i]);
  }

  /** The sum of what its values weigh. */
  weigh(id: number, weights: Float32Array): number {
    const end = this.#start[id] + this.#count[id];
    let sum = 0;
    for (let i = this.#start[id]; i < end; i += 1) sum += weights[this.#values[i]];
    return sum;
  }

  /** Adds one to `counts` for each value of a document. */
  countValues(id: number, counts: Uint32Array): void {
    const end = this.#start[id] + this.#count[id];
    for (let i = this.#start[id]; i < end; i += 1) counts[this.#values[i]] += 1;
  }

  /** As `countValues`, for the values of one facet only. */
  countValuesOf(facet: number, id: number, counts: Uint32Array): void {
    const end = this.#start[id] + this.#count[id];
    for (let i = this.#start[id]; i < end; i += 1) {
      if (this.valueFacet[this.#values[i]] === facet) counts[this.#values[i]] += 1;
    }
  }

  /** For each live document, by id, 1 + the place in `values` of the first of its values that is there; 0 for none. */
  numbered(values: (number | undefined)[]): Uint8Array {
    const key = values.join();
    const known = this.#numbered.get(key);
    if (known) return known;
    const place = new Uint8Array(this.valueNames.length);
    for (const [i, value] of values.entries()) if (value !== undefined) place[value] = i + 1;
    const result = new Uint8Array(this.size);
    for (let id = 0; id < this.size; id += 1) {
      if (!this.live[id]) continue;
      const end = this.#start[id] + this.#count[id];
      for (let i = this.#start[id]; i < end && result[id] === 0; i += 1) result[id] = place[this.#values[i]];
    }
    this.#numbered.set(key, result);
    return result;
  }

  /** True when the document has one of the values marked in `wanted`. */
  hasAny(id: number, wanted: Uint8Array): boolean {
    const end = this.#start[id] + this.#count[id];
    for (let i = this.#start[id]; i < end; i += 1) if (wanted[this.#values[i]]) return true;
    return false;
  }

  #liveIds(): Uint32Array {
    const ids = new Uint32Array(this.liveCount);
    let n = 0;
    for (let id = 0; id < this.size; id += 1) if (this.live[id]) ids[n++] = id;
    return ids;
  }

  /** Newest first; the more complete of the same day first. */
  compareNewest = (a: number, b: number): number =>
    this.publishedAt[b] - this.publishedAt[a] || this.completeness[b] - this.completeness[a] || b - a;

  compareTitle = (a: number, b: number): number =>
    this.titleKey[a] < this.titleKey[b] ? -1 : this.titleKey[a] > this.titleKey[b] ? 1 : a - b;

  /** All live ids, newest first. */
  newest(): Uint32Array {
    this.#newest ??= this.#liveIds().sort(this.compareNewest);
    return this.#newest;
  }

  /** All live ids by title in Vietnamese order. */
  byTitle(): Uint32Array {
    this.#byTitle ??= this.#liveIds().sort(this.compareTitle);
    return this.#byTitle;
  }

  /** The newest ids that have a value, at most `limit`. */
  withValue(value: number, limit: number): Uint32Array {
    let ids = this.#byValue.get(value);
    if (!ids) {
      const wanted = new Uint8Array(this.valueNames.length);
      wanted[value] = 1;
      const found: number[] = [];
      for (const id of this.newest()) {
        if (this.hasAny(id, wanted)) found.push(id);
        if (found.length === limit) break;
      }
      ids = Uint32Array.from(found);
      this.#byValue.set(value, ids);
    }
    return ids;
  }
}
