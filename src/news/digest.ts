import { setImmediate as breathe } from 'node:timers/promises';
import type { Db, Trx } from '../../db/client.ts';
import type { Frequency } from '../../db/schema.ts';
import type { Language, SearchEngine } from '../../search/engine.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { type FullRecord, publicView, readRecords } from '../catalogue/read.ts';
import type { Vocabulary } from '../catalogue/vocabulary.ts';
import { localDay, localHour } from '../i18n/format.ts';
import { queueMail } from '../mail/queue.ts';
import { goodCoverage, matchesFor, readParty } from '../matching/match.ts';
import { matchedRecords } from './alerts.ts';
import { digestMail, type Section } from './digest-mail.ts';
import { issueDigestLink } from './unsubscribe.ts';
import { parseWatched } from './watched.ts';

/** What digests are made from. */
export interface DigestSources {
  accounts: Accounts;
  search: SearchEngine;
  vocabulary: Vocabulary;
}

/** Digests are written between these hours in Việt Nam: read at the start of the day, never at night. */
const firstHour = 7;
const endHour = 20;
/** Of one alert, in one digest; the rest is behind a link. */
export const mostResults = 20;

/** Matches are looked at this far down: those that were told long ago must not hide the others. */
const mostMatches = 100;

/** Somebody who has not been told of a day's news yet. */
interface Reader {
  userId: string;
  email: string;
  language: Language;
  matches: Frequency;
  matchesSeq: number;
  doneOn: string;
  firstSentAt: string | null;
}

/** What one alert has found, by id; what is still public of it becomes a section of the mail. */
interface Found extends Omit<Section, 'records'> {
  ids: number[];
}

/** The Monday of a day's week. */
const mondayOf = (day: string): string => {
  const date = new Date(day);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
};

/** Whether something is told on this day: weekly news on Mondays, or on the first day after that the server runs. */
const isDue = (frequency: Frequency, doneOn: string, today: string): boolean =>
  frequency === 'daily' || (frequency === 'weekly' && doneOn < mondayOf(today));

/** People whose address is verified and whom the Department has not stopped, who have not been told today. */
const due = (db: Db | Trx, today: string) =>
  db
    .selectFrom('digest')
    .innerJoin('user', 'user.id', 'digest.userId')
    .select(['user.id as userId', 'user.email', 'user.language'])
    .select(['digest.matches', 'digest.matchesSeq', 'digest.doneOn', 'digest.firstSentAt'])
    .where('digest.stoppedAt', 'is', null)
    .where('digest.doneOn', '<', today)
    .where('user.emailVerifiedAt', 'is not', null)
    .where('user.connectingStoppedAt', 'is', null);

const searchesOf = (db: Db | Trx, userId: string) =>
  db
    .selectFrom('saved_search')
    .select(['id', 'address', 'frequency', 'seq'])
    .where('userId', '=', userId)
    .where('frequency', '<>', 'paused')
    .orderBy('id');

/** The place in the outbox up to which every search engine has followed: what came later cannot be found yet. */
async function placeOfIndexes(db: Db): Promise<number> {
  const row = await db
    .selectFrom('search_consumer')
    .select((eb) => eb.fn.min('seq').as('seq'))
    .executeTakeFirst();
  return row?.seq ?? 0;
}

/** The records that became public between two places in the outbox. */
const publishedBetween = (db: Db, after: number, upTo: number) =>
  db.selectFrom('publication').select('recordId').where('firstSeq', '>', after).where('firstSeq', '<=', upTo).execute();

