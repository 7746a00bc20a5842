import type { Language } from '../../search/engine.ts';
import { xml, xmlText } from './xml.ts';

export interface AtomEntry {
  /** A name that stays whatever becomes of its address. */
  id: string;
  title: string;
  /** Of title and summary, where it is not the feed's. */
  language?: Language;
  /** The page's absolute address. */
  url: string;
  /** ISO 8601. */
  published: string;
  updated: string;
  summary: string;
  categories?: { term: string; label: string }[];
}

export interface AtomFeed {
  id: string;
  title: string;
  language: Language;
  /** The absolute address of the page that the feed is about. */
  home: string;
  /** Its own absolute address. */
  self: string;
  author: string;
  entries: AtomEntry[];
}

const entryXml = ({ id, title, language, url, published, updated, summary, categories = [] }: AtomEntry): string =>
  `<entry${language ? ` xml:lang="${language}"` : ''}><title>${xmlText(title)}</title><id>${xmlText(id)}</id>
<link rel="alternate" type="text/html" href="${xmlText(url)}"/><published>${published}</published><updated>${updated}</updated>
${categories.map(({ term, label }) => `<category term="${xmlText(term)}" label="${xmlText(label)}"/>`).join('')}<summary>${xmlText(summary)}</summary></entry>`;

/** An Atom feed (RFC 4287) as an answer; the newest entry first. */
export function atom({ id, title, language, home, self, author, entries }: AtomFeed): Response {
  const newest = entries.map(({ updated }) => updated).sort();
  return xml(
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<title>${xmlText(title)}</title><id>${xmlText(id)}</id>
<link rel="self" type="application/atom+xml" href="${xmlText(self)}"/><link rel="alternate" type="text/html" href="${xmlText(home)}"/>
<updated>${newest.at(-1) ?? new Date(0).toISOString()}</updated><author><name>${xmlText(author)}</name></author>
${entries.map(entryXml).join('\n')}
</feed>`,
    'application/atom+xml',
  );
}
