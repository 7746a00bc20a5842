import * as z from 'zod';
import { choice, codes, date, list, text } from '../attributes.ts';
import { organisationJsonLd } from '../json-ld.ts';
import { defineKind } from '../kind.ts';
import { countryPattern, vsicSections } from '../values.ts';

/** Tax codes: 10 digits, or 13 for a branch (Circular 86/2024/TT-BTC); a person's 12-digit identity number serves too. */
export const taxCodePattern = /^\d{10}(?:-?\d{3})?$|^\d{12}$/;

/** S&T enterprise: doanh nghiệp KH&CN (Decree 13/2019/NĐ-CP). */
export const enterprise = defineKind({
  code: 'enterprise',
  route: { vi: 'doanh-nghiep-khcn', en: 'enterprises' },
  api: 'enterprises',
  attributes: z.object({
    taxCode: text(14, taxCodePattern, 'error.taxCode'),
    certificateNumber: text(60),
    certificateDate: date(),
    certificateAuthority: text(200),
    certificateStatus: choice('certificateStatus', ['valid', 'expired', 'revoked', 'none']),
    products: list(),
    vsic: choice('vsic', vsicSections),
    size: choice('size', ['micro', 'small', 'medium', 'large']),
    exportMarkets: codes(countryPattern, 'country'),
    standards: list(),
  }),
  naturalKeys: ['taxCode', 'certificateNumber', 'externalId'],
  relations: { partners: { to: ['organisation'], many: true } },
  isMatched: true,
  facets: [
    { key: 'certificateStatus', vocabulary: 'certificateStatus', valuesOf: (a) => [a.certificateStatus] },
    { key: 'vsic', vocabulary: 'vsic', valuesOf: (a) => [a.vsic] },
    { key: 'size', vocabulary: 'size', valuesOf: (a) => [a.size], order: ['micro', 'small', 'medium', 'large'] },
    { key: 'exportMarket', vocabulary: 'country', valuesOf: (a) => a.exportMarkets },
  ],
  searchable: (a) => ({
    keys: [a.taxCode, a.certificateNumber, ...a.products],
    body: [...a.standards, a.certificateAuthority],
  }),
  card: ['products', 'certificateStatus', 'size'],
  hasLogo: true,
  sections: {
    identity: ['taxCode', 'vsic', 'size'],
    certificate: ['certificateStatus', 'certificateNumber', 'certificateDate', 'certificateAuthority'],
    products: ['products', 'standards', 'exportMarkets'],
  },
  jsonLd: (record, context) =>
    organisationJsonLd('Corporation', record, context, { taxID: record.attributes.taxCode ?? undefined }),
});
