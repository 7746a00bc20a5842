import type { Db, Trx } from '../../../db/client.ts';
import type { RecordStatus } from '../../../db/schema.ts';
import { metaOf } from '../attributes.ts';
import { type KindCode, type KindDeclaration, sharedSchema } from '../kind.ts';
import { kinds } from '../kinds/index.ts';
import { type Pictures, picturesOf } from '../pictures.ts';

/** A record that an import may change: values as its form would hold them, links by relation. */
export interface ExistingRecord {
  id: number;
  version: number;
  status: RecordStatus;
  publishedAt: string | null;
  values: Record<string, unknown>;
  links: Record<string, number[]>;
  pictures: Pictures;
}

/** A natural key with its value, e.g. `taxCode=0800123456`. */
export const keyText = (key: string, value: unknown): string => `${key}=${value}`;

/** A record's address as a key of `loadKeys`: no number looks like it. */
export const addressKey = (kind: KindCode, slug: string): string => `/${kind}/${slug}`;

/** A kind's natural keys, most trustworthy first. */
export const naturalKeysOf = (kind: KindDeclaration): string[] => kind.naturalKeys.map(String);

/** The ids of the records of a kind that have one of these values of a natural key, or these addresses, by `keyText`. */
export async function findByKey(
  db: Db | Trx,
  kind: KindDeclaration,
  key: string,
  values: string[],
): Promise<Map<string, number>> {
  if (values.length === 0) return new Map();
  const rows =
    key === 'externalId' || key === 'slug'
      ? await db
          .selectFrom('record')
          .select(['id', `${key} as value`])
          .where('kind', '=', kind.code)
          .where(key, 'in', values)
          .execute()
      : await db
          .selectFrom(kind.code)
          .select(['recordId as id', `${key} as value`])
          .where(key, 'in', values)
          .execute();
  return new Map(rows.map((row) => [keyText(key, row.value), Number(row.id)]));
}

/** The ids of all records of these kinds by each of their natural keys and their address; where two share one, the earlier kind wins. */
export async function loadKeys(db: Db, kindCodes: readonly KindCode[]): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  const add = (value: unknown, id: number) => {
    if (value != null && !ids.has(String(value))) ids.set(String(value), id);
  };
  for (const kind of kindCodes.map((code) => kinds[code])) {
    const own = naturalKeysOf(kind).filter((key) => key !== 'externalId');
    if (own.length > 0) {
      const rows = await db
        .selectFrom(kind.code)
        .select(['recordId', ...own])
        .execute();
      for (const key of own) for (const row of rows) add(row[key], Number(row.recordId));
    }
    const rows = await db
      .selectFrom('record')
      .select(['id', 'externalId', 'slug'])
      .where('kind', '=', kind.code)
      .execute();
    for (const row of rows) {
      add(row.externalId, row.id);
      add(addressKey(kind.code, row.slug), row.id);
    }
  }
  return ids;
}

const listTypes = new Set(['list', 'choices', 'codes']);

/** The records of one kind with these ids, as an import compares them. */
export async function loadExisting(
  db: Db | Trx,
  kind: KindDeclaration,
  ids: number[],
): Promise<Map<number, ExistingRecord>> {
  if (ids.length === 0) return new Map();
  const [records, ownRows, fields, areas, links] = await Promise.all([
    db.selectFrom('record').selectAll().where('id', 'in', ids).execute(),
    db.selectFrom(kind.code).selectAll().where('recordId', 'in', ids).execute(),
    db.selectFrom('record_field').selectAll().where('recordId', 'in', ids).execute(),
    db.selectFrom('record_area').selectAll().where('recordId', 'in', ids).execute(),
    db.selectFrom('record_link').selectAll().where('fromId', 'in', ids).execute(),
  ]);
  const ownById = new Map(ownRows.map((row) => [row.recordId, row]));
  const fieldsById = Map.groupBy(fields, (row) => row.recordId);
  const areasById = Map.groupBy(areas, (row) => row.recordId);
  const linksById = Map.groupBy(links, (row) => row.fromId);
  return new Map(
    records.map((record) => {
      const own = ownById.get(record.id) ?? {};
      const values: Record<string, unknown> = {};
      for (const name of Object.keys(sharedSchema.shape)) values[name] = record[name as keyof typeof record];
      values.keywords = JSON.parse(record.keywords);
      values.fields = (fieldsById.get(record.id) ?? []).map((row) => row.fieldCode);
      values.areas = (areasById.get(record.id) ?? []).map((row) => row.areaCode);
      for (const [name, schema] of Object.entries(kind.attributes.shape)) {
        const value = (own as Record<string, unknown>)[name];
        values[name] = listTypes.has(metaOf(schema).type) ? JSON.parse(String(value ?? '[]')) : value;
      }
      const byRelation: Record<string, number[]> = {};
      for (const { relation, toId } of linksById.get(record.id) ?? []) {
        byRelation[relation] ??= [];
        byRelation[relation].push(toId);
      }
      const { id, version, status, publishedAt } = record;
      return [id, { id, version, status, publishedAt, values, links: byRelation, pictures: picturesOf(record) }];
    }),
  );
}
