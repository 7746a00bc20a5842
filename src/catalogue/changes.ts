import { hash } from 'node:crypto';
import * as z from 'zod';
import type { Db } from '../../db/client.ts';
import { catalogue, origin, type Reader, recordAnswer, recordSchemas, urn } from './api.ts';
import { catalogueUrn, recordUrn } from './identity.ts';
import { type KindCode, type KindDeclaration, kindCodes } from './kind.ts';
import { isKindCode } from './kinds/index.ts';
import { publicView, readRecords } from './read.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * What has changed since somebody last asked (GET /api/v1/changes): each record that is or was public once, at the
 * place of its last change. Places are numbers of the outbox, given in the order of the commits, so that neither clocks
 * nor writes between two pages matter.
 */

const changed = z.object({
  id: urn.describe('Names the record for good'),
  kind: z.enum(kindCodes),
  slug: z.string(),
  status: z.literal('public'),
  changedAt: z.iso.datetime(),
  origin: origin.nullable().describe('Where it was taken over from; null for a record of this catalogue'),
  record: z.union(recordSchemas.map(([, schema]) => schema)),
});
const gone = changed
  .pick({ id: true, kind: true, slug: true, changedAt: true })
  .extend({ status: z.literal('gone').describe('No longer public: withdrawn, ended, suspended or deleted') });

export const changesSchema = z.object({
  catalogue: catalogue.describe('Names this catalogue among all others'),
  items: z.array(z.discriminatedUnion('status', [changed, gone])).describe('In the order of their last change'),
  next: z.string().describe('Pass it as `cursor` next time, whether or not there is more now'),
  more: z.boolean().describe('Whether there is more already'),
});
export type ChangesAnswer = z.infer<typeof changesSchema>;

export const maxChanges = 100;

/** What is asked for. */
export interface ChangesQuery {
  kinds: KindCode[];
  limit: number;
  /** Read from a cursor; undefined to begin. */
  place: number | undefined;
  /** ISO 8601: begin no later than the first change since then. */
  updatedSince: string | undefined;
}

/** A place in the changes of this catalogue and no other; outside it means nothing. */
export const cursorOf = (site: string, place: number): string =>
  Buffer.from(`${hash('sha256', site, 'base64url').slice(0, 8)}.${place}`).toString('base64url');

/** The place that a cursor stands for; undefined when it is not one of this catalogue's. */
export function placeOf(site: string, cursor: string): number | undefined {
  const place = Number(Buffer.from(cursor, 'base64url').toString().split('.')[1] || Number.NaN);
  return Number.isSafeInteger(place) && cursorOf(site, place) === cursor ? place : undefined;
}

export interface ParameterProblem {
  parameter: string;
  value: string;
  reason:
    | 'changes.problem.kind'
    | 'changes.problem.limit'
    | 'changes.problem.since'
    | 'changes.problem.cursor'
    | 'list.problem.unknown';
}

const since = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

/**
 * Reads the parameters of an address; all that is wrong is reported.
 * @param kind of the address, when it is one kind's
 */
export function parseChangesQuery(
  params: URLSearchParams,
  kind: KindDeclaration | undefined,
  site: string,
): { query: ChangesQuery; problems: ParameterProblem[] } {
  const query: ChangesQuery = {
    kinds: kind ? [kind.code] : [],
    limit: maxChanges,
    place: undefined,
    updatedSince: undefined,
  };
  const problems: ParameterProblem[] = [];
  for (const [parameter, value] of [...params].slice(0, 50)) {
    const fail = (reason: ParameterProblem['reason']) =>
      problems.push({ parameter: parameter.slice(0, 80), value: value.slice(0, 80), reason });
    if (parameter === 'kind' && !kind) {
      if (isKindCode(value)) query.kinds.push(value);
      else fail('changes.problem.kind');
    } else if (parameter === 'limit') {
      query.limit = Number(value);
      if (!/^\d{1,3}$/.test(value) || query.limit < 1 || query.limit > maxChanges) fail('changes.problem.limit');
    } else if (parameter === 'updatedSince') {
      if (since.safeParse(value).success) query.updatedSince = new Date(value).toISOString();
      else fail('changes.problem.since');
    } else if (parameter === 'cursor') {
      query.place = placeOf(site, value);
      if (query.place === undefined) fail('changes.problem.cursor');
    } else if (parameter !== 'lang') fail('list.problem.unknown');
  }
  return { query, problems };
}

/** The newest place there is. */
export const newestPlace = async (db: Db): Promise<number | undefined> =>
  (
    await db
      .selectFrom('record_change')
      .select((eb) => eb.fn.max('seq').as('seq'))
      .executeTakeFirst()
  )?.seq ?? undefined;

/** Before the first change made at this moment or later, as this server's clock had it. */
async function placeBefore(db: Db, moment: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('record_change')
    .select((eb) => eb.fn.min('seq').as('seq'))
    .where('changedAt', '>=', moment)
    .executeTakeFirst();
  return row?.seq == null ? newestPlace(db) : row.seq - 1;
}

/** Where the records that were taken over come from. */
async function originsOf(db: Db, recordIds: number[]): Promise<Map<number, z.infer<typeof origin>>> {
  if (recordIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('harvested_record')
    .innerJoin('harvest_source', 'harvest_source.id', 'harvested_record.sourceId')
    .select(['recordId', 'originId', 'originCatalogue', 'harvested_record.url', 'harvest_source.name'])
    .where('recordId', 'in', recordIds)
    .execute();
  return new Map(
    rows.map(({ recordId, originId, originCatalogue, url, name }) => [
      Number(recordId),
      { catalogue: originCatalogue, id: originId, url, name },
    ]),
  );
}

/** A page of changes after a place. A record that changes while pages are read moves on to its newest place. */
export async function changesAnswer(
  db: Db,
  vocabulary: Vocabulary,
  query: ChangesQuery,
  reader: Reader,
): Promise<ChangesAnswer> {
  const start = query.place ?? (query.updatedSince ? await placeBefore(db, query.updatedSince) : undefined);
  const rows = await db
    .selectFrom('record_change')
    .selectAll()
    .$if(query.kinds.length > 0, (qb) => qb.where('kind', 'in', query.kinds))
    .$if(start !== undefined, (qb) => qb.where('seq', '>', start ?? 0))
    .orderBy('seq')
    .limit(query.limit + 1)
    .execute();
  const page = rows.slice(0, query.limit);
  const ids = page.map(({ recordId }) => recordId);
  const records = ids.length > 0 ? await readRecords(db, ids) : [];
  const visible = new Map(records.filter(({ status }) => status === 'published').map((record) => [record.id, record]));
  const origins = await originsOf(db, [...visible.keys()]);
  const items = page.map(({ recordId, kind, slug, changedAt }): ChangesAnswer['items'][number] => {
    const record = visible.get(recordId);
    const shared = { id: recordUrn(reader.site, recordId), kind: kind as KindCode, slug, changedAt };
    return record
      ? {
          ...shared,
          status: 'public',
          origin: origins.get(recordId) ?? null,
          record: recordAnswer(publicView(record, vocabulary), reader),
        }
      : { ...shared, status: 'gone' };
  });
  return {
    catalogue: catalogueUrn(reader.site),
    items,
    next: cursorOf(reader.site, page.at(-1)?.seq ?? start ?? 0),
    more: rows.length > query.limit,
  };
}
