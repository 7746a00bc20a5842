import type { Db, Trx } from '../../db/client.ts';
import type { IndicatorTable } from '../../db/schema.ts';
import type { Vocabulary } from '../catalogue/vocabulary.ts';
import { localDay } from '../i18n/format.ts';
import { type Count, flows, stocks } from './measures.ts';
import { type Period, quarterAt, quartersOf, yearAt } from './periods.ts';
import { areaWithParts } from './supply-demand.ts';

/** What the indicators are counted from. */
export interface Counted {
  db: Db;
  vocabulary: Vocabulary;
  region: { area: string };
}

/** A figure of an indicator and period as it holds at a moment. */
export interface Figure {
  id: number;
  indicator: string;
  period: string;
  value: number;
  demo: number;
  source: string | null;
  at: string;
}

export const allIndicators = (db: Db | Trx): Promise<IndicatorTable[]> =>
  db.selectFrom('indicator').selectAll().orderBy('position').execute();

/**
 * The figure that holds for each indicator and period: the last one, or the last one entered by a moment. That is what
 * makes a report of a past period say again what it said.
 */
export const figuresAsOf = (db: Db | Trx, moment?: string): Promise<Figure[]> =>
  db
    .selectFrom('indicator_value')
    .select(['id', 'indicator', 'period', 'value', 'demo', 'source', 'at'])
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('indicator_value as each')
        .select(({ fn }) => fn.max('each.id').as('id'))
        .$if(moment !== undefined, (query) => query.where('each.at', '<=', moment ?? ''))
        .groupBy(['each.indicator', 'each.period']),
    )
    .orderBy('indicator')
    .orderBy('period')
    .execute();

/** Every figure that was ever entered or counted, the newest first; for one indicator. */
export const historyOf = (db: Db, indicator: string) =>
  db
    .selectFrom('indicator_value')
    .leftJoin('user', 'user.id', 'indicator_value.enteredBy')
    .select(['indicator_value.id', 'period', 'value', 'demo', 'source', 'at', 'user.name'])
    .where('indicator', '=', indicator)
    .orderBy('indicator_value.id', 'desc')
    .limit(200)
    .execute();

const sum = (counts: Count[]): { value: number; demo: number } => ({
  value: counts.reduce((total, { demo, n }) => total + (demo === 0 ? n : 0), 0),
  demo: counts.reduce((total, { demo, n }) => total + (demo === 1 ? n : 0), 0),
});

type Counting = { indicator: string; period: string; value: number; demo: number };

/** Every year and quarter from the first day that counts to today. */
function periodsSince(day: string, today: string): Period[] {
  const periods: Period[] = [];
  for (let { year } = yearAt(day); year <= yearAt(today).year; year += 1) {
    periods.push(yearAt(`${year}-01-01`), ...quartersOf(year));
  }
  return periods.filter(({ from, to }) => to >= day && from <= today);
}

/**
 * Counts an indicator in the catalogue. What happened on a day is counted for every period that it may belong to, past
 * ones too; of what there is, the past is known from history only, so this year, this quarter and the plan's figure.
 */
async function count(
  { db, vocabulary, region }: Counted,
  { code, measure, countedFrom, targetYear }: IndicatorTable,
  today: string,
): Promise<Counting[]> {
  const scope = { areas: areaWithParts(vocabulary, region.area) };
  const flow = flows[measure ?? ''];
  if (flow) {
    const days = await flow(db, scope);
    const within = (from: string, to: string) => sum(days.filter(({ day }) => from <= day && day <= to));
    return [
      ...periodsSince(countedFrom, today).map(({ key, from, to }) => ({
        indicator: code,
        period: key,
        ...within(from, to),
      })),
      { indicator: code, period: 'plan', ...within(countedFrom, `${targetYear}-12-31`) },
    ];
  }
  const stock = stocks[measure ?? ''];
  if (!stock) throw new Error(`Nothing counts the indicator ${code}: there is no measure ${measure}`);
  const now = sum(await stock(db, scope));
  return [yearAt(today).key, quarterAt(today).key, 'plan'].map((period) => ({ indicator: code, period, ...now }));
}

