import { sql } from 'kysely';
import type { Trx } from '../../db/client.ts';

/** The code with all below it. */
function below(rows: { code: string; parent: string | null }[], code: string): string[] {
  const children = rows.filter((row) => row.parent === code).flatMap((row) => below(rows, row.code));
  return [code, ...children];
}

/**
 * Sends the records of a field or an area, and of what stands below it, to the search engines again: their documents
 * hold its name.
 */
export async function reindexOf(trx: Trx, table: 'field' | 'area', code: string, now: Date): Promise<void> {
  const codes = below(await trx.selectFrom(table).select(['code', 'parent']).execute(), code);
  const createdAt = sql<string>`${now.toISOString()}`.as('createdAt');
  const records =
    table === 'field'
      ? trx.selectFrom('record_field').select(['recordId', createdAt]).where('fieldCode', 'in', codes)
      : trx.selectFrom('record_area').select(['recordId', createdAt]).where('areaCode', 'in', codes);
  await trx.insertInto('outbox').columns(['recordId', 'createdAt']).expression(records.distinct()).execute();
}

/**
 * Sends all public records to an engine whose index holds the names of synonyms. The embedded one looks them up when it
 * is asked, so that without another engine there is nothing to do.
 */
export async function reindexForSynonyms(trx: Trx, now: Date): Promise<void> {
  const other = await trx
    .selectFrom('search_consumer')
    .select('seq')
    .where('engine', '<>', 'embedded')
    .executeTakeFirst();
  if (!other) return;
  const createdAt = sql<string>`${now.toISOString()}`.as('createdAt');
  await trx
    .insertInto('outbox')
    .columns(['recordId', 'createdAt'])
    .expression(trx.selectFrom('record').select(['id as recordId', createdAt]).where('status', '=', 'published'))
    .execute();
}
