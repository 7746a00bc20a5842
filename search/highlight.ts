import type { DisplayDocument, Highlights, Language } from './engine.ts';
import { tokenize } from './text.ts';

/** The folded words of a query that are marked in an answer. */
export interface MarkedTerms {
  words: Set<string>;
  /** A word that begins with one of these is marked too. */
  prefixes: string[];
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char]);

function matches(text: string, terms: MarkedTerms): { start: number; end: number }[] {
  return tokenize(text).filter(
    ({ folded }) => terms.words.has(folded) || terms.prefixes.some((prefix) => folded.startsWith(prefix)),
  );
}

function mark(text: string, from: number, to: number, found: { start: number; end: number }[]): string {
  let html = '';
  let at = from;
  for (const { start, end } of found) {
    if (start < from || end > to) continue;
    // Neighbouring matches become one mark, so that «công nghệ» reads as one word.
    const between = text.slice(at, start);
    if (html.endsWith('</mark>') && between === ' ')
      html = `${html.slice(0, -'</mark>'.length)} ${escapeHtml(text.slice(start, end))}</mark>`;
    else html += `${escapeHtml(between)}<mark>${escapeHtml(text.slice(start, end))}</mark>`;
    at = end;
  }
  return html + escapeHtml(text.slice(at, to));
}

/** The whole text as HTML with the matched words in `<mark>`; undefined when none matched. */
export function highlight(text: string, terms: MarkedTerms): string | undefined {
  const found = matches(text, terms);
  return found.length > 0 ? mark(text, 0, text.length, found) : undefined;
}

/** A passage of at most about `maxLength` characters around the densest matches; undefined when none matched. */
export function snippet(text: string, terms: MarkedTerms, maxLength = 200): string | undefined {
  const found = matches(text, terms);
  if (found.length === 0) return undefined;
  let best = 0;
  let bestCount = 0;
  for (let i = 0, j = 0; i < found.length; i += 1) {
    while (j < found.length && found[j].end <= found[i].start + maxLength * 0.7) j += 1;
    if (j - i > bestCount) [best, bestCount] = [i, j - i];
  }
  const { start, end } = found[best];
  const earliest = Math.max(0, start - Math.round(maxLength * 0.15));
  const wordBefore = text.lastIndexOf(' ', earliest);
  // Where no word begins near, as in an address, the passage begins with the match.
  const from = earliest === 0 ? 0 : wordBefore > earliest - maxLength * 0.3 ? wordBefore + 1 : start;
  const latest = Math.min(text.length, Math.max(from + maxLength, end));
  const wordAfter = text.lastIndexOf(' ', latest);
  const to = latest < text.length && wordAfter >= end ? wordAfter : latest;
  return `${from > 0 ? '… ' : ''}${mark(text, from, to, found)}${to < text.length ? ' …' : ''}`;
}

/** What a hit shows of the match: title and summary in the reader's language, or a passage of the body. */
export function highlightsOf(
  document: Pick<DisplayDocument, 'title' | 'titleEn' | 'summary' | 'summaryEn'>,
  body: string,
  terms: MarkedTerms,
  language: Language,
): Highlights {
  const english = language === 'en';
  const highlights: Highlights = {};
  const title = highlight((english && document.titleEn) || document.title, terms);
  const summary = highlight((english && document.summaryEn) || document.summary, terms);
  if (title) highlights.title = title;
  if (summary) highlights.summary = summary;
  if (!title && !summary) {
    const passage = snippet(body, terms);
    if (passage) highlights.body = passage;
  }
  return highlights;
}