/** Whether anything public has changed between two places in the outbox. */
const hasChanged = async (db: Db, after: number, upTo: number): Promise<boolean> =>
  (await db
    .selectFrom('publication')
    .select('recordId')
    .where('lastSeq', '>', after)
    .where('lastSeq', '<=', upTo)
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** What a person is not told of: the own records, and what an earlier digest has held. */
async function knownTo(db: Db, userId: string): Promise<Set<number>> {
  const rows = await db
    .selectFrom('record_member')
    .select('recordId')
    .where('userId', '=', userId)
    .union(db.selectFrom('digest_result').select('recordId').where('userId', '=', userId))
    .execute();
  return new Set(rows.map(({ recordId }) => recordId));
}

/** What has become public since the last look and answers a kept search. */
async function newResults(
  { accounts: { db }, search, vocabulary }: DigestSources,
  { id, address, seq }: { id: number; address: string; seq: number },
  known: Set<number>,
  language: Language,
  upTo: number,
): Promise<Found | undefined> {
  const published = (await publishedBetween(db, seq, upTo))
    .map(({ recordId }) => recordId)
    .filter((recordId) => !known.has(recordId));
  const watched = published.length > 0 ? parseWatched(address, vocabulary) : undefined;
  if (!watched) return undefined;
  const { kind, query } = watched;
  const { hits, total, relaxed } = await search.search({
    q: query.q,
    filters: kind ? { ...query.filters, kind: [kind.code] } : query.filters,
    among: published,
    sort: 'relevance',
    offset: 0,
    limit: mostResults,
    facets: [],
    language,
  });
  // The nearest records to words that none has are help for who is searching, no news.
  if (relaxed || total === 0) return undefined;
  const ids = hits.map(({ document }) => document.id);
  return { about: { search: id, watched }, ids, more: total - ids.length, reasons: new Map() };
}

/** Good matches of a person's own record of which they have not been told. */
async function newMatches(
  { accounts: { db }, search, vocabulary }: DigestSources,
  record: { id: number; title: string; titleEn: string | null },
  known: Set<number>,
  now: Date,
): Promise<Found | undefined> {
  const party = await readParty({ db, vocabulary }, record.id, { whole: true });
  if (!party) return undefined;
  const matches = (await matchesFor({ db, search, vocabulary }, party, { limit: mostMatches, now })).filter(
    ({ id, coverage }) => coverage >= goodCoverage && !known.has(id),
  );
  const told = matches.slice(0, mostResults);
  const reasons = new Map(told.map((match) => [match.id, match.reasons]));
  return { about: { record }, ids: told.map(({ id }) => id), more: matches.length - told.length, reasons };
}

/**
 * What is new for one person. Searches that are paused, or since whose last look nothing has become public, cost no
 * question to the search engine; a record that answers several alerts stands under the first.
 */
async function newsFor(sources: DigestSources, reader: Reader, today: string, upTo: number, now: Date) {
  const { db } = sources.accounts;
  const { userId, language, doneOn } = reader;
  const known = await knownTo(db, userId);
  const found: Found[] = [];
  const add = (one: Found | undefined) => {
    if (!one || one.ids.length === 0) return;
    found.push(one);
    for (const id of one.ids) known.add(id);
  };
  const withMatches = isDue(reader.matches, doneOn, today) && (await hasChanged(db, reader.matchesSeq, upTo));
  if (withMatches) {
    for (const record of await matchedRecords(db, userId)) {
      add(await newMatches(sources, record, known, now));
      // Somebody may have hundreds of offers, and visitors are answered meanwhile.
      await breathe();
    }
  }
  const searches = (await searchesOf(db, userId).execute()).filter(
    ({ frequency, seq }) => isDue(frequency, doneOn, today) && seq < upTo,
  );
  for (const search of searches) add(await newResults(sources, search, known, language, upTo));
  return { found, withMatches, searches: searches.map(({ id }) => id) };
}

/** The alerts' results that are still public, as the public may see them. */
async function readSections(trx: Trx, vocabulary: Vocabulary, found: Found[]): Promise<Section[]> {
  const ids = found.flatMap((one) => one.ids);
  if (ids.length === 0) return [];
  const records = new Map<number, FullRecord>();
  for (const record of await readRecords(trx, ids)) {
    if (record.status === 'published') records.set(record.id, publicView(record, vocabulary));
  }
  return found
    .map(({ ids: own, ...one }) => ({ ...one, records: own.flatMap((id) => records.get(id) ?? []) }))
    .filter((section) => section.records.length > 0);
}

/**
 * Writes one person's digest. Looking happens before the transaction; in it, whether there is still something to do,
 * what is still public, the mail, and what has been told: whoever crashes has told everything or nothing.
 * @returns whether there was something to tell
 */
async function digestFor(sources: DigestSources, reader: Reader, today: string, upTo: number, now: Date) {
  const { accounts, vocabulary } = sources;
  const { userId } = reader;
  const news = await newsFor(sources, reader, today, upTo, now);
  return accounts.db.transaction().execute(async (trx): Promise<boolean> => {
    // Another process was quicker, or the person has stopped digests, changed the address or gone meanwhile.
    const present = await due(trx, today).where('digest.userId', '=', userId).executeTakeFirst();
    if (!present) return false;
    const kept = new Set((await searchesOf(trx, userId).execute()).map(({ id }) => id));
    const wanted = news.found.filter(({ about }) =>
      'search' in about ? kept.has(about.search) : present.matches !== 'paused',
    );
    const sections = await readSections(trx, vocabulary, wanted);
    const firstSentAt = present.firstSentAt ?? (sections.length > 0 ? now.toISOString() : null);
    await trx
      .updateTable('digest')
      .set({ doneOn: today, firstSentAt, ...(news.withMatches && { matchesSeq: upTo }) })
      .where('userId', '=', userId)
      .execute();
    if (news.searches.length > 0) {
      await trx.updateTable('saved_search').set({ seq: upTo }).where('id', 'in', news.searches).execute();
    }
    if (sections.length === 0) return false;
    const told = sections.flatMap(({ records }) => records.map(({ id }) => id));
    await trx
      .insertInto('digest_result')
      .values(told.map((recordId) => ({ userId, recordId, at: now.toISOString() })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const mail = digestMail(accounts, vocabulary, sections, {
      cause: `digest:${userId}:${today}`,
      to: present.email,
      language: present.language,
      secret: await issueDigestLink(trx, userId, now),
      isFirst: present.firstSentAt === null,
      matchesAreFirst: present.matchesSeq < 0,
    });
    await queueMail(trx, mail, now);
    return true;
  });
}

/**
 * Tells everybody what is new for their alerts: one mail a person and day at most, weekly alerts with Monday's. Does
 * nothing outside of the day's hours, and nothing twice: each person is marked in the transaction that queues the mail.
 * @returns how many mails were queued
 * @throws AggregateError after everybody had their turn, when some digests failed; those are tried again next time
 */
export async function sendDigests(sources: DigestSources, now = new Date()): Promise<number> {
  const hour = localHour(now);
  if (hour < firstHour || hour >= endHour) return 0;
  const { db } = sources.accounts;
  const today = localDay(now);
  const readers = await due(db, today).execute();
  if (readers.length === 0) return 0;
  const upTo = await placeOfIndexes(db);
  let sent = 0;
  const errors: unknown[] = [];
  for (const reader of readers) {
    try {
      if (await digestFor(sources, reader, today, upTo, now)) sent += 1;
    } catch (error) {
      errors.push(error);
    }
    await breathe();
  }
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} digests failed: ${errors[0]}`);
  return sent;
}
