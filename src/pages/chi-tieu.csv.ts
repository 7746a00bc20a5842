import type { APIRoute } from 'astro';
import { stringify } from 'csv-stringify/sync';
import { allIndicators, figuresAsOf } from '../insight/indicators.ts';

/** Every figure that holds, as CSV that Excel opens with its marks; a cell that looks like a formula stays text. */
export const GET: APIRoute = async ({ locals: { services } }) => {
  const indicators = new Map((await allIndicators(services.db)).map((indicator) => [indicator.code, indicator]));
  const rows = (await figuresAsOf(services.db)).map(({ indicator, period, value, demo, source, at }) => ({
    indicator,
    name_vi: indicators.get(indicator)?.vi,
    name_en: indicators.get(indicator)?.en,
    unit: indicators.get(indicator)?.unit,
    period,
    // Numbers stay numbers: a negative one is no formula.
    value,
    demo_records_not_counted: demo,
    source: source ?? '',
    recorded_at: at,
  }));
  const body = stringify(rows, { header: true, bom: true, escape_formulas: true, record_delimiter: 'windows' });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="chi-tieu.csv"',
    },
  });
};
