import * as z from 'zod';
import { choices, date, flag, longText, money, trl } from '../attributes.ts';
import { defineKind } from '../kind.ts';
import { transferModes, trlLevels } from '../values.ts';

const partnerTypes = ['organisation', 'enterprise', 'startup', 'expert'] as const;

const budgetSteps = [
  ['under_200m', 200e6],
  ['200m_1b', 1e9],
  ['1b_5b', 5e9],
] as const;

/** The filter's step of a budget by its upper end (VND). */
export function budgetStep(budgetVnd: number | null): string | null {
  if (budgetVnd == null) return null;
  return budgetSteps.find(([, below]) => budgetVnd < below)?.[0] ?? 'over_5b';
}

/** Technology need: nhu cầu công nghệ (cầu). */
export const need = defineKind({
  code: 'need',
  route: { vi: 'nhu-cau', en: 'technology-needs' },
  api: 'technology-needs',
  attributes: z.object({
    problem: longText(4000),
    currentSituation: longText(4000),
    tried: longText(4000),
    requiredResult: longText(4000),
    budgetMinVnd: money({ upperEnd: 'budgetMaxVnd' }),
    budgetMaxVnd: money(),
    deadline: date(),
    partnerTypes: choices('partnerType', partnerTypes),
    /** A hard condition: partners of these types are not proposed. */
    excludedPartnerTypes: choices('partnerType', partnerTypes),
    transferModes: choices('transferMode', transferModes),
    minTrl: trl(),
    /** The requester's name and exact place stay with the Department until the owner accepts a connection. */
    anonymous: flag(),
    expiresOn: date(),
  }),
  naturalKeys: ['externalId'],
  relations: { requester: { to: ['enterprise', 'startup', 'organisation'], many: false } },
  provider: { relation: 'requester' },
  isMatched: true,
  facets: [
    { key: 'partnerType', vocabulary: 'partnerType', valuesOf: (a) => a.partnerTypes },
    { key: 'transferMode', vocabulary: 'transferMode', valuesOf: (a) => a.transferModes },
    { key: 'minTrl', vocabulary: 'trl', valuesOf: (a) => [a.minTrl], order: trlLevels },
    {
      key: 'budget',
      vocabulary: 'budget',
      valuesOf: (a) => [budgetStep(a.budgetMaxVnd)],
      order: ['under_200m', '200m_1b', '1b_5b', 'over_5b'],
    },
  ],
  searchable: (a) => ({ keys: [], body: [a.problem, a.requiredResult, a.currentSituation, a.tried] }),
  card: ['partnerTypes', 'minTrl', 'budgetMinVnd', 'budgetMaxVnd', 'deadline'],
  sections: {
    problem: ['problem', 'currentSituation', 'tried', 'requiredResult'],
    partner: [
      'partnerTypes',
      'excludedPartnerTypes',
      'transferModes',
      'minTrl',
      'budgetMinVnd',
      'budgetMaxVnd',
      'deadline',
      'expiresOn',
    ],
  },
  check: (a) => [
    ...(a.budgetMinVnd != null && a.budgetMaxVnd != null && a.budgetMinVnd > a.budgetMaxVnd
      ? [{ attribute: 'budgetMaxVnd' as const, message: 'error.maxBelowMin' }]
      : []),
    ...(a.partnerTypes.some((type) => a.excludedPartnerTypes.includes(type))
      ? [{ attribute: 'excludedPartnerTypes' as const, message: 'error.wantedAndExcluded' }]
      : []),
  ],
  jsonLd: (record, context) => ({
    '@context': 'https://schema.org',
    '@type': 'Demand',
    name: record.title,
    description: record.summary,
    url: context.url,
    validThrough: record.attributes.expiresOn ?? undefined,
  }),
});
