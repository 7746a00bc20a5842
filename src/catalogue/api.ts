import * as z from 'zod';
import type { Language, SearchHit, SearchResult } from '../../search/engine.ts';
import { localDay } from '../i18n/format.ts';
import { recordPath } from './address.ts';
import { recordUrn } from './identity.ts';
import { type KindDeclaration, kindCodes } from './kind.ts';
import { allKinds } from './kinds/index.ts';
import type { ListQuery } from './list-query.ts';
import { mainPicture, type Picture, picturePath } from './pictures.ts';
import type { FullRecord } from './read.ts';

/** The answers of /api/v1. The OpenAPI document is made from these schemas, and the answers are typed by them. */

/** What an answer needs to know of this catalogue. */
export interface Reader {
  publicUrl: string;
  /** UUID of the catalogue. */
  site: string;
}

export const urn = z.string().regex(/^urn:uuid:[0-9a-f-]{36}$/);
export const catalogue = urn;
/** Where a record that was taken over from another catalogue was written first. */
export const origin = z.object({
  catalogue: urn.nullable().describe('The catalogue in which it was written; null for a file'),
  id: z.string().describe('Its name there'),
  url: z.string().nullable().describe('Its page there'),
  name: z.string().describe('What this catalogue calls the source'),
});
const recordId = urn.describe('Names the record for good, wherever its page moves');
const address = z.url().describe('Address of the page');
const summarySchema = z.object({
  id: recordId,
  kind: z.enum(kindCodes),
  slug: z.string(),
  title: z.string(),
  titleEn: z.string().nullable(),
  summary: z.string(),
  summaryEn: z.string().nullable(),
  url: address,
  urlEn: address,
  fields: z.array(z.string()).describe('Codes of the national classification of S&T fields'),
  areas: z.array(z.string()).describe('Codes of places'),
  provider: z.string().nullable().describe('Who stands behind the record'),
  image: z.url().nullable().describe('Its logo or first photo, WebP'),
  demo: z.boolean().describe('True for an illustration that describes nobody real'),
  publishedAt: z.iso.date(),
});

const facetCounts = z
  .record(z.string(), z.record(z.string(), z.number().int().min(0)))
  .describe('Records by filter and value, each filter counted without its own choice');

export const listSchema = z.object({
  total: z.number().int().min(0),
  page: z.number().int().min(1),
  perPage: z.number().int().min(1).max(100),
  items: z.array(summarySchema),
  facets: facetCounts,
});

const highlights = z
  .object({ title: z.string().optional(), summary: z.string().optional(), body: z.string().optional() })
  .describe('Escaped HTML with the matched words in <mark>');

export const searchSchema = listSchema.extend({
  engine: z.string().describe('The search engine that answered'),
  relaxed: z.boolean().describe('True when no record has all the words and these are the nearest ones'),
  items: z.array(summarySchema.extend({ highlights })),
});

export const suggestSchema = z.object({
  items: z.array(z.object({ url: z.string(), titleHtml: z.string(), detail: z.string() })),
});

const linkSchema = z.object({
  relation: z.string(),
  id: recordId,
  kind: z.enum(kindCodes),
  slug: z.string(),
  title: z.string(),
  url: address,
});

const imageSchema = z.object({
  role: z.enum(['logo', 'photo']),
  url: z.url().describe('WebP, at most 1600 pixels wide and high'),
  width: z.number().int(),
  height: z.number().int(),
  alt: z.string().describe('What it shows'),
});

/** One whole record of a kind. */
export const recordSchema = (kind: KindDeclaration) =>
  summarySchema.omit({ provider: true }).extend({
    kind: z.literal(kind.code),
    body: z.string().nullable().describe('Markdown'),
    keywords: z.array(z.string()),
    contact: z
      .object({
        name: z.string().nullable(),
        email: z.string().nullable(),
        phone: z.string().nullable(),
        website: z.string().nullable(),
      })
      .describe('What the owner shows to everybody'),
    source: z.object({ text: z.string(), url: z.string().nullable() }).nullable(),
    updatedAt: z.iso.datetime(),
    images: z.array(imageSchema).describe('Logo first'),
    attributes: kind.attributes,
    links: z.array(linkSchema),
  });

