import * as z from 'zod';
import { choice, date, list, text } from '../attributes.ts';
import { organisationJsonLd } from '../json-ld.ts';
import { defineKind } from '../kind.ts';

/** S&T organisation: tổ chức KH&CN. */
export const organisation = defineKind({
  code: 'organisation',
  route: { vi: 'to-chuc-khcn', en: 'organisations' },
  api: 'organisations',
  attributes: z.object({
    orgType: choice('orgType', [
      'institute',
      'university',
      'centre',
      'service_unit',
      'laboratory',
      'intermediary',
      'other',
    ]),
    ownership: choice('ownership', ['public', 'non_public', 'foreign']),
    registrationNumber: text(60),
    registrationDate: date(),
    services: list(),
    equipment: list(60),
    accreditations: list(),
    partners: list(),
  }),
  naturalKeys: ['registrationNumber', 'externalId'],
  relations: {},
  isMatched: true,
  facets: [
    { key: 'orgType', vocabulary: 'orgType', valuesOf: (a) => [a.orgType] },
    { key: 'ownership', vocabulary: 'ownership', valuesOf: (a) => [a.ownership] },
    { key: 'accredited', vocabulary: 'accredited', valuesOf: (a) => [a.accreditations.length > 0 ? 'yes' : null] },
  ],
  searchable: (a) => ({
    keys: [a.registrationNumber, ...a.services, ...a.accreditations],
    body: [...a.equipment, ...a.partners],
  }),
  soughtByName: ['orgType'],
  card: ['orgType', 'services', 'accreditations'],
  hasLogo: true,
  sections: {
    identity: ['orgType', 'ownership', 'registrationNumber', 'registrationDate'],
    services: ['services', 'accreditations', 'equipment', 'partners'],
  },
  jsonLd: (record, context) =>
    organisationJsonLd(
      record.attributes.orgType === 'university' ? 'CollegeOrUniversity' : 'ResearchOrganization',
      record,
      context,
      {
        makesOffer: record.attributes.services.map((name) => ({
          '@type': 'Offer',
          itemOffered: { '@type': 'Service', name },
        })),
      },
    ),
});
