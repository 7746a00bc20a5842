import type { Db } from '../../db/client.ts';
import type { SignedIn } from '../../src/accounts/sessions.ts';
import type { KindCode } from '../../src/catalogue/kind.ts';
import { kinds } from '../../src/catalogue/kinds/index.ts';
import { loadVocabulary } from '../../src/catalogue/vocabulary.ts';
import { moveDraft, readDraft, saveDraft, startRecord } from '../../src/moderation/drafts.ts';
import type { TypedForm } from '../../src/moderation/form.ts';

/** A form that the Department has nothing to say against. */
export const goodForm = (title: string): TypedForm => ({
  title,
  summary: 'Tiết kiệm một phần ba điện so với cách làm cũ, đã chạy ổn định ba vụ ở hai cơ sở trong vùng.',
  fields: ['211'],
  areas: 'Xã Thanh Hà',
  keywords: 'thử nghiệm',
});

/**
 * Writes a submission as its author does: starts a record (or changes one), saves its form, sends it.
 * @param change a public record that is being changed
 * @returns the record's id
 */
export async function submit(
  db: Db,
  authorId: string,
  kind: KindCode,
  form: TypedForm,
  change?: number,
): Promise<number> {
  const author = { userId: authorId } as SignedIn;
  const vocabulary = await loadVocabulary(db);
  const id =
    change ??
    (await db.transaction().execute((trx) => startRecord(trx, author, kinds[kind], { title: String(form.title) })));
  const read = async () => {
    const draft = await readDraft(db, id, vocabulary);
    if (!draft) throw new Error(`No record ${id}`);
    return draft;
  };
  const draft = await read();
  const saved = await saveDraft(db, author, draft, form, draft.version);
  const sent = saved.ok ? await moveDraft(db, await read(), 'submit') : undefined;
  if (!sent?.ok) throw new Error(`Not submitted: ${JSON.stringify(saved)}`);
  return id;
}
