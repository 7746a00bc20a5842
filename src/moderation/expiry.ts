import { setImmediate as breathe } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db, Trx } from '../../db/client.ts';
import type { Reminder } from '../../db/schema.ts';
import { type Accounts, linkTo } from '../accounts/accounts.ts';
import { accountMail } from '../accounts/mails.ts';
import { digest, newSecret } from '../accounts/secrets.ts';
import { setStatus } from '../catalogue/save.ts';
import { formatDate, localDay } from '../i18n/format.ts';
import { queueMail } from '../mail/queue.ts';
import { dayAfter, type ListedKind, monthsListed, reminderDays } from './lifecycle.ts';
import { nextStatus } from './states.ts';

const weekDays = 7;
/** A link works for so many days after the end, or after the day on which the end was noticed. */
const linkDays = 30;

/** Public records whose listing ends between two days get this reminder. */
interface Step {
  reminder: Reminder;
  from: string;
  to: string;
}

/** Each end falls into one step, so that whoever slept for days is told the most urgent thing only. */
const stepsOn = (today: string): Step[] => [
  { reminder: 'expired', from: '', to: dayAfter(today, -1) },
  { reminder: 'expiresInWeek', from: today, to: dayAfter(today, weekDays) },
  { reminder: 'expiresInMonth', from: dayAfter(today, weekDays + 1), to: dayAfter(today, reminderDays) },
];

/** The records that a step has something to do with now. */
const due = (db: Db | Trx, kind: ListedKind, { reminder, from, to }: Step) =>
  db
    .selectFrom(`${kind as 'offer'} as own`)
    .innerJoin('record', 'record.id', 'own.recordId')
    .select(['record.id', 'record.title', 'record.status', 'record.publishedAt'])
    .select((eb) => eb.ref('own.expiresOn').$castTo<string>().as('expiresOn'))
    .where('own.expiresOn', '>=', from)
    .where('own.expiresOn', '<=', to)
    // The plus keeps SQLite from starting at all public records instead of at the few that end in these days.
    .where(sql<string>`+record.status`, '=', 'published')
    .where((eb) => {
      const managers = eb
        .selectFrom('record_member as member')
        .select('member.userId')
        .whereRef('member.recordId', '=', 'record.id');
      // Illustrations that nobody could renew stay: the demo catalogue would empty itself.
      if (reminder === 'expired') return eb.or([eb('record.demo', '=', 0), eb.exists(managers)]);
      const reminded = eb
        .selectFrom('renewal_link as link')
        .select('link.hash')
        .whereRef('link.recordId', '=', 'member.recordId' as never)
        .whereRef('link.userId', '=', 'member.userId' as never)
        .whereRef('link.expiresOn', '=', 'own.expiresOn')
        .where('link.reminder', '=', reminder);
      return eb.exists(managers.where(eb.not(eb.exists(reminded))));
    });

type Due = Awaited<ReturnType<ReturnType<typeof due>['execute']>>[number];

/** A record that was published with less than a month to go gets the last reminder only. */
const wasListedBefore = ({ publishedAt, expiresOn }: Due): boolean =>
  (publishedAt ?? '').slice(0, 10) <= dayAfter(expiresOn, -reminderDays);

/** Tells everybody who manages the record, each with a link of their own, once for each end and kind of reminder. */
async function tellManagers(
  accounts: Accounts,
  trx: Trx,
  { kind, record, reminder, now }: { kind: ListedKind; record: Due; reminder: Reminder; now: Date },
): Promise<void> {
  const { id: recordId, title, expiresOn } = record;
  const managers = await trx
    .selectFrom('record_member')
    .innerJoin('user', 'user.id', 'record_member.userId')
    .select(['user.id', 'user.email', 'user.language'])
    .where('record_member.recordId', '=', recordId)
    .execute();
  const worksUntil = dayAfter(reminder === 'expired' ? localDay(now) : expiresOn, linkDays);
  for (const { id: userId, email, language } of managers) {
    const secret = newSecret();
    const noted = await trx
      .insertInto('renewal_link')
      .values({ recordId, userId, expiresOn, reminder, worksUntil, hash: digest(secret) })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (noted.numInsertedOrUpdatedRows === 0n) continue;
    const message = accountMail(accounts, reminder, {
      cause: `${reminder}:${recordId}:${expiresOn}:${userId}`,
      to: email,
      language,
      url: linkTo(accounts, 'renew', language, secret),
      values: {
        title,
        date: formatDate(expiresOn, language),
        months: monthsListed[kind],
        worksUntil: formatDate(worksUntil, language),
      },
    });
    await queueMail(trx, message, now);
  }
}

/**
 * Ends the listings whose last day (in Việt Nam) is over and reminds owners of those that end soon. Each record is a
 * transaction that looks again whether there is something to do: two processes may run this, and one that died is
 * taken up where it stopped.
 */
export async function expireAndRemind(accounts: Accounts, now = new Date()): Promise<void> {
  const { db } = accounts;
  for (const kind of Object.keys(monthsListed) as ListedKind[]) {
    for (const step of stepsOn(localDay(now))) {
      const { reminder } = step;
      for (const { id } of (await due(db, kind, step).execute()).filter(
        (record) => reminder !== 'expiresInMonth' || wasListedBefore(record),
      )) {
        await db.transaction().execute(async (trx) => {
          const record = await due(trx, kind, step).where('record.id', '=', id).executeTakeFirst();
          if (!record) return;
          if (reminder === 'expired') {
            const to = nextStatus(record.status, 'expire', 'system');
            if (!to) return;
            await setStatus(trx, id, to, now);
          }
          await tellManagers(accounts, trx, { kind, record, reminder, now });
        });
        // Thousands may end on one day, and visitors are answered meanwhile.
        await breathe();
      }
    }
  }
}
