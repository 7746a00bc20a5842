import { ActionError } from 'astro:actions';
import * as z from 'zod';
import { mayEdit, mayWriteDocuments } from '../accounts/policy.ts';
import { isKindCode, kinds } from '../catalogue/kinds/index.ts';
import { refuse } from '../lib/form.ts';
import { approve, approveMany, claim, sendBack, suspendOrRestore } from '../moderation/decide.ts';
import { type Draft, justBegun, moveDraft, readDraft, saveDraft, startRecord } from '../moderation/drafts.ts';
import { duplicatesFor } from '../moderation/duplicates.ts';
import { checkForm, readStep, stepsOf } from '../moderation/form.ts';
import { renew, renewByLink, withdraw } from '../moderation/lifecycle.ts';
import { claimNext, queuePageSize, readQueueFilter } from '../moderation/queue.ts';
import {
  allReviewTexts,
  archiveReviewText,
  readReasons,
  reviewTextForm,
  saveReviewText,
} from '../moderation/review-texts.ts';
import { accountsOf, action, type Call, personOf } from './action.ts';

export const id = z.coerce.number('record.notNow').int().positive();
export const number = z.coerce.number('record.notNow').int().min(0);

/** The record of a form, for who works on it; anybody else learns nothing of it. */
export async function ownDraft(call: Call, recordId: number): Promise<Draft> {
  const { services } = call.context.locals;
  const draft = await readDraft(services.db, recordId, services.vocabulary);
  if (!draft || !mayEdit(call.context.locals.person, draft)) throw new ActionError({ code: 'NOT_FOUND' });
  return draft;
}

async function submission(call: Call, recordId: number): Promise<Draft> {
  const { services } = call.context.locals;
  const draft = await readDraft(services.db, recordId, services.vocabulary);
  if (!draft) throw new ActionError({ code: 'NOT_FOUND' });
  return draft;
}

/** The moderator's next submission, of what the page's address narrows the queue to; taken, so that he finds it his. */
async function nextAfter(call: Call, revisionId: number | undefined) {
  const filter = readQueueFilter(call.context.url.searchParams);
  const next = await claimNext(accountsOf(call).db, personOf(call), filter, revisionId);
  return { ok: true as const, next };
}

/** @param different the name that somebody has said is not one of those shown to them */
const newRecord = z.object({
  different: z.string('record.new.missing').optional(),
  kind: z.string('record.new.missing').refine(isKindCode, 'record.new.missing'),
  title: z.string('record.new.missing').trim().min(3, 'record.new.missing').max(200, 'record.new.missing'),
});

