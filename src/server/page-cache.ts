import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotliParameters = {
  // A page of 49 KB takes about 0.75 ms, 60 % of what quality 5 takes, and is 7 % larger.
  [constants.BROTLI_PARAM_QUALITY]: 4,
  // A page is seldom longer than 128 KB: a larger window would only take memory, megabytes a page being compressed.
  [constants.BROTLI_PARAM_LGWIN]: 17,
};

const encoders = {
  br: (body: Buffer) => promisify(brotliCompress)(body, { params: brotliParameters }),
  gzip: (body: Buffer) => promisify(gzip)(body),
};
export type Encoding = keyof typeof encoders;

/** Text as it travels. */
export const compress = (body: Buffer, encoding: Encoding): Promise<Buffer> => encoders[encoding](body);

/** Below this a compressed answer is hardly smaller than a network packet. */
const worthCompressing = 1024;

/** The encoding to answer in: Brotli where the client knows it, else gzip, else none. */
export function negotiate(acceptEncoding: string | null | undefined): Encoding | undefined {
  if (!acceptEncoding) return undefined;
  const takes = (encoding: Encoding) =>
    new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(?:\\.0*)?(?:[,\\s]|$))`).test(acceptEncoding);
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : undefined;
}

/** A public answer as it was rendered, with its compressed forms once somebody has asked for them. */
export class Answer {
  readonly version: number;
  readonly body: Buffer;
  readonly etag: string;
  /** The pattern of its address. */
  readonly route: string;
  /** How often it was given; shared by the answers of a route once it is kept. */
  given = { full: 0, unchanged: 0 };
  readonly #headers: Record<string, string>;
  readonly #encoded: Partial<Record<Encoding, Buffer>> = {};

  /** @param version the content version that the answer was rendered from */
  constructor(version: number, headers: Record<string, string>, body: Buffer, route = '') {
    this.version = version;
    this.route = route;
    this.body = body;
    // Weak: the same for every encoding.
    this.etag = `W/"${hash('sha1', body, 'base64url')}"`;
    this.#headers = { ...headers, etag: this.etag, vary: 'Accept-Encoding' };
  }

  /** The bytes in an encoding, at once when they are there. */
  in(encoding: Encoding | undefined): Buffer | Promise<Buffer> {
    if (!encoding || this.body.length < worthCompressing) return this.body;
    return this.#encoded[encoding] ?? this.#encode(encoding);
  }

  async #encode(encoding: Encoding): Promise<Buffer> {
    this.#encoded[encoding] = await compress(this.body, encoding);
    return this.#encoded[encoding];
  }

  headers(encoding: Encoding | undefined): Record<string, string> {
    if (!encoding || this.body.length < worthCompressing) return this.#headers;
    return { ...this.#headers, 'content-encoding': encoding };
  }

  /** True when the client has these bytes already. */
  isKnownTo(ifNoneMatch: string | null | undefined): boolean {
    return ifNoneMatch != null && (ifNoneMatch === '*' || ifNoneMatch.includes(this.etag.slice(2)));
  }

  /** What it holds in memory, in bytes: compressed forms are counted before they exist. */
  get size(): number {
    return this.body.length * 1.5 + 4000;
  }
}

/** Longer addresses are nobody's second visit. */
const longestAddress = 1000;

/**
 * Keeps rendered public answers by address (which includes the language), the least recently used going first when
 * memory is full. An answer is given only while the content version is the one that it was rendered from, so every
 * write makes all of them worthless at once, whichever process wrote.
 */
export class PageCache {
  readonly #answers = new Map<string, Answer>();
  readonly #maxBytes: number;
  #bytes = 0;
  /** Plain numbers, since counting with labels would cost a tenth of an answer. */
  readonly #given = new Map<string, { full: number; unchanged: number }>();
  hits = 0;
  misses = 0;

  constructor(maxBytes = 16 * 1024 * 1024) {
    this.#maxBytes = maxBytes;
  }

  get(address: string, version: number): Answer | undefined {
    const answer = this.#answers.get(address);
    if (!answer || answer.version !== version) {
      this.misses += 1;
      return undefined;
    }
    this.hits += 1;
    // A Map remembers insertion order: moving an entry to the end makes the first one the least recently used.
    this.#answers.delete(address);
    this.#answers.set(address, answer);
    return answer;
  }

  put(address: string, answer: Answer): void {
    if (address.length > longestAddress) return;
    const given = this.#given.get(answer.route) ?? answer.given;
    this.#given.set(answer.route, given);
    answer.given = given;
    this.#remove(address);
    this.#answers.set(address, answer);
    this.#bytes += answer.size;
    for (const oldest of this.#answers.keys()) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#remove(oldest);
    }
  }

  /** How often answers were given since it was last asked, by route: full ones and 304. */
  takeGiven(): { route: string; full: number; unchanged: number }[] {
    return [...this.#given].map(([route, given]) => {
      const { full, unchanged } = given;
      given.full = 0;
      given.unchanged = 0;
      return { route, full, unchanged };
    });
  }

  #remove(address: string): void {
    const answer = this.#answers.get(address);
    if (!answer) return;
    this.#answers.delete(address);
    this.#bytes -= answer.size;
  }
}
