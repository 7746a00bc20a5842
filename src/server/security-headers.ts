/** What every answer tells browsers about safety: the only place that says it. */

/** What a page may load and do: files and addresses of its own, nothing inline, nobody's frame. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What is no page (data, pictures, files that people have sent) does nothing, even when it is opened by itself. */
const contentPolicy = [
  "default-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  'sandbox',
].join('; ');

const unusedFeatures = ['camera', 'display-capture', 'geolocation', 'microphone', 'midi', 'payment', 'serial', 'usb'];

/**
 * The headers of every answer, whoever gives it: a page, a file, the cache, a refusal. The strictest there are; a page
 * says by `refine` what it needs.
 * @param publicUrl the address that visitors use; with `https:` browsers stay on it for a year after each visit
 */
export const securityHeaders = (publicUrl: string): Headers =>
  new Headers({
    'content-security-policy': contentPolicy,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': unusedFeatures.map((feature) => `${feature}=()`).join(', '),
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    ...(publicUrl.startsWith('https:') && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
  });

/** Gives an answer of the site's own what its content needs: a page its policy, open data to other sites' pages. */
export function refine(headers: Headers): void {
  if (headers.get('content-type')?.startsWith('text/html')) {
    headers.set('content-type', 'text/html; charset=utf-8');
    headers.set('content-security-policy', pagePolicy);
  }
  if (headers.get('access-control-allow-origin') === '*') headers.set('cross-origin-resource-policy', 'cross-origin');
}
