import type { Selectable } from 'kysely';
import type { Trx } from '../../db/client.ts';
import type { HarvestedRecordTable } from '../../db/schema.ts';
import { recordPath } from '../catalogue/address.ts';
import { findByKey, naturalKeysOf } from '../catalogue/import/existing.ts';
import { type KindDeclaration } from '../catalogue/kind.ts';
import { kinds } from '../catalogue/kinds/index.ts';
import { type LinkedRecord, readLinks } from '../catalogue/read.ts';
import { freeSlug, parseRecord, type RecordInput, toColumn } from '../catalogue/save.ts';
import { areasNamed, type Vocabulary } from '../catalogue/vocabulary.ts';
import { publishedForm } from '../moderation/drafts.ts';
import { formOfValues, metaOfName, type TypedForm } from '../moderation/form.ts';
import { queueColumns } from '../moderation/queue.ts';
import { openRevisionStates } from '../moderation/states.ts';
import type { RemoteItem } from './remote.ts';

/**
 * What one record of a source comes to here. It is never public by itself: a new one and every change waits for review.
 * What somebody has edited here stays as it is: only attributes that changed there and not here are proposed; of those
 * that changed on both sides, the reviewer is told.
 */

export type Harvested = Selectable<HarvestedRecordTable>;

/** A broken rule, as the messages of the import say it. */
interface Issue {
  attribute: string;
  message: string;
  /** What would be right. */
  detail: string | undefined;
}

/** Something a reviewer should know of a reading. */
export type Note =
  | { note: 'areas' | 'fields' | 'links' | 'kept'; values: string[] }
  | { note: 'invalid'; issues: Issue[] };

/** What became of the records of a run. */
export interface Counts {
  read: number;
  proposed: number;
  unchanged: number;
  waiting: number;
  invalid: number;
  gone: number;
  /** Our own, or here already from elsewhere. */
  passed: number;
}
export const noCounts: Counts = { read: 0, proposed: 0, unchanged: 0, waiting: 0, invalid: 0, gone: 0, passed: 0 };

export interface Taking {
  trx: Trx;
  vocabulary: Vocabulary;
  source: { id: number; name: string };
  now: Date;
  counts: Counts;
}

/** What the record itself holds and no form does. */
const notInForms = new Set(['externalId', 'publishedAt', 'sourceText', 'sourceUrl', 'demo']);

interface Read {
  form: TypedForm;
  input: Omit<RecordInput, 'links'>;
  notes: Note[];
}

/** Checks a record by its kind's schema and the classifications; what our region does not know is left out and noted. */
function readItem(
  kind: KindDeclaration,
  values: Record<string, unknown>,
  vocabulary: Vocabulary,
): Read | { issues: Issue[] } {
  const parsed = parseRecord(kind, { ...values, externalId: null, publishedAt: null, sourceUrl: null });
  if (!parsed.ok) {
    const issues = parsed.issues.map(({ attribute, message }) => {
      const { range, values } = metaOfName(kind, attribute);
      return { attribute, message, detail: message === 'error.range' ? range?.join(' – ') : values?.join(', ') };
    });
    return { issues };
  }
  const { shared, attributes } = parsed.input;
  const notes: Note[] = [];
  const note = (name: 'areas' | 'fields', left: string[]) =>
    left.length > 0 && notes.push({ note: name, values: left });
  const codes = new Map(
    shared.areas.map((area) => {
      const named = vocabulary.areas.has(area) ? [area] : areasNamed(vocabulary.areas, area);
      return [area, named.length === 1 ? named[0] : undefined];
    }),
  );
  note(
    'areas',
    shared.areas.filter((area) => codes.get(area) === undefined),
  );
  note(
    'fields',
    shared.fields.filter((field) => !vocabulary.fields.has(field)),
  );
  const areas = [...new Set([...codes.values()].filter((area) => area !== undefined))].sort();
  const fields = [...new Set(shared.fields.filter((field) => vocabulary.fields.has(field)))].sort();
  const all = Object.entries({
    ...shared,
    areas,
    fields,
    contactVisibility: shared.contactVisibility ?? 'connection',
    ...attributes,
  });
  const own = all.filter(([name]) => !notInForms.has(name));
  const stored = own.map(([name, value]) => [name, Array.isArray(value) ? value : toColumn(value)]);
  return { form: formOfValues(Object.fromEntries(stored), vocabulary), input: parsed.input, notes };
}

