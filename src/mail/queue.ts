import { createHash } from 'node:crypto';
import type { Trx } from '../../db/client.ts';
import type { Language } from '../../search/engine.ts';
import { escapeHtml } from '../../search/highlight.ts';

interface Link {
  label: string;
  url: string;
}

/** Things that a message lists under one heading. */
export interface MessageSection {
  title: string;
  note?: string;
  items: { title: string; url: string; note: string }[];
  /** Where the others are. */
  more?: Link;
}

/** A message as its sender thinks of it; text and HTML are made from it. */
export interface Message {
  /** What it is sent for, e.g. `verify_email:<token digest>`: one message a cause is ever sent. */
  cause: string;
  to: string;
  language: Language;
  subject: string;
  paragraphs: string[];
  /** What it lists, below the paragraphs. */
  sections?: MessageSection[];
  /** The one thing the reader is asked to do. */
  action?: Link;
  /** Other ways on, small at the end. */
  links?: Link[];
  /** Headers besides those of every mail. */
  headers?: Record<string, string>;
  /** Whose site it comes from. */
  signature: string;
  /** Its receiver has asked to be forgotten: the row goes once it is sent. */
  forget?: boolean;
}

const linkText = ({ label, url }: Link): string => `${label}: ${url}`;

const sectionText = ({ title, note, items, more }: MessageSection): string =>
  [
    [`** ${title} **`, ...(note ? [note] : [])].join('\n'),
    ...items.map((item) => [`- ${item.title}`, item.note, item.url].filter(Boolean).join('\n  ')),
    ...(more ? [linkText(more)] : []),
  ].join('\n\n');

const textOf = ({ paragraphs, sections = [], action, links = [], signature }: Message): string =>
  [
    ...paragraphs,
    ...sections.map(sectionText),
    ...(action ? [linkText(action)] : []),
    ...(links.length > 0 ? [links.map(linkText).join('\n')] : []),
    `-- \n${signature}`,
  ].join('\n\n');

const small = 'font-size:13px;color:#4b5866';
const linkHtml = ({ label, url }: Link): string =>
  `<a href="${escapeHtml(url)}" style="color:#1c4b8f">${escapeHtml(label)}</a>`;

const sectionHtml = ({ title, note, items, more }: MessageSection): string =>
  `<h2 style="margin:32px 0 8px;font-size:17px;line-height:1.4">${escapeHtml(title)}</h2>
${note ? `<p style="margin:0 0 8px;${small}">${escapeHtml(note)}</p>` : ''}
<ul style="margin:0;padding:0;list-style:none">
${items.map((item) => `<li style="padding:10px 0;border-top:1px solid #dddfd8">${linkHtml({ label: item.title, url: item.url })}<br><span style="${small}">${escapeHtml(item.note)}</span></li>`).join('\n')}
</ul>
${more ? `<p style="margin:8px 0 0">${linkHtml(more)}</p>` : ''}`;

const htmlOf = ({ language, subject, paragraphs, sections = [], action, links = [], signature }: Message): string => {
  const button =
    action &&
    `<p style="margin:24px 0"><a href="${escapeHtml(action.url)}" style="background:#1c4b8f;color:#fff;padding:12px 20px;border-radius:8px;text-decoration:none;font-weight:600">${escapeHtml(action.label)}</a></p><p style="${small}">${escapeHtml(action.url)}</p>`;
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0 auto;padding:24px;max-width:560px;font:16px/1.6 system-ui,sans-serif;color:#17212b">
${paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n')}
${sections.map(sectionHtml).join('\n')}
${button ?? ''}
${links.length > 0 ? `<p style="margin-top:32px;${small}">${links.map(linkHtml).join(' · ')}</p>` : ''}
<p style="margin-top:32px;${small}">${escapeHtml(signature)}</p></body></html>`;
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
      headers: JSON.stringify(message.headers ?? {}),
      createdAt: now.toISOString(),
      lastError: null,
      forget: message.forget ? 1 : 0,
    })
    .onConflict((conflict) => conflict.column('cause').doNothing())
    .execute();
}

const ofCauses = (trx: Trx, causes: `${string}:`) =>
  // `;` follows `:`, so this is every cause that begins so.
  trx
    .deleteFrom('mail')
    .where('cause', '>=', causes)
    .where('cause', '<', `${causes.slice(0, -1)};`);

/**
 * Takes what has not been sent out of the queue. One that is just being handed over may arrive; when it does not, it is
 * not tried again.
 * @param causes what their causes begin with, up to a colon
 */
export const withdrawMail = (trx: Trx, causes: `${string}:`) =>
  ofCauses(trx, causes).where('state', 'in', ['waiting', 'sending']).execute();

/** Forgets messages, sent or not, of causes that begin so. */
export const forgetMail = (trx: Trx, causes: `${string}:`) => ofCauses(trx, causes).execute();

/** A message's name among mail programs: the same for every attempt, so that a repeated one would be known. */
export const messageId = (cause: string, domain: string): string =>
  `<${createHash('sha256').update(cause).digest('hex').slice(0, 32)}@${domain}>`;
