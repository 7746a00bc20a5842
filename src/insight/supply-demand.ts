import { type ExpressionBuilder, sql } from 'kysely';
import type { Db } from '../../db/client.ts';
import type { Database } from '../../db/schema.ts';
import type { Language, SearchEngine } from '../../search/engine.ts';
import type { Vocabulary } from '../catalogue/vocabulary.ts';
import { dayStart } from '../i18n/format.ts';
import { goodCoverage } from '../matching/match.ts';

export const pageSize = 10;
/** From this age on an offer that nobody has asked about is listed. */
export const quietAfterDays = 60;
/** design.md §6: whoever asks may expect an answer within so many days. */
export const answerWithinDays = 10;

const day = 86_400_000;

/** The codes of an area and of all below it. */
export const areaWithParts = (vocabulary: Vocabulary, code: string): string[] => [
  code,
  ...[...vocabulary.areas.values()].filter(({ parent }) => parent === code).map((area) => area.code),
];

/** True for records of an area; of any where none is asked for. */
const inArea = (areas: string[] | undefined, record: 'record' | 'asker' = 'record') =>
  areas
    ? ({ exists, selectFrom }: ExpressionBuilder<Database & { asker: Database['record'] }, 'record' | 'asker'>) =>
        exists(
          selectFrom('record_area')
            .select('record_area.areaCode')
            .whereRef('record_area.recordId', '=', `${record}.id`)
            .where('record_area.areaCode', 'in', areas),
        )
    : () => sql<boolean>`true`;

/** Public needs whose best match covers too little of them, the worst first, with that match; and how many there are. */
export async function needsWithoutMatch(db: Db, { areas, page = 1 }: { areas?: string[] | undefined; page?: number }) {
  const needs = db
    .selectFrom('need_match')
    .innerJoin('record', 'record.id', 'need_match.recordId')
    .where('need_match.coverage', '<', goodCoverage)
    // The plus keeps SQLite from starting at all public records instead of at the needs, in their order.
    .where(sql<string>`+record.status`, '=', 'published')
    .where(inArea(areas) as never);
  const [rows, { n }] = await Promise.all([
    needs
      .leftJoin('record as best', (join) =>
        join.onRef('best.id', '=', 'need_match.bestId').on('best.status', '=', 'published'),
      )
      .select(['record.id', 'record.kind', 'record.slug', 'record.title', 'record.demo', 'record.publishedAt'])
      .select(['need_match.coverage', 'best.kind as bestKind', 'best.slug as bestSlug', 'best.title as bestTitle'])
      .orderBy('need_match.coverage')
      .orderBy('need_match.recordId')
      .limit(pageSize)
      .offset((page - 1) * pageSize)
      .execute(),
    needs.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow(),
  ]);
  return { rows, n };
}

/** When the answers to public needs were looked for (the oldest and the newest look), and how many have yet to be. */
export const matchesKnown = (db: Db) =>
  db
    .selectFrom('record')
    .leftJoin('need_match', 'need_match.recordId', 'record.id')
    .select((eb) => [
      sql<number>`${eb.fn.countAll()} - ${eb.fn.count('need_match.recordId')}`.as('unknown'),
      eb.fn.min('need_match.at').as('from'),
      eb.fn.max('need_match.at').as('to'),
    ])
    .where('record.kind', '=', 'need')
    .where('record.status', '=', 'published')
    .executeTakeFirstOrThrow();

/** Offers that have been public for long without a connection with them or from them, the oldest first. */
export async function offersWithoutInterest(
  db: Db,
  { areas, page = 1, now = new Date() }: { areas?: string[] | undefined; page?: number; now?: Date },
) {
  const offers = db
    .selectFrom('record')
    .where('record.kind', '=', 'offer')
    .where('record.status', '=', 'published')
    .where('record.publishedAt', '<', new Date(now.getTime() - quietAfterDays * day).toISOString())
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('connection').select('id').whereRef('connection.recordId', '=', 'record.id'))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('connection').select('id').whereRef('connection.askerRecordId', '=', 'record.id'))),
    )
    .where(inArea(areas) as never);
  const [rows, { n }] = await Promise.all([
    offers
      .select(['record.id', 'record.kind', 'record.slug', 'record.title', 'record.demo', 'record.publishedAt'])
      .orderBy('record.publishedAt')
      .limit(pageSize)
      .offset((page - 1) * pageSize)
      .execute(),
    offers.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow(),
  ]);
  return { rows, n };
}

export interface FieldBalance {
  code: string;
  name: string;
  offers: number;
  needs: number;
}

