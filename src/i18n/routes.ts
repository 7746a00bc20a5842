import type { Language } from '../../search/engine.ts';

/** Addresses of the pages besides the kinds' lists and details (those stand in the kinds' declarations). */
export const pageRoutes = {
  home: { vi: '/', en: '/en' },
  search: { vi: '/tim-kiem', en: '/en/search' },
  guide: { vi: '/huong-dan', en: '/en/guide' },
  openData: { vi: '/du-lieu-mo', en: '/en/open-data' },
  accessibility: { vi: '/tiep-can', en: '/en/accessibility' },
  privacy: { vi: '/rieng-tu', en: '/en/privacy' },
} as const satisfies Record<string, Record<Language, string>>;

export type PageName = keyof typeof pageRoutes;

/** The language of an address. */
export const languageOf = (pathname: string): Language =>
  pathname === '/en' || pathname.startsWith('/en/') ? 'en' : 'vi';
