import type { Db, Trx } from '../../db/client.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { type AccountMail, accountMail } from '../accounts/mails.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { recordPath } from '../catalogue/address.ts';
import { loadExisting } from '../catalogue/import/existing.ts';
import { pictureColumns } from '../catalogue/pictures.ts';
import { freeSlug, saveRecord, setStatus } from '../catalogue/save.ts';
import type { Sources } from '../catalogue/sources.ts';
import { addressOf } from '../i18n/routes.ts';
import { type Outcome, type Problem, refuse } from '../lib/form.ts';
import { queueMail } from '../mail/queue.ts';
import { audit } from './audit.ts';
import { changedNames } from './difference.ts';
import { type Draft, publishedForm, readDraft } from './drafts.ts';
import { checkForm, picturesOfForm } from './form.ts';
import { expiryOf } from './lifecycle.ts';
import { nextStatus, statusOnceApproved } from './states.ts';

/** A moderator takes a submission so that nobody else reviews it at the same time; taking it over is allowed and seen. */
export const claim = (db: Db, person: SignedIn, revisionId: number) =>
  db
    .updateTable('revision')
    .set({ claimedBy: person.userId, claimedAt: new Date().toISOString() })
    .where('id', '=', revisionId)
    .where('state', '=', 'submitted')
    .execute();

/** Tells the author what was decided. */
async function tellAuthor(accounts: Accounts, trx: Trx, draft: Draft, kind: AccountMail, path: string): Promise<void> {
  const author = await trx
    .selectFrom('revision')
    .innerJoin('user', 'user.id', 'revision.authorId')
    .select(['user.email', 'user.language'])
    .where('revision.id', '=', draft.revisionId ?? 0)
    .executeTakeFirst();
  if (!author) return;
  const cause = `${kind}:${draft.revisionId}:${new Date().toISOString()}`;
  const url = accounts.publicUrl + path;
  await queueMail(
    trx,
    accountMail(accounts, kind, {
      cause,
      to: author.email,
      language: author.language,
      url,
      values: { title: draft.title },
    }),
  );
}

/** Ends the version in work; false when somebody else has decided meanwhile. */
async function close(
  trx: Trx,
  draft: Draft,
  state: 'published' | 'returned' | 'withdrawn',
  reasons: object,
): Promise<boolean> {
  const at = new Date().toISOString();
  const closed = await trx
    .updateTable('revision')
    .set({ state, reasons: JSON.stringify(reasons), decidedAt: at, claimedBy: null, claimedAt: null })
    .where('id', '=', draft.revisionId ?? 0)
    .where('state', '=', 'submitted')
    .where('version', '=', draft.version)
    .executeTakeFirst();
  return closed.numUpdatedRows > 0n;
}

/**
 * Makes a submission public: in one transaction the record, the index's outbox, the log and the mail to its author. The
 * version of a suspended record is taken over and waits with it.
 */
export async function approve(
  accounts: Accounts,
  person: SignedIn,
  draft: Draft,
  sources: Pick<Sources, 'db' | 'search' | 'vocabulary'>,
  now = new Date(),
): Promise<Outcome> {
  if (!nextStatus(draft.state as 'submitted', 'approve', 'moderator')) return refuse('record.notNow');
  const checked = await checkForm(sources, draft);
  if (!checked.ok) return refuse('record.stillWrong');
  const { kind, recordId, links: publicLinks } = draft;
  const published = draft.isChange
    ? await publishedForm(sources.db, kind, recordId, sources.vocabulary, publicLinks)
    : undefined;
  const publish = async (trx: Trx): Promise<Outcome> => {
    if (!(await close(trx, draft, 'published', {}))) return refuse('record.notNow');
    const existing = (await loadExisting(trx, draft.kind, [draft.recordId])).get(draft.recordId);
    const { shared, attributes, links } = checked.input;
    const kept = existing?.values ?? {};
    // People do not type these; a version that was imported brings its own.
    const proposed = (name: 'externalId' | 'sourceText' | 'sourceUrl') =>
      draft.form[name] === undefined ? ((kept[name] as string | null) ?? null) : shared[name];
    const expiresOn = expiryOf(draft.kind.code, now);
    const status = statusOnceApproved(existing?.status ?? 'submitted');
    // An address never changes once it was public; until then it follows the title.
    if (existing?.publishedAt == null) {
      const slug = await freeSlug(trx, draft.kind.code, shared.title, draft.recordId);
      await trx.updateTable('record').set({ slug }).where('id', '=', draft.recordId).execute();
    }
    await saveRecord(
      trx,
      draft.kind,
      {
        shared: {
          ...shared,
          externalId: proposed('externalId'),
          sourceText: proposed('sourceText'),
          sourceUrl: proposed('sourceUrl'),
          demo: kept.demo === 1,
          publishedAt: existing?.publishedAt ?? null,
        },
        attributes: expiresOn ? { ...attributes, expiresOn } : attributes,
        links: { ...existing?.links, ...links },
      },
      { id: draft.recordId, status, now },
    );
    const pictures = pictureColumns(picturesOfForm(draft.form));
    await trx.updateTable('record').set(pictures).where('id', '=', draft.recordId).execute();
    const { slug } = await trx
      .selectFrom('record')
      .select('slug')
      .where('id', '=', draft.recordId)
      .executeTakeFirstOrThrow();
    await audit(trx, person, {
      action: 'approve',
      recordId: draft.recordId,
      detail: {
        revision: draft.revisionId,
        ...(published && { changed: changedNames(draft.kind, published, draft.form) }),
      },
    });
    if (status === 'published') {
      await tellAuthor(accounts, trx, draft, 'approved', recordPath({ kind: draft.kind.code, slug }, 'vi'));
    } else {
      await tellAuthor(accounts, trx, draft, 'approvedSuspended', addressOf('editRecord', 'vi', draft.recordId));
    }
    return { ok: true };
  };
  try {
    return await accounts.db.transaction().execute(publish);
  } catch (error) {
    // Two submissions with one tax code: the first to be approved has it.
    if ((error as { code?: string }).code === 'SQLITE_CONSTRAINT_UNIQUE') return refuse('record.keyTaken');
    throw error;
  }
}

