import { randomUUID } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { Db, Trx } from '../../db/client.ts';
import type { HarvestSourceTable } from '../../db/schema.ts';
import { catalogueUrn } from '../catalogue/identity.ts';
import type { KindCode } from '../catalogue/kind.ts';
import type { Vocabulary } from '../catalogue/vocabulary.ts';
import type { Log } from '../server/log.ts';
import { HarvestProblem } from './problem.ts';
import { type RemoteItem, type RemotePage, readRemote } from './remote.ts';
import { type Counts, noCounts, type Taking, takeItem, takeWaiting } from './take.ts';

/** What harvesting works with. */
export interface Harvester {
  db: Db;
  vocabulary: Vocabulary;
  site: string;
  config: { harvestPrivate: boolean };
  log: Pick<Log, 'error'>;
}

type Source = Selectable<HarvestSourceTable>;

/** Longer than one reading may take: who holds it and is gone stands in nobody's way for long. */
const leaseMs = 30_000;
const retryMs = 10 * 60_000;
/** Records of a file that are taken in one transaction: visitors wait no longer than for a page of an API. */
const batchSize = 100;
const holder = randomUUID();

/** Takes or renews the right to read a source: two processes that read the same page would do it twice for nothing. */
async function takeLease(db: Db, sourceId: number, now: number): Promise<boolean> {
  const lease = { holder, expiresAt: now + leaseMs };
  const row = await db
    .insertInto('lease')
    .values({ name: `harvest:${sourceId}`, ...lease })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet(lease)
        .where((eb) => eb.or([eb('lease.holder', '=', holder), eb('lease.expiresAt', '<', now)])),
    )
    .returning('holder')
    .executeTakeFirst();
  return row?.holder === holder;
}

interface RunCounts extends Counts {
  /** The run has more to read. */
  running?: boolean;
}

async function rowsOf(trx: Trx, sourceId: number, items: RemoteItem[]) {
  if (items.length === 0) return new Map();
  const rows = await trx
    .selectFrom('harvested_record')
    .selectAll()
    .where('sourceId', '=', sourceId)
    .where(
      'remoteId',
      'in',
      items.map(({ remoteId }) => remoteId),
    )
    .execute();
  return new Map(rows.map((row) => [row.remoteId, row]));
}

/** What a whole file no longer has: as if each had been named as gone. */
async function missingFrom(trx: Trx, source: Source, page: RemotePage): Promise<RemoteItem[]> {
  const present = new Set(page.items.map(({ remoteId }) => remoteId));
  const rows = await trx
    .selectFrom('harvested_record')
    .select(['remoteId', 'kind', 'originId', 'originCatalogue', 'url'])
    .where('sourceId', '=', source.id)
    .where('state', 'in', ['settled', 'proposed', 'waiting', 'invalid'])
    .execute();
  return rows
    .filter(({ remoteId }) => !present.has(remoteId))
    .map((row) => ({ ...row, kind: row.kind as KindCode, values: undefined, links: [] }));
}

/** Takes records in one transaction, with the place to go on from: a crash loses neither and repeats both. */
async function commit(
  { db, vocabulary, site }: Harvester,
  source: Source,
  items: RemoteItem[],
  counts: RunCounts,
  progress: Partial<Source>,
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const taking: Taking = { trx, vocabulary, source, now, counts };
    const rows = await rowsOf(trx, source.id, items);
    for (const item of items) await takeItem(taking, item, rows.get(item.remoteId), catalogueUrn(site));
    await trx
      .updateTable('harvest_source')
      .set({ ...progress, counts: JSON.stringify(counts) })
      .where('id', '=', source.id)
      .execute();
  });
}

/**
 * Reads the next page of a source and takes it.
 * @returns whether there is more to read at once
 */
async function harvestPage(harvester: Harvester, source: Source, now: Date): Promise<boolean> {
  const { db, config, site, vocabulary } = harvester;
  const before: RunCounts = JSON.parse(source.counts);
  const counts: RunCounts = before.running ? { ...noCounts, ...before } : { ...noCounts };
  if (!before.running) {
    await db.transaction().execute((trx) => takeWaiting({ trx, vocabulary, source, now, counts }));
  }
  const page = await readRemote({ ...source, kinds: JSON.parse(source.kinds) }, config.harvestPrivate);
  if (page === 'gone') {
    await db.updateTable('harvest_source').set({ cursor: null }).where('id', '=', source.id).execute();
    return true;
  }
  if (page.catalogue === catalogueUrn(site)) throw new HarvestProblem('harvest.problem.self');
  const items = page.isWhole
    ? [...page.items, ...(await db.transaction().execute((trx) => missingFrom(trx, source, page)))]
    : page.items;
  for (let from = 0; from === 0 || from < items.length; from += batchSize) {
    const batch = items.slice(from, from + batchSize);
    const isLast = from + batchSize >= items.length;
    counts.running = !isLast || page.more;
    const done = isLast && !page.more;
    const end = {
      lastRunAt: now.toISOString(),
      lastError: null,
      nextRunAt: now.getTime() + source.everyHours * 3_600_000,
    };
    const progress = { catalogue: page.catalogue, ...(isLast && { cursor: page.cursor }), ...(done && end) };
    await commit(harvester, source, batch, counts, progress, now);
  }
  return page.more;
}

/** How long one call reads before it lets others of its process go on. */
const budgetMs = 2_000;

/**
 * Reads the sources that are due, page by page. What cannot be read is noted at the source and tried again later; what
 * was taken until then stays.
 */
export async function harvestDue(harvester: Harvester, clock: () => number = Date.now): Promise<void> {
  const { db, log } = harvester;
  const due = await db
    .selectFrom('harvest_source')
    .selectAll()
    .where('active', '=', sql.lit(1))
    .where('nextRunAt', '<=', clock())
    .execute();
  for (const { id } of due) {
    const end = clock() + budgetMs;
    let more = true;
    while (more && clock() < end) {
      if (!(await takeLease(db, id, clock()))) break;
      // As it stands now: somebody may have paused or changed it.
      const source = await db.selectFrom('harvest_source').selectAll().where('id', '=', id).executeTakeFirst();
      if (!source?.active) break;
      try {
        more = await harvestPage(harvester, source, new Date(clock()));
      } catch (error) {
        more = false;
        const known =
          error instanceof HarvestProblem ? error : new HarvestProblem('harvest.problem.unknown', {}, error);
        if (known.key === 'harvest.problem.unknown') log.error({ err: error, source: id }, 'Harvesting failed');
        await db
          .updateTable('harvest_source')
          .set({
            lastRunAt: new Date(clock()).toISOString(),
            lastError: JSON.stringify({ key: known.key, values: known.values }),
            nextRunAt: clock() + Math.min(retryMs, source.everyHours * 3_600_000),
          })
          .where('id', '=', id)
          .execute();
      }
    }
    await db.deleteFrom('lease').where('name', '=', `harvest:${id}`).where('holder', '=', holder).execute();
  }
}
