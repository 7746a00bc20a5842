import type { Db, Trx } from '../../db/client.ts';
import type { RecordStatus } from '../../db/schema.ts';
import { digest } from '../accounts/secrets.ts';
import { setStatus } from '../catalogue/save.ts';
import { localDay } from '../i18n/format.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { nextStatus, openRevisionStates } from './states.ts';

/** How long offers and needs are listed before they are renewed, in months (design.md §3). */
export const monthsListed = { offer: 12, need: 6 } as const;
export type ListedKind = keyof typeof monthsListed;

const isListedKind = (kind: string): kind is ListedKind => Object.hasOwn(monthsListed, kind);

/** Owners are reminded, and offered a renewal, from so many days before the end. */
export const reminderDays = 30;

/** The day so many days after (or before) another; both as ISO 8601. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** The last day of a listing that begins now; null for kinds that are listed without end. */
export function expiryOf(kind: string, now: Date): string | null {
  if (!isListedKind(kind)) return null;
  const [year, month, day] = localDay(now).split('-').map(Number);
  const endMonth = month - 1 + monthsListed[kind];
  // Six months after 31 August is 28 February, not 3 March.
  const daysInMonth = new Date(Date.UTC(year, endMonth + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, endMonth, Math.min(day, daysInMonth))).toISOString().slice(0, 10);
}

/** Whether its owner should be offered to renew a record now. */
export const isRenewable = (status: RecordStatus, expiresOn: string | null, now = new Date()): boolean =>
  expiresOn !== null &&
  (status === 'expired' || (status === 'published' && expiresOn <= dayAfter(localDay(now), reminderDays)));

/** Records with the ends of their listings. */
export const withExpiry = (db: Db | Trx) =>
  db
    .selectFrom('record')
    .leftJoin('offer', 'offer.recordId', 'record.id')
    .leftJoin('need', 'need.recordId', 'record.id')
    .select(['record.id', 'record.kind', 'record.slug', 'record.title', 'record.status', 'record.publishedAt'])
    .select((eb) => eb.fn.coalesce('offer.expiresOn', 'need.expiresOn').$castTo<string | null>().as('expiresOn'));

/** Takes a record off the public pages at its owner's wish. */
export const withdraw = (db: Db, recordId: number, now = new Date()): Promise<Outcome> =>
  db.transaction().execute(async (trx): Promise<Outcome> => {
    const { status } = await withExpiry(trx).where('record.id', '=', recordId).executeTakeFirstOrThrow();
    const to = nextStatus(status, 'withdraw', 'owner');
    if (!to) return refuse('record.notNow');
    await setStatus(trx, recordId, to, now);
    return { ok: true };
  });

/** What a renewal makes of the present end: it never shortens a listing. */
export const renewedUntil = (kind: string, expiresOn: string | null, now = new Date()): string | null => {
  const until = expiryOf(kind, now);
  return until && expiresOn && expiresOn > until ? expiresOn : until;
};

/**
 * Lists a record for a whole period from today, whether it is public, has expired or was withdrawn; the links that were
 * sent for the old end stop working.
 */
export async function renew(trx: Trx, recordId: number, now = new Date()): Promise<Outcome> {
  const { kind, status, publishedAt, expiresOn } = await withExpiry(trx)
    .where('record.id', '=', recordId)
    .executeTakeFirstOrThrow();
  if (status === 'suspended') return refuse('renew.suspended');
  const to = nextStatus(status, 'renew', 'owner');
  // What was rejected before it was ever public has to be sent again.
  if (!to || publishedAt === null) return refuse('record.notNow');
  const until = renewedUntil(kind, expiresOn, now);
  if (until === null && status === 'published') return refuse('record.notNow');
  if (until !== null) {
    await trx
      .updateTable(kind as 'offer')
      .set({ expiresOn: until })
      .where('recordId', '=', recordId)
      .execute();
  }
  await trx.deleteFrom('renewal_link').where('recordId', '=', recordId).execute();
  await setStatus(trx, recordId, to, now);
  return { ok: true };
}

/** What a renewal link is for. */
export interface Renewal {
  recordId: number;
  kind: string;
  slug: string;
  title: string;
  status: RecordStatus;
  expiresOn: string | null;
  /** The end after a renewal today. */
  until: string | null;
}

/** Reads a link that works: not used, not too old, of somebody who still manages the record. Looking changes nothing. */
export async function findRenewal(db: Db | Trx, secret: string, now = new Date()): Promise<Renewal | undefined> {
  const found = await withExpiry(db)
    .innerJoin('renewal_link as link', 'link.recordId', 'record.id')
    .innerJoin('record_member as member', (join) =>
      join.onRef('member.recordId', '=', 'link.recordId').onRef('member.userId', '=', 'link.userId'),
    )
    .where('link.hash', '=', digest(secret))
    .where('link.worksUntil', '>=', localDay(now))
    .executeTakeFirst();
  if (!found) return undefined;
  const { id: recordId, kind, slug, title, status, expiresOn } = found;
  return { recordId, kind, slug, title, status, expiresOn, until: renewedUntil(kind, expiresOn, now) };
}

/** Renews with a link from the mail, which is used up by it. */
export const renewByLink = (db: Db, secret: string, now = new Date()): Promise<Outcome<{ renewal: Renewal }>> =>
  db.transaction().execute(async (trx): Promise<Outcome<{ renewal: Renewal }>> => {
    const renewal = await findRenewal(trx, secret, now);
    if (!renewal) return refuse('form.link');
    const renewed = await renew(trx, renewal.recordId, now);
    return renewed.ok ? { ok: true, renewal } : renewed;
  });

/**
 * What becomes of the records that a person alone manages when the account is deleted: those that were never public are
 * deleted, public ones withdrawn with what was typed to change them. Records from the Department's lists stay.
 */
export async function leaveRecords(trx: Trx, userId: string, now = new Date()): Promise<void> {
  const own = await withExpiry(trx)
    .innerJoin('record_member as member', 'member.recordId', 'record.id')
    .where('member.userId', '=', userId)
    .where('record.externalId', 'is', null)
    .where('record.sourceText', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('record_member as other')
            .select('other.userId')
            .whereRef('other.recordId', '=', 'record.id')
            .where('other.userId', '<>', userId),
        ),
      ),
    )
    .execute();
  for (const { id, status, publishedAt } of own) {
    if (publishedAt === null) {
      await trx.deleteFrom('record').where('id', '=', id).execute();
      continue;
    }
    await trx.deleteFrom('revision').where('recordId', '=', id).where('state', 'in', openRevisionStates).execute();
    const to = nextStatus(status, 'withdraw', 'owner');
    if (to) await setStatus(trx, id, to, now);
  }
}
