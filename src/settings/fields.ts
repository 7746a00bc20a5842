import * as z from 'zod';
import type { Db, Trx } from '../../db/client.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { localDay } from '../i18n/format.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { audit } from '../moderation/audit.ts';
import { reindexOf } from './reindex.ts';
import { line } from './texts.ts';

/** A field as its form has it; `was` is the code of the one that is changed, empty for a new one. */
export const fieldForm = z.object({
  was: z.string().max(5).default(''),
  code: z
    .string('vocabulary.field.code')
    .trim()
    .regex(/^\d(?:\d\d){0,2}$/, 'vocabulary.field.code'),
  vi: line('vocabulary.name', 2, 200),
  en: line('vocabulary.name', 2, 200),
});

export const fieldChange = z.object({
  code: z.string().max(5),
  change: z.enum(['retire', 'restore', 'delete'], 'record.notNow'),
});

/** The classification of fields, each with how many records have it. */
export const allFields = (db: Db) =>
  db
    .selectFrom('field')
    .selectAll()
    .select((eb) => [
      eb
        .selectFrom('record_field')
        .select((r) => r.fn.countAll<number>().as('n'))
        .whereRef('record_field.fieldCode', '=', 'field.code')
        .as('records'),
    ])
    .orderBy('code')
    .execute();

/** The code above: 10201 → 102 → 1. */
const parentOf = (code: string): string | null => (code.length === 1 ? null : code.slice(0, code.length === 3 ? 1 : 3));

const describe = (field: { code: string; vi: string; en: string }) => `${field.code} ${field.vi} / ${field.en}`;

/** Renames a field, or adds one below an existing one; what has it is found by the new name at once. */
export const saveField = (
  db: Db,
  person: SignedIn,
  { was, code, vi, en }: z.infer<typeof fieldForm>,
  now = new Date(),
): Promise<Outcome> =>
  db.transaction().execute(async (trx): Promise<Outcome> => {
    const editedAt = now.toISOString();
    if (was !== '') {
      const before = await trx.selectFrom('field').selectAll().where('code', '=', was).executeTakeFirst();
      if (!before) return refuse('vocabulary.gone');
      if (before.vi === vi && before.en === en) return { ok: true };
      await trx.updateTable('field').set({ vi, en, editedAt }).where('code', '=', was).execute();
      await reindexOf(trx, 'field', was, now);
      const detail = { before: describe(before), text: describe({ code: was, vi, en }) };
      await audit(trx, person, { action: 'fieldChanged', recordId: null, detail });
      return { ok: true };
    }
    const parent = parentOf(code);
    const around = await trx
      .selectFrom('field')
      .select('code')
      .where('code', 'in', [code, parent ?? ''])
      .execute();
    if (around.some((field) => field.code === code)) return refuse('vocabulary.field.taken', 'code');
    if (parent !== null && around.length === 0) return refuse('vocabulary.field.parent', 'code', { code: parent });
    await trx.insertInto('field').values({ code, parent, vi, en, own: 1, editedAt }).execute();
    const detail = { text: describe({ code, vi, en }) };
    await audit(trx, person, { action: 'fieldAdded', recordId: null, detail });
    return { ok: true };
  });

async function isUsed(trx: Trx, code: string): Promise<boolean> {
  const record = trx.selectFrom('record_field').select('fieldCode as code').where('fieldCode', '=', code);
  const child = trx.selectFrom('field').select('code').where('parent', '=', code);
  return (await record.union(child).executeTakeFirst()) !== undefined;
}

/**
 * Takes a field out of forms or back into them, or deletes one that the Department has added and nothing has. Those of
 * the national classification are never deleted: they would come back with the next start.
 */
export const changeField = (
  db: Db,
  person: SignedIn,
  { code, change }: z.infer<typeof fieldChange>,
  now = new Date(),
): Promise<Outcome> =>
  db.transaction().execute(async (trx): Promise<Outcome> => {
    const field = await trx.selectFrom('field').selectAll().where('code', '=', code).executeTakeFirst();
    if (!field) return refuse('vocabulary.gone');
    if (change === 'delete') {
      if (field.own === 0) return refuse('vocabulary.field.national');
      if (await isUsed(trx, code)) return refuse('vocabulary.field.used');
      await trx.deleteFrom('field').where('code', '=', code).execute();
    } else {
      const retiredAt = change === 'retire' ? localDay(now) : null;
      await trx.updateTable('field').set({ retiredAt, editedAt: now.toISOString() }).where('code', '=', code).execute();
    }
    const action = { retire: 'fieldRetired', restore: 'fieldRestored', delete: 'fieldDeleted' }[change];
    await audit(trx, person, { action, recordId: null, detail: { text: describe(field) } });
    return { ok: true };
  });