const pathsOf = (kind: KindDeclaration, links: Pick<LinkedRecord, 'relation' | 'kind' | 'slug'>[]): TypedForm =>
  Object.fromEntries(
    Object.keys(kind.relations).map((relation) => [
      relation,
      links
        .filter((link) => link.relation === relation)
        .map((link) => recordPath(link, 'vi'))
        .sort()
        .join('\n'),
    ]),
  );

/** Adds the links to records that are here and public; who stands behind the record is at least named. */
async function addLinks({ trx }: Taking, kind: KindDeclaration, item: RemoteItem, read: Read): Promise<void> {
  const ids = item.links.filter(({ relation }) => relation in kind.relations).map((link) => link.id);
  const found =
    ids.length > 0
      ? await trx
          .selectFrom('harvested_record as harvested')
          .innerJoin('record', 'record.id', 'harvested.recordId')
          .select(['harvested.originId', 'record.kind', 'record.slug'])
          .where('harvested.originId', 'in', ids)
          .where('record.status', '=', 'published')
          .execute()
      : [];
  const byId = new Map(found.map((row) => [row.originId, row]));
  const here = item.links.flatMap(({ relation, id }) => {
    const row = byId.get(id);
    return row && relation in kind.relations
      ? [{ relation, kind: row.kind as LinkedRecord['kind'], slug: row.slug }]
      : [];
  });
  Object.assign(read.form, pathsOf(kind, here));
  const missing = item.links.filter(({ id, relation }) => !byId.has(id) && relation in kind.relations);
  const { relation, attribute } = kind.provider ?? {};
  const provider = missing.find((link) => link.relation === relation);
  if (provider && attribute !== undefined && !read.form[String(attribute)]) {
    read.form[String(attribute)] = provider.title.slice(0, 200);
  }
  if (missing.length > 0) read.notes.push({ note: 'links', values: missing.map(({ title }) => title) });
}

/** Texts that mean the same: what a form holds as a list or line by line, without the blanks. */
const plain = (value: string | string[] | undefined): string =>
  [value ?? ''].flat().join('\n').replace(/\r\n/g, '\n').trim();
const isSame = (a: TypedForm, b: TypedForm): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => plain(a[name]) === plain(b[name]));

/**
 * What there is to propose: of what changed at the source since `base`, that which is still here as it was then.
 * @returns `kept`: attributes that somebody has edited here as well
 */
export function mergeForms(base: TypedForm, latest: TypedForm, local: TypedForm): { taken: TypedForm; kept: string[] } {
  const taken: TypedForm = {};
  const kept: string[] = [];
  for (const [name, value] of Object.entries(latest)) {
    if (plain(value) === plain(base[name]) || plain(value) === plain(local[name])) continue;
    if (plain(local[name]) === plain(base[name])) taken[name] = value;
    else kept.push(name);
  }
  return { taken, kept };
}

