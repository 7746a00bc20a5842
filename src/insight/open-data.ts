import type { Db } from '../../db/client.ts';
import type { Language } from '../../search/engine.ts';
import { recordPath } from '../catalogue/address.ts';
import type { Reader } from '../catalogue/api.ts';
import { type AttributeType, metaOf } from '../catalogue/attributes.ts';
import { recordUrn } from '../catalogue/identity.ts';
import type { KindCode, KindDeclaration } from '../catalogue/kind.ts';
import { allKinds } from '../catalogue/kinds/index.ts';
import { type Label, labelOf } from '../catalogue/labels.ts';
import { picturePath } from '../catalogue/pictures.ts';
import { type FullRecord, publicView, readRecords } from '../catalogue/read.ts';
import { valueName } from '../catalogue/value-name.ts';
import type { Vocabulary } from '../catalogue/vocabulary.ts';
import { localDay } from '../i18n/format.ts';
import { isMessageKey, type MessageKey, translator } from '../i18n/translate.ts';

/**
 * The open data: for each kind one table of its public records, cut by `publicView` as pages and API are. Its columns
 * are made from the kind's declaration and are those that a record's page shows.
 */

/** A cell: lists are written as the format has them. */
export type Value = string | number | boolean | string[] | null;

export interface Column {
  name: string;
  label: Label;
  type: AttributeType;
  /** What stands in it, where the label does not say all. */
  note: MessageKey | undefined;
  /** The values with their names; a long classification is named by `codes` instead. */
  values: { code: string; name: Label }[];
  codes: MessageKey | undefined;
  read: (record: FullRecord, reader: Reader) => Value;
}

const relationColumn =
  (relation: string): Column['read'] =>
  ({ links }, { publicUrl }) =>
    links.filter((link) => link.relation === relation).map((link) => publicUrl + recordPath(link, 'vi'));

/** What every kind's table begins with and ends on; in between stand the kind's own attributes. */
const first: [name: string, type: AttributeType, read: Column['read']][] = [
  ['id', 'text', (record, { site }) => recordUrn(site, record.id)],
  ['url', 'url', (record, { publicUrl }) => publicUrl + recordPath(record, 'vi')],
  ['urlEn', 'url', (record, { publicUrl }) => publicUrl + recordPath(record, 'en')],
  ['externalId', 'text', (record) => record.externalId],
  ['title', 'text', (record) => record.title],
  ['titleEn', 'text', (record) => record.titleEn],
  ['summary', 'text', (record) => record.summary],
  ['summaryEn', 'text', (record) => record.summaryEn],
  ['body', 'longText', (record) => record.body],
  ['fields', 'codes', (record) => record.fields],
  ['areas', 'codes', (record) => record.areas],
  ['keywords', 'list', (record) => record.keywords],
];
const last: typeof first = [
  ['contactName', 'text', (record) => record.contactName],
  ['contactEmail', 'email', (record) => record.contactEmail],
  ['contactPhone', 'text', (record) => record.contactPhone],
  ['website', 'url', (record) => record.website],
  [
    'images',
    'list',
    ({ pictures: { logo, photos } }, { publicUrl }) =>
      [logo ?? [], photos].flat().map(({ hash }) => publicUrl + picturePath(hash, 1600)),
  ],
  ['sourceText', 'text', (record) => record.sourceText],
  ['sourceUrl', 'url', (record) => record.sourceUrl],
  ['demo', 'flag', (record) => record.demo],
  ['publishedAt', 'date', (record) => localDay(record.publishedAt ?? record.createdAt)],
  ['updatedAt', 'date', (record) => record.updatedAt],
];

const column = (
  kind: KindDeclaration,
  name: string,
  type: AttributeType,
  read: Column['read'],
  more: Partial<Column> = {},
): Column => {
  const note = `openData.note.${name}`;
  const own = `openData.column.${name}`;
  return {
    name,
    label: isMessageKey(own) ? { vi: translator('vi')(own), en: translator('en')(own) } : labelOf(kind.code, name),
    type,
    note: isMessageKey(note) ? note : undefined,
    values: [],
    codes: undefined,
    read,
    ...more,
  };
};

const nothing = { fields: new Map(), areas: new Map(), vsic: new Map(), niceClasses: new Map() };

