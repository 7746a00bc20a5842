import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';

/** What is known of a request before any page sees it. */
export interface Visit {
  /** Who asks: an address that no header of the client's own can change. */
  client: string;
  /** True when a program on this machine asks, not a proxy for somebody else. */
  isLocal: boolean;
}

/** Says whether an address is one of our proxies. */
export type Trust = (address: string) => boolean;

/** @param trusted addresses, networks (`10.0.0.0/8`) and `loopback`, `linklocal`, `uniquelocal` @throws when one is none of these */
export function trustIn(trusted: string[]): Trust {
  const isTrusted = proxyAddr.compile(trusted);
  return (address) => isTrusted(address, 0);
}

const addressOf = (request: IncomingMessage): string => (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
const isLoopback = trustIn(['loopback']);
const forwarding = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
];

/**
 * The only place that reads forwarding headers; they are taken off the request, so that nobody behind believes them.
 * The client is the last one that no proxy of ours stands for: what a client writes itself stands before that.
 */
export function meet(request: IncomingMessage, trust: Trust): Visit {
  const direct = addressOf(request);
  const client = trust(direct) ? proxyAddr(request, (address) => trust(address.replace(/^::ffff:/, ''))) : direct;
  const isForwarded = forwarding.some((name) => name in request.headers) || 'via' in request.headers;
  for (const name of forwarding) delete request.headers[name];
  return { client: client.replace(/^::ffff:/, ''), isLocal: !isForwarded && isLoopback(direct) };
}

/** Names a request in its answer and in the log: as our proxy does, if it does, else anew. */
export function requestIdOf(request: IncomingMessage, trust: Trust): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) && trust(addressOf(request)) ? given : randomUUID();
}
