import * as z from 'zod';
import { choice, integer, money, text, year } from '../attributes.ts';
import { organisationJsonLd } from '../json-ld.ts';
import { defineKind } from '../kind.ts';
import { taxCodePattern } from './enterprise.ts';

const stages = ['idea', 'prototype', 'first_revenue', 'growth'] as const;

/** Innovative startup: doanh nghiệp khởi nghiệp sáng tạo. */
export const startup = defineKind({
  code: 'startup',
  route: { vi: 'khoi-nghiep', en: 'startups' },
  api: 'startups',
  attributes: z.object({
    taxCode: text(14, taxCodePattern, 'error.taxCode'),
    foundingYear: year(1990, 2100),
    stage: choice('stage', stages),
    businessModel: text(600),
    fundingSoughtVnd: money(),
    fundingRaisedVnd: money(),
    teamSize: integer(1, 10_000),
    programme: text(200),
    ip: text(400),
  }),
  naturalKeys: ['taxCode', 'externalId'],
  relations: { supporters: { to: ['organisation'], many: true } },
  isMatched: true,
  facets: [
    { key: 'stage', vocabulary: 'stage', valuesOf: (a) => [a.stage], order: stages },
    { key: 'funding', vocabulary: 'funding', valuesOf: (a) => [a.fundingSoughtVnd ? 'seeking' : null] },
  ],
  searchable: (a) => ({ keys: [a.taxCode], body: [a.businessModel, a.programme, a.ip] }),
  card: ['stage', 'fundingSoughtVnd', 'teamSize'],
  hasLogo: true,
  sections: {
    venture: ['stage', 'foundingYear', 'teamSize', 'taxCode'],
    business: ['businessModel', 'fundingSoughtVnd', 'fundingRaisedVnd', 'programme', 'ip'],
  },
  jsonLd: (record, context) =>
    organisationJsonLd('Corporation', record, context, {
      foundingDate: record.attributes.foundingYear ? String(record.attributes.foundingYear) : undefined,
      numberOfEmployees: record.attributes.teamSize
        ? { '@type': 'QuantitativeValue', value: record.attributes.teamSize }
        : undefined,
    }),
});
