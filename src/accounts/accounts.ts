import type { Db } from '../../db/client.ts';
import type { Language } from '../../search/engine.ts';
import { type PageName, pageRoutes } from '../i18n/routes.ts';
import type { Sessions } from './sessions.ts';

/** What the accounts' functions work with. */
export interface Accounts {
  db: Db;
  sessions: Sessions;
  publicUrl: string;
  siteName: Record<Language, string>;
  departmentName: Record<Language, string>;
}

/** The version of the terms and of the personal-data notice that people agree to now; raised with each change. */
export const consentVersion = '2026-11-25';

/** The absolute address of a page, with a secret for a link that works once. */
export const linkTo = ({ publicUrl }: Accounts, page: PageName, language: Language, secret?: string): string =>
  publicUrl + pageRoutes[page][language] + (secret ? `?token=${secret}` : '');
