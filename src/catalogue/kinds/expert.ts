import * as z from 'zod';
import { choice, choices, code, codes, date, list, text } from '../attributes.ts';
import { defineKind, present } from '../kind.ts';
import { countryPattern, languagePattern } from '../values.ts';

const degrees = ['tskh', 'ts', 'ths', 'ks', 'other'] as const;

export const expert = defineKind({
  code: 'expert',
  route: { vi: 'chuyen-gia', en: 'experts' },
  api: 'experts',
  attributes: z.object({
    academicRank: choice('academicRank', ['gs', 'pgs']),
    degree: choice('degree', degrees),
    organisationName: text(200),
    expertise: list(),
    orcid: text(19, /^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/, 'error.orcid'),
    languages: codes(languagePattern, 'language'),
    country: code(countryPattern, 'country'),
    willingTo: choices('willingTo', ['consult', 'council', 'mentor', 'joint_research']),
    /** The day the person agreed to be published (Law 91/2025/QH15). */
    consentAt: date(),
  }),
  naturalKeys: ['orcid', 'externalId'],
  relations: { organisation: { to: ['organisation', 'enterprise'], many: false } },
  provider: { relation: 'organisation', attribute: 'organisationName' },
  isMatched: true,
  facets: [
    { key: 'willingTo', vocabulary: 'willingTo', valuesOf: (a) => a.willingTo },
    { key: 'degree', vocabulary: 'degree', valuesOf: (a) => [a.degree], order: degrees },
    { key: 'academicRank', vocabulary: 'academicRank', valuesOf: (a) => [a.academicRank], order: ['gs', 'pgs'] },
    { key: 'language', vocabulary: 'language', valuesOf: (a) => a.languages },
    { key: 'country', vocabulary: 'country', valuesOf: (a) => [a.country] },
  ],
  searchable: (a) => ({ keys: [...a.expertise, a.organisationName, a.orcid], body: [] }),
  soughtByName: ['academicRank', 'degree'],
  card: ['degree', 'expertise', 'willingTo'],
  hasLogo: true,
  sections: {
    identity: ['academicRank', 'degree', 'organisationName', 'country', 'languages', 'orcid'],
    expertise: ['expertise', 'willingTo'],
  },
  check: (a) => (a.consentAt ? [] : [{ attribute: 'consentAt', message: 'error.consentMissing' }]),
  jsonLd: (record, context) => ({
    '@context': 'https://schema.org',
    '@type': 'Person',
    name: record.title,
    description: record.summary,
    url: context.url,
    knowsAbout: [...record.attributes.expertise, ...record.fieldNames],
    knowsLanguage: record.attributes.languages,
    affiliation: present([context.links('organisation')[0]?.name, record.attributes.organisationName])
      .slice(0, 1)
      .map((name) => ({ '@type': 'Organization' as const, name })),
    sameAs: record.attributes.orcid ? [`https://orcid.org/${record.attributes.orcid}`] : [],
  }),
});
