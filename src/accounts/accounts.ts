import type { Db } from '../../db/client.ts';
import type { Language } from '../../search/engine.ts';
import { type PageName, pageRoutes } from '../i18n/routes.ts';
import type { Sessions } from './sessions.ts';

/** What the accounts' functions work with. */
export interface Accounts {
  db: Db;
  sessions: Sessions;
  publicUrl: string;
  readonly siteName: Record<Language, string>;
  readonly departmentName: Record<Language, string>;
}

/** Names that a password must not consist of. */
export const ownNames = ({ siteName, departmentName }: Accounts): string[] => [
  ...Object.values(siteName),
  ...Object.values(departmentName),
];

/** The version of the terms and of the personal-data notice that people agree to now; raised with each change. */
export const consentVersion = '2026-11-25';

/** The absolute address of a page, with a secret for a link that works once. */
export const linkTo = ({ publicUrl }: Accounts, page: PageName, language: Language, secret?: string): string =>
  publicUrl + pageRoutes[page][language] + (secret ? `?token=${secret}` : '');
