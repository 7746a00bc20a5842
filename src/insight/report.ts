import { type SqlBool, sql } from 'kysely';
import * as z from 'zod';
import type { Db } from '../../db/client.ts';
import type { IndicatorTable } from '../../db/schema.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { dayStart, localDay } from '../i18n/format.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { audit } from '../moderation/audit.ts';
import { allIndicators, type Counted, figuresAsOf, progressOf, recordIndicators } from './indicators.ts';
import { before, type Period, periodOf, quarterAt, quartersOf, yearAt } from './periods.ts';
import { areaWithParts, type ConnectionFigures, connectionFigures, connectionsAsked } from './supply-demand.ts';
import { periodName } from './words.ts';

type Names = { vi: string; en: string };

/** A figure of the period beside the one of the period before; null where none is known. */
interface Compared {
  value: number | null;
  previous: number | null;
}

export interface ReportIndicator extends Compared, Names {
  code: string;
  unit: IndicatorTable['unit'];
  /** Demo records that would have counted; they are in no figure. */
  demo: number;
  /** Counted in the catalogue; else entered, with a source. */
  isCounted: boolean;
  source: string | null;
  target: number | null;
  /** What stands against the target since the plan. */
  sincePlan: number | null;
}

export const listNames = ['enterprises', 'startups', 'marks', 'achievements', 'agreements'] as const;
export type ListName = (typeof listNames)[number];

/** A line of a report's lists. */
export interface ReportLine {
  title: string;
  titleEn: string | null;
  /** The other record of a connection. */
  with: { title: string; titleEn: string | null } | null;
  day: string;
  /** A certificate's or registration's number, or the kind of an agreement. */
  note: string | null;
  vnd: number | null;
}

export const publishedKinds = [
  'offer',
  'need',
  'organisation',
  'expert',
  'enterprise',
  'startup',
  'trademark',
  'achievement',
] as const;

/**
 * Everything that a report says, in both languages, so that it can be kept and shown again whatever becomes of the
 * records. Demo records and connections with them are in no figure and no list.
 */
export interface ReportData {
  format: 1;
  period: string;
  from: string;
  to: string;
  madeAt: string;
  countedFrom: string;
  targetYear: number;
  indicators: ReportIndicator[];
  published: (Compared & { kind: (typeof publishedKinds)[number] })[];
  connections: ConnectionFigures;
  connectionsBefore: ConnectionFigures;
  agreementVnd: Compared;
  /** Public offers and needs by top-level field when the report was made. */
  fields: (Names & { code: string; offers: number; needs: number })[];
  lists: Record<ListName, ReportLine[]>;
}

const within = (column: string, { from, to }: Period) =>
  sql<SqlBool>`${sql.ref(column)} >= ${dayStart(from)} and ${sql.ref(column)} < ${dayStart(to, 1)}`;

/** How many records of each kind were published in a period and are public. */
async function publishedIn(db: Db, period: Period): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('record')
    .select((eb) => ['kind', eb.fn.countAll<number>().as('n')])
    .where('kind', 'in', publishedKinds)
    .where('status', '=', 'published')
    .where(within('publishedAt', period))
    .where('demo', '=', 0)
    .groupBy('kind')
    .execute();
  return new Map(rows.map(({ kind, n }) => [kind, n]));
}

/** Connections between real records that both sides have agreed on in a period. */
const agreementsIn = (db: Db, period: Period) =>
  db
    .selectFrom('connection')
    .innerJoin('record', 'record.id', 'connection.recordId')
    .leftJoin('record as asker', 'asker.id', 'connection.askerRecordId')
    .select(['record.title', 'record.titleEn', 'asker.title as askerTitle', 'asker.titleEn as askerTitleEn'])
    .select(['connection.endedAt', 'connection.agreementKind', 'connection.agreementVnd'])
    .where('connection.state', '=', 'agreement')
    .where(within('connection.endedAt', period))
    .where('record.demo', '=', 0)
    .where((eb) => eb.or([eb('asker.demo', 'is', null), eb('asker.demo', '=', 0)]))
    .orderBy('connection.endedAt')
    .orderBy('connection.id')
    .execute();

