import type { IndicatorTable } from '../../db/schema.ts';
import type { Language } from '../../search/engine.ts';
import { formatDate, formatDecimal } from '../i18n/format.ts';
import { type Translate, translator } from '../i18n/translate.ts';
import type { Progress } from './indicators.ts';
import { stocks } from './measures.ts';
import { periodOf } from './periods.ts';
import type { ReportData } from './report.ts';

/** A figure with its unit: `1.200`, `12,5%`. */
export const figureText = (value: number, unit: IndicatorTable['unit'], language: Language): string =>
  formatDecimal(value, language) + (unit === 'percent' ? '%' : '');

/**
 * What a period is called: «Quý 3/2026», «Năm 2026», «Mức gốc»; for the plan's own figure «Từ 14/11/2023 đến hết năm
 * 2025», or «Hiện nay» where it is what there is now.
 */
export function periodName(
  key: string,
  language: Language,
  {
    countedFrom,
    targetYear,
    measure,
  }: Pick<IndicatorTable, 'countedFrom' | 'targetYear'> & { measure?: IndicatorTable['measure'] },
): string {
  const t: Translate = translator(language);
  const period = periodOf(key);
  if (period?.quarter) return t('period.quarter', { quarter: period.quarter, year: String(period.year) });
  if (period) return t('period.year', { year: String(period.year) });
  if (key === 'baseline') return t('period.baseline');
  if (measure && measure in stocks) return t('period.now');
  return t('period.plan', { from: formatDate(countedFrom, language), year: String(targetYear) });
}

/** What is to be reached: «ít nhất 5», «trên 15%», «gấp 1,5 lần mức gốc (ít nhất 30)»; undefined without a target. */
export function targetText({ indicator, target }: Progress, language: Language): string | undefined {
  const t: Translate = translator(language);
  const { unit, comparison, targetKind } = indicator;
  if (indicator.target === null) return undefined;
  const value = target === undefined ? undefined : figureText(target, unit, language);
  const plain = value && t(comparison === 'more' ? 'indicator.more' : 'indicator.atLeast', { value });
  if (targetKind === 'value') return plain;
  const times = formatDecimal(indicator.target, language);
  return plain ? t('indicator.timesKnown', { times, value: plain }) : t('indicator.times', { times });
}

/** Where a report's figure comes from, or why there is none. */
export function originOf(
  { isCounted, source, value }: { isCounted: boolean; source: string | null; value: number | null },
  language: Language,
): string {
  const t: Translate = translator(language);
  if (isCounted) return t(value === null ? 'report.notCounted' : 'indicator.counted');
  return source ?? t('report.notEntered');
}

/** What has happened on the site in a report's period, beside the period before. */
export function activityOf(
  data: ReportData,
  language: Language,
): [what: string, value: number | null, previous: number | null][] {
  const t: Translate = translator(language);
  const { connections: now, connectionsBefore: then } = data;
  return [
    ...data.published.map(({ kind, value, previous }): [string, number | null, number | null] => [
      t('report.published', { kind: t(`value.kind.${kind}`) }),
      value,
      previous,
    ]),
    [t('supplyDemand.asked'), now.asked, then.asked],
    [t('supplyDemand.accepted'), now.accepted, then.accepted],
    [t('supplyDemand.agreements'), now.agreements, then.agreements],
    [t('supplyDemand.median'), now.medianDays, then.medianDays],
    [t('supplyDemand.p90'), now.p90Days, then.p90Days],
    [t('report.vnd'), data.agreementVnd.value, data.agreementVnd.previous],
  ];
}
