import type { Db, Trx } from '../../db/client.ts';
import type { Language } from '../../search/engine.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { accountMail, type ConnectionMail } from '../accounts/mails.ts';
import { digest, newSecret } from '../accounts/secrets.ts';
import { addressOf, pageRoutes } from '../i18n/routes.ts';
import { type MessageValues, translator } from '../i18n/translate.ts';
import { queueMail } from '../mail/queue.ts';
import type { ConnectionRow, Member } from './parties.ts';

/** The two records of a connection as everybody may call them; nobody's name. */
export async function labelsOf(
  db: Db | Trx,
  { recordId, askerRecordId }: Pick<ConnectionRow, 'recordId' | 'askerRecordId'>,
): Promise<(language: Language) => { title: string; asker: string }> {
  const ids = askerRecordId === null ? [recordId] : [recordId, askerRecordId];
  const rows = await db.selectFrom('record').select(['id', 'title', 'titleEn']).where('id', 'in', ids).execute();
  const titleOf = (id: number | null, language: Language) => {
    const row = rows.find((one) => one.id === id);
    return (language === 'en' && row?.titleEn) || row?.title;
  };
  return (language) => ({
    title: titleOf(recordId, language) ?? '',
    asker: titleOf(askerRecordId, language) ?? translator(language)('connection.someMember'),
  });
}

/** A link with which one receiver answers once, without signing in. The database keeps its digest. */
async function answerLink(accounts: Accounts, trx: Trx, connectionId: number, member: Member): Promise<string> {
  const secret = newSecret();
  await trx
    .insertInto('connection_link')
    .values({ hash: digest(secret), connectionId, userId: member.userId, usedAt: null })
    .execute();
  return `${accounts.publicUrl}${pageRoutes.answerConnection[member.language]}?token=${secret}`;
}

/**
 * Tells people of one step.
 * @param eventId the step's line in the history: each receiver gets one mail for it
 * @param options.answer true when the reader is asked for a yes or no
 */
export async function tell(
  accounts: Accounts,
  trx: Trx,
  connection: ConnectionRow,
  eventId: number,
  kind: ConnectionMail,
  to: Member[],
  { answer = false, values = () => ({}) }: { answer?: boolean; values?: (language: Language) => MessageValues } = {},
): Promise<void> {
  const labels = await labelsOf(trx, connection);
  for (const member of to) {
    const { userId, email, language } = member;
    const url = answer
      ? await answerLink(accounts, trx, connection.id, member)
      : accounts.publicUrl + addressOf('connection', language, connection.id);
    const mail = accountMail(accounts, kind, {
      cause: `connection:${eventId}:${kind}:${userId}`,
      to: email,
      language,
      url,
      values: { ...labels(language), ...values(language) },
    });
    await queueMail(trx, mail);
  }
}