/** Public real records of a kind, with a day and a note of their own, in the order of the day. */
async function lines(
  db: Db,
  kind: 'enterprise' | 'startup' | 'trademark' | 'achievement',
  period: Period,
  { day, note, areas }: { day?: string; note?: string; areas?: string[] },
): Promise<ReportLine[]> {
  const dayOf = day ? sql<string>`own.${sql.ref(day)}` : sql<string>`date(record."publishedAt", '+7 hours')`;
  const rows = await db
    .selectFrom('record')
    .innerJoin(`${kind as 'offer'} as own`, 'own.recordId', 'record.id')
    .select(['record.title', 'record.titleEn', dayOf.as('day')])
    .select((note ? sql<string | null>`own.${sql.ref(note)}` : sql<null>`null`).as('note'))
    .where('record.kind', '=', kind)
    .where('record.status', '=', 'published')
    .where('record.demo', '=', 0)
    .where(sql<SqlBool>`${dayOf} between ${period.from} and ${period.to}`)
    .$if(kind === 'enterprise', (query) => query.where(sql<SqlBool>`own."certificateStatus" in ('valid', 'expired')`))
    .$if(areas !== undefined, (query) =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('record_area')
            .select('areaCode')
            .whereRef('recordId', '=', 'record.id')
            .where('areaCode', 'in', areas ?? []),
        ),
      ),
    )
    .orderBy(dayOf)
    .orderBy('record.id')
    .execute();
  return rows.map((row) => ({ ...row, with: null, vnd: null }));
}

/** Public real offers and needs by top-level field. */
async function fieldsNow({ db, vocabulary }: Counted): Promise<ReportData['fields']> {
  const rows = await db
    .selectFrom('record')
    .innerJoin('record_field', 'record_field.recordId', 'record.id')
    .select((eb) => [
      'record.kind',
      sql<string>`substr("fieldCode", 1, 1)`.as('code'),
      eb.fn.count<number>('record.id').distinct().as('n'),
    ])
    .where('record.kind', 'in', ['offer', 'need'])
    .where('record.status', '=', 'published')
    .where('record.demo', '=', 0)
    .groupBy(['record.kind', 'code'])
    .execute();
  const n = (kind: string, code: string) => rows.find((row) => row.kind === kind && row.code === code)?.n ?? 0;
  return [...vocabulary.fields.values()]
    .filter(({ parent }) => parent === null)
    .map(({ code, name }) => ({ code, ...name, offers: n('offer', code), needs: n('need', code) }));
}

/** Makes the report of a period from the catalogue and the history as they are now. */
export async function buildReport(sources: Counted, period: Period, now = new Date()): Promise<ReportData> {
  const { db, vocabulary, region } = sources;
  await recordIndicators(sources, now);
  const earlier = before(period);
  const areas = areaWithParts(vocabulary, region.area);
  const [indicators, figures, published, publishedBefore, asked, askedBefore, agreements, agreementsBefore] =
    await Promise.all([
      allIndicators(db),
      figuresAsOf(db),
      publishedIn(db, period),
      publishedIn(db, earlier),
      connectionsAsked(db, { from: period.from, to: period.to, realOnly: true }),
      connectionsAsked(db, { from: earlier.from, to: earlier.to, realOnly: true }),
      agreementsIn(db, period),
      agreementsIn(db, earlier),
    ]);
  const vnd = (rows: typeof agreements) => rows.reduce((sum, { agreementVnd }) => sum + (agreementVnd ?? 0), 0);
  return {
    format: 1,
    period: period.key,
    from: period.from,
    to: period.to,
    madeAt: now.toISOString(),
    countedFrom: indicators[0]?.countedFrom ?? period.from,
    targetYear: indicators[0]?.targetYear ?? period.year,
    indicators: progressOf(indicators, figures).map(({ indicator, figures: own, target, current }) => ({
      code: indicator.code,
      vi: indicator.vi,
      en: indicator.en,
      unit: indicator.unit,
      value: own.get(period.key)?.value ?? null,
      previous: own.get(earlier.key)?.value ?? null,
      demo: own.get(period.key)?.demo ?? 0,
      isCounted: indicator.measure !== null,
      source: own.get(period.key)?.source ?? null,
      target: target ?? null,
      sincePlan: current?.value ?? null,
    })),
    published: publishedKinds.map((kind) => ({
      kind,
      value: published.get(kind) ?? 0,
      previous: publishedBefore.get(kind) ?? 0,
    })),
    connections: connectionFigures(asked, now),
    connectionsBefore: connectionFigures(askedBefore, now),
    agreementVnd: { value: vnd(agreements), previous: vnd(agreementsBefore) },
    fields: await fieldsNow(sources),
    lists: {
      enterprises: await lines(db, 'enterprise', period, { day: 'certificateDate', note: 'certificateNumber', areas }),
      startups: await lines(db, 'startup', period, { areas }),
      marks: await lines(db, 'trademark', period, { day: 'grantedOn', note: 'registrationNumber', areas }),
      achievements: await lines(db, 'achievement', period, { note: 'taskCode' }),
      agreements: agreements.map((row) => ({
        title: row.title,
        titleEn: row.titleEn,
        with: row.askerTitle === null ? null : { title: row.askerTitle, titleEn: row.askerTitleEn },
        day: localDay(row.endedAt ?? ''),
        note: row.agreementKind,
        vnd: row.agreementVnd,
      })),
    },
  };
}

