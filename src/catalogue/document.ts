import type { Db, Trx } from '../../db/client.ts';
import type { Language, SearchDocument } from '../../search/engine.ts';
import { metaOf } from './attributes.ts';
import { type KindDeclaration, present } from './kind.ts';
import { kinds } from './kinds/index.ts';
import { plainText } from './markdown.ts';
import { mainPicture } from './pictures.ts';
import { type FullRecord, publicView, readRecords } from './read.ts';
import { valueName } from './value-name.ts';
import { type Vocabulary, withParents } from './vocabulary.ts';

/** What a complete record has; the share that is given is its completeness. */
const completenessParts: ((record: FullRecord) => boolean)[] = [
  (r) => r.summary.length >= 100,
  (r) => (r.body?.length ?? 0) >= 200,
  (r) => r.titleEn != null && r.summaryEn != null,
  (r) => r.fields.length > 0,
  (r) => r.areas.length > 0,
  (r) => r.keywords.length >= 3,
  (r) => r.contactEmail != null || r.contactPhone != null || r.website != null,
  (r) => r.links.length > 0,
  (r) =>
    Object.values(r.attributes).filter((value) => value != null && !(Array.isArray(value) && value.length === 0))
      .length *
      2 >=
    Object.keys(r.attributes).length,
];

/** How complete a record is: 0…1. */
export const completeness = (record: FullRecord): number =>
  completenessParts.filter((has) => has(record)).length / completenessParts.length;

/** The names of what was chosen for some attributes. */
function choiceNames(
  kind: KindDeclaration,
  attributes: readonly PropertyKey[],
  record: FullRecord,
  vocabulary: Vocabulary,
): string[] {
  return attributes.flatMap((attribute) => {
    const value = record.attributes[String(attribute)];
    const name = metaOf(kind.attributes.shape[String(attribute)]).vocabulary;
    return value == null || !name ? [] : (valueName(name, String(value), 'vi', vocabulary) ?? []);
  });
}

/** Who stands behind a record, by name; null when that is not public. */
function providerOf({ kind, links, attributes }: FullRecord): Record<Language, string> | null {
  const provider = kinds[kind].provider;
  const linked = links.find((link) => link.relation === provider?.relation);
  const named = provider?.attribute === undefined ? null : (attributes[String(provider.attribute)] as string | null);
  return linked ? { vi: linked.title, en: linked.titleEn ?? linked.title } : named ? { vi: named, en: named } : null;
}

/** What the engines store of a public record, read from its kind's declaration. */
export function toDocument(full: FullRecord, vocabulary: Vocabulary): SearchDocument {
  const record = publicView(full, vocabulary);
  const kind = kinds[record.kind];
  const searchable = kind.searchable(record.attributes as never);
  const areas = withParents(vocabulary.areas, record.areas);
  const fields = withParents(vocabulary.fields, record.fields);
  const facets: Record<string, string[]> = { kind: [record.kind], field: fields, area: areas };
  for (const facet of kind.facets) {
    const values = facet.valuesOf(record.attributes as never).filter((value) => value != null);
    if (values.length > 0) facets[facet.key] = values.map(String);
  }
  return {
    id: record.id,
    kind: record.kind,
    slug: record.slug,
    title: record.title,
    titleEn: record.titleEn,
    summary: record.summary,
    summaryEn: record.summaryEn,
    body: present([
      record.body && plainText(record.body),
      ...searchable.body,
      ...fields.map((code) => vocabulary.fields.get(code)?.name.vi),
    ])
      .flatMap((text) => text.split('\n').map((line) => line.trim()))
      .filter(Boolean)
      .join(' · '),
    keys: present([
      record.externalId,
      ...record.keywords,
      ...searchable.keys,
      ...choiceNames(kind, kind.soughtByName ?? [], record, vocabulary),
      ...record.links.map((link) => link.title),
    ]),
    places: areas.flatMap((code) => {
      const area = vocabulary.areas.get(code);
      return area ? [area.name.vi, ...area.former.map((former) => former.name)] : [];
    }),
    facets,
    card: {
      fields: record.fields,
      areas: record.areas,
      demo: record.demo,
      provider: providerOf(record),
      picture: mainPicture(record.pictures)?.hash,
      ...Object.fromEntries(kind.card.map((name) => [name, record.attributes[name as string]])),
    },
    publishedAt: Date.parse(record.publishedAt ?? record.createdAt),
    completeness: completeness(full),
  };
}

/**
 * The documents of those of these records that are public now; the ids of the others, which must leave the index.
 */
export async function loadDocuments(
  db: Db | Trx,
  vocabulary: Vocabulary,
  ids: number[],
): Promise<{ documents: SearchDocument[]; deletedIds: number[] }> {
  const records = (await readRecords(db, ids)).filter((record) => record.status === 'published');
  const isPublic = new Set(records.map((record) => record.id));
  return {
    documents: records.map((record) => toDocument(record, vocabulary)),
    deletedIds: ids.filter((id) => !isPublic.has(id)),
  };
}