/** Puts a version into the queue, or another one in place of ours that waits there. */
async function submit(
  { trx, now }: Taking,
  kind: KindDeclaration,
  recordId: number,
  form: TypedForm,
  isChange: boolean,
  revisionId: number | null,
): Promise<number> {
  const at = now.toISOString();
  const shared = {
    form: JSON.stringify(form),
    updatedAt: at,
    state: 'submitted' as const,
    ...queueColumns(kind, String(form.title ?? ''), isChange),
  };
  if (revisionId !== null) {
    await trx
      .updateTable('revision')
      .set((eb) => ({ ...shared, reasons: '{}', decidedAt: null, version: eb('version', '+', 1) }))
      .where('id', '=', revisionId)
      .execute();
    return revisionId;
  }
  const nobody = { authorId: null, decidedAt: null, claimedBy: null, claimedAt: null };
  const { id } = await trx
    .insertInto('revision')
    .values({ recordId, createdAt: at, submittedAt: at, ...nobody, ...shared })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

const closeRevision = ({ trx, now }: Taking, revisionId: number) =>
  trx
    .updateTable('revision')
    .set({ state: 'withdrawn', decidedAt: now.toISOString(), claimedBy: null, claimedAt: null })
    .where('id', '=', revisionId)
    .where('state', 'in', openRevisionStates)
    .execute();

const stateOfRevision = async ({ trx }: Taking, id: number | null) =>
  id === null
    ? undefined
    : (await trx.selectFrom('revision').select('state').where('id', '=', id).executeTakeFirst())?.state;

const sourceText = ({ source }: Taking, { sourceText: remote }: { sourceText: string | null }): string =>
  (remote ? `${source.name}; ${remote}` : source.name).slice(0, 300);

/** The line under the record's title while it waits; a reviewer's page and the queue read the version instead. */
async function insertRecord(taking: Taking, kind: KindDeclaration, item: RemoteItem, { input }: Read): Promise<number> {
  const { trx, now } = taking;
  const { title, summary, demo } = input.shared;
  const nothing = { externalId: null, titleEn: null, summaryEn: null, body: null, website: null, publishedAt: null };
  const at = now.toISOString();
  const { id } = await trx
    .insertInto('record')
    .values({
      ...nothing,
      contactName: null,
      contactEmail: null,
      contactPhone: null,
      contactVisibility: 'connection',
      kind: kind.code,
      slug: await freeSlug(trx, kind.code, title),
      title,
      summary,
      keywords: '[]',
      status: 'submitted',
      demo: demo ? 1 : 0,
      sourceText: sourceText(taking, input.shared),
      sourceUrl: item.url,
      createdAt: at,
      updatedAt: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Whether a record with one of these legal numbers is here already, and did not come from this source. */
async function isKnown({ trx }: Taking, kind: KindDeclaration, { input }: Read): Promise<boolean> {
  for (const key of naturalKeysOf(kind)) {
    const value = key === 'externalId' ? null : input.attributes[key];
    if (value && (await findByKey(trx, kind, key, [String(value)])).size > 0) return true;
  }
  return false;
}

type Row = Omit<Harvested, 'sourceId' | 'remoteId'>;

async function keep({ trx, source }: Taking, { remoteId }: { remoteId: string }, row: Row): Promise<void> {
  await trx
    .insertInto('harvested_record')
    .values({ sourceId: source.id, remoteId, ...row })
    .onConflict((conflict) => conflict.columns(['sourceId', 'remoteId']).doUpdateSet(row))
    .execute();
}

const parsedForm = (text: string | null): TypedForm => JSON.parse(text ?? '{}');

/** Takes note of what a reviewer has decided since: what was proposed is what the next change is compared with. */
async function settled(taking: Taking, row: Harvested): Promise<Harvested> {
  const state = await stateOfRevision(taking, row.revisionId);
  if (row.proposedForm === null || (state && (openRevisionStates as readonly string[]).includes(state))) return row;
  const record = await statusOf(taking, row.recordId);
  // Rejected before it was ever public: the Department does not want it.
  const isRefused = record?.publishedAt == null;
  return {
    ...row,
    baseForm: row.proposedForm,
    proposedForm: null,
    revisionId: null,
    state: row.state === 'proposed' ? (isRefused ? 'refused' : 'settled') : row.state,
  };
}

const statusOf = async ({ trx }: Taking, recordId: number | null) =>
  recordId === null
    ? undefined
    : trx.selectFrom('record').select(['status', 'publishedAt']).where('id', '=', recordId).executeTakeFirst();

/** Proposes what is new in a record that is or was public here; nothing of it changes until that is approved. */
async function proposeChange(
  taking: Taking,
  kind: KindDeclaration,
  row: Harvested & { recordId: number },
  latest: TypedForm,
  notes: Note[],
): Promise<Pick<Row, 'baseForm' | 'proposedForm' | 'revisionId' | 'state' | 'notes'>> {
  const { trx, vocabulary, counts } = taking;
  const { recordId } = row;
  const links = await readLinks(trx, recordId);
  const paths = pathsOf(kind, links);
  const published = await publishedForm(trx, kind, recordId, vocabulary, links);
  const { taken, kept } = mergeForms(parsedForm(row.baseForm), latest, { ...published, ...paths });
  const allNotes = kept.length > 0 ? [...notes, { note: 'kept' as const, values: kept }] : notes;
  const said = JSON.stringify(allNotes);
  // It has come back: the Department is asked whether it comes back here as well.
  const record = await statusOf(taking, recordId);
  const isBack = row.state === 'gone' && record?.status === 'withdrawn';
  if (Object.keys(taken).length === 0 && !isBack) {
    if (row.revisionId !== null) await closeRevision(taking, row.revisionId);
    counts.unchanged += 1;
    return { baseForm: JSON.stringify(latest), proposedForm: null, revisionId: null, state: 'settled', notes: said };
  }
  const open = await trx
    .selectFrom('revision')
    .select('id')
    .where('recordId', '=', recordId)
    .where('state', 'in', openRevisionStates)
    .executeTakeFirst();
  if (open && open.id !== row.revisionId) {
    counts.waiting += 1;
    return { baseForm: row.baseForm, proposedForm: null, revisionId: null, state: 'waiting', notes: said };
  }
  // Links that a form does not hold stay as they are.
  const own = Object.fromEntries(Object.entries(published).filter(([name]) => !(name in kind.relations)));
  const revisionId = await submit(taking, kind, recordId, { ...own, ...taken }, true, open?.id ?? null);
  counts.proposed += 1;
  return { baseForm: row.baseForm, proposedForm: JSON.stringify(latest), revisionId, state: 'proposed', notes: said };
}

async function takeGone(taking: Taking, item: RemoteItem, row: Harvested | undefined): Promise<void> {
  if (!row || row.state === 'gone' || row.state === 'refused') return;
  const { trx, now, counts } = taking;
  counts.gone += 1;
  const current = await settled(taking, row);
  if (current.revisionId !== null) await closeRevision(taking, current.revisionId);
  const record = await statusOf(taking, current.recordId);
  if (current.recordId !== null && record?.publishedAt == null) {
    await trx
      .updateTable('record')
      .set({ status: 'withdrawn', updatedAt: now.toISOString() })
      .where('id', '=', current.recordId)
      .execute();
  }
  const { sourceId: _, remoteId: __, ...rest } = current;
  await keep(taking, item, {
    ...rest,
    proposedForm: null,
    revisionId: null,
    notes: '[]',
    state: 'gone',
    harvestedAt: now.toISOString(),
  });
}

/**
 * Takes one record of a source, in the caller's transaction. The same record again changes nothing.
 * @param existing what this source's record is here so far
 * @param ownUrn names this catalogue: its own records do not come back
 */
export async function takeItem(
  taking: Taking,
  item: RemoteItem,
  existing: Harvested | undefined,
  ownUrn: string,
): Promise<void> {
  const { trx, vocabulary, counts, now } = taking;
  counts.read += 1;
  if (item.originCatalogue === ownUrn) {
    counts.passed += 1;
    return;
  }
  if (!item.values) return takeGone(taking, item, existing);
  const kind = kinds[item.kind];
  const row = existing && (await settled(taking, existing));
  const seen = {
    kind: kind.code,
    url: item.url,
    originCatalogue: item.originCatalogue,
    originId: row?.originId ?? item.originId,
    harvestedAt: now.toISOString(),
  };
  const before = {
    recordId: row?.recordId ?? null,
    latestForm: row?.latestForm ?? null,
    baseForm: row?.baseForm ?? null,
    proposedForm: row?.proposedForm ?? null,
    revisionId: row?.revisionId ?? null,
  };
  if (!row) {
    // It has come another way already, from the catalogue that wrote it or from a third one.
    const other = await trx
      .selectFrom('harvested_record')
      .select('sourceId')
      .where('originId', '=', item.originId)
      .executeTakeFirst();
    if (other) {
      counts.passed += 1;
      return;
    }
  }
  const read = readItem(kind, item.values, vocabulary);
  if ('issues' in read) {
    counts.invalid += 1;
    const notes: Note[] = [{ note: 'invalid', issues: read.issues.slice(0, 20) }];
    await keep(taking, item, { ...seen, ...before, state: 'invalid', notes: JSON.stringify(notes) });
    return;
  }
  await addLinks(taking, kind, item, read);
  const { form, notes } = read;
  const latestForm = JSON.stringify(form);
  const said = JSON.stringify(notes);
  const record = row && (await statusOf(taking, row.recordId));

  if (row && record && row.recordId !== null && record.publishedAt !== null) {
    const isSeen = row.latestForm !== null && isSame(form, parsedForm(row.latestForm));
    const isNew = !isSeen || !['settled', 'proposed'].includes(row.state);
    if (!isNew) counts.unchanged += 1;
    const change = isNew
      ? await proposeChange(taking, kind, { ...row, recordId: row.recordId }, form, notes)
      : undefined;
    await keep(taking, item, { ...seen, ...before, state: row.state, notes: row.notes, ...change, latestForm });
    return;
  }
  if (row?.state === 'refused' || (row && row.recordId === null && row.latestForm !== null && row.state !== 'known')) {
    counts.passed += 1;
    await keep(taking, item, { ...seen, ...before, state: 'refused', notes: said, latestForm });
    return;
  }
  if (row && record && row.recordId !== null) {
    const isSameAgain =
      row.state === 'proposed' && row.proposedForm !== null && isSame(form, parsedForm(row.proposedForm));
    counts[isSameAgain ? 'unchanged' : 'proposed'] += 1;
    const revisionId = isSameAgain
      ? row.revisionId
      : await submit(taking, kind, row.recordId, form, false, row.revisionId);
    if (!isSameAgain) {
      const { title, summary } = read.input.shared;
      const shown = { title, summary, status: 'submitted' as const, updatedAt: now.toISOString() };
      await trx.updateTable('record').set(shown).where('id', '=', row.recordId).execute();
    }
    await keep(taking, item, {
      ...seen,
      ...before,
      revisionId,
      state: 'proposed',
      notes: said,
      latestForm,
      proposedForm: latestForm,
    });
    return;
  }
  if (await isKnown(taking, kind, read)) {
    counts.passed += 1;
    await keep(taking, item, { ...seen, ...before, state: 'known', notes: said, latestForm });
    return;
  }
  counts.proposed += 1;
  const recordId = await insertRecord(taking, kind, item, read);
  const revisionId = await submit(taking, kind, recordId, form, false, null);
  await keep(taking, item, {
    ...seen,
    recordId,
    revisionId,
    baseForm: null,
    state: 'proposed',
    notes: said,
    latestForm,
    proposedForm: latestForm,
  });
}

/** Proposes again what had to wait for somebody's own change of the record. */
export async function takeWaiting(taking: Taking): Promise<void> {
  const rows = await taking.trx
    .selectFrom('harvested_record')
    .selectAll()
    .where('sourceId', '=', taking.source.id)
    .where('state', '=', 'waiting')
    .limit(100)
    .execute();
  for (const row of rows) {
    if (row.recordId === null) continue;
    const kind = kinds[row.kind as KindDeclaration['code']];
    const notes = (JSON.parse(row.notes) as Note[]).filter(({ note }) => note !== 'kept');
    const { sourceId: _, remoteId, ...rest } = row;
    const change = await proposeChange(
      taking,
      kind,
      { ...row, recordId: row.recordId },
      parsedForm(row.latestForm),
      notes,
    );
    await keep(taking, { remoteId }, { ...rest, ...change });
  }
}
