import { sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/sqlite';
import type { Db, Trx } from '../../db/client.ts';
import { prepared } from '../../db/prepared.ts';
import type { RecordRow, RecordStatus } from '../../db/schema.ts';
import { metaOf } from './attributes.ts';
import { type KindCode, type KindDeclaration, kindCodes } from './kind.ts';
import { kinds } from './kinds/index.ts';
import { type Pictures, picturesOf } from './pictures.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The other end of a link. */
export interface LinkedRecord {
  id: number;
  relation: string;
  kind: KindCode;
  slug: string;
  title: string;
  titleEn: string | null;
}

/** A record with everything that belongs to it. */
export interface FullRecord extends Omit<RecordRow, 'keywords' | 'demo' | 'kind' | 'logo' | 'photos'> {
  kind: KindCode;
  keywords: string[];
  demo: boolean;
  fields: string[];
  areas: string[];
  pictures: Pictures;
  attributes: Record<string, unknown>;
  /** Published records that this one names, e.g. an offer's supplier. */
  links: LinkedRecord[];
}

const fieldCodes = (eb: { selectFrom: Db['selectFrom'] }) =>
  eb
    .selectFrom('record_field')
    .select(sql<string>`json_group_array("fieldCode")`.as('codes'))
    .whereRef('record_field.recordId', '=', 'record.id' as never);

const attributesOf = (kind: KindDeclaration, row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(kind.attributes.shape).map(([name, schema]) => {
      const value = row[name];
      switch (metaOf(schema).type) {
        case 'list':
        case 'choices':
        case 'codes':
          return [name, JSON.parse(String(value ?? '[]'))];
        case 'flag':
          return [name, value === 1];
        default:
          return [name, value];
      }
    }),
  );

const withLinks = (db: Db | Trx) =>
  db
    .selectFrom('record')
    .selectAll('record')
    .select((eb) => [
      fieldCodes(eb as never).as('fieldCodes'),
      eb
        .selectFrom('record_area')
        .select(sql<string>`json_group_array("areaCode")`.as('codes'))
        .whereRef('record_area.recordId', '=', 'record.id')
        .as('areaCodes'),
      jsonArrayFrom(
        eb
          .selectFrom('record_link as link')
          .innerJoin('record as target', 'target.id', 'link.toId')
          .whereRef('link.fromId', '=', 'record.id')
          .where('target.status', '=', 'published')
          .select(['target.id', 'link.relation', 'target.kind', 'target.slug', 'target.title', 'target.titleEn']),
      ).as('links'),
    ]);

type LinkedRow = Awaited<ReturnType<ReturnType<typeof withLinks>['execute']>>[number];

function assemble(row: LinkedRow, own: Record<string, unknown>): FullRecord {
  const { fieldCodes, areaCodes, keywords, demo, links, logo, photos, ...shared } = row;
  return {
    ...shared,
    kind: row.kind as KindCode,
    keywords: JSON.parse(keywords),
    demo: demo === 1,
    fields: JSON.parse(fieldCodes ?? '[]'),
    areas: JSON.parse(areaCodes ?? '[]'),
    pictures: picturesOf({ logo, photos }),
    links: (typeof links === 'string' ? JSON.parse(links) : links) as LinkedRecord[],
    attributes: attributesOf(kinds[row.kind as KindCode], own),
  };
}

/** The records with these ids in one query a kind and one for the rest; order as the database gives it. */
export async function readRecords(db: Db | Trx, ids: number[]): Promise<FullRecord[]> {
  const rows = await withLinks(db).where('record.id', 'in', ids).execute();
  const own = new Map<number, Record<string, unknown>>();
  for (const kind of kindCodes) {
    const idsOfKind = rows.filter((row) => row.kind === kind).map((row) => row.id);
    if (idsOfKind.length === 0) continue;
    const kindRows = await db.selectFrom(kind).selectAll().where('recordId', 'in', idsOfKind).execute();
    for (const row of kindRows) own.set(row.recordId as number, row);
  }
  return rows.map((row) => assemble(row, own.get(row.id) ?? {}));
}

const readBySlug = prepared((db, kind: KindCode, slug: string) =>
  withLinks(db).where('record.kind', '=', kind).where('record.slug', '=', slug),
);

const readOwn = new Map(
  kindCodes.map((kind) => [
    kind,
    prepared((db, id: number) => db.selectFrom(kind).selectAll().where('recordId', '=', id)),
  ]),
);

/** One record by its address. */
export async function readRecord(db: Db, kind: KindDeclaration, slug: string): Promise<FullRecord | undefined> {
  const [row] = await readBySlug(db, kind.code, slug);
  if (!row) return undefined;
  const [own = {}] = (await readOwn.get(kind.code)?.(db, row.id)) ?? [];
  return assemble(row, own);
}

const readNaming = prepared((db, id: number, limit: number) =>
  db
    .selectFrom('record_link as link')
    .innerJoin('record as source', 'source.id', 'link.fromId')
    .leftJoin('need', 'need.recordId', 'source.id')
    .where('link.toId', '=', id)
    .where('source.status', '=', 'published')
    .where((eb) => eb.or([eb('need.anonymous', 'is', null), eb('need.anonymous', '=', 0)]))
    .select(['source.id', 'link.relation', 'source.kind', 'source.slug', 'source.title', 'source.titleEn'])
    .orderBy('link.fromId', 'desc')
    .limit(limit),
);

/**
 * Published records that name this one, newest first; at most `limit`. A need that is anonymous does not show on its
 * requester's page: that would tell who it is.
 */
export const readBacklinks = async (db: Db, id: number, limit = 60): Promise<LinkedRecord[]> =>
  (await readNaming(db, id, limit)) as LinkedRecord[];

/** The records that this one names, public or not. */
export async function readLinks(db: Db | Trx, id: number): Promise<LinkedRecord[]> {
  return (await db
    .selectFrom('record_link as link')
    .innerJoin('record as target', 'target.id', 'link.toId')
    .where('link.fromId', '=', id)
    .select(['target.id', 'link.relation', 'target.kind', 'target.slug', 'target.title', 'target.titleEn'])
    .execute()) as LinkedRecord[];
}

/** Where an address leads that no record has now: the slug it moved to. */
export async function currentSlug(db: Db, kind: KindCode, oldSlug: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('record_old_slug as old')
    .innerJoin('record', 'record.id', 'old.recordId')
    .where('old.kind', '=', kind)
    .where('old.slug', '=', oldSlug)
    .select('record.slug')
    .executeTakeFirst();
  return row?.slug;
}

/** Statuses whose address answers 410 with the reason instead of the record. */
const goneStatuses = ['suspended', 'withdrawn', 'expired'] as const satisfies RecordStatus[];
export type GoneStatus = (typeof goneStatuses)[number];

/** What an anonymous need does not show, or not exactly: attributes and relations. */
export const hiddenOfAnonymous: readonly string[] = [
  'contactName',
  'contactEmail',
  'contactPhone',
  'website',
  'sourceText',
  'sourceUrl',
  'areas',
  'requester',
];

/**
 * What the public may see of a record. An anonymous need loses its requester and exact place; contact data shown only
 * to connections is emptied. Pages, search, API and feeds all start from this.
 */
export function publicView(record: FullRecord, vocabulary: Vocabulary): FullRecord {
  const view = { ...record };
  if (record.contactVisibility !== 'public') {
    view.contactEmail = null;
    view.contactPhone = null;
  }
  if (record.attributes.anonymous === true) {
    view.contactName = null;
    view.contactEmail = null;
    view.contactPhone = null;
    view.website = null;
    view.sourceText = null;
    view.sourceUrl = null;
    view.links = record.links.filter((link) => link.relation !== 'requester');
    view.areas = [...new Set(record.areas.map((code) => vocabulary.areas.get(code)?.parent ?? code))];
  }
  return view;
}

export type PublicAnswer =
  | { status: 200; record: FullRecord }
  | { status: 301; slug: string }
  | { status: 404 }
  | { status: 410; reason: GoneStatus; fields: string[] };

/** Answers an address for the public: the record as it may be seen, where it moved to, or why it is gone. */
export async function findPublic(
  db: Db,
  kind: KindDeclaration,
  slug: string,
  vocabulary: Vocabulary,
): Promise<PublicAnswer> {
  const record = await readRecord(db, kind, slug);
  if (!record) {
    const moved = await currentSlug(db, kind.code, slug);
    return moved ? { status: 301, slug: moved } : { status: 404 };
  }
  const reason = goneStatuses.find((status) => status === record.status);
  if (reason) return { status: 410, reason, fields: record.fields };
  return record.status === 'published' ? { status: 200, record: publicView(record, vocabulary) } : { status: 404 };
}
