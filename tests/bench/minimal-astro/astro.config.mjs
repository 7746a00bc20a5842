import node from '@astrojs/node';
import { defineConfig } from 'astro/config';

const cache = '../../../.cache/bench';

// The same adapter and settings as the catalogue's own.
export default defineConfig({
  output: 'server',
  adapter: node({ mode: 'middleware', experimentalDisableStreaming: true }),
  outDir: `${cache}/minimal-astro`,
  cacheDir: `${cache}/minimal-astro-cache`,
  vite: { cacheDir: `${cache}/minimal-astro-cache/vite` },
  session: false,
  devToolbar: { enabled: false },
});
