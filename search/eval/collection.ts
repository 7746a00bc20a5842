import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from '../../db/client.ts';
import type { SearchDocument } from '../engine.ts';

/** A record of an evaluation collection (design.md §11). */
export interface CollectionRecord {
  id: string;
  kind: string;
  title: string;
  titleEn?: string;
  summary: string;
  summaryEn?: string;
  body?: string;
  fields?: string[];
  keywords?: string[];
  areas?: string[];
  trl?: number;
  transferModes?: string[];
  /** Id of the organisation behind it, or a name. */
  organisation?: string;
}

/** A query with the ids of the records that answer it. */
export interface JudgedQuery {
  q: string;
  type: string;
  relevant: string[];
}

/** The part of a collection that judges the search. */
export interface Collection {
  records: CollectionRecord[];
  queries: JudgedQuery[];
}

/**
 * Reads one of a collection's files.
 * @throws Error that names the file when it is missing or not a list
 */
export function readList<T>(folder: string, name: string): T[] {
  const file = join(folder, name);
  if (!existsSync(file)) throw new Error(`There is no file ${file}`);
  const list: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(list)) throw new Error(`${file}: expected a list`);
  return list as T[];
}

/**
 * Reads a collection's folder.
 * @throws Error that names the file that is missing or not a list
 */
export const readCollection = (folder: string): Collection => ({
  records: readList(folder, 'records.json'),
  queries: readList(folder, 'search-queries.json'),
});

interface Names {
  fields: Map<string, { parent: string | null; vi: string }>;
  areas: Map<string, { parent: string | null; names: string[] }>;
}

/** The classifications' names, former ones of areas too, from a seeded database. */
async function readNames(db: Db): Promise<Names> {
  const fields = await db.selectFrom('field').selectAll().execute();
  const areas = await db.selectFrom('area').selectAll().execute();
  const former = Map.groupBy(await db.selectFrom('area_former_name').selectAll().execute(), (row) => row.areaCode);
  return {
    fields: new Map(fields.map((field) => [field.code, field])),
    areas: new Map(
      areas.map(({ code, parent, vi }) => [
        code,
        { parent, names: [vi, ...(former.get(code) ?? []).map((row) => row.name)] },
      ]),
    ),
  };
}

function withParents(terms: Map<string, { parent: string | null }>, codes: string[]): string[] {
  const found = new Set<string>();
  for (const code of codes) {
    for (let at: string | null = code; at; at = terms.get(at)?.parent ?? null) if (terms.has(at)) found.add(at);
  }
  return [...found];
}

/**
 * The search documents of a collection, numbered from 1 in its order. Texts go where the catalogue puts a record's:
 * keywords and the organisation behind it into the keys, names of fields into the body, names of areas, former ones
 * too, into the places. All have the same date, so that only the words decide.
 */
export async function documentsOf(records: CollectionRecord[], db: Db): Promise<SearchDocument[]> {
  const names = await readNames(db);
  const titles = new Map(records.map((record) => [record.id, record.title]));
  return records.map((record, i): SearchDocument => {
    const fields = withParents(names.fields, record.fields ?? []);
    const areas = withParents(names.areas, record.areas ?? []);
    const organisation = record.organisation && (titles.get(record.organisation) ?? record.organisation);
    return {
      id: i + 1,
      kind: record.kind,
      slug: record.id,
      title: record.title,
      titleEn: record.titleEn ?? null,
      summary: record.summary,
      summaryEn: record.summaryEn ?? null,
      body: [record.body ?? '', ...fields.map((code) => names.fields.get(code)?.vi ?? '')].join('\n'),
      keys: [...(record.keywords ?? []), ...(organisation ? [organisation] : [])],
      places: areas.flatMap((code) => names.areas.get(code)?.names ?? []),
      facets: { kind: [record.kind], field: fields, area: areas },
      card: {},
      publishedAt: 0,
      completeness: 0,
    };
  });
}
