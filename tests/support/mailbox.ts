import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface Mailbox {
  /** For SMTP_URL. */
  url: string;
  /** Everything that has arrived. */
  mails: ParsedMail[];
  /** The next mail to an address, waited for; each is given once. */
  next(to: string, withinMs?: number): Promise<ParsedMail>;
  /** The path and token of the link in a mail. */
  linkIn(mail: ParsedMail): string;
  /** Makes the server refuse everything for a while. */
  refuse(refusing: boolean): void;
  close(): Promise<void>;
}

const addressOf = (mail: ParsedMail): string => (Array.isArray(mail.to) ? mail.to[0] : mail.to)?.text ?? '';

/** A real SMTP server on a free port that keeps what it receives. */
export async function startMailbox(): Promise<Mailbox> {
  const mails: ParsedMail[] = [];
  const given = new Set<ParsedMail>();
  let refusing = false;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onMailFrom: (_, __, callback) => callback(refusing ? new Error('451 try later') : undefined),
    onData: (stream, _, callback) => {
      simpleParser(stream).then((mail) => {
        mails.push(mail);
        callback();
      }, callback);
    },
  });
  // A sender that was killed in the middle.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as { port: number };
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    async next(to, withinMs = 8000) {
      const end = Date.now() + withinMs;
      for (;;) {
        const mail = mails.find((one) => addressOf(one) === to && !given.has(one));
        if (mail) {
          given.add(mail);
          return mail;
        }
        if (Date.now() > end) throw new Error(`No mail to ${to} within ${withinMs} ms`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    linkIn: (mail) => {
      const url = mail.text?.match(/https?:\/\/\S+/)?.[0];
      if (!url) throw new Error(`No link in «${mail.subject}»`);
      const { pathname, search } = new URL(url);
      return pathname + search;
    },
    refuse(value) {
      refusing = value;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
