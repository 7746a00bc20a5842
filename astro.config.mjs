import node from '@astrojs/node';
import { defineConfig } from 'astro/config';
import { englishRoutes } from './src/i18n/english-routes.ts';
import { precompress } from './src/server/precompress.ts';

/** Above the largest picture (src/files/picture.ts), so that one that is too large is refused beside its field. */
const largestForm = 16 * 1024 * 1024;

/** Met after the form's own limit, which its page can tell about, also by a body that does not say how long it is. */
const largestBody = largestForm + 1024 * 1024;

export default defineConfig({
  output: 'server',
  // src/server/main.ts listens itself, so that cached answers never enter Astro.
  adapter: node({ mode: 'middleware', experimentalDisableStreaming: true, bodySizeLimit: largestBody }),
  integrations: [englishRoutes(), precompress()],
  trailingSlash: 'never',
  session: false,
  security: {
    // Our own check (src/lib/own-form.ts) knows the address behind a proxy, which a build cannot.
    checkOrigin: false,
    actionBodySizeLimit: largestForm,
  },
  devToolbar: { enabled: false },
  build: { inlineStylesheets: 'never' },
  // Nothing inline: the content security policy allows only files of our own.
  vite: { build: { assetsInlineLimit: 0, modulePreload: false } },
});
