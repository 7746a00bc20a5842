import type { DisplayDocument, Language, SearchHit } from '../../search/engine.ts';
import { escapeHtml } from '../../search/highlight.ts';
import { recordPath } from './address.ts';
import { type Fact, factsOf } from './display.ts';
import type { KindCode } from './kind.ts';
import { kinds } from './kinds/index.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A record as a list shows it: what a visitor decides by. */
export interface Card {
  kind: KindCode;
  href: string;
  /** Escaped HTML; matched words are in `<mark>`. */
  titleHtml: string;
  summaryHtml: string;
  /** A passage of the body that shows why the record was found, when title and summary don't. */
  passageHtml: string | undefined;
  /** The language of title and summary where it is not the page's. */
  lang: Language | undefined;
  demo: boolean;
  /** Hash of the picture that stands for it. */
  picture: string | undefined;
  trl: number | undefined;
  /** Who stands behind it. */
  provider: string | undefined;
  fields: string[];
  places: string[];
  facts: Fact[];
  /** Milliseconds since 1970; undefined for what has a date of its own. */
  publishedAt: number | undefined;
}

const names = (codes: unknown, terms: Vocabulary['fields'], language: Language): string[] =>
  (Array.isArray(codes) ? codes : []).flatMap((code) => terms.get(String(code))?.name[language] ?? []);

/** Shapes a hit (or a document that nobody searched for) for a card. */
export function toCard(hit: SearchHit | DisplayDocument, language: Language, vocabulary: Vocabulary): Card {
  const { document, highlights } = 'document' in hit ? hit : { document: hit, highlights: {} };
  const kind = kinds[document.kind as KindCode];
  const { fields, areas, demo, trl, provider, picture, ...own } = document.card;
  const english = language === 'en';
  const title = (english && document.titleEn) || document.title;
  const summary = (english && document.summaryEn) || document.summary;
  return {
    kind: kind.code,
    href: recordPath(document, language),
    titleHtml: highlights.title ?? escapeHtml(title),
    summaryHtml: highlights.summary ?? escapeHtml(summary),
    passageHtml: highlights.body,
    lang: english && !document.titleEn ? 'vi' : undefined,
    demo: demo === true,
    picture: typeof picture === 'string' ? picture : undefined,
    trl: typeof trl === 'number' ? trl : undefined,
    provider: (provider as Record<Language, string> | null | undefined)?.[language],
    fields: names(fields, vocabulary.fields, language),
    places: names(areas, vocabulary.areas, language),
    facts: factsOf(
      kind,
      kind.card.map(String).filter((name) => name !== 'trl'),
      own,
      { language, vocabulary },
    ),
    publishedAt: kind.isDocument ? undefined : document.publishedAt,
  };
}
