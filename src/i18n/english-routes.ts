import type { AstroIntegration } from 'astro';
import { pageRoutes } from './routes.ts';

/**
 * Gives each page its English address: a page is one file, named by its Vietnamese address, and reads the language of
 * the request.
 */
export function englishRoutes(): AstroIntegration {
  return {
    name: 'english-routes',
    hooks: {
      'astro:config:setup': ({ injectRoute }) => {
        for (const { vi, en } of Object.values(pageRoutes)) {
          injectRoute({ pattern: en, entrypoint: `./src/pages${vi === '/' ? '/index' : vi}.astro` });
        }
        injectRoute({ pattern: '/en/[list]', entrypoint: './src/pages/[list]/index.astro' });
        injectRoute({ pattern: '/en/[list]/[slug]', entrypoint: './src/pages/[list]/[slug].astro' });
      },
    },
  };
}