export const moderationActions = {
  startRecord: action('startRecord', newRecord, async ({ kind, title, different }, call) => {
    if (!isKindCode(kind) || (kinds[kind].isDocument && !mayWriteDocuments(call.context.locals.person))) {
      return refuse('record.new.missing', 'kind');
    }
    const isAnother = different?.trim() === title;
    if (!isAnother) {
      const { services } = call.context.locals;
      const duplicates = await duplicatesFor(services, personOf(call), kinds[kind], { title });
      if (duplicates.length > 0) return { ok: true, duplicates };
    }
    const recordId = await accountsOf(call)
      .db.transaction()
      .execute(
        async (trx) =>
          (isAnother ? undefined : await justBegun(trx, personOf(call), kinds[kind], title)) ??
          startRecord(trx, personOf(call), kinds[kind], { title }),
      );
    return { ok: true, recordId };
  }),
  saveStep: action('saveStep', z.object({ record: id, step: number, version: number }), async (input, call) => {
    const draft = await ownDraft(call, input.record);
    const step = stepsOf(draft.kind)[input.step];
    if (!step) throw new ActionError({ code: 'NOT_FOUND' });
    const typed = readStep(draft.kind, step, call.form);
    const saved = await saveDraft(accountsOf(call).db, personOf(call), draft, typed, input.version);
    const changed = step.names.filter((name) => String(typed[name]) !== String(draft.form[name] ?? ''));
    return saved.ok ? { ok: true, step: input.step, changed } : saved;
  }),
  moveRecord: action(
    'moveRecord',
    z.object({ record: id, move: z.enum(['submit', 'takeBack', 'withdraw', 'renew'], 'record.notNow') }),
    async ({ record, move }, call) => {
      const draft = await ownDraft(call, record);
      const { db } = accountsOf(call);
      if (move === 'submit') {
        const checked = await checkForm(call.context.locals.services, draft);
        if (!checked.ok) return refuse('record.stillWrong');
      }
      if (move === 'submit' || move === 'takeBack') return moveDraft(db, draft, move);
      if (move === 'withdraw') return withdraw(db, record);
      return db.transaction().execute((trx) => renew(trx, record));
    },
  ),
  renewByLink: action('renewByLink', z.object({ token: z.string('form.link').max(100, 'form.link') }), (input, call) =>
    renewByLink(accountsOf(call).db, input.token),
  ),
  claim: action('claim', z.object({ revision: id }), async ({ revision }, call) => {
    await claim(accountsOf(call).db, personOf(call), revision);
    return { ok: true };
  }),
  approve: action('approve', z.object({ record: id, version: number }), async ({ record, version }, call) => {
    const draft = await submission(call, record);
    if (draft.version !== version) return refuse('record.conflict');
    const outcome = await approve(accountsOf(call), personOf(call), draft, call.context.locals.services);
    return outcome.ok ? nextAfter(call, draft.revisionId) : outcome;
  }),
  sendBack: action(
    'sendBack',
    z.object({ record: id, version: number, decision: z.enum(['return', 'reject'], 'record.notNow') }),
    async ({ record, version, decision }, call) => {
      const draft = await submission(call, record);
      if (draft.version !== version) return refuse('record.conflict');
      const reasons = readReasons(call.form, await allReviewTexts(accountsOf(call).db));
      const outcome = await sendBack(accountsOf(call), personOf(call), draft, decision, reasons);
      return outcome.ok ? nextAfter(call, draft.revisionId) : outcome;
    },
  ),
  approveMany: action('approveMany', z.object({}), async (_, call) => {
    const chosen = new Set(call.form.getAll('chosen').filter((value) => /^\d{1,15}\.\d{1,15}$/.test(String(value))));
    if (chosen.size === 0) return refuse('bulk.none');
    if (chosen.size > queuePageSize) return refuse('bulk.tooMany', undefined, { most: queuePageSize });
    const asked = [...chosen].map((value) => {
      const [recordId, version] = String(value).split('.').map(Number);
      return { recordId, version };
    });
    const { services } = call.context.locals;
    return { ok: true, ...(await approveMany(accountsOf(call), personOf(call), asked, services)) };
  }),
  nextSubmission: action('nextSubmission', z.object({ revision: id }), ({ revision }, call) =>
    nextAfter(call, revision),
  ),
  saveReviewText: action('saveReviewText', reviewTextForm, (input, call) =>
    saveReviewText(accountsOf(call).db, personOf(call), input),
  ),
  archiveReviewText: action(
    'archiveReviewText',
    z.object({ id, change: z.enum(['archive', 'restore'], 'reviewText.gone') }),
    (input, call) => archiveReviewText(accountsOf(call).db, personOf(call), input.id, input.change === 'archive'),
  ),
  suspendOrRestore: action(
    'suspendOrRestore',
    z.object({
      record: id,
      change: z.enum(['suspend', 'restore'], 'record.notNow'),
      reason: z.string('record.reasonMissing').trim().min(3, 'record.reasonMissing').max(1000, 'record.reasonMissing'),
    }),
    async ({ record, change, reason }, call) =>
      suspendOrRestore(accountsOf(call), personOf(call), await submission(call, record), change, reason),
  ),
};
