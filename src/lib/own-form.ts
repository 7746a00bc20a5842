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

/** Where to go after signing in: a path of this site, whatever was asked. */
export const safePath = (path: string | null | undefined, otherwise: string): string =>
  path && /^\/(?![/\\])[^\s]*$/.test(path) ? path : otherwise;
