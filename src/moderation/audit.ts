import type { Db, Trx } from '../../db/client.ts';
import type { Language, SearchEngine } from '../../search/engine.ts';
import { slugify } from '../../search/text.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { parseRecordPath } from '../catalogue/address.ts';
import type { KindCode } from '../catalogue/kind.ts';
import { allKinds } from '../catalogue/kinds/index.ts';
import { labelOf } from '../catalogue/labels.ts';
import { dayStart } from '../i18n/format.ts';
import { isMessageKey, translator } from '../i18n/translate.ts';

export interface AuditEntry {
  action: string;
  recordId: number | null;
  /** What changed, as JSON. */
  detail: object;
}

/**
 * Notes what one of the Department's people has done, in the transaction that does it; the database keeps it for good.
 * Taking a submission to look at it is not noted: it decides nothing, the queue shows it while it lasts, and one line
 * for each would bury the decisions.
 */
export async function audit(
  trx: Trx,
  person: Pick<SignedIn, 'userId' | 'name'>,
  { action, recordId, detail }: AuditEntry,
): Promise<void> {
  await trx
    .insertInto('audit_log')
    .values({
      at: new Date().toISOString(),
      userId: person.userId,
      userName: person.name,
      action,
      recordId,
      detail: JSON.stringify(detail),
    })
    .execute();
}

export const auditPageSize = 100;

/** Every action that is noted; each has a message `audit.<action>`. */
export const auditActions = [
  'approve',
  'return',
  'reject',
  'suspend',
  'restore',
  'role',
  'blocked',
  'unblocked',
  'twoFactorReset',
  'manageGrant',
  'manageRefuse',
  'reviewTextAdded',
  'reviewTextChanged',
  'reviewTextArchived',
  'reviewTextRestored',
  'indicatorEntered',
  'reportFrozen',
  'personalData.exported',
  'personalData.corrected',
  'personalData.erased',
  'personalData.refused',
  'settings',
  'fieldAdded',
  'fieldChanged',
  'fieldRetired',
  'fieldRestored',
  'fieldDeleted',
  'areaAdded',
  'areaChanged',
  'areaFormerAdded',
  'areaFormerRemoved',
  'areaMerged',
  'synonymsAdded',
  'synonymsChanged',
  'synonymsRemoved',
  'import',
  'importUndo',
  'harvestAdded',
  'harvestChanged',
  'harvestRun',
  'harvestPaused',
  'harvestRemoved',
  'harvestWithdrawn',
  'harvestKept',
  'eventAdded',
  'eventChanged',
  'eventPublished',
  'eventCancelled',
  'eventRemoved',
  'attendeeRemoved',
  'articleAdded',
  'articleChanged',
  'articlePublished',
  'articleTakenBack',
  'articleRemoved',
  'bulletinPublished',
] as const;

export interface AuditFilter {
  userId?: string | undefined;
  action?: string | undefined;
  recordIds?: number[] | undefined;
  /** Calendar days in Việt Nam, ISO 8601, both included. */
  from?: string | undefined;
  to?: string | undefined;
  /** The last one seen. */
  after?: { at: string; id: number } | undefined;
}

/** The newest entries of what is asked for, with the record's title of today; a page at a time, found by its place. */
export const auditEntries = (db: Db, { userId, action, recordIds, from, to, after }: AuditFilter = {}) =>
  db
    .selectFrom('audit_log')
    .leftJoin('record', 'record.id', 'audit_log.recordId')
    .select(['audit_log.id', 'audit_log.at', 'audit_log.userName', 'audit_log.action', 'audit_log.detail'])
    .select(['record.title', 'record.kind', 'record.slug', 'record.status', 'audit_log.recordId'])
    .$if(userId !== undefined, (query) => query.where('audit_log.userId', '=', userId ?? ''))
    .$if(action !== undefined, (query) => query.where('audit_log.action', '=', action ?? ''))
    .$if(recordIds !== undefined, (query) => query.where('audit_log.recordId', 'in', recordIds ?? []))
    .$if(from !== undefined, (query) => query.where('audit_log.at', '>=', dayStart(from ?? '')))
    .$if(to !== undefined, (query) => query.where('audit_log.at', '<', dayStart(to ?? '', 1)))
    .$if(after !== undefined, (query) =>
      query.where((eb) =>
        eb(eb.refTuple('audit_log.at', 'audit_log.id'), '<', eb.tuple(after?.at ?? '', after?.id ?? 0)),
      ),
    )
    .orderBy('audit_log.at', 'desc')
    .orderBy('audit_log.id', 'desc')
    .limit(auditPageSize)
    .execute();

const mostRecords = 50;

/** The records, whatever their state, at an address or with a title that begins so. */
export async function recordsNamed(db: Db, text: string): Promise<number[]> {
  const place = parseRecordPath(text);
  const slug = place?.slug ?? slugify(text);
  const rows = await db
    .selectFrom('record')
    .select('id')
    .where('kind', 'in', place ? [place.kind] : allKinds.map((kind) => kind.code))
    .where('slug', '>=', slug)
    // An address means one record: `!` precedes all that an address is made of, `{` follows it.
    .where('slug', '<', place ? `${slug}!` : `${slug}{`)
    .limit(mostRecords)
    .execute();
  return rows.map((row) => row.id);
}

/** The records that a moderator means: those named so, and the public ones with all of these words. */
export async function recordsMeant(db: Db, search: SearchEngine, text: string): Promise<number[]> {
  const named = await recordsNamed(db, text);
  if (parseRecordPath(text)) return named;
  const { hits, relaxed } = await search.search({
    q: text,
    filters: {},
    sort: 'relevance',
    offset: 0,
    limit: mostRecords,
    facets: [],
    language: 'vi',
  });
  // Nearest matches are no answer to whose history this is.
  const found = relaxed ? [] : hits.map((hit) => hit.document.id);
  return [...new Set([...named, ...found])];
}

interface Detail {
  reason?: string;
  reasons?: Record<string, string>;
  changed?: string[];
  text?: string;
  before?: string;
  user?: string;
  role?: string;
  /** Settings by name: before and after. */
  settings?: Record<string, [before: string, after: string]>;
  file?: string;
  created?: number;
  updated?: number;
}

/** What an entry says besides who, what and when, in words; several lines, or none. */
export function auditWords({ detail, kind }: { detail: string; kind: string | null }, language: Language): string[] {
  const t = translator(language);
  const { reason, reasons, changed, text, before, user, role, settings, file, created, updated }: Detail =
    JSON.parse(detail);
  const label = (name: string) => (name === 'note' ? t('review.note') : labelOf(kind as KindCode, name)[language]);
  const roleKey = `account.role.${role}`;
  return [
    ...(reason ? [t('audit.reason', { reason })] : []),
    ...Object.entries(reasons ?? {}).map(([name, why]) => `${label(name)}: ${why}`),
    ...(changed ? [t('audit.changed', { fields: changed.map(label).join(', ') || '–' })] : []),
    ...(text ? [before && before !== text ? t('audit.textChanged', { before, text }) : t('audit.text', { text })] : []),
    ...Object.entries(settings ?? {}).map(
      ([name, [was, is]]) =>
        `${t(`settings.${name}` as 'settings.contactEmail')}: ${t('audit.textChanged', { before: was, text: is })}`,
    ),
    ...(file ? [file] : []),
    ...(created === undefined ? [] : [t('audit.importCounts', { created, updated: updated ?? 0 })]),
    ...(user ? [role ? `${user}: ${isMessageKey(roleKey) ? t(roleKey) : role}` : user] : []),
  ];
}
