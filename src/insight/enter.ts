import * as z from 'zod';
import type { Db } from '../../db/client.ts';
import type { IndicatorTable } from '../../db/schema.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { localDay } from '../i18n/format.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { audit } from '../moderation/audit.ts';
import { allIndicators, figuresAsOf } from './indicators.ts';
import { periodOf } from './periods.ts';
import { figureText, periodName } from './words.ts';

/** The key of a period as people write it: `2025`, `Q3/2025`, `quý III/2025`, `2025-Q3`, `mức gốc`; else what cannot be read. */
function periodKey(typed: string): string {
  const text = typed.trim().normalize('NFC').toUpperCase();
  if (text === 'MỨC GỐC' || text === 'BASELINE') return 'baseline';
  const roman: Record<string, string> = { I: '1', II: '2', III: '3', IV: '4' };
  const [, quarter, year] = text.match(/^(?:Q|QUÝ)\s*([1-4]|IV|I{1,3})\s*[/.-]\s*(20\d\d)$/) ?? [];
  return year ? `${year}-Q${roman[quarter] ?? quarter}` : text;
}

/** A number as people write it: `12,5`, `12.5`, `1.200`. A comma is a decimal one; so is a lone point that does not part thousands. */
function decimal(typed: string): number {
  const text = typed.replace(/[\s%]/g, '');
  if (!/^-?\d{1,12}(?:[.,]\d+)*$/.test(text)) return Number.NaN;
  if (text.includes(',')) return Number(text.replaceAll('.', '').replace(',', '.'));
  return Number(/^-?\d{1,3}(?:\.\d{3})+$/.test(text) ? text.replaceAll('.', '') : text);
}

export const figureForm = z.object({
  indicator: z.string('indicator.unknown').min(1, 'indicator.unknown').max(60, 'indicator.unknown'),
  period: z
    .string('indicator.period.wrong')
    .transform(periodKey)
    .refine((key) => key === 'baseline' || periodOf(key) !== undefined, 'indicator.period.wrong'),
  value: z
    .string('indicator.value.wrong')
    .transform(decimal)
    .refine((value) => Number.isFinite(value) && Math.abs(value) <= 1e12, 'indicator.value.wrong'),
  source: z
    .string('indicator.source.missing')
    .trim()
    .min(5, 'indicator.source.missing')
    .max(500, 'indicator.source.missing')
    .transform((text) => text.normalize('NFC')),
});

/** What the Department enters: what the catalogue cannot count, and baselines. */
export const isEntered = ({ measure, targetKind }: IndicatorTable, period: string): boolean =>
  period === 'baseline' ? targetKind === 'timesBaseline' : measure === null;

/** Adds a figure with its source, noted in the audit log. A correction is a new figure; the old one stays in the history. */
export async function enterIndicator(
  db: Db,
  person: SignedIn,
  { indicator: code, period, value, source }: z.infer<typeof figureForm>,
  now = new Date(),
): Promise<Outcome> {
  const indicator = (await allIndicators(db)).find((one) => one.code === code);
  if (!indicator) return refuse('indicator.unknown', 'indicator');
  if (!isEntered(indicator, period)) {
    return refuse(indicator.measure === null ? 'indicator.noBaseline' : 'indicator.isCounted', 'period');
  }
  const start = periodOf(period)?.from;
  if (start !== undefined && start > localDay(now)) return refuse('indicator.period.future', 'period');
  if (value < 0 && indicator.unit === 'count') return refuse('indicator.value.wrong', 'value');
  if (value === 0 && period === 'baseline') return refuse('indicator.value.wrong', 'value');
  return db.transaction().execute(async (trx) => {
    const figures = await figuresAsOf(trx);
    const before = figures.find((figure) => figure.indicator === code && figure.period === period);
    await trx
      .insertInto('indicator_value')
      .values({ indicator: code, period, value, source, enteredBy: person.userId, at: now.toISOString() })
      .execute();
    const said = (figure: number, why: string | null) =>
      `${indicator.vi}, ${periodName(period, 'vi', indicator)}: ${figureText(figure, indicator.unit, 'vi')} (${why})`;
    await audit(trx, person, {
      action: 'indicatorEntered',
      recordId: null,
      detail: { text: said(value, source), ...(before && { before: said(before.value, before.source) }) },
    });
    return { ok: true };
  });
}
