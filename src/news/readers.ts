import { setImmediate as breathe } from 'node:timers/promises';
import type { Selectable } from 'kysely';
import * as z from 'zod';
import type { Db, Trx } from '../../db/client.ts';
import type { BulletinReaderTable } from '../../db/schema.ts';
import type { Language } from '../../search/engine.ts';
import { type Accounts, consentVersion, linkTo } from '../accounts/accounts.ts';
import type { PersonalDataPart } from '../accounts/data-subject.ts';
import { agreed, email } from '../accounts/fields.ts';
import { accountMail } from '../accounts/mails.ts';
import { takeAttempt } from '../accounts/rate-limit.ts';
import { digest, newSecret } from '../accounts/secrets.ts';
import { formatYearMonth } from '../i18n/format.ts';
import { addressOf } from '../i18n/routes.ts';
import { isMessageKey, translator } from '../i18n/translate.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { forgetMail, type Message, queueMail } from '../mail/queue.ts';
import { type BulletinRow, grouped, inLanguage, itemsOf, stillPublic } from './bulletin.ts';

export type ReaderRow = Selectable<BulletinReaderTable>;

export const subscription = z.object({ email, consent: agreed });

/** An address that nobody confirms is forgotten after so many days. */
const confirmDays = 7;

/** A secret that confirms, shows and ends one address's subscription. The database keeps its digest. */
async function issueLink(trx: Trx, readerId: number): Promise<string> {
  const secret = newSecret();
  await trx
    .insertInto('bulletin_link')
    .values({ hash: digest(secret), readerId })
    .execute();
  return secret;
}

/**
 * Takes an address down for the bulletin; nothing but one question goes there until somebody who reads its mail has
 * said yes. The page says the same whether the address is new or known.
 * @param options.client the visitor's network address, for the rate limit
 */
export async function subscribe(
  accounts: Accounts,
  input: z.infer<typeof subscription>,
  { language, client, now = new Date() }: { language: Language; client: string; now?: Date },
): Promise<Outcome> {
  const { db } = accounts;
  if (!(await takeAttempt(db, 'registerByClient', client))) return refuse('form.tooMany');
  // A limit that only the address's owner could notice: the page must not tell who reads.
  if (!(await takeAttempt(db, 'mailByAddress', `bulletin:${input.email}`))) return { ok: true };
  await db.transaction().execute(async (trx) => {
    const known = await trx
      .selectFrom('bulletin_reader')
      .selectAll()
      .where('email', '=', input.email)
      .executeTakeFirst();
    const reader =
      known ??
      (await trx
        .insertInto('bulletin_reader')
        .values({ email: input.email, language, consentVersion, createdAt: now.toISOString(), confirmedAt: null })
        .returningAll()
        .executeTakeFirstOrThrow());
    const secret = await issueLink(trx, reader.id);
    const mail = accountMail(accounts, reader.confirmedAt === null ? 'bulletin.confirm' : 'bulletin.known', {
      cause: `bulletin:${reader.id}:ask:${digest(secret)}`,
      to: reader.email,
      language: reader.language,
      url: linkTo(accounts, 'bulletinReader', reader.language, secret),
      values: { days: confirmDays },
    });
    await queueMail(trx, mail, now);
  });
  return { ok: true };
}

/** Whose subscription a link is for; looking changes nothing, since programs fetch the links of every mail. */
export const findReader = (db: Db | Trx, secret: string): Promise<ReaderRow | undefined> =>
  db
    .selectFrom('bulletin_link')
    .innerJoin('bulletin_reader', 'bulletin_reader.id', 'bulletin_link.readerId')
    .selectAll('bulletin_reader')
    .where('bulletin_link.hash', '=', digest(secret))
    .executeTakeFirst();

/** Confirms an address; again, it comes to the same. */
export async function confirmReader(db: Db, secret: string, now = new Date()): Promise<Outcome> {
  return db.transaction().execute(async (trx): Promise<Outcome> => {
    const reader = await findReader(trx, secret);
    if (!reader) return refuse('form.link');
    if (reader.confirmedAt === null) {
      await trx
        .updateTable('bulletin_reader')
        .set({ confirmedAt: now.toISOString() })
        .where('id', '=', reader.id)
        .execute();
    }
    return { ok: true };
  });
}

/** Ends a subscription: nothing of the address is kept, and what waits to be sent to it is not sent. */
export async function endSubscription(db: Db, secret: string): Promise<Outcome> {
  return db.transaction().execute(async (trx): Promise<Outcome> => {
    const reader = await findReader(trx, secret);
    if (!reader) return refuse('form.link');
    await forgetReader(trx, reader.id);
    return { ok: true };
  });
}

/** Removes an address and the mails about it. */
async function forgetReader(trx: Trx, id: number): Promise<void> {
  await forgetMail(trx, `bulletin:${id}:`);
  await trx.deleteFrom('bulletin_reader').where('id', '=', id).execute();
}