/** The periods that a report can be made of: the years since the plan, each with its quarters that have begun. */
export function reportPeriods(firstYear: number, now = new Date()): Period[][] {
  const today = localDay(now);
  const { year: last } = yearAt(today);
  return Array.from({ length: last - firstYear + 1 }, (_, i) => {
    const year = last - i;
    return [yearAt(`${year}-01-01`), ...quartersOf(year).filter(({ from }) => from <= today)];
  });
}

/** The last whole quarter: what is most likely reported next. */
export const lastQuarter = (now = new Date()): Period => before(quarterAt(localDay(now)));

/** The reports that were given, the newest first. */
export const frozenReports = (db: Db) =>
  db
    .selectFrom('report')
    .leftJoin('user', 'user.id', 'report.frozenBy')
    .select(['report.id', 'report.period', 'report.version', 'report.at', 'user.name'])
    .orderBy('report.id', 'desc')
    .limit(200)
    .execute();

/** A report as it was given; undefined for one that was not. */
export async function readFrozen(db: Db, period: string, version: number) {
  const row = await db
    .selectFrom('report')
    .select(['data', 'at', 'version'])
    .where('period', '=', period)
    .where('version', '=', version)
    .executeTakeFirst();
  return row && { ...row, data: JSON.parse(row.data) as ReportData };
}

/**
 * What an address of a report asks for: a version that was given, else the draft of today.
 * @returns undefined when there is no such period or version
 */
export async function readReport(
  sources: Counted,
  params: URLSearchParams,
): Promise<{ data: ReportData; frozen: { version: number; at: string } | undefined } | undefined> {
  const period = periodOf(params.get('period') ?? '');
  if (!period || period.from > localDay(new Date())) return undefined;
  const version = params.get('version');
  if (version === null) return { data: await buildReport(sources, period), frozen: undefined };
  const found = /^\d{1,6}$/.test(version) ? await readFrozen(sources.db, period.key, Number(version)) : undefined;
  return found && { data: found.data, frozen: { version: found.version, at: found.at } };
}

export const reportForm = z.object({ period: z.string('report.noPeriod').max(10, 'report.noPeriod') });

/** Keeps a period's report as it is now, as its next version, noted in the audit log. */
export async function freezeReport(
  sources: Counted,
  person: SignedIn,
  key: string,
  now = new Date(),
): Promise<Outcome<{ period: string; version: number }>> {
  const period = periodOf(key);
  if (!period || period.from > localDay(now)) return refuse('report.noPeriod', 'period');
  const data = await buildReport(sources, period, now);
  return sources.db.transaction().execute(async (trx) => {
    const { last } = await trx
      .selectFrom('report')
      .select(({ fn }) => fn.max('version').as('last'))
      .where('period', '=', period.key)
      .executeTakeFirstOrThrow();
    const version = (last ?? 0) + 1;
    await trx
      .insertInto('report')
      .values({
        period: period.key,
        version,
        data: JSON.stringify(data),
        frozenBy: person.userId,
        at: now.toISOString(),
      })
      .execute();
    await audit(trx, person, {
      action: 'reportFrozen',
      recordId: null,
      detail: { text: `${periodName(period.key, 'vi', data)} (${version})` },
    });
    return { ok: true, period: period.key, version };
  });
}
