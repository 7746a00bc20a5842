import { sql } from 'kysely';
import * as z from 'zod';
import type { Db, Trx } from '../../db/client.ts';
import { areaTypes } from '../../db/schema.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { audit } from '../moderation/audit.ts';
import { reindexOf } from './reindex.ts';
import { dayOrNothing, line } from './texts.ts';

const code = z
  .string('vocabulary.area.code')
  .trim()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/, 'vocabulary.area.code');

/** An area as its form has it; `was` is the code of the one that is changed, empty for a new one. */
export const areaForm = z.object({
  was: z.string().max(60).default(''),
  code,
  parent: z.string().trim().max(60),
  type: z.enum(areaTypes, 'vocabulary.area.type'),
  vi: line('vocabulary.name', 2, 120),
  en: line('vocabulary.name', 2, 120),
  officialName: line('vocabulary.name', 2, 160),
  validFrom: dayOrNothing,
  /** The name until now stays one that finds it. */
  keepFormer: z.literal('on').optional(),
  source: line('vocabulary.source', 0, 200),
});

export const formerNameForm = z.object({
  area: code,
  name: line('vocabulary.name', 2, 120),
  until: dayOrNothing,
  source: line('vocabulary.source', 0, 200),
});

export const formerNameRemoval = z.object({ area: code, name: line('vocabulary.name', 1, 120) });

export const mergeForm = z.object({
  area: code,
  into: z.string('vocabulary.area.into').trim().min(1, 'vocabulary.area.into').max(60, 'vocabulary.area.into'),
  on: z.iso.date('vocabulary.dayNeeded'),
  source: line('vocabulary.source', 0, 200),
  sure: z.literal('on', 'vocabulary.area.sure'),
});

/** Every area with how many records lie in it and what it was called before. */
export async function allAreas(db: Db) {
  const [areas, former] = await Promise.all([
    db
      .selectFrom('area')
      .selectAll()
      .select((eb) => [
        eb
          .selectFrom('record_area')
          .select((r) => r.fn.countAll<number>().as('n'))
          .whereRef('record_area.areaCode', '=', 'area.code')
          .as('records'),
      ])
      .orderBy('code')
      .execute(),
    db.selectFrom('area_former_name').selectAll().orderBy('validUntil').orderBy('name').execute(),
  ]);
  const formerOf = Map.groupBy(former, (row) => row.areaCode);
  return areas.map((area) => ({ ...area, former: formerOf.get(area.code) ?? [] }));
}
export type AreaLine = Awaited<ReturnType<typeof allAreas>>[number];

const areaOf = (trx: Trx, one: string) => trx.selectFrom('area').selectAll().where('code', '=', one).executeTakeFirst();

/** From now on what stands in the database counts, not the installation's file. */
const markEdited = (trx: Trx, one: string, now: Date) =>
  trx.updateTable('area').set({ editedAt: now.toISOString() }).where('code', '=', one).execute();

const keepName = (trx: Trx, areaCode: string, name: string, validUntil: string | null, source: string) =>
  trx
    .insertInto('area_former_name')
    .values({ areaCode, name, validUntil, sourceText: source || null })
    .onConflict((conflict) =>
      conflict.columns(['areaCode', 'name']).doUpdateSet({ validUntil, sourceText: source || null }),
    )
    .execute();

/** Whether the area is the other one or lies in it. */
async function liesIn(trx: Trx, one: string, other: string): Promise<boolean> {
  for (let at: string | null | undefined = one; at; at = (await areaOf(trx, at))?.parent) if (at === other) return true;
  return false;
}

/**
 * Changes an area, or adds one. A new name is effective at once in filters, forms and search; the old one keeps finding
 * the area when that is asked for.
 */
