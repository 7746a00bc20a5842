import type { AstroGlobal } from 'astro';
import type { FormAnswer } from '../actions/action.ts';

/**
 * What a page's form has come to. A form that failed answers 400; the pages of forms are kept by nobody and tell no
 * other site where their visitor came from (`no-referrer` would hide the origin from our own check as well).
 */
export function formAnswer<T extends object>(
  { response }: Pick<AstroGlobal, 'response'>,
  result: { data: FormAnswer<T> | undefined; error: { code: string } | undefined } | undefined,
): FormAnswer<T> | undefined {
  response.headers.set('cache-control', 'private, no-store');
  response.headers.set('referrer-policy', 'same-origin');
  if (result?.error) {
    const isTooLarge = result.error.code === 'CONTENT_TOO_LARGE';
    response.status = isTooLarge ? 413 : 403;
    return { typed: {}, problems: [{ message: isTooLarge ? 'form.tooLarge' : 'form.forbidden' }] };
  }
  if (result?.data && !result.data.done) response.status = 400;
  return result?.data;
}
