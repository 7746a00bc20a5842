import * as z from 'zod';
import { choice, codes, date, integer, list, text } from '../attributes.ts';
import { defineKind } from '../kind.ts';
import { niceClassPattern } from '../values.ts';

/** Collective mark, certification mark or geographical indication (Law on Intellectual Property 50/2005/QH11). */
export const trademark = defineKind({
  code: 'trademark',
  route: { vi: 'nhan-hieu', en: 'trademarks' },
  api: 'trademarks',
  attributes: z.object({
    markType: choice('markType', ['collective', 'certification', 'gi']),
    registrationNumber: text(60),
    ownerName: text(200),
    niceClasses: codes(niceClassPattern, 'niceClass'),
    grantedOn: date(),
    /** Empty for a geographical indication: it is protected without a term (article 93.7). */
    expiresOn: date(),
    products: list(),
    producerCount: integer(0, 1_000_000),
    productionArea: text(600),
    supportActivities: list(),
  }),
  naturalKeys: ['registrationNumber', 'externalId'],
  relations: {
    owner: { to: ['organisation', 'enterprise'], many: false },
    producers: { to: ['enterprise'], many: true },
  },
  provider: { relation: 'owner', attribute: 'ownerName' },
  facets: [
    { key: 'markType', vocabulary: 'markType', valuesOf: (a) => [a.markType] },
    { key: 'niceClass', vocabulary: 'niceClass', valuesOf: (a) => a.niceClasses },
    { key: 'supported', vocabulary: 'supported', valuesOf: (a) => [a.supportActivities.length > 0 ? 'yes' : null] },
  ],
  searchable: (a) => ({
    keys: [a.registrationNumber, a.ownerName, ...a.products],
    body: [a.productionArea, ...a.supportActivities],
  }),
  soughtByName: ['markType'],
  card: ['markType', 'products', 'producerCount'],
  hasLogo: true,
  sections: {
    protection: ['markType', 'registrationNumber', 'ownerName', 'niceClasses', 'grantedOn', 'expiresOn'],
    products: ['products', 'productionArea', 'producerCount', 'supportActivities'],
  },
  check: (a) =>
    a.grantedOn && a.expiresOn && a.expiresOn <= a.grantedOn
      ? [{ attribute: 'expiresOn', message: 'error.endBeforeStart' }]
      : [],
  jsonLd: (record, context) => ({
    '@context': 'https://schema.org',
    '@type': 'Brand',
    name: record.title,
    description: record.summary,
    url: context.url,
    identifier: record.attributes.registrationNumber ?? undefined,
  }),
});
