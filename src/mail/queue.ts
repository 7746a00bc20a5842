import { createHash } from 'node:crypto';
import type { Trx } from '../../db/client.ts';
import type { Language } from '../../search/engine.ts';
import { escapeHtml } from '../../search/highlight.ts';

/** A message as its sender thinks of it; text and HTML are made from it. */
export interface Message {
  /** What it is sent for, e.g. `verify_email:<token digest>`: one message a cause is ever sent. */
  cause: string;
  to: string;
  language: Language;
  subject: string;
  paragraphs: string[];
  /** The one thing the reader is asked to do. */
  action?: { label: string; url: string };
  /** Whose site it comes from. */
  signature: string;
  /** Its receiver has asked to be forgotten: the row goes once it is sent. */
  forget?: boolean;
}

const textOf = ({ paragraphs, action, signature }: Message): string =>
  [...paragraphs, ...(action ? [`${action.label}: ${action.url}`] : []), `-- \n${signature}`].join('\n\n');

const htmlOf = ({ language, subject, paragraphs, action, signature }: Message): string => {
  const button =
    action &&
    `<p style="margin:24px 0"><a href="${escapeHtml(action.url)}" style="background:#1c4b8f;color:#fff;padding:12px 20px;border-radius:8px;text-decoration:none;font-weight:600">${escapeHtml(action.label)}</a></p><p style="font-size:13px;color:#4b5866">${escapeHtml(action.url)}</p>`;
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0 auto;padding:24px;max-width:560px;font:16px/1.6 system-ui,sans-serif;color:#17212b">
${paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n')}
${button ?? ''}
<p style="margin-top:32px;font-size:13px;color:#4b5866">${escapeHtml(signature)}</p></body></html>`;
};

/** Puts a message into the queue, in the transaction of what causes it; a cause that has had its message gets no other. */
export async function queueMail(trx: Trx, message: Message, now = new Date()): Promise<void> {
  await trx
    .insertInto('mail')
    .values({
      cause: message.cause,
      recipient: message.to,
      language: message.language,
      subject: message.subject,
      text: textOf(message),
      html: htmlOf(message),
      createdAt: now.toISOString(),
      lastError: null,
      forget: message.forget ? 1 : 0,
    })
    .onConflict((conflict) => conflict.column('cause').doNothing())
    .execute();
}

/** A message's name among mail programs: the same for every attempt, so that a repeated one would be known. */
export const messageId = (cause: string, domain: string): string =>
  `<${createHash('sha256').update(cause).digest('hex').slice(0, 32)}@${domain}>`;
