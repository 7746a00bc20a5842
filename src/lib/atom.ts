import { xml, xmlText } from './xml.ts';

export interface AtomEntry {
  title: string;
  /** The page's absolute address, which names the entry too: it never changes. */
  url: string;
  /** ISO 8601. */
  published: string;
  updated: string;
  summary: string;
  category?: string;
}

/** An Atom feed (RFC 4287) in Vietnamese as an answer; the newest entry first. */
export function atom(feed: {
  title: string;
  /** The absolute address of the page that the feed is about. */
  home: string;
  /** Its own absolute address. */
  self: string;
  author: string;
  entries: AtomEntry[];
}): Response {
  const { title, home, self, author, entries } = feed;
  const newest =
    entries
      .map((entry) => entry.updated)
      .sort()
      .at(-1) ?? new Date(0).toISOString();
  const items = entries.map(
    (
      entry,
    ) => `<entry><title>${xmlText(entry.title)}</title><id>${xmlText(entry.url)}</id><link href="${xmlText(entry.url)}"/>
<published>${entry.published}</published><updated>${entry.updated}</updated>${entry.category ? `<category term="${xmlText(entry.category)}"/>` : ''}<summary>${xmlText(entry.summary)}</summary></entry>`,
  );
  return xml(
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">
<title>${xmlText(title)}</title><id>${xmlText(home)}</id>
<link rel="self" href="${xmlText(self)}"/><link href="${xmlText(home)}"/>
<updated>${newest}</updated><author><name>${xmlText(author)}</name></author>
${items.join('\n')}
</feed>`,
    'application/atom+xml',
  );
}