/** The attributes that the record's page shows, and whether its requester stays unnamed. */
const attributesShown = (kind: KindDeclaration): string[] => [
  ...Object.values(kind.sections).flat().map(String),
  ...('anonymous' in kind.attributes.shape ? ['anonymous'] : []),
];

function attributeColumn(kind: KindDeclaration, name: string): Column {
  const { type, values = [], vocabulary } = metaOf(kind.attributes.shape[name]);
  const codes = `openData.codes.${vocabulary}`;
  const named = (code: string, language: Language) => valueName(vocabulary ?? '', code, language, nothing) ?? code;
  return column(kind, name, type, (record) => (record.attributes[name] ?? null) as Value, {
    codes: isMessageKey(codes) ? codes : undefined,
    values: isMessageKey(codes)
      ? []
      : values.map((code) => ({ code, name: { vi: named(code, 'vi'), en: named(code, 'en') } })),
  });
}

function columnsFor(kind: KindDeclaration): Column[] {
  const plain = ([name, type, read]: (typeof first)[number]) => {
    const codes = `openData.codes.${name}`;
    return column(kind, name, type, read, isMessageKey(codes) ? { codes } : {});
  };
  return [
    ...first.map(plain),
    ...attributesShown(kind).map((name) => attributeColumn(kind, name)),
    ...Object.keys(kind.relations).map((name) =>
      column(kind, name, 'list', relationColumn(name), { note: 'openData.note.relation' }),
    ),
    ...last.map(plain),
  ];
}

const columns = new Map(allKinds.map((kind) => [kind.code, columnsFor(kind)]));

/** The columns of a kind's table, in order. */
export const columnsOf = (kind: KindDeclaration): Column[] => columns.get(kind.code) ?? [];

/** One row; `record` is already what the public may see. */
export const rowOf = (kind: KindDeclaration, record: FullRecord, reader: Reader): Record<string, Value> =>
  Object.fromEntries(columnsOf(kind).map(({ name, read }) => [name, read(record, reader)]));

/** Records that are read together: two queries, and few enough that visitors hardly notice. */
const batchSize = 100;

/** All public records of a kind as the public may see them, a batch at a time, by their numbers. */
export async function* publicRecords(
  db: Db,
  kind: KindDeclaration,
  vocabulary: Vocabulary,
): AsyncGenerator<FullRecord[]> {
  let after = 0;
  for (;;) {
    const rows = await db
      .selectFrom('record')
      .select('id')
      .where('kind', '=', kind.code)
      .where('status', '=', 'published')
      .where('id', '>', after)
      .orderBy('id')
      .limit(batchSize)
      .execute();
    const ids = rows.map(({ id }) => id);
    const lastId = ids.at(-1);
    if (lastId === undefined) return;
    after = lastId;
    // One may have been withdrawn between the two queries.
    const records = (await readRecords(db, ids)).filter(({ status }) => status === 'published');
    yield records.map((record) => publicView(record, vocabulary)).sort((a, b) => a.id - b.id);
  }
}

/** How a kind's table stands. */
export interface DatasetState {
  /** Grows with each change of one of its records, and when one leaves. */
  version: number;
  /** ISO 8601; null while there was nothing yet. */
  modified: string | null;
}

/** The last change of a kind's public records. */
export async function datasetState(db: Db, kind: KindCode): Promise<DatasetState> {
  const change = await db
    .selectFrom('record_change')
    .select(['seq', 'changedAt'])
    .where('kind', '=', kind)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { version: change?.seq ?? 0, modified: change?.changedAt ?? null };
}

export const formats = ['csv', 'json', 'xlsx'] as const;
export type Format = (typeof formats)[number];

/** The stable address of a kind's table, the same in both languages of the site. */
export const datasetPath = (kind: KindDeclaration, format: Format): string => `/du-lieu-mo/${kind.route.vi}.${format}`;
export const cataloguePath = '/du-lieu-mo/catalog.jsonld';

/** What a file's name in an address stands for. */
export function parseFile(name: string): { kind: KindDeclaration; format: Format } | undefined {
  const [route, ending, ...rest] = name.split('.');
  const kind = allKinds.find((one) => one.route.vi === route);
  const format = formats.find((one) => one === ending);
  return kind && format && rest.length === 0 ? { kind, format } : undefined;
}

/** The columns that every kind has besides those of its own: described once. */
export const sharedNames: ReadonlySet<string> = new Set([...first, ...last].map(([name]) => name));
