/**
 * Loaded before a server (`NODE_OPTIONS=--import`). An answer to an address with `fails` in it cannot be begun, twice:
 * Node warns, then Astro and its adapter tell what they could not answer. `SIGUSR2` is an error that nobody catches.
 */
import { ServerResponse } from 'node:http';

const { writeHead } = ServerResponse.prototype;
const failed = new WeakMap();

ServerResponse.prototype.writeHead = function (...head) {
  const times = failed.get(this) ?? 0;
  if (times < 2 && this.req.url.includes('fails')) {
    failed.set(this, times + 1);
    if (times === 0) process.emitWarning(`Odd: ${this.req.url}`);
    throw new Error(`No answer to ${this.req.url} of ${this.req.headers['x-test-client']}`);
  }
  return writeHead.apply(this, head);
};

process.on('SIGUSR2', () => {
  throw new Error('Broken at /dat-lai?token=bi-mat-cua-toi');
});