/** Forgets addresses that nobody has confirmed in a week. */
export async function forgetUnconfirmed(db: Db, now = new Date()): Promise<void> {
  const before = new Date(now.getTime() - confirmDays * 86_400_000).toISOString();
  const rows = await db
    .selectFrom('bulletin_reader')
    .select('id')
    .where('confirmedAt', 'is', null)
    .where('createdAt', '<', before)
    .execute();
  for (const { id } of rows) await db.transaction().execute((trx) => forgetReader(trx, id));
}

/** What the bulletin holds about an address. */
export const readerData = (db: Db, address: string) =>
  db.selectFrom('bulletin_reader').select(['email', 'createdAt', 'confirmedAt']).where('email', '=', address).execute();

/** Before an account goes: its address gets no bulletin any more. */
export async function leaveBulletin(trx: Trx, address: string): Promise<void> {
  const reader = await trx.selectFrom('bulletin_reader').select('id').where('email', '=', address).executeTakeFirst();
  if (reader) await forgetReader(trx, reader.id);
}

/** How many have confirmed. */
export async function readerCount(db: Db): Promise<number> {
  const { n } = await db
    .selectFrom('bulletin_reader')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('confirmedAt', 'is not', null)
    .executeTakeFirstOrThrow();
  return n;
}

/** A bulletin as a mail, with the page's items under their headings. */
function bulletinMail(
  accounts: Accounts,
  bulletin: BulletinRow,
  items: ReturnType<typeof itemsOf>,
  { id, email: to, language }: ReaderRow,
  secret: string,
): Message {
  const t = translator(language);
  const site = accounts.siteName[language];
  const stop = linkTo(accounts, 'bulletinReader', language, secret);
  const heading = (name: string) => {
    const key = `bulletin.heading.${name}`;
    return isMessageKey(key) ? t(key) : t(`value.kind.${name}` as 'value.kind.offer');
  };
  return {
    cause: `bulletin:${id}:${bulletin.month}`,
    to,
    language,
    subject: t('bulletin.subject', { site, month: formatYearMonth(bulletin.month, language) }),
    paragraphs: ((language === 'en' && bulletin.introEn) || bulletin.intro).split(/\n+/),
    sections: grouped(items).map(([name, group]) => ({
      title: heading(name),
      items: group.map((item) => {
        const { title, summary, when, path } = inLanguage(item, language);
        return { title, url: accounts.publicUrl + path, note: [when, summary].filter(Boolean).join('. ') };
      }),
    })),
    links: [
      {
        label: t('bulletin.onSite'),
        url: accounts.publicUrl + addressOf('bulletin', language, bulletin.month),
      },
      { label: t('bulletin.stop'), url: stop },
    ],
    signature: `${site} – ${accounts.departmentName[language]}`,
    // RFC 8058: mail programs show a button, and press it with a POST that needs neither page nor session.
    headers: { 'List-Unsubscribe': `<${stop}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  };
}

/** So many mails are written at once; as many wait at most, so that other mail does not queue behind thousands. */
const batch = 20;

/**
 * Puts published bulletins into the mail queue, some readers at a time, each batch in a transaction that also notes how
 * far it has come: whoever crashes or comes second goes on where the other has left, and nobody gets one twice. Who
 * confirmed after a bulletin was published reads it on the site.
 */
export async function sendBulletins(accounts: Accounts, now = () => new Date()): Promise<void> {
  const { db } = accounts;
  const some = () =>
    db.transaction().execute(async (trx) => {
      const bulletin = await trx
        .selectFrom('bulletin')
        .selectAll()
        .where('sentAt', 'is', null)
        .orderBy('month')
        .limit(1)
        .executeTakeFirst();
      if (!bulletin) return false;
      const waiting = await trx
        .selectFrom('mail')
        .select('id')
        .where('state', '=', 'waiting')
        .where('nextAttemptAt', '<=', now().getTime())
        .limit(batch)
        .execute();
      if (waiting.length >= batch) return false;
      const readers = await trx
        .selectFrom('bulletin_reader')
        .selectAll()
        .where('id', '>', bulletin.sentThrough)
        .where('confirmedAt', '<=', bulletin.publishedAt)
        .orderBy('id')
        .limit(batch)
        .execute();
      const items = readers.length === 0 ? [] : await stillPublic(trx, itemsOf(bulletin));
      for (const reader of readers) {
        const secret = await issueLink(trx, reader.id);
        await queueMail(trx, bulletinMail(accounts, bulletin, items, reader, secret), now());
      }
      await trx
        .updateTable('bulletin')
        .set(readers.length < batch ? { sentAt: now().toISOString() } : { sentThrough: readers[readers.length - 1].id })
        .where('month', '=', bulletin.month)
        .execute();
      return true;
    });
  // Asked each second: without a bulletin nobody has to wait for the right to write.
  const isOpen = () =>
    db.selectFrom('bulletin').select('month').where('sentAt', 'is', null).limit(1).executeTakeFirst();
  while ((await isOpen()) && (await some())) await breathe();
}

export const readerPart: PersonalDataPart = {
  name: 'bulletin',
  collect: async (db, { email }) => ({ bulletin: await readerData(db, email) }),
  erase: (_, trx, { email }) => leaveBulletin(trx, email),
};
