import type { Db, Trx } from '../../db/client.ts';
import type { RecordStatus } from '../../db/schema.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { loadExisting } from '../catalogue/import/existing.ts';
import type { KindDeclaration } from '../catalogue/kind.ts';
import { isKindCode, kinds } from '../catalogue/kinds/index.ts';
import { type LinkedRecord, readLinks } from '../catalogue/read.ts';
import { freeSlug } from '../catalogue/save.ts';
import type { Vocabulary } from '../catalogue/vocabulary.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { formOfPictures, formOfValues, type TypedForm } from './form.ts';
import { withExpiry } from './lifecycle.ts';
import { formOfLinks } from './links.ts';
import { queueColumns } from './queue.ts';
import { nextStatus, openRevisionStates } from './states.ts';

/** A record that somebody manages, with the version that is being worked on. */
export interface Draft {
  recordId: number;
  kind: KindDeclaration;
  slug: string;
  title: string;
  status: RecordStatus;
  /** When it first became public. */
  publishedAt: string | null;
  /** The last day of its listing, for kinds that have one. */
  expiresOn: string | null;
  /** The record has been public before. */
  isChange: boolean;
  revisionId: number | undefined;
  /** Where the version in work stands; the record's own status when there is none. */
  state: string;
  form: TypedForm;
  reasons: Record<string, string>;
  /** To other records, as they are public now. */
  links: LinkedRecord[];
  version: number;
  /** Who manages it. */
  memberIds: string[];
}

/**
 * Begins a record that nobody but its owner sees yet.
 * @param form what is known of it so far, right or wrong, its title at least
 */
