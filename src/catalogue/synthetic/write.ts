import type { Db, Trx } from '../../../db/client.ts';
import { slugify } from '../../../search/text.ts';
import { type KindCode, kindCodes } from '../kind.ts';
import { kinds } from '../kinds/index.ts';
import { announceChange, parseRecord, type RecordInput, toColumn } from '../save.ts';
import { loadVocabulary } from '../vocabulary.ts';
import { type Codes, type SyntheticRecord, syntheticId, syntheticRecord } from './generate.ts';
import { readCorpus } from './language.ts';

/** Records a transaction: as many as one statement has room for values. */
const batchSize = 1000;

interface Parsed extends SyntheticRecord {
  id: number;
  input: Omit<RecordInput, 'links'>;
}

async function readCodes(db: Db): Promise<Codes> {
  const { fields, areas } = await loadVocabulary(db);
  const known = [...areas.values()];
  // The areas that are divided further are the region's own: most records stand there.
  const own = known.filter((area) => area.parent);
  return {
    fields: [...fields.keys()],
    areas: [...own, ...known.filter((area) => !area.parent)].map(({ code }) => code),
  };
}

/** Ids of the made-up records that the database already has, by their number. */
async function readIds(db: Db): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('record')
    .select(['id', 'externalId'])
    .where('externalId', 'like', `${syntheticId(0).replace(/\d+/, '')}%`)
    .execute();
  return new Map(rows.map(({ id, externalId }) => [Number(String(externalId).replace(/\D+/, '')), id]));
}

function parsed(record: SyntheticRecord): Omit<Parsed, 'id'> {
  const result = parseRecord(kinds[record.kind], record.values);
  if (!result.ok) throw new Error(`${record.values.externalId}: ${JSON.stringify(result.issues)}`);
  return { ...record, input: result.input };
}

async function insertRecords(trx: Trx, records: Omit<Parsed, 'id'>[], now: string): Promise<Parsed[]> {
  const rows = records.map(({ kind, input }) => {
    const { fields: _, areas: __, keywords, demo, contactVisibility, ...shared } = input.shared;
    return {
      ...shared,
      kind,
      slug: `${slugify(shared.title)}-${Number(String(shared.externalId).replace(/\D+/, ''))}`,
      keywords: JSON.stringify(keywords),
      contactVisibility: contactVisibility ?? ('connection' as const),
      demo: demo ? 1 : 0,
      status: 'published' as const,
      createdAt: now,
      updatedAt: now,
    };
  });
  const inserted = await trx.insertInto('record').values(rows).returning(['id', 'externalId']).execute();
  const ids = new Map(inserted.map(({ id, externalId }) => [externalId, id]));
  return records.map((record) => ({ ...record, id: ids.get(record.values.externalId) as number }));
}

const insertOwn = (trx: Trx, kind: KindCode, records: Parsed[]) =>
  trx
    .insertInto(kind)
    .values(
      records.map(({ id, input }) => ({
        recordId: id,
        ...Object.fromEntries(Object.entries(input.attributes).map(([name, value]) => [name, toColumn(value)])),
      })),
    )
    .execute();

async function insertBatch(trx: Trx, batch: SyntheticRecord[], ids: Map<number, number>, now: Date): Promise<void> {
  const records = await insertRecords(trx, batch.map(parsed), now.toISOString());
  for (const { id, values } of records) ids.set(Number(values.externalId.replace(/\D+/, '')), id);
  for (const kind of kindCodes) {
    const ofKind = records.filter((record) => record.kind === kind);
    if (ofKind.length > 0) await insertOwn(trx, kind, ofKind);
  }
  const fields = records.flatMap(({ id, input }) =>
    input.shared.fields.map((fieldCode) => ({ recordId: id, fieldCode })),
  );
  const areas = records.flatMap(({ id, input }) => input.shared.areas.map((areaCode) => ({ recordId: id, areaCode })));
  const links = records.flatMap(({ id, links }) =>
    Object.entries(links).flatMap(([relation, numbers]) =>
      numbers.map((number) => ({ fromId: id, relation, toId: ids.get(number) as number })),
    ),
  );
  await trx.insertInto('record_field').values(fields).execute();
  await trx.insertInto('record_area').values(areas).execute();
  if (links.length > 0) await trx.insertInto('record_link').values(links).execute();
  await announceChange(
    trx,
    records.map((record) => record.id),
    now,
  );
}

/**
 * Brings the number of made-up records to `count`: those that are there stay as they are. The database must be
 * migrated and have its vocabularies.
 * @param onProgress told after each transaction
 * @returns how many records were added
 */
export async function seedSynthetic(
  db: Db,
  count: number,
  onProgress: (done: number) => void = () => {},
  now = new Date(),
): Promise<number> {
  const corpus = readCorpus();
  const codes = await readCodes(db);
  const ids = await readIds(db);
  const first = Math.max(0, ...ids.keys()) + 1;
  for (let from = first; from <= count; from += batchSize) {
    const numbers = Array.from({ length: Math.min(batchSize, count - from + 1) }, (_, i) => from + i);
    const batch = numbers.map((n) => syntheticRecord(n, corpus, codes));
    await db.transaction().execute((trx) => insertBatch(trx, batch, ids, now));
    onProgress(from + numbers.length - 1);
  }
  return Math.max(0, count - first + 1);
}