/**
 * Counts what the catalogue can count and adds a row to the history for each figure that has changed: the figure of any
 * day is the last row before it ended.
 * @returns how many figures have changed
 */
export async function recordIndicators(sources: Counted, now = new Date()): Promise<number> {
  const { db } = sources;
  const counted: Counting[] = [];
  for (const indicator of await allIndicators(db)) {
    if (indicator.measure !== null) counted.push(...(await count(sources, indicator, localDay(now))));
  }
  const key = ({ indicator, period }: { indicator: string; period: string }) => `${indicator} ${period}`;
  const changed = async (source: Db | Trx) => {
    const known = new Map((await figuresAsOf(source)).map((figure) => [key(figure), figure]));
    return counted.filter((figure) => {
      const before = known.get(key(figure));
      return before?.value !== figure.value || before.demo !== figure.demo;
    });
  };
  if ((await changed(db)).length === 0) return 0;
  return db.transaction().execute(async (trx) => {
    // Again, with the right to write: a second process may have counted meanwhile.
    const figures = await changed(trx);
    const at = now.toISOString();
    for (const figure of figures) {
      await trx
        .insertInto('indicator_value')
        .values({ ...figure, source: null, enteredBy: null, at })
        .execute();
    }
    return figures.length;
  });
}

/** What a target means once the baseline is known, and how far it is reached. */
export interface Progress {
  indicator: IndicatorTable;
  /** Figures by period, the last one of each. */
  figures: Map<string, Figure>;
  baseline: Figure | undefined;
  /** In the indicator's unit; undefined without one, or while its baseline is not known. */
  target: number | undefined;
  /** What stands against the target: counted since the plan, or the latest entered up to its year; else this year's. */
  current: Figure | undefined;
  reached: boolean | undefined;
  /** Only demo records would count: the catalogue knows nothing real yet, which is not the same as nothing reached. */
  isIllustration: boolean;
}

/** Sets the figures that hold beside the targets. */
export function progressOf(indicators: IndicatorTable[], figures: Figure[]): Progress[] {
  const byIndicator = Map.groupBy(figures, ({ indicator }) => indicator);
  return indicators.map((indicator): Progress => {
    const own = byIndicator.get(indicator.code) ?? [];
    const ofPeriod = new Map(own.map((figure) => [figure.period, figure]));
    const baseline = ofPeriod.get('baseline');
    const { target: stated, targetKind, comparison, targetYear } = indicator;
    const base = targetKind === 'timesBaseline' ? baseline?.value : 1;
    const target = stated === null || base === undefined ? undefined : stated * base;
    const years = own.filter(({ period }) => /^\d{4}$/.test(period)).sort((a, b) => (a.period < b.period ? 1 : -1));
    const towards = ofPeriod.get('plan') ?? years.find(({ period }) => Number(period) <= targetYear) ?? years.at(-1);
    const current = stated === null ? years[0] : towards;
    const isIllustration =
      own.some(({ demo }) => demo > 0) && own.every(({ value, period }) => value === 0 || period === 'baseline');
    const reached =
      target === undefined || !current || isIllustration
        ? undefined
        : comparison === 'more'
          ? current.value > target
          : current.value >= target;
    return { indicator, figures: ofPeriod, baseline, target, current, reached, isIllustration };
  });
}

/** The public record of the document with a number, when the catalogue has it. */
export const planRecord = (db: Db, number: string) =>
  db
    .selectFrom('policy')
    .innerJoin('record', 'record.id', 'policy.recordId')
    .select(['record.kind', 'record.slug'])
    .where('policy.number', '=', number)
    .where('record.status', '=', 'published')
    .executeTakeFirst();
