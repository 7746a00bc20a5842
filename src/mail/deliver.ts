import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Db } from '../../db/client.ts';
import { messageId } from './queue.ts';

export interface MailSettings {
  smtpUrl: string | undefined;
  from: string;
  /** Where messages land as files when there is no SMTP server. */
  folder: string;
}

/** One message on its way. */
export interface OutgoingMail {
  id: number;
  cause: string;
  recipient: string;
  language: string;
  subject: string;
  text: string;
  html: string;
  /** JSON object: headers besides those of every mail. */
  headers: string;
}

/** Hands a message over; resolves when the other side has taken it. */
export type Transport = (mail: OutgoingMail) => Promise<void>;

/** A transport over SMTP, or into `.eml` files when no server is set. */
export function createMailTransport({ smtpUrl, from, folder }: MailSettings, say: (text: string) => void): Transport {
  const domain = from.match(/@([^>\s]+)/)?.[1] ?? 'localhost';
  const compose = (mail: OutgoingMail) => ({
    from,
    to: mail.recipient,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: messageId(mail.cause, domain),
    headers: { 'Content-Language': mail.language, 'Auto-Submitted': 'auto-generated', ...JSON.parse(mail.headers) },
  });
  if (smtpUrl) {
    const smtp = createTransport(smtpUrl);
    return async (mail) => {
      await smtp.sendMail(compose(mail));
    };
  }
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return async (mail) => {
    const { message } = await composer.sendMail(compose(mail));
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${String(mail.id).padStart(6, '0')}.eml`);
    writeFileSync(file, message as Buffer);
    say(`Mail to ${mail.recipient}: ${file}`);
  };
}

const batch = 20;
const mostAttempts = 10;
const firstRetryMs = 5_000;
const longestRetryMs = 3_600_000;

/**
 * Sends what is due. A message is marked before it is handed over and after: one whose handing over was interrupted by
 * a crash stays marked and is not sent again, since it may have arrived.
 * @returns how many were handed over
 */
export async function deliverMail(db: Db, send: Transport, now = () => Date.now()): Promise<number> {
  const due = await db
    .selectFrom('mail')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('nextAttemptAt', '<=', now())
    .orderBy('nextAttemptAt')
    .limit(batch)
    .execute();
  let sent = 0;
  for (const mail of due) {
    const claimed = await db
      .updateTable('mail')
      .set({ state: 'sending', attempts: mail.attempts + 1 })
      .where('id', '=', mail.id)
      .where('state', '=', 'waiting')
      .executeTakeFirst();
    // Another process was quicker.
    if (claimed.numUpdatedRows === 0n) continue;
    try {
      await send(mail);
      await db.updateTable('mail').set({ state: 'sent', lastError: null }).where('id', '=', mail.id).execute();
      sent += 1;
    } catch (error) {
      const attempts = mail.attempts + 1;
      await db
        .updateTable('mail')
        .set({
          state: attempts < mostAttempts ? 'waiting' : 'failed',
          nextAttemptAt: now() + Math.min(longestRetryMs, firstRetryMs * 2 ** (attempts - 1)),
          lastError: String(error).slice(0, 300),
        })
        .where('id', '=', mail.id)
        .execute();
    }
  }
  return sent;
}
