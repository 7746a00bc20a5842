import type { Reminder } from '../../db/schema.ts';
import type { Language } from '../../search/engine.ts';
import { type MessageKey, type MessageValues, translator } from '../i18n/translate.ts';
import type { Message } from '../mail/queue.ts';
import type { Accounts } from './accounts.ts';

/** The messages that accounts send; each has `mail.<kind>.subject` and `mail.<kind>.text`. */
export type AccountMail =
  | 'verify'
  | 'alreadyRegistered'
  | 'reset'
  | 'resetUnknown'
  | 'passwordChanged'
  | 'changeEmail'
  | 'emailChanged'
  | 'deleted'
  | 'twoFactorOn'
  | 'twoFactorReset'
  | 'personalDataConfirm'
  | 'personalDataReceived'
  | 'personalDataAsked'
  | 'personalDataDue'
  | 'personalDataExport'
  | 'personalDataCorrected'
  | 'personalDataDeleted'
  | 'personalDataRefused'
  | 'blocked'
  | 'unblocked'
  | 'approved'
  | 'returned'
  | 'rejected'
  | 'suspended'
  | 'restored'
  | 'manageAsked'
  | 'manageGranted'
  | 'manageLeftLying'
  | 'manageGrantedByDepartment'
  | 'manageRefused'
  | 'invited'
  | 'managerAdded'
  | 'managerRemoved'
  | 'approvedSuspended'
  | Reminder
  | ConnectionMail
  | EventMail
  | 'bulletin.confirm'
  | 'bulletin.known';

/** What the two sides of a connection, and the Department, are told. */
export type ConnectionMail = `connection.${
  | 'asked'
  | 'askedDepartment'
  | 'proposed'
  | 'halfAccepted'
  | 'accepted'
  | 'declined'
  | 'withdrawn'
  | 'expired'
  | 'reminder'
  | 'question'
  | 'message'
  | 'file'
  | 'planned'
  | 'broker'
  | 'brokerIn'
  | 'agreed'
  | 'closed'
  | 'outcome'}`;

/** What those who have registered for an event are told. */
export type EventMail = `event.${'confirmed' | 'waiting' | 'movedUp' | 'changed' | 'cancelled' | 'reminder'}`;

/** Writes one of them in its receiver's language. */
export function accountMail(
  { siteName, departmentName }: Accounts,
  kind: AccountMail,
  {
    cause,
    to,
    language,
    url,
    values = {},
  }: { cause: string; to: string; language: Language; url?: string; values?: MessageValues },
): Message {
  const t = translator(language);
  const site = siteName[language];
  const text = t(`mail.${kind}.text`, { site, ...values });
  const label = `mail.${kind}.action` as MessageKey;
  return {
    cause,
    to,
    language,
    subject: t(`mail.${kind}.subject`, { site, ...values }),
    paragraphs: text.split('\n'),
    ...(url && { action: { label: t(label), url } }),
    signature: `${site} – ${departmentName[language]}`,
  };
}
