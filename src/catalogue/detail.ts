import type { Thing, WithContext } from 'schema-dts';
import type { Language } from '../../search/engine.ts';
import { isMessageKey, type MessageKey } from '../i18n/translate.ts';
import { recordPath } from './address.ts';
import { type Card, toCard } from './card.ts';
import { type Fact, factsOf } from './display.ts';
import type { KindDeclaration } from './kind.ts';
import { picturePath } from './pictures.ts';
import { type FullRecord, type LinkedRecord, readBacklinks } from './read.ts';
import type { Sources } from './sources.ts';
import type { Term, Vocabulary } from './vocabulary.ts';

/** Linked records under one heading. */
export interface LinkGroup {
  label: MessageKey;
  links: { href: string; title: string; kind: LinkedRecord['kind'] }[];
}

export interface DetailView {
  record: FullRecord;
  title: string;
  summary: string;
  /** The language of title and summary where it is not the page's. */
  lang: Language | undefined;
  sections: { label: MessageKey; facts: Fact[] }[];
  fields: Term[];
  areas: Term[];
  linkGroups: LinkGroup[];
  similar: Card[];
  jsonLd: WithContext<Thing>;
}

const termsOf = (codes: string[], terms: Map<string, Term>): Term[] => codes.flatMap((code) => terms.get(code) ?? []);

const titleIn = (language: Language, record: { title: string; titleEn: string | null }): string =>
  (language === 'en' && record.titleEn) || record.title;

/** Links by relation; `prefix` says from which end the relation is named. */
function grouped(links: LinkedRecord[], prefix: 'relation' | 'backlink', language: Language): LinkGroup[] {
  return [...Map.groupBy(links, (link) => link.relation)].map(([relation, ofRelation]) => {
    const label = `${prefix}.${relation}`;
    if (!isMessageKey(label)) throw new Error(`The relation ${relation} has no message ${label}`);
    return {
      label,
      links: ofRelation.map((link) => ({
        href: recordPath(link, language),
        title: titleIn(language, link),
        kind: link.kind,
      })),
    };
  });
}

function jsonLdOf(
  kind: KindDeclaration,
  record: FullRecord,
  language: Language,
  vocabulary: Vocabulary,
  publicUrl: string,
): WithContext<Thing> {
  const { logo, photos } = record.pictures;
  const images = [logo ?? [], photos].flat().map(({ hash }) => publicUrl + picturePath(hash, 1600));
  const described = kind.jsonLd(
    {
      title: titleIn(language, record),
      summary: (language === 'en' && record.summaryEn) || record.summary,
      keywords: record.keywords,
      website: record.website,
      publishedAt: record.publishedAt ?? record.createdAt,
      updatedAt: record.updatedAt,
      areaNames: termsOf(record.areas, vocabulary.areas).map((term) => term.name[language]),
      fieldNames: termsOf(record.fields, vocabulary.fields).map((term) => term.name[language]),
      attributes: record.attributes as never,
    },
    {
      url: publicUrl + recordPath(record, language),
      language,
      links: (relation) =>
        record.links
          .filter((link) => link.relation === relation)
          .map((link) => ({ name: titleIn(language, link), url: publicUrl + recordPath(link, language) })),
    },
  );
  if (images.length === 0) return described;
  // A person's portrait is an image, not a logo.
  const own = logo && kind.code !== 'expert' ? { logo: images[0] } : {};
  return Object.assign({}, described, own, { image: images });
}

/** Everything that a record's page shows. */
export async function detailView(
  { db, search, vocabulary, config }: Pick<Sources, 'db' | 'search' | 'vocabulary' | 'config'>,
  kind: KindDeclaration,
  record: FullRecord,
  language: Language,
): Promise<DetailView> {
  const [backlinks, similar] = await Promise.all([readBacklinks(db, record.id), search.similar(record.id, 4)]);
  return {
    record,
    title: titleIn(language, record),
    summary: (language === 'en' && record.summaryEn) || record.summary,
    lang: language === 'en' && !record.titleEn ? 'vi' : undefined,
    sections: Object.entries(kind.sections).flatMap(([group, names]) => {
      const facts = factsOf(kind, names.map(String), record.attributes, { language, vocabulary });
      return facts.length > 0 ? [{ label: `group.${group}` as MessageKey, facts }] : [];
    }),
    fields: termsOf(record.fields, vocabulary.fields),
    areas: termsOf(record.areas, vocabulary.areas),
    linkGroups: [...grouped(record.links, 'relation', language), ...grouped(backlinks, 'backlink', language)],
    similar: similar.map((document) => toCard(document, language, vocabulary)),
    jsonLd: jsonLdOf(kind, record, language, vocabulary, config.publicUrl),
  };
}