/**
 * How many public offers and needs each field has: the top ones, or those below one. A record with two fields counts
 * in both. Counted by the search engine, as every list is.
 */
export async function balanceByField(
  { search, vocabulary }: { search: SearchEngine; vocabulary: Vocabulary },
  { field, area, language }: { field?: string | undefined; area?: string | undefined; language: Language },
): Promise<FieldBalance[]> {
  const counts = async (kind: 'offer' | 'need') => {
    const { facets } = await search.search({
      q: '',
      filters: { kind: [kind], ...(area && { area: [area] }) },
      sort: 'newest',
      offset: 0,
      limit: 0,
      facets: ['field'],
      language,
    });
    return facets.field ?? {};
  };
  const [offers, needs] = await Promise.all([counts('offer'), counts('need')]);
  return [...vocabulary.fields.values()]
    .filter(({ parent }) => parent === (field ?? null))
    .map(({ code, name }) => ({ code, name: name[language], offers: offers[code] ?? 0, needs: needs[code] ?? 0 }));
}

/** What became of the connections that were asked for in a period. */
export interface ConnectionFigures {
  asked: number;
  /** Both sides have said yes. */
  accepted: number;
  agreements: number;
  /** Days from the request to the first answer; null while there is none. */
  medianDays: number | null;
  p90Days: number | null;
  answered: number;
  /** Those that were answered, and those that have waited for long enough: what the share is taken of. */
  due: number;
  answeredInTime: number;
}

interface Asked {
  createdAt: string;
  acceptedAt: string | null;
  state: string;
  answeredAt: string | null;
}

/** The value below which a share of sorted numbers lies, between two of them where it falls between. */
export function quantile(sorted: number[], share: number): number | null {
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  return below + (sorted[Math.ceil(place)] - below) * (place % 1);
}

/** A request that its asker took back before an answer has no time to be answered in. */
export function connectionFigures(rows: Asked[], now = new Date()): ConnectionFigures {
  const days = ({ createdAt, answeredAt }: Asked) =>
    ((answeredAt === null ? now.getTime() : Date.parse(answeredAt)) - Date.parse(createdAt)) / day;
  const answered = rows.filter(({ answeredAt }) => answeredAt !== null);
  const waited = rows.filter(
    (row) => row.answeredAt === null && row.state !== 'withdrawn' && days(row) >= answerWithinDays,
  );
  const times = answered.map(days).sort((a, b) => a - b);
  return {
    asked: rows.length,
    accepted: rows.filter(({ acceptedAt }) => acceptedAt !== null).length,
    agreements: rows.filter(({ state }) => state === 'agreement').length,
    medianDays: quantile(times, 0.5),
    p90Days: quantile(times, 0.9),
    answered: answered.length,
    due: answered.length + waited.length,
    answeredInTime: times.filter((time) => time <= answerWithinDays).length,
  };
}

/**
 * The connections asked for between two calendar days (both included), each with its first answer: the first thing
 * that the other side said, wrote or sent; for what the Department proposes, that either side did.
 */
export const connectionsAsked = (
  db: Db,
  {
    from,
    to,
    areas,
    realOnly = false,
  }: {
    from: string;
    to: string;
    areas?: string[] | undefined /** Leaves out those with a demo record. */;
    realOnly?: boolean;
  },
) =>
  db
    .selectFrom('connection')
    .innerJoin('record', 'record.id', 'connection.recordId')
    .leftJoin('record as asker', 'asker.id', 'connection.askerRecordId')
    .select(['connection.createdAt', 'connection.acceptedAt', 'connection.state'])
    .select((eb) =>
      eb
        .selectFrom('connection_event as event')
        .select(({ fn }) => fn.min('event.at').as('at'))
        .whereRef('event.connectionId', '=', 'connection.id')
        .where('event.action', 'in', ['accept', 'decline', 'write', 'file'])
        .where(({ or, eb: is, and }) =>
          or([
            is('event.side', '=', 'asked'),
            and([is('event.side', '=', 'asker'), is('connection.origin', '=', 'department')]),
          ]),
        )
        .as('answeredAt'),
    )
    .where('connection.createdAt', '>=', dayStart(from))
    .where('connection.createdAt', '<', dayStart(to, 1))
    .where((eb) => eb.or([inArea(areas)(eb as never), inArea(areas, 'asker')(eb as never)]))
    .$if(realOnly, (query) =>
      query.where('record.demo', '=', 0).where((eb) => eb.or([eb('asker.demo', 'is', null), eb('asker.demo', '=', 0)])),
    )
    .execute();
