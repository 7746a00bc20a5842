import { existsSync } from 'node:fs';
import type { AstroIntegration } from 'astro';
import { pageRoutes } from './routes.ts';

/** The file of a page: `tai-khoan.astro`, or `tai-khoan/index.astro` where the page has others below it. */
function fileOf(route: string): string {
  const path = `./src/pages${route === '/' ? '/index' : route}`;
  return existsSync(`${path}.astro`) ? `${path}.astro` : `${path}/index.astro`;
}

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
          injectRoute({ pattern: en, entrypoint: fileOf(vi) });
        }
        injectRoute({ pattern: '/en/[list]', entrypoint: './src/pages/[list]/index.astro' });
        injectRoute({ pattern: '/en/[list]/[slug]', entrypoint: './src/pages/[list]/[slug].astro' });
      },
    },
  };
}
