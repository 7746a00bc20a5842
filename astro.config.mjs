import node from '@astrojs/node';
import { defineConfig } from 'astro/config';
import { englishRoutes } from './src/i18n/english-routes.ts';
import { precompress } from './src/server/precompress.ts';

export default defineConfig({
  output: 'server',
  // src/server/main.ts listens itself, so that cached answers never enter Astro.
  adapter: node({ mode: 'middleware', experimentalDisableStreaming: true }),
  integrations: [englishRoutes(), precompress()],
  trailingSlash: 'never',
  session: false,
  security: {
    // Our own check (src/lib/own-form.ts) knows the address behind a proxy, which a build cannot.
    checkOrigin: false,
    // Above the largest file (src/connections/files.ts), so that one that is too large is refused beside its field.
    actionBodySizeLimit: 16 * 1024 * 1024,
  },
  devToolbar: { enabled: false },
  build: { inlineStylesheets: 'never' },
  // Nothing inline: the content security policy allows only files of our own.
  vite: { build: { assetsInlineLimit: 0, modulePreload: false } },
});
