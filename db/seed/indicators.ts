import { readFileSync } from 'node:fs';
import type { Db } from '../client.ts';
import type { IndicatorTable } from '../schema.ts';
import { upsert } from './upsert.ts';

type Words = { vi: string; en: string };

/** `region/indicators.json`: the plan and its targets, in the order in which they are shown. */
interface IndicatorFile {
  plan: Words & { number: string; section: Words; from: string; year: number };
  indicators: (Words &
    Pick<IndicatorTable, 'code' | 'unit'> &
    Partial<Pick<IndicatorTable, 'measure' | 'target' | 'targetKind' | 'comparison'>> & {
      definition: Words;
      /** False for what the site counts beside the plan. */
      plan?: boolean;
    })[];
}

/** Brings the indicators to what the region's file says; only differences are written. */
export async function seedIndicators(db: Db): Promise<void> {
  const file = readFileSync(new URL('region/indicators.json', import.meta.url), 'utf8');
  const { plan, indicators }: IndicatorFile = JSON.parse(file);
  const rows = indicators.map(({ definition, plan: isOfPlan = true, ...indicator }, position) => ({
    code: indicator.code,
    position,
    vi: indicator.vi,
    en: indicator.en,
    definitionVi: definition.vi,
    definitionEn: definition.en,
    unit: indicator.unit,
    measure: indicator.measure ?? null,
    target: indicator.target ?? null,
    targetKind: indicator.targetKind ?? 'value',
    comparison: indicator.comparison ?? 'atLeast',
    countedFrom: plan.from,
    targetYear: plan.year,
    sourceVi: isOfPlan ? `${plan.vi}, ${plan.section.vi}` : null,
    sourceEn: isOfPlan ? `${plan.en}, ${plan.section.en}` : null,
    sourceNumber: isOfPlan ? plan.number : null,
  }));
  await db.transaction().execute((trx) => upsert(trx, 'indicator', ['code'], rows));
}
