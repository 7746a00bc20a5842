import * as z from 'zod';
import { choice, choices, date, longText, text, url } from '../attributes.ts';
import { defineKind } from '../kind.ts';

/** Whom a document may concern. */
export const concerned = [
  'enterprise',
  'startup',
  'organisation',
  'expert',
  'trademark',
  'offer',
  'need',
  'achievement',
] as const;

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
    expiredOn: date(),
    validity: choice('validity', ['in_force', 'not_yet', 'expired']),
    documentUrl: url(),
    relatedKinds: choices('kind', concerned),
    beneficiaries: longText(4000),
    benefits: longText(4000),
    howToApply: longText(4000),
  }),
  naturalKeys: ['number', 'externalId'],
  relations: {},
  facets: [
    { key: 'issuer', vocabulary: 'text', valuesOf: (a) => [a.issuer] },
    { key: 'appliesTo', vocabulary: 'kind', valuesOf: (a) => a.relatedKinds },
    { key: 'validity', vocabulary: 'validity', valuesOf: (a) => [a.validity] },
  ],
  searchable: (a) => ({ keys: [a.number, a.issuer], body: [a.beneficiaries, a.benefits, a.howToApply] }),
  isDocument: true,
  card: ['number', 'issuer', 'issuedOn', 'validity'],
  sections: {
    document: ['number', 'issuer', 'issuedOn', 'effectiveOn', 'expiredOn', 'validity', 'documentUrl'],
    benefits: ['relatedKinds', 'beneficiaries', 'benefits', 'howToApply'],
  },
  check: (a) => [
    ...(a.issuedOn && a.effectiveOn && a.effectiveOn < a.issuedOn
      ? [{ attribute: 'effectiveOn' as const, message: 'error.endBeforeStart' }]
      : []),
    ...(a.effectiveOn && a.expiredOn && a.expiredOn < a.effectiveOn
      ? [{ attribute: 'expiredOn' as const, message: 'error.endBeforeStart' }]
      : []),
  ],
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
