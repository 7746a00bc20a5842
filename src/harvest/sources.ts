import * as z from 'zod';
import type { Db } from '../../db/client.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { type KindCode, kindCodes } from '../catalogue/kind.ts';
import { setStatus } from '../catalogue/save.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { audit } from '../moderation/audit.ts';
import { nextStatus } from '../moderation/states.ts';
import { assertReachable } from './fetch.ts';
import { HarvestProblem } from './problem.ts';
import type { Counts, Note } from './take.ts';

/** The sources that the Department harvests, and what waits for its decision besides the queue. */

const everyHours = [1, 6, 24, 168] as const;
export const intervals = everyHours;

export const sourceForm = z.object({
  id: z.coerce.number().int().min(0).catch(0),
  name: z.string('harvest.form.name').trim().min(3, 'harvest.form.name').max(120, 'harvest.form.name'),
  url: z
    .string('harvest.form.url')
    .trim()
    .pipe(z.url({ protocol: /^https?$/, error: 'harvest.form.url' }).max(500, 'harvest.form.url')),
  format: z.enum(['api', 'csv'], 'harvest.form.format'),
  everyHours: z.coerce
    .number('harvest.form.interval')
    .refine((n) => (everyHours as readonly number[]).includes(n), 'harvest.form.interval'),
});
export const sourceId = z.object({ id: z.coerce.number('harvest.form.missing').int() });
export const goneForm = z.object({
  source: z.coerce.number('harvest.form.missing').int(),
  remoteId: z.string('harvest.form.missing').max(300, 'harvest.form.missing'),
  decision: z.enum(['withdraw', 'keep'], 'harvest.form.missing'),
});

/** Where the changes of another catalogue of our make are read, whichever of its addresses was given. */
function changesAddress(text: string): string {
  const url = new URL(text);
  url.search = '';
  url.hash = '';
  const path = url.pathname.replace(/\/+$/, '');
  if (!path.endsWith('/changes'))
    url.pathname = path.endsWith('/api/v1') ? `${path}/changes` : `${path}/api/v1/changes`;
  return url.href;
}

/**
 * Adds a source, or changes one.
 * @param kinds as chosen in the form
 * @param allowPrivate the setting HARVEST_PRIVATE
 */
export async function saveSource(
  db: Db,
  person: SignedIn,
  input: z.infer<typeof sourceForm>,
  kinds: string[],
  allowPrivate: boolean,
): Promise<Outcome> {
  const chosen = kindCodes.filter((kind) => kinds.includes(kind));
  if (chosen.length === 0) return refuse('harvest.form.kinds', 'kinds');
  if (input.format === 'csv' && chosen.length > 1) return refuse('harvest.form.oneKind', 'kinds');
  const url = input.format === 'api' ? changesAddress(input.url) : input.url;
  try {
    await assertReachable(url, allowPrivate);
  } catch (error) {
    if (error instanceof HarvestProblem) return refuse(error.key, 'url', error.values);
    throw error;
  }
  const { id, name, format } = input;
  const values = { name, url, format, kinds: JSON.stringify(chosen), everyHours: input.everyHours };
  return db.transaction().execute(async (trx): Promise<Outcome> => {
    const same = await trx.selectFrom('harvest_source').select('id').where('url', '=', url).executeTakeFirst();
    if (same && same.id !== id) return refuse('harvest.form.taken', 'url');
    if (id === 0) {
      const nothing = { catalogue: null, cursor: null, lastRunAt: null, lastError: null };
      await trx
        .insertInto('harvest_source')
        .values({ ...values, ...nothing, createdAt: new Date().toISOString() })
        .execute();
    } else {
      const changed = await trx
        .updateTable('harvest_source')
        // From the beginning: the other address has other places, and other kinds were passed over so far.
        .set({ ...values, cursor: null, counts: '{}', nextRunAt: 0 })
        .where('id', '=', id)
        .executeTakeFirst();
      if (changed.numUpdatedRows === 0n) return refuse('harvest.form.missing');
    }
    await audit(trx, person, {
      action: id === 0 ? 'harvestAdded' : 'harvestChanged',
      recordId: null,
      detail: { text: `${name}: ${url}` },
    });
    return { ok: true };
  });
}

/** Reads a source as soon as the background comes to it: within a second, where nothing else is read. */
const runNow = { nextRunAt: 0, active: 1 };

