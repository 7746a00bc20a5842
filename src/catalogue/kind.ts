import type { Thing, WithContext } from 'schema-dts';
import * as z from 'zod';
import type { Language } from '../../search/engine.ts';
import { attributeMeta, choice, email, flag, list, longText, pastDate, text, url } from './attributes.ts';

export const contactVisibilities = ['public', 'connection'] as const;
const requiredText = (max: number) =>
  z
    .preprocess(
      (value) => (typeof value === 'string' ? value.normalize('NFC').trim() : value == null ? '' : value),
      z.string('error.text').min(1, 'error.required').max(max, 'error.tooLong'),
    )
    .register(attributeMeta, { type: 'text' });

/** What every record has, whatever its kind (design.md §3). */
export const sharedSchema = z.object({
  /** The number in the list the record came from; the natural key of kinds without a legal number. */
  externalId: text(80),
  title: requiredText(200),
  titleEn: text(200),
  summary: requiredText(600),
  summaryEn: text(600),
  body: longText(),
  fields: list(5),
  areas: list(20),
  keywords: list(20),
  contactName: text(120),
  contactEmail: email(),
  contactPhone: text(30, /^[+\d][\d .()-]{5,}$/, 'error.phone'),
  website: url(),
  /** `connection`: only those who accepted a connection see e-mail and phone. */
  contactVisibility: choice('contactVisibility', contactVisibilities),
  sourceText: text(300),
  sourceUrl: url(),
  publishedAt: pastDate(),
  demo: flag(),
});
export type SharedInput = z.infer<typeof sharedSchema>;

/** The schema of an attribute, shared or a kind's own; undefined for a relation. */
export const schemaOf = (kind: Pick<KindDeclaration, 'attributes'>, attribute: string): z.ZodType | undefined =>
  (sharedSchema.shape as Record<string, z.ZodType>)[attribute] ?? kind.attributes.shape[attribute];

/** A kind's own attributes; each value made by a function of attributes.ts. */
export type AttributesSchema = z.ZodObject<Record<string, z.ZodType>>;

/** A named link from one record to others, e.g. an offer's supplier. */
export interface Relation {
  /** Kinds the link may point to, tried in this order when a key is looked up. */
  to: readonly KindCode[];
  many: boolean;
}

export const kindCodes = [
  'enterprise',
  'startup',
  'organisation',
  'expert',
  'trademark',
  'offer',
  'need',
  'achievement',
  'policy',
] as const;
export type KindCode = (typeof kindCodes)[number];

/** A filter of the kind's list. Its values' names are messages `value.<vocabulary>.<value>`. */
export interface Facet<A> {
  key: string;
  vocabulary: string;
  /** The values of one record: none, one or several. */
  valuesOf: (attributes: A) => (string | number | null)[];
  /** In this order instead of by count. */
  order?: readonly string[];
}

/** What JSON-LD needs besides the record. */
export interface JsonLdContext {
  url: string;
  language: Language;
  /** Absolute addresses and names of linked records by relation. */
  links: (relation: string) => { name: string; url: string }[];
}

export interface PublicRecord<A> {
  title: string;
  summary: string;
  keywords: string[];
  website: string | null;
  publishedAt: string;
  updatedAt: string;
  areaNames: string[];
  fieldNames: string[];
  attributes: A;
}

export interface KindDeclaration<S extends AttributesSchema = AttributesSchema> {
  code: KindCode;
  /** First part of the addresses, e.g. `/cong-nghe` and `/en/technology-offers`. */
  route: Record<Language, string>;
  /** Name under /api/v1. */
  api: string;
  attributes: S;
  /** Attributes that identify a record in the outside world, most trustworthy first; a list row must have one. */
  naturalKeys: readonly (keyof z.infer<S> | 'externalId')[];
  relations: Record<string, Relation>;
  facets: Facet<z.infer<S>>[];
  /** Who stands behind a record, shown on its card: a linked record, or else the name in an attribute. */
  provider?: { relation: string; attribute?: keyof z.infer<S> };
  /** What the search finds besides title, summary, body and keywords: `keys` above the summary, `body` below it. */
  searchable: (attributes: z.infer<S>) => { keys: (string | null)[]; body: (string | null)[] };
  /** Choices whose names people search by, e.g. a degree. */
  soughtByName?: readonly (keyof z.infer<S>)[];
  /** Attributes shown on a list card. */
  card: readonly (keyof z.infer<S>)[];
  /** True where a logo, or a person's portrait, stands for the record; the others show their first photo. */
  hasLogo?: true;
  /** A need, or something or somebody that may answer one. */
  isMatched?: true;
  /** True for texts of others, such as laws: they have dates of their own and nobody to be connected to. */
  isDocument?: true;
  /** Attributes on the detail page: groups in order, each named by the message `group.<key>`. */
  sections: Record<string, readonly (keyof z.infer<S>)[]>;
  /** Rules over several attributes; returns the attribute and message key of each broken one. */
  check?: (attributes: z.infer<S>) => { attribute: keyof z.infer<S>; message: string }[];
  jsonLd: (record: PublicRecord<z.infer<S>>, context: JsonLdContext) => WithContext<Thing>;
}

/** Declares a kind, keeping the types of its attributes for its own functions. */
export function defineKind<S extends AttributesSchema>(declaration: KindDeclaration<S>): KindDeclaration<S> {
  return declaration;
}

/** Joins those parts of a list that are given. */
export const present = (values: (string | null | undefined)[]): string[] =>
  values.filter((value) => value != null && value !== '') as string[];
