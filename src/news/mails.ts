import type { Trx } from '../../db/client.ts';
import { type Accounts, linkTo } from '../accounts/accounts.ts';
import { accountMail, type EventMail } from '../accounts/mails.ts';
import { digest, newSecret } from '../accounts/secrets.ts';
import { formatPeriod } from '../i18n/format.ts';
import { addressOf } from '../i18n/routes.ts';
import { queueMail } from '../mail/queue.ts';
import type { EventRow } from './events.ts';
import type { RegistrationRow } from './registrations.ts';
import { calendarPath, titleOf } from './shown.ts';

/**
 * Writes to somebody who has registered, with a link of its own that shows the registration and cancels it.
 * @param why one mail is sent for each, ever
 */
export async function mailRegistration(
  accounts: Accounts,
  trx: Trx,
  kind: EventMail,
  event: EventRow,
  { id, email, name, language }: Pick<RegistrationRow, 'id' | 'email' | 'name' | 'language'>,
  why: string,
): Promise<void> {
  const secret = newSecret();
  await trx
    .insertInto('event_link')
    .values({ hash: digest(secret), registrationId: id })
    .execute();
  const mail = accountMail(accounts, kind, {
    // A registration's mails are found again by the beginning of their causes.
    cause: `event:${id}:${kind}:${why}`,
    to: email,
    language,
    url: linkTo(accounts, 'eventRegistration', language, secret),
    values: {
      name,
      title: titleOf(event, language),
      time: formatPeriod(event.startsAt, event.endsAt, language),
      place: event.place,
      reason: event.cancelReason ?? '',
      page: accounts.publicUrl + addressOf('event', language, event.slug),
      calendar: accounts.publicUrl + calendarPath(event.slug, language),
    },
  });
  await queueMail(trx, mail);
}
