import type { APIRoute } from 'astro';
import { allIndicators, figuresAsOf } from '../insight/indicators.ts';
import { csvText } from '../lib/csv.ts';

/** Every figure that holds, as CSV that Excel opens with its marks; a cell that looks like a formula stays text. */
export const GET: APIRoute = async ({ locals: { services } }) => {
  const indicators = new Map((await allIndicators(services.db)).map((indicator) => [indicator.code, indicator]));
  const head = [
    'indicator',
    'name_vi',
    'name_en',
    'unit',
    'period',
    'value',
    'demo_records_not_counted',
    'source',
    'recorded_at',
  ];
  const rows = (await figuresAsOf(services.db)).map(({ indicator, period, value, demo, source, at }) => {
    const { vi, en, unit } = indicators.get(indicator) ?? {};
    return [indicator, vi, en, unit, period, value, demo, source, at];
  });
  return new Response(csvText([head, ...rows]), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="chi-tieu.csv"',
    },
  });
};
