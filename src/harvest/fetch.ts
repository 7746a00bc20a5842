import { lookup } from 'node:dns/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { HarvestProblem } from './problem.ts';

/**
 * Reads an address that somebody has typed without letting it reach what only this machine or its network can: the
 * server must not be a way around a firewall (OWASP, server-side request forgery).
 */

const maxRedirects = 3;
const timeoutMs = 15_000;
export const maxMegabytes = 20;

export interface Fetched {
  status: number;
  body: Buffer;
}

interface Address {
  address: string;
  family: number;
}

/** Only what every other machine of the internet could reach as well; of an IPv4 address in IPv6 form, the IPv4 one. */
const isPublic = (address: string): boolean => ipaddr.process(address).range() === 'unicast';

/** The addresses of a host, each of which may be connected to. */
async function addressesOf(host: string, allowPrivate: boolean): Promise<Address[]> {
  const name = host.replace(/^\[|\]$/g, '');
  const found = ipaddr.isValid(name)
    ? [{ address: name, family: ipaddr.parse(name).kind() === 'ipv6' ? 6 : 4 }]
    : await lookup(name, { all: true }).catch((error: unknown) => {
        throw new HarvestProblem('harvest.problem.host', { host }, error);
      });
  // One private address among public ones is as bad: which one is used is not ours to say.
  if (!allowPrivate && !found.every(({ address }) => isPublic(address))) {
    throw new HarvestProblem('harvest.problem.private', { host });
  }
  return found;
}

function parseAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new HarvestProblem('harvest.problem.address', { address: text.slice(0, 200) });
  }
  return url;
}

/**
 * Checks that an address may be read at all.
 * @throws HarvestProblem
 */
export async function assertReachable(text: string, allowPrivate: boolean): Promise<void> {
  await addressesOf(parseAddress(text).hostname, allowPrivate);
}

/** Asks one address; the connection goes to one of the checked addresses, whatever the name leads to by then. */
function ask(url: URL, addresses: Address[], accept: string, signal: AbortSignal): Promise<IncomingMessage> {
  const pinned = ((_host, options, callback) => {
    if (options.all) callback(null, addresses);
    else callback(null, addresses[0].address, addresses[0].family);
  }) as LookupFunction;
  const headers = { accept, 'accept-encoding': 'identity', 'user-agent': 'catalogue-harvester' };
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    request(url, { agent: false, lookup: pinned, headers, signal }, resolve).on('error', reject).end();
  });
}

async function read(response: IncomingMessage): Promise<Buffer> {
  const tooLarge = new HarvestProblem('harvest.problem.large', { max: maxMegabytes });
  if (Number(response.headers['content-length']) > maxMegabytes * 1e6) throw tooLarge;
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > maxMegabytes * 1e6) throw tooLarge;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/**
 * Reads an address.
 * @param types media types that are accepted
 * @returns an answer of any status but a redirect; the type of one that is not 200 is not looked at
 * @throws HarvestProblem
 */
export async function fetchSafely(address: string, types: readonly string[], allowPrivate: boolean): Promise<Fetched> {
  const signal = AbortSignal.timeout(timeoutMs);
  let url = parseAddress(address);
  try {
    for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
      const addresses = await addressesOf(url.hostname, allowPrivate);
      const response = await ask(url, addresses, types.join(', '), signal);
      const status = response.statusCode ?? 0;
      const { location } = response.headers;
      if (status >= 300 && status < 400 && location) {
        response.destroy();
        url = parseAddress(URL.canParse(location, url) ? new URL(location, url).href : location);
        continue;
      }
      const type = (response.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
      if (status === 200 && !types.includes(type)) {
        response.destroy();
        throw new HarvestProblem('harvest.problem.type', { type: type.slice(0, 80) || '–' });
      }
      try {
        return { status, body: await read(response) };
      } finally {
        response.destroy();
      }
    }
  } catch (error) {
    if (error instanceof HarvestProblem) throw error;
    const reason = signal.aborted ? 'harvest.problem.slow' : 'harvest.problem.connection';
    throw new HarvestProblem(reason, { seconds: timeoutMs / 1000, host: url.host }, error);
  }
  throw new HarvestProblem('harvest.problem.redirects', { host: url.host });
}