export const saveArea = (
  db: Db,
  person: SignedIn,
  input: z.infer<typeof areaForm>,
  now = new Date(),
): Promise<Outcome> =>
  db.transaction().execute(async (trx): Promise<Outcome> => {
    const { was, keepFormer, source, ...typed } = input;
    const area = { ...typed, parent: typed.parent || null, editedAt: now.toISOString() };
    if (area.parent !== null) {
      if (!(await areaOf(trx, area.parent))) return refuse('vocabulary.area.parent', 'parent');
      if (was !== '' && (await liesIn(trx, area.parent, was))) return refuse('vocabulary.area.parent', 'parent');
    }
    if (was === '') {
      if (await areaOf(trx, area.code)) return refuse('vocabulary.area.taken', 'code');
      await trx.insertInto('area').values(area).execute();
      await audit(trx, person, { action: 'areaAdded', recordId: null, detail: { text: `${area.vi} (${area.code})` } });
      return { ok: true };
    }
    const before = await areaOf(trx, was);
    if (!before) return refuse('vocabulary.gone');
    const { code: _, ...columns } = area;
    await trx.updateTable('area').set(columns).where('code', '=', was).execute();
    if (keepFormer && before.vi !== area.vi) await keepName(trx, was, before.vi, area.validFrom, source);
    // A name that is today's again is no former one.
    await trx.deleteFrom('area_former_name').where('areaCode', '=', was).where('name', '=', area.vi).execute();
    await reindexOf(trx, 'area', was, now);
    const detail = { before: `${before.vi} (${was})`, text: `${area.vi} (${was})` };
    await audit(trx, person, { action: 'areaChanged', recordId: null, detail });
    return { ok: true };
  });

/** Adds a name that the area had before, or corrects its day and source; a search for it finds the area at once. */
export const addFormerName = (
  db: Db,
  person: SignedIn,
  { area, name, until, source }: z.infer<typeof formerNameForm>,
  now = new Date(),
): Promise<Outcome> =>
  db.transaction().execute(async (trx): Promise<Outcome> => {
    const known = await areaOf(trx, area);
    if (!known) return refuse('vocabulary.gone');
    if (known.vi === name) return refuse('vocabulary.area.sameName', 'name');
    await keepName(trx, area, name, until, source);
    await markEdited(trx, area, now);
    await reindexOf(trx, 'area', area, now);
    const detail = { text: `${known.vi} ← ${name}` };
    await audit(trx, person, { action: 'areaFormerAdded', recordId: null, detail });
    return { ok: true };
  });

/** Takes a former name away that was entered by mistake. */
export const removeFormerName = (
  db: Db,
  person: SignedIn,
  { area, name }: z.infer<typeof formerNameRemoval>,
  now = new Date(),
): Promise<Outcome> =>
  db.transaction().execute(async (trx): Promise<Outcome> => {
    const { numDeletedRows } = await trx
      .deleteFrom('area_former_name')
      .where('areaCode', '=', area)
      .where('name', '=', name)
      .executeTakeFirst();
    if (numDeletedRows === 0n) return { ok: true };
    await markEdited(trx, area, now);
    await reindexOf(trx, 'area', area, now);
    await audit(trx, person, { action: 'areaFormerRemoved', recordId: null, detail: { text: `${name} (${area})` } });
    return { ok: true };
  });

/**
 * Lets an area end in another: its records and the areas below it move, its names become former names of the other,
 * and an address with its code leads to the other's records.
 */
export const mergeArea = (
  db: Db,
  person: SignedIn,
  { area, into, on, source }: z.infer<typeof mergeForm>,
  now = new Date(),
): Promise<Outcome> =>
  db.transaction().execute(async (trx): Promise<Outcome> => {
    const ending = await areaOf(trx, area);
    const target = await areaOf(trx, into);
    if (!ending || ending.mergedInto !== null) return refuse('vocabulary.gone');
    if (!target || target.mergedInto !== null || (await liesIn(trx, into, area))) {
      return refuse('vocabulary.area.into', 'into');
    }
    const names = await trx.selectFrom('area_former_name').selectAll().where('areaCode', '=', area).execute();
    for (const { name, validUntil, sourceText } of names) await keepName(trx, into, name, validUntil, sourceText ?? '');
    if (ending.vi !== target.vi) await keepName(trx, into, ending.vi, on, source);
    await trx
      .insertInto('record_area')
      .columns(['recordId', 'areaCode'])
      .expression(
        trx
          .selectFrom('record_area')
          .select(['recordId', sql<string>`${into}`.as('areaCode')])
          .where('areaCode', '=', area),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await trx.deleteFrom('record_area').where('areaCode', '=', area).execute();
    await trx.updateTable('area').set({ parent: into }).where('parent', '=', area).execute();
    await trx.updateTable('area').set({ mergedInto: into }).where('mergedInto', '=', area).execute();
    await trx.updateTable('area').set({ mergedInto: into, validUntil: on }).where('code', '=', area).execute();
    await markEdited(trx, area, now);
    await markEdited(trx, into, now);
    await reindexOf(trx, 'area', into, now);
    const detail = { before: `${ending.vi} (${area})`, text: `${target.vi} (${into})` };
    await audit(trx, person, { action: 'areaMerged', recordId: null, detail });
    return { ok: true };
  });
