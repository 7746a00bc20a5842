import { access, audienceOf } from '../accounts/policy.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { type PageName, pageRoutes } from '../i18n/routes.ts';
import type { MessageKey } from '../i18n/translate.ts';
import { toolGroups } from '../settings/tools.ts';

/** Pages that lead on to others, and what they are called. */
const homes: { page: PageName; title: MessageKey }[] = [
  { page: 'account', title: 'account.title' },
  { page: 'records', title: 'record.title' },
  { page: 'connections', title: 'connection.title' },
  { page: 'tools', title: 'tools.title' },
  ...toolGroups.flatMap(({ tools }) => tools),
];

/** The pages above a page, the outermost first: those whose address its own begins with and that the person may see. */
export const parentsOf = (page: PageName, person: SignedIn | undefined): { page: PageName; title: MessageKey }[] =>
  homes.filter((home) => {
    const { vi } = pageRoutes[home.page];
    return pageRoutes[page].vi.startsWith(`${vi}/`) && access(person, audienceOf(vi) ?? 'administrator') === 'allowed';
  });
