import { micromark } from 'micromark';

/**
 * Limited Markdown as safe HTML: micromark escapes raw HTML and drops dangerous addresses by itself; headings move
 * below the page's own, images become their text (records carry photos elsewhere).
 * @param deeper by how many levels headings move; none stands beside the page's own
 */
export function markdownToHtml(source: string, deeper = 1): string {
  return micromark(source, { extensions: [{ disable: { null: ['labelStartImage', 'htmlFlow', 'htmlText'] } }] })
    .replace(/<(\/?)h([1-6])>/g, (_, close, level) => `<${close}h${Math.min(6, Math.max(2, Number(level) + deeper))}>`)
    .replace(/<a href="(?!\/[^/\\]|#)/g, '<a rel="nofollow ugc noopener" href="');
}

/** The words of a Markdown text without its signs, for searching. */
export function plainText(source: string): string {
  return source
    .replace(/\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replace(/^[ \t]{0,9}(?:#{1,6}|>|[-*+]|\d{1,9}\.)[ \t]+/gm, '')
    .replace(/[*_`]+/g, '');
}
