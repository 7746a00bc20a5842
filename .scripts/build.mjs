// What `astro build --silent` does, but the level is built into the server: silent, it would keep why a page failed from
// the log (src/server/log.ts) as well.
import { build } from 'astro';

await build({ logLevel: 'warn' });
