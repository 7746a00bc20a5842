/** Serves the minimal page as the catalogue's server serves its own: Astro's handler behind node:http. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
const built = new URL('../../../.cache/bench/minimal-astro/server/entry.mjs', import.meta.url);
const { handler } = (await import(built.href)) as { handler: Handler };
const server = createServer((request, response) => void handler(request, response));
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.on('SIGTERM', () => process.exit(0));