/** The whole record of every kind. */
export const recordSchemas = allKinds.map((kind) => [kind, recordSchema(kind)] as const);

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    errors: z.array(z.object({ parameter: z.string(), value: z.string(), reason: z.string() })).optional(),
  })
  .describe('RFC 9457');
export type Problem = z.infer<typeof problemSchema>;

const imageUrl = (hash: unknown, publicUrl: string): string | null =>
  typeof hash === 'string' ? publicUrl + picturePath(hash, 1600) : null;

type Summary = z.infer<typeof summarySchema>;

function summaryOf({ document }: SearchHit, { publicUrl, site }: Reader): Summary {
  const { kind, slug, title, titleEn, summary, summaryEn, card, publishedAt } = document;
  return {
    id: recordUrn(site, document.id),
    kind: kind as Summary['kind'],
    slug,
    title,
    titleEn,
    summary,
    summaryEn,
    url: publicUrl + recordPath(document, 'vi'),
    urlEn: publicUrl + recordPath(document, 'en'),
    fields: card.fields as string[],
    areas: card.areas as string[],
    provider: (card.provider as Record<Language, string> | null | undefined)?.vi ?? null,
    image: imageUrl(card.picture, publicUrl),
    demo: card.demo === true,
    publishedAt: localDay(publishedAt),
  };
}

const counted = ({ page, perPage }: ListQuery, { total, facets }: SearchResult) => ({ total, page, perPage, facets });

/** A kind's list as the API gives it. */
export const listAnswer = (query: ListQuery, result: SearchResult, reader: Reader): z.infer<typeof listSchema> => ({
  ...counted(query, result),
  items: result.hits.map((hit) => summaryOf(hit, reader)),
});

/** A search's answer as the API gives it. */
export const searchAnswer = (query: ListQuery, result: SearchResult, reader: Reader): z.infer<typeof searchSchema> => ({
  engine: result.engine,
  relaxed: result.relaxed,
  ...counted(query, result),
  items: result.hits.map((hit) => ({ ...summaryOf(hit, reader), highlights: hit.highlights })),
});

/** A record as the API gives it; `record` is already what the public may see. */
export function recordAnswer(
  record: FullRecord,
  { publicUrl, site }: Reader,
): z.infer<ReturnType<typeof recordSchema>> {
  const { kind, slug, title, titleEn, summary, summaryEn, body, fields, areas, keywords, demo, attributes } = record;
  const { logo, photos } = record.pictures;
  const imageOf = (role: 'logo' | 'photo', { hash, width, height, alt }: Picture) => ({
    role,
    url: publicUrl + picturePath(hash, 1600),
    width,
    height,
    alt: alt || title,
  });
  return {
    id: recordUrn(site, record.id),
    kind,
    slug,
    title,
    titleEn,
    summary,
    summaryEn,
    url: publicUrl + recordPath(record, 'vi'),
    urlEn: publicUrl + recordPath(record, 'en'),
    fields,
    areas,
    image: imageUrl(mainPicture(record.pictures)?.hash, publicUrl),
    demo,
    publishedAt: localDay(record.publishedAt ?? record.createdAt),
    body,
    keywords,
    contact: {
      name: record.contactName,
      email: record.contactEmail,
      phone: record.contactPhone,
      website: record.website,
    },
    source: record.sourceText ? { text: record.sourceText, url: record.sourceUrl } : null,
    updatedAt: record.updatedAt,
    images: [...(logo ? [imageOf('logo', logo)] : []), ...photos.map((photo) => imageOf('photo', photo))],
    attributes,
    links: record.links.map((link) => ({
      relation: link.relation,
      id: recordUrn(site, link.id),
      kind: link.kind,
      slug: link.slug,
      title: link.title,
      url: publicUrl + recordPath(link, 'vi'),
    })),
  };
}

/** The filters by name that some list knows, for the API's description. */
export const filterNames = (kind: KindDeclaration | undefined): string[] =>
  kind
    ? ['field', 'area', ...kind.facets.map((facet) => facet.key)]
    : ['kind', 'field', 'area', ...new Set(allKinds.flatMap((one) => one.facets.map((facet) => facet.key)))];

/** The language of texts in an answer. */
export const apiLanguage = (params: URLSearchParams): Language => (params.get('lang') === 'en' ? 'en' : 'vi');
