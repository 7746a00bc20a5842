import * as z from 'zod';
import { choice, flag, list, longText, text, year } from '../attributes.ts';
import { defineKind } from '../kind.ts';

const levels = ['state', 'ministry', 'province', 'grassroots'] as const;

/** S&T achievement: an accepted R&D task, an award or an initiative. */
export const achievement = defineKind({
  code: 'achievement',
  route: { vi: 'thanh-tuu', en: 'achievements' },
  api: 'achievements',
  attributes: z.object({
    taskCode: text(60),
    taskTitle: text(400),
    leadOrganisationName: text(200),
    people: list(),
    level: choice('level', levels),
    acceptedYear: year(1980, 2100),
    result: longText(4000),
    appliedAt: list(),
    impact: list(),
    replicable: flag(),
  }),
  naturalKeys: ['taskCode', 'externalId'],
  relations: {
    leadOrganisation: { to: ['organisation', 'enterprise'], many: false },
    offers: { to: ['offer'], many: true },
  },
  provider: { relation: 'leadOrganisation', attribute: 'leadOrganisationName' },
  isMatched: true,
  facets: [
    { key: 'level', vocabulary: 'level', valuesOf: (a) => [a.level], order: levels },
    { key: 'year', vocabulary: 'year', valuesOf: (a) => [a.acceptedYear] },
    { key: 'replicable', vocabulary: 'replicable', valuesOf: (a) => [a.replicable ? 'yes' : null] },
  ],
  searchable: (a) => ({
    keys: [a.taskCode, a.taskTitle, a.leadOrganisationName],
    body: [a.result, ...a.appliedAt, ...a.impact, ...a.people],
  }),
  soughtByName: ['level'],
  card: ['level', 'acceptedYear', 'impact'],
  sections: {
    result: ['result', 'impact', 'appliedAt', 'replicable'],
    task: ['taskTitle', 'taskCode', 'level', 'acceptedYear', 'leadOrganisationName', 'people'],
  },
  jsonLd: (record, context) => ({
    '@context': 'https://schema.org',
    '@type': 'ResearchProject',
    name: record.attributes.taskTitle ?? record.title,
    description: record.summary,
    url: context.url,
    identifier: record.attributes.taskCode ?? undefined,
    parentOrganization: context
      .links('leadOrganisation')
      .map(({ name, url }) => ({ '@type': 'Organization' as const, name, url })),
  }),
});
