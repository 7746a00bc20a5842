const weak = (tag: string) => tag.trim().replace(/^W\//, '');

/**
 * Whether a client has the answer already (RFC 9110, 13.1): by its tag, or without one by its date.
 * @param headers of the answer, with `etag` and perhaps `last-modified`
 */
export function isUnchanged(request: Request, headers: Headers): boolean {
  const known = request.headers.get('if-none-match');
  if (known !== null) {
    const own = weak(headers.get('etag') ?? '');
    return known.split(',').some((tag) => tag.trim() === '*' || weak(tag) === own);
  }
  const since = Date.parse(request.headers.get('if-modified-since') ?? '');
  return Date.parse(headers.get('last-modified') ?? '') <= since;
}
