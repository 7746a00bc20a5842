import { pageRoutes } from '../i18n/routes.ts';

/**
 * Whether a form comes from a page of ours. Browsers name the sending page's origin with every form; another site's
 * page that sends a visitor's cookies along is refused here.
 * @param publicUrl the address that visitors use, where a proxy passes another `Host` on
 */
export function isOwnForm(request: Request, publicUrl: string): boolean {
  const origin = request.headers.get('origin');
  if (!origin || !URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === new URL(publicUrl).host || host === request.headers.get('host');
}

/**
 * Whether this is a mail program's one click (RFC 8058): it comes from no page, and what it may do depends on nothing
 * but the secret in its address; a form of ours that is sent there is checked as any other.
 */
export const isOneClick = (request: Request, url: URL): boolean =>
  request.method === 'POST' &&
  [pageRoutes.unsubscribe, pageRoutes.bulletinReader].some(
    ({ vi, en }) => url.pathname === vi || url.pathname === en,
  ) &&
  !url.searchParams.has('_action');

/** Where to go after signing in: a path of this site, whatever was asked. */
export const safePath = (path: string | null | undefined, otherwise: string): string =>
  path && /^\/(?![/\\])[^\s]*$/.test(path) ? path : otherwise;
