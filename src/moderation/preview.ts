import type { FullRecord, LinkedRecord } from '../catalogue/read.ts';
import { publicView } from '../catalogue/read.ts';
import type { Sources } from '../catalogue/sources.ts';
import { localDay } from '../i18n/format.ts';
import type { Draft } from './drafts.ts';
import { checkForm, picturesOfForm } from './form.ts';
import { expiryOf } from './lifecycle.ts';

/**
 * The version in work as the public would see it if it were approved now. What is still wrong is left out, as the
 * public will never see it; undefined when too much is missing to show anything.
 */
export async function previewOf(
  sources: Pick<Sources, 'db' | 'search' | 'vocabulary'>,
  draft: Draft,
  now = new Date(),
): Promise<FullRecord | undefined> {
  let checked = await checkForm(sources, draft);
  if (!checked.ok) {
    const wrong = new Set(checked.issues.map(({ name }) => name));
    const right = Object.fromEntries(Object.entries(draft.form).filter(([name]) => !wrong.has(name)));
    const needed = { title: draft.title, summary: '…', consentAt: localDay(now) };
    checked = await checkForm(sources, { ...draft, form: { ...needed, ...right } });
  }
  if (!checked.ok) return undefined;
  const { shared, attributes, links } = checked.input;
  const row = await sources.db
    .selectFrom('record')
    .selectAll()
    .where('id', '=', draft.recordId)
    .executeTakeFirstOrThrow();
  const expiresOn = expiryOf(draft.kind.code, now);
  const named = Object.values(links).flat();
  const targets =
    named.length > 0
      ? await sources.db
          .selectFrom('record')
          .select(['id', 'kind', 'slug', 'title', 'titleEn'])
          .where('id', 'in', named)
          .where('status', '=', 'published')
          .execute()
      : [];
  return publicView(
    {
      ...row,
      ...shared,
      externalId: row.externalId,
      sourceText: row.sourceText,
      sourceUrl: row.sourceUrl,
      publishedAt: row.publishedAt ?? localDay(now),
      contactVisibility: shared.contactVisibility ?? 'connection',
      kind: draft.kind.code,
      demo: row.demo === 1,
      updatedAt: now.toISOString(),
      attributes: expiresOn ? { ...attributes, expiresOn } : attributes,
      pictures: picturesOfForm(draft.form),
      links: Object.entries(links).flatMap(([relation, ids]) =>
        targets.filter(({ id }) => ids.includes(id)).map((target) => ({ ...target, relation }) as LinkedRecord),
      ),
    },
    sources.vocabulary,
  );
}
