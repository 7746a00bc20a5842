import * as z from 'zod';
import { choice, date, list, longText, text } from '../attributes.ts';
import { defineKind } from '../kind.ts';

/** Policy document: văn bản chính sách. Not one of the catalogue's eight kinds, but listed and found like them. */
export const policy = defineKind({
  code: 'policy',
  route: { vi: 'van-ban', en: 'policies' },
  api: 'policies',
  attributes: z.object({
    number: text(60),
    issuer: text(200),
    issuedOn: date(),
    effectiveOn: date(),
    validity: choice('validity', ['in_force', 'not_yet', 'expired']),
    benefits: longText(4000),
    relatedKinds: list(),
  }),
  naturalKeys: ['number', 'externalId'],
  relations: {},
  facets: [
    { key: 'issuer', vocabulary: 'text', valuesOf: (a) => [a.issuer] },
    { key: 'validity', vocabulary: 'validity', valuesOf: (a) => [a.validity] },
  ],
  searchable: (a) => ({ keys: [a.number, a.issuer], body: [a.benefits] }),
  isDocument: true,
  card: ['number', 'issuer', 'issuedOn'],
  sections: { document: ['number', 'issuer', 'issuedOn', 'effectiveOn', 'validity'], benefits: ['benefits'] },
  jsonLd: (record, context) => ({
    '@context': 'https://schema.org',
    '@type': 'Legislation',
    name: record.title,
    description: record.summary,
    url: context.url,
    legislationIdentifier: record.attributes.number ?? undefined,
    legislationDate: record.attributes.issuedOn ?? undefined,
    legislationPassedBy: record.attributes.issuer
      ? { '@type': 'Organization', name: record.attributes.issuer }
      : undefined,
  }),
});