/** Starts a reading, pauses, resumes or removes a source. What was taken from it stays, with its source named. */
export const steerSource = (db: Db, person: SignedIn, id: number, what: 'run' | 'pause' | 'remove'): Promise<Outcome> =>
  db.transaction().execute(async (trx): Promise<Outcome> => {
    const source = await trx
      .selectFrom('harvest_source')
      .select(['name', 'url'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!source) return refuse('harvest.form.missing');
    if (what === 'remove') await trx.deleteFrom('harvest_source').where('id', '=', id).execute();
    else
      await trx
        .updateTable('harvest_source')
        .set(what === 'run' ? runNow : { active: 0 })
        .where('id', '=', id)
        .execute();
    const action = { run: 'harvestRun', pause: 'harvestPaused', remove: 'harvestRemoved' }[what];
    await audit(trx, person, { action, recordId: null, detail: { text: `${source.name}: ${source.url}` } });
    return { ok: true };
  });

/** Withdraws a record that its source has withdrawn, or keeps it as one of our own. */
export const decideGone = (
  db: Db,
  person: SignedIn,
  { source, remoteId, decision }: z.infer<typeof goneForm>,
): Promise<Outcome> =>
  db.transaction().execute(async (trx): Promise<Outcome> => {
    const row = await trx
      .selectFrom('harvested_record')
      .innerJoin('record', 'record.id', 'harvested_record.recordId')
      .innerJoin('harvest_source', 'harvest_source.id', 'harvested_record.sourceId')
      .select(['record.id', 'record.status', 'harvest_source.name'])
      .where('sourceId', '=', source)
      .where('remoteId', '=', remoteId)
      .where('state', '=', 'gone')
      .executeTakeFirst();
    if (!row) return refuse('harvest.form.missing');
    if (decision === 'keep') {
      await trx
        .updateTable('harvested_record')
        .set({ state: 'settled' })
        .where('sourceId', '=', source)
        .where('remoteId', '=', remoteId)
        .execute();
    } else {
      // The source is its owner, and has asked for it.
      const to = nextStatus(row.status, 'withdraw', 'owner');
      if (!to) return refuse('record.notNow');
      await setStatus(trx, row.id, to);
    }
    await audit(trx, person, {
      action: decision === 'keep' ? 'harvestKept' : 'harvestWithdrawn',
      recordId: row.id,
      detail: { text: row.name },
    });
    return { ok: true };
  });

export interface SourceView {
  id: number;
  name: string;
  url: string;
  format: 'api' | 'csv';
  kinds: KindCode[];
  everyHours: number;
  active: boolean;
  isRunning: boolean;
  lastRunAt: string | null;
  problem: { key: string; values: Record<string, string | number> } | undefined;
  counts: Partial<Counts>;
}

/** Every source with how its last reading went. */
export async function sourcesView(db: Db, now = Date.now()): Promise<SourceView[]> {
  const rows = await db.selectFrom('harvest_source').selectAll().orderBy('id').execute();
  return rows.map((row) => ({
    ...row,
    kinds: JSON.parse(row.kinds),
    active: row.active === 1,
    isRunning: row.active === 1 && row.nextRunAt <= now,
    problem: row.lastError ? JSON.parse(row.lastError) : undefined,
    counts: JSON.parse(row.counts),
  }));
}

const mostShown = 100;

const shownRows = (db: Db) =>
  db
    .selectFrom('harvested_record as harvested')
    .innerJoin('harvest_source as source', 'source.id', 'harvested.sourceId')
    .leftJoin('record', 'record.id', 'harvested.recordId')
    .select(['harvested.sourceId', 'harvested.remoteId', 'harvested.url', 'harvested.notes', 'harvested.state'])
    .select(['harvested.kind', 'harvested.harvestedAt', 'source.name as sourceName', 'record.id as recordId'])
    .select(['record.title', 'record.slug', 'record.status']);

/** Records that are public here and withdrawn at their source: the Department decides. */
export const goneRecords = (db: Db) =>
  shownRows(db)
    .where('harvested.state', '=', 'gone')
    .where('record.status', 'in', ['published', 'expired'])
    .orderBy('harvested.harvestedAt', 'desc')
    .limit(mostShown)
    .execute();

/** Records that could not be taken, or only in part: they break a rule, or somebody has edited them here as well. */
export const troubledRecords = (db: Db) =>
  shownRows(db)
    .where('harvested.state', 'in', ['invalid', 'waiting', 'known'])
    .orderBy('harvested.harvestedAt', 'desc')
    .limit(mostShown)
    .execute();

/** Where a record comes from, for who reviews it; undefined for one of our own. */
export async function originOf(
  db: Db,
  recordId: number,
): Promise<{ name: string; url: string | null; remoteId: string; harvestedAt: string; notes: Note[] } | undefined> {
  const row = await shownRows(db).where('harvested.recordId', '=', recordId).executeTakeFirst();
  return (
    row && {
      name: row.sourceName,
      url: row.url,
      remoteId: row.remoteId,
      harvestedAt: row.harvestedAt,
      notes: JSON.parse(row.notes),
    }
  );
}