/** Submissions that are approved together, each by itself: what became of each. */
export interface Approvals {
  approved: { recordId: number; title: string }[];
  refused: { recordId: number; title: string; problem: Problem }[];
}

/**
 * Approves submissions one by one, each in a transaction of its own as `approve` does it: one that cannot be approved
 * holds no other up.
 * @param asked the records, each with the version that was seen; one that has changed since is left alone
 */
export async function approveMany(
  accounts: Accounts,
  person: SignedIn,
  asked: { recordId: number; version: number }[],
  sources: Pick<Sources, 'db' | 'search' | 'vocabulary'>,
): Promise<Approvals> {
  const result: Approvals = { approved: [], refused: [] };
  for (const { recordId, version } of asked) {
    const draft = await readDraft(accounts.db, recordId, sources.vocabulary);
    const title = String(draft?.form.title ?? draft?.title ?? '');
    const outcome =
      draft?.version === version ? await approve(accounts, person, draft, sources) : refuse('record.conflictSeen');
    if (outcome.ok) result.approved.push({ recordId, title });
    else result.refused.push({ recordId, title, problem: outcome.problems[0] });
  }
  return result;
}

/** Sends a submission back with reasons by attribute, or rejects it for good. */
export async function sendBack(
  accounts: Accounts,
  person: SignedIn,
  draft: Draft,
  name: 'return' | 'reject',
  reasons: Record<string, string>,
): Promise<Outcome> {
  const to = nextStatus(draft.state as 'submitted', name, 'moderator');
  if (!to) return refuse('record.notNow');
  if (Object.keys(reasons).length === 0) return refuse('record.reasonMissing');
  return accounts.db.transaction().execute(async (trx): Promise<Outcome> => {
    if (!(await close(trx, draft, to as 'returned' | 'withdrawn', reasons))) return refuse('record.notNow');
    await trx
      .updateTable('record')
      .set({ status: to, updatedAt: new Date().toISOString() })
      .where('id', '=', draft.recordId)
      .where('status', '=', 'submitted')
      .execute();
    await audit(trx, person, {
      action: name,
      recordId: draft.recordId,
      detail: { revision: draft.revisionId, reasons },
    });
    const path = addressOf('editRecord', 'vi', draft.recordId);
    await tellAuthor(accounts, trx, draft, name === 'return' ? 'returned' : 'rejected', path);
    return { ok: true };
  });
}

/**
 * Takes a public record down while a complaint is looked into, or puts it back; the reason goes into the log and to
 * everybody who manages the record.
 */
export async function suspendOrRestore(
  accounts: Accounts,
  person: SignedIn,
  draft: Draft,
  name: 'suspend' | 'restore',
  reason: string,
): Promise<Outcome> {
  const to = nextStatus(draft.status, name, 'moderator');
  if (!to) return refuse('record.notNow');
  return accounts.db.transaction().execute(async (trx): Promise<Outcome> => {
    const { status, version } = await trx
      .selectFrom('record')
      .select(['status', 'version'])
      .where('id', '=', draft.recordId)
      .executeTakeFirstOrThrow();
    if (status !== draft.status) return refuse('record.notNow');
    await setStatus(trx, draft.recordId, to);
    await audit(trx, person, { action: name, recordId: draft.recordId, detail: { reason } });
    const managers = await trx
      .selectFrom('record_member')
      .innerJoin('user', 'user.id', 'record_member.userId')
      .select(['user.email', 'user.language'])
      .where('record_member.recordId', '=', draft.recordId)
      .execute();
    for (const { email, language } of managers) {
      const kind = name === 'suspend' ? 'suspended' : 'restored';
      const url = accounts.publicUrl + addressOf('editRecord', language, draft.recordId);
      const cause = `${kind}:${draft.recordId}:${version}:${email}`;
      const values = { title: draft.title, reason };
      await queueMail(trx, accountMail(accounts, kind, { cause, to: email, language, url, values }));
    }
    return { ok: true };
  });
}
