import * as z from 'zod';
import type { Db } from '../../db/client.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { allKinds, isKindCode, kinds } from '../catalogue/kinds/index.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { audit } from './audit.ts';
import { stepsOf } from './form.ts';

/** A reason that moderators give again and again. */
export interface ReviewText {
  id: number;
  text: string;
  attribute: string | null;
  kind: string | null;
  archivedAt: string | null;
}

/** The remark on the whole has texts of its own. */
export const remark = 'note';

/** The attributes that a text may be for: those of a kind's form, or of any kind's, and the remark. */
export const attributesFor = (kind: string): string[] => [
  remark,
  ...new Set(
    allKinds
      .filter((one) => !one.isDocument && (kind === '' || one.code === kind))
      .flatMap((one) => stepsOf(one).flatMap((step) => step.names)),
  ),
];

export const reviewTextForm = z
  .object({
    /** Empty for a new one. */
    id: z.union([z.literal(''), z.coerce.number().int().positive()], 'reviewText.gone').default(''),
    text: z.string('reviewText.missing').trim().min(3, 'reviewText.missing').max(1000, 'reviewText.missing'),
    kind: z
      .string('reviewText.kind')
      .refine((kind) => kind === '' || (isKindCode(kind) && !kinds[kind].isDocument), 'reviewText.kind'),
    attribute: z.string('reviewText.attribute'),
  })
  .refine(({ kind, attribute }) => attribute === '' || attributesFor(kind).includes(attribute), {
    path: ['attribute'],
    message: 'reviewText.attribute',
  });

/** All texts, those in use first; a list that people wrote, a few dozen. */
export const allReviewTexts = (db: Db): Promise<ReviewText[]> =>
  db
    .selectFrom('review_text')
    .select(['id', 'text', 'attribute', 'kind', 'archivedAt'])
    .orderBy('archivedAt')
    .orderBy('id')
    .execute();

/** The texts that serve for an attribute of a kind, the ones made for it first. */
export const textsFor = (texts: ReviewText[], kind: string, attribute: string): ReviewText[] =>
  texts
    .filter((one) => one.archivedAt === null)
    .filter((one) => (one.kind ?? kind) === kind && (one.attribute ?? attribute) === attribute)
    .sort((a, b) => Number(a.attribute === null) - Number(b.attribute === null));

/** Adds a text or changes one, noted in the audit log. */
export async function saveReviewText(
  db: Db,
  person: SignedIn,
  { id, text, kind, attribute }: z.infer<typeof reviewTextForm>,
): Promise<Outcome> {
  const values = { text: text.normalize('NFC'), kind: kind || null, attribute: attribute || null };
  return db.transaction().execute(async (trx): Promise<Outcome> => {
    const before =
      id === ''
        ? undefined
        : await trx.selectFrom('review_text').select('text').where('id', '=', id).executeTakeFirst();
    if (id !== '' && !before) return refuse('reviewText.gone');
    if (id === '') {
      await trx
        .insertInto('review_text')
        .values({ ...values, createdBy: person.userId, createdAt: new Date().toISOString(), archivedAt: null })
        .execute();
    } else {
      await trx.updateTable('review_text').set(values).where('id', '=', id).execute();
    }
    await audit(trx, person, {
      action: id === '' ? 'reviewTextAdded' : 'reviewTextChanged',
      recordId: null,
      detail: { text: values.text, ...(before && { before: before.text }) },
    });
    return { ok: true };
  });
}

/** Takes a text out of use, or back into it, noted in the audit log; what it was used for stays as it was written. */
export async function archiveReviewText(db: Db, person: SignedIn, id: number, archived: boolean): Promise<Outcome> {
  return db.transaction().execute(async (trx): Promise<Outcome> => {
    const row = await trx
      .updateTable('review_text')
      .set({ archivedAt: archived ? new Date().toISOString() : null })
      .where('id', '=', id)
      .where('archivedAt', archived ? 'is' : 'is not', null)
      .returning('text')
      .executeTakeFirst();
    if (!row) return refuse('reviewText.gone');
    const action = archived ? 'reviewTextArchived' : 'reviewTextRestored';
    await audit(trx, person, { action, recordId: null, detail: { text: row.text } });
    return { ok: true };
  });
}

const presetPrefix = 'preset.';
const reasonPrefix = 'reason.';

/** The reasons of a form by attribute: the chosen text of each, then what was typed beside it. */
export function readReasons(form: FormData, texts: ReviewText[]): Record<string, string> {
  const textById = new Map(texts.map((one) => [String(one.id), one.text]));
  const reasons: Record<string, string> = {};
  const add = (name: string, text: string) => {
    if (text) reasons[name] = [...(reasons[name] ? [reasons[name]] : []), text].join('\n').slice(0, 2000);
  };
  const entries = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  for (const [name, id] of entries) {
    if (name.startsWith(presetPrefix)) add(name.slice(presetPrefix.length), textById.get(id) ?? '');
  }
  for (const [name, text] of entries) {
    if (name.startsWith(reasonPrefix)) add(name.slice(reasonPrefix.length), text.trim().slice(0, 1000));
  }
  return reasons;
}
