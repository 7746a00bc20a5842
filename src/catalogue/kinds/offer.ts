import * as z from 'zod';
import { choice, choices, date, flag, list, longText, money, text, trl } from '../attributes.ts';
import { defineKind } from '../kind.ts';
import { ipStatuses, transferModes, trlLevels } from '../values.ts';

/** Technology offer: công nghệ, thiết bị chào bán (cung). */
export const offer = defineKind({
  code: 'offer',
  route: { vi: 'cong-nghe', en: 'technology-offers' },
  api: 'technology-offers',
  attributes: z.object({
    trl: trl(),
    ipStatus: choice('ipStatus', ipStatuses),
    ipNumber: text(60),
    transferModes: choices('transferMode', transferModes),
    priceMode: choice('priceMode', ['fixed', 'range', 'agreement', 'free'], { saidBy: 'priceMinVnd' }),
    priceMinVnd: money({ upperEnd: 'priceMaxVnd' }),
    priceMaxVnd: money(),
    advantages: list(),
    conditions: longText(2000),
    appliedAt: list(),
    green: flag(),
    expiresOn: date(),
    supplierName: text(200),
  }),
  naturalKeys: ['externalId'],
  relations: {
    supplier: { to: ['organisation', 'enterprise', 'startup', 'expert'], many: false },
    inventors: { to: ['expert'], many: true },
  },
  provider: { relation: 'supplier', attribute: 'supplierName' },
  isMatched: true,
  facets: [
    { key: 'trl', vocabulary: 'trl', valuesOf: (a) => [a.trl], order: trlLevels },
    { key: 'transferMode', vocabulary: 'transferMode', valuesOf: (a) => a.transferModes },
    { key: 'ipStatus', vocabulary: 'ipStatus', valuesOf: (a) => [a.ipStatus] },
    { key: 'priceMode', vocabulary: 'priceMode', valuesOf: (a) => [a.priceMode] },
    { key: 'green', vocabulary: 'green', valuesOf: (a) => [a.green ? 'yes' : null] },
  ],
  searchable: (a) => ({ keys: [a.ipNumber, a.supplierName], body: [...a.advantages, a.conditions, ...a.appliedAt] }),
  card: ['trl', 'transferModes', 'priceMode', 'priceMinVnd', 'priceMaxVnd', 'green'],
  sections: {
    technology: ['trl', 'advantages', 'appliedAt', 'green'],
    transfer: ['transferModes', 'priceMode', 'priceMinVnd', 'priceMaxVnd', 'conditions', 'expiresOn'],
    property: ['ipStatus', 'ipNumber', 'supplierName'],
  },
  check: (a) =>
    a.priceMinVnd != null && a.priceMaxVnd != null && a.priceMinVnd > a.priceMaxVnd
      ? [{ attribute: 'priceMaxVnd', message: 'error.maxBelowMin' }]
      : [],
  jsonLd: (record, context) => ({
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: record.title,
    description: record.summary,
    url: context.url,
    keywords: record.keywords.join(', '),
    offers: {
      '@type': 'Offer',
      availability: 'https://schema.org/InStock',
      validThrough: record.attributes.expiresOn ?? undefined,
      ...(record.attributes.priceMode === 'fixed' &&
        record.attributes.priceMinVnd != null && { price: record.attributes.priceMinVnd, priceCurrency: 'VND' }),
      seller: context.links('supplier').map(({ name, url }) => ({ '@type': 'Organization' as const, name, url })),
    },
  }),
});