export async function startRecord(trx: Trx, person: SignedIn, kind: KindDeclaration, form: TypedForm): Promise<number> {
  const at = new Date().toISOString();
  const title = String(form.title).normalize('NFC').trim().slice(0, 200);
  const { id } = await trx
    .insertInto('record')
    .values({
      kind: kind.code,
      slug: await freeSlug(trx, kind.code, title),
      title,
      summary: '',
      keywords: '[]',
      contactVisibility: 'connection',
      status: 'draft',
      demo: 0,
      createdAt: at,
      updatedAt: at,
      externalId: null,
      titleEn: null,
      summaryEn: null,
      body: null,
      contactName: null,
      contactEmail: null,
      contactPhone: null,
      website: null,
      sourceText: null,
      sourceUrl: null,
      publishedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  // A law is nobody's own: it does not go with who typed it in.
  if (!kind.isDocument) await trx.insertInto('record_member').values({ recordId: id, userId: person.userId }).execute();
  await trx
    .insertInto('revision')
    .values({
      recordId: id,
      authorId: person.userId,
      state: 'draft',
      form: JSON.stringify({ ...form, title }),
      createdAt: at,
      updatedAt: at,
      submittedAt: null,
      decidedAt: null,
      claimedBy: null,
      claimedAt: null,
    })
    .execute();
  return id;
}

/** A record's form as the public sees it now. */
export async function publishedForm(
  db: Db | Trx,
  kind: KindDeclaration,
  recordId: number,
  vocabulary: Vocabulary,
  links: LinkedRecord[],
): Promise<TypedForm> {
  const existing = (await loadExisting(db, kind, [recordId])).get(recordId);
  return {
    ...formOfValues(existing?.values ?? {}, vocabulary),
    ...formOfLinks(kind, links),
    ...(existing && formOfPictures(existing.pictures)),
  };
}

const justNowMs = 60_000;

/**
 * A draft of the same name that its author has begun just now: a form that is sent twice leads to one record. The
 * likely duplicates that the author is asked about were looked for before the other one was there.
 */
export async function justBegun(
  trx: Trx,
  person: SignedIn,
  kind: KindDeclaration,
  title: string,
): Promise<number | undefined> {
  const row = await trx
    .selectFrom('record')
    .innerJoin('revision', 'revision.recordId', 'record.id')
    .select('record.id')
    .where('revision.authorId', '=', person.userId)
    .where('revision.state', '=', 'draft')
    .where('record.kind', '=', kind.code)
    .where('record.status', '=', 'draft')
    .where('record.title', '=', title)
    .where('record.createdAt', '>', new Date(Date.now() - justNowMs).toISOString())
    .executeTakeFirst();
  return row?.id;
}

/** A record with the version in work; without one, the form holds what is public now. */
export async function readDraft(db: Db, recordId: number, vocabulary: Vocabulary): Promise<Draft | undefined> {
  const record = await withExpiry(db).where('record.id', '=', recordId).executeTakeFirst();
  if (!record || !isKindCode(record.kind)) return undefined;
  const kind = kinds[record.kind];
  const revision = await db
    .selectFrom('revision')
    .selectAll()
    .where('recordId', '=', recordId)
    .where('state', 'in', openRevisionStates)
    .executeTakeFirst();
  const links = await readLinks(db, recordId);
  const members = await db.selectFrom('record_member').select('userId').where('recordId', '=', recordId).execute();
  return {
    recordId,
    kind,
    slug: record.slug,
    title: record.title,
    status: record.status,
    publishedAt: record.publishedAt,
    expiresOn: record.expiresOn,
    isChange: record.publishedAt !== null,
    revisionId: revision?.id,
    state: revision?.state ?? record.status,
    form: revision ? JSON.parse(revision.form) : await publishedForm(db, kind, recordId, vocabulary, links),
    links,
    reasons: revision ? JSON.parse(revision.reasons) : {},
    version: revision?.version ?? 0,
    memberIds: members.map((member) => member.userId),
  };
}

/**
 * Keeps what was typed in one step, right or wrong. Two people who edit: the later save is told, and nothing that the
 * other one wrote is lost.
 * @param version that the page was made from
 */
export async function saveDraft(
  db: Db,
  person: SignedIn,
  draft: Draft,
  typed: TypedForm,
  version: number,
): Promise<Outcome> {
  if (draft.state === 'submitted') return refuse('record.isSubmitted');
  if (version !== draft.version) return refuse('record.conflict');
  const at = new Date().toISOString();
  const form = JSON.stringify({ ...draft.form, ...typed });
  return db.transaction().execute(async (trx): Promise<Outcome> => {
    if (draft.revisionId === undefined) {
      const begun = await trx
        .insertInto('revision')
        .values({
          recordId: draft.recordId,
          authorId: person.userId,
          state: 'draft',
          form,
          createdAt: at,
          updatedAt: at,
          submittedAt: null,
          decidedAt: null,
          claimedBy: null,
          claimedAt: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (begun.numInsertedOrUpdatedRows === 0n) return refuse('record.conflict');
    } else {
      const saved = await trx
        .updateTable('revision')
        .set((eb) => ({ form, updatedAt: at, version: eb('version', '+', 1) }))
        .where('id', '=', draft.revisionId)
        .where('version', '=', version)
        .where('state', '<>', 'submitted')
        .executeTakeFirst();
      if (saved.numUpdatedRows === 0n) return refuse('record.conflict');
    }
    const title = String(typed.title ?? '').trim();
    // The list of one's records should call a draft by its name; a record that is or was public keeps its approved one.
    if (title && draft.publishedAt === null) {
      await trx
        .updateTable('record')
        .set({ title: title.slice(0, 200) })
        .where('id', '=', draft.recordId)
        .execute();
    }
    return { ok: true };
  });
}

/** Moves the version in work (and a record that was never public with it) as its owner asks. */
export async function moveDraft(db: Db, draft: Draft, name: 'submit' | 'takeBack'): Promise<Outcome> {
  const to = nextStatus(draft.state as 'draft', name, 'owner');
  if (!to || draft.revisionId === undefined) return refuse('record.notNow');
  const at = new Date().toISOString();
  const revisionId = draft.revisionId;
  return db.transaction().execute(async (trx): Promise<Outcome> => {
    const moved = await trx
      .updateTable('revision')
      .set({
        state: to as 'submitted',
        submittedAt: to === 'submitted' ? at : null,
        claimedBy: null,
        claimedAt: null,
        updatedAt: at,
        ...queueColumns(draft.kind, String(draft.form.title ?? ''), draft.isChange),
      })
      .where('id', '=', revisionId)
      .where('state', '=', draft.state as 'draft')
      // What is sent in is what has been checked.
      .where('version', '=', draft.version)
      .executeTakeFirst();
    if (moved.numUpdatedRows === 0n) return refuse('record.notNow');
    await trx
      .updateTable('record')
      .set({ status: to, updatedAt: at })
      .where('id', '=', draft.recordId)
      .where('status', 'in', openRevisionStates)
      .execute();
    return { ok: true };
  });
}

/** The records that a person manages, the last touched first. */
export const recordsOf = (db: Db, userId: string) =>
  withExpiry(db)
    .innerJoin('record_member', 'record_member.recordId', 'record.id')
    .leftJoin('revision', (join) =>
      join.onRef('revision.recordId', '=', 'record.id').on('revision.state', 'in', openRevisionStates),
    )
    .select('revision.state')
    .where('record_member.userId', '=', userId)
    .orderBy('record.updatedAt', 'desc')
    .execute();
