import * as z from 'zod';
import { localDay } from '../i18n/format.ts';

/**
 * The types of attribute a kind is declared with. Each is a zod schema that reads a form field, a CSV cell or a JSON
 * value alike (an empty string means «not given»), with metadata that import, pages, search and the API read.
 * Messages are keys of the catalogue in `src/i18n`, resolved in the reader's language.
 */
export type AttributeType =
  | 'text'
  | 'longText'
  | 'list'
  | 'choice'
  | 'choices'
  | 'codes'
  | 'integer'
  | 'money'
  | 'date'
  | 'flag'
  | 'url'
  | 'email';

export interface AttributeMeta {
  type: AttributeType;
  /** For `choice` and `choices`: the values, whose names are in the messages as `value.<vocabulary>.<value>`. */
  values?: readonly string[];
  /** Names the messages of the values; several attributes may share one vocabulary. */
  vocabulary?: string;
  /** Smallest and largest number. */
  range?: readonly [min: number, max: number];
  /** A number that names something, such as a year: written without separators. */
  isName?: boolean;
  /** The attribute with the upper end of a range whose lower end this one is; together they are one fact. */
  upperEnd?: string;
  /** Left out where this other attribute is given: it says the same and more. */
  saidBy?: string;
}

/** Metadata of attributes, apart from zod's own, which describes JSON. */
export const attributeMeta = z.registry<AttributeMeta>();

const blankAsNull = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? null : value);
const trimmed = (value: unknown) => (typeof value === 'string' ? value.normalize('NFC').trim() || null : value);
const splitList = (value: unknown) => {
  if (value == null || value === '') return [];
  // A spreadsheet's cell with one number in it.
  if (typeof value === 'number') return [String(value)];
  // A bar is unmistakable; without one, semicolons and line breaks separate.
  const items = typeof value === 'string' ? value.split(value.includes('|') ? '|' : /[;\n]/) : value;
  return Array.isArray(items)
    ? items
        .map((item) => (typeof item === 'string' ? item.normalize('NFC').trim() : item))
        .filter((item) => item !== '')
    : items;
};

/** One code of a fixed form that a vocabulary names, such as a country's. */
export const code = (pattern: RegExp, vocabulary: string) =>
  z
    .preprocess(trimmed, z.string('error.text').regex(pattern, 'error.code').nullable())
    .default(null)
    .register(attributeMeta, { type: 'text', vocabulary });

/** One line of text. */
export const text = (max = 300, pattern?: RegExp, patternMessage = 'error.format') => {
  const base = z.string('error.text').max(max, 'error.tooLong');
  return z
    .preprocess(trimmed, (pattern ? base.regex(pattern, patternMessage) : base).nullable())
    .default(null)
    .register(attributeMeta, { type: 'text' });
};

/** Paragraphs in limited Markdown. */
export const longText = (max = 10_000) =>
  z
    .preprocess(trimmed, z.string('error.text').max(max, 'error.tooLong').nullable())
    .default(null)
    .register(attributeMeta, { type: 'longText' });

/** Several short texts; in a cell separated by `|`, `;` or a line break. */
export const list = (max = 30) =>
  z
    .preprocess(
      splitList,
      z.array(z.string('error.text').max(400, 'error.tooLong'), 'error.text').max(max, 'error.tooMany'),
    )
    .default([])
    .register(attributeMeta, { type: 'list' });

/** Several codes of a fixed form (country, language, Nice class). */
export const codes = (pattern: RegExp, vocabulary: string) =>
  z
    .preprocess(
      splitList,
      z.array(z.coerce.string().regex(pattern, 'error.code'), 'error.text').max(50, 'error.tooMany'),
    )
    .default([])
    .register(attributeMeta, { type: 'codes', vocabulary });

/** One of the values. */
export const choice = <const V extends readonly [string, ...string[]]>(
  vocabulary: string,
  values: V,
  more: Pick<AttributeMeta, 'saidBy'> = {},
) =>
  z
    .preprocess(blankAsNull, z.enum(values, 'error.choice').nullable())
    .default(null)
    .register(attributeMeta, { type: 'choice', values, vocabulary, ...more });

/** Any of the values. */
export const choices = <const V extends readonly [string, ...string[]]>(vocabulary: string, values: V) =>
  z
    .preprocess(splitList, z.array(z.enum(values, 'error.choice'), 'error.choice').max(values.length, 'error.tooMany'))
    .default([])
    .register(attributeMeta, { type: 'choices', values, vocabulary });

const maxVnd = 1e15;

const asNumber = (value: unknown) => {
  if (typeof value !== 'string') return value;
  const digits = value.replace(/[\s.,_](?=\d{3}(?:\D|$))/g, '').trim();
  if (digits === '') return null;
  return /^-?\d+$/.test(digits) ? Number(digits) : value;
};

/** A whole number between two bounds, both allowed. */
export const integer = (min: number, max: number, more: Pick<AttributeMeta, 'vocabulary' | 'isName'> = {}) =>
  z
    .preprocess(
      asNumber,
      z.number('error.integer').int('error.integer').min(min, 'error.range').max(max, 'error.range').nullable(),
    )
    .default(null)
    .register(attributeMeta, { type: 'integer', range: [min, max], ...more });

/** A technology readiness level, 1 to 9. */
export const trl = () => integer(1, 9, { vocabulary: 'trl' });

export const year = (min: number, max: number) => integer(min, max, { isName: true });

/** An amount in VND; `1.200.000` is read as a Vietnamese writes it. */
export const money = (more: Pick<AttributeMeta, 'upperEnd'> = {}) =>
  z
    .preprocess(
      asNumber,
      z.number('error.integer').int('error.integer').min(0, 'error.range').max(maxVnd, 'error.range').nullable(),
    )
    .default(null)
    .register(attributeMeta, { type: 'money', range: [0, maxVnd], ...more });

const asIsoDate = (value: unknown) => {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString().slice(0, 10);
  if (typeof value !== 'string') return value;
  const vietnamese = value.trim().match(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/);
  if (vietnamese) return `${vietnamese[3]}-${vietnamese[2].padStart(2, '0')}-${vietnamese[1].padStart(2, '0')}`;
  return value.trim() || null;
};

/** A calendar day; `31/12/2026` and `2026-12-31` are read alike. Stored as ISO 8601. */
export const date = () =>
  z.preprocess(asIsoDate, z.iso.date('error.date').nullable()).default(null).register(attributeMeta, { type: 'date' });

/** A calendar day that is not after today. */
export const pastDate = () =>
  z
    .preprocess(
      asIsoDate,
      z.iso
        .date('error.date')
        .refine((day) => day <= localDay(Date.now()), 'error.future')
        .nullable(),
    )
    .default(null)
    .register(attributeMeta, { type: 'date' });

const yes = new Set(['1', 'true', 'có', 'co', 'x', 'yes', 'on']);
const no = new Set(['0', 'false', 'không', 'khong', 'no', '']);
const asFlag = (value: unknown) => {
  if (value == null) return false;
  if (value === 1 || value === 0) return value === 1;
  if (typeof value !== 'string') return value;
  const word = value.trim().toLowerCase();
  return yes.has(word) ? true : no.has(word) ? false : value;
};

/** Yes or no. */
export const flag = () =>
  z.preprocess(asFlag, z.boolean('error.flag')).default(false).register(attributeMeta, { type: 'flag' });

/** An http or https address. */
export const url = () =>
  z
    .preprocess(
      trimmed,
      z
        .url({ protocol: /^https?$/, error: 'error.url' })
        .max(500, 'error.tooLong')
        .nullable(),
    )
    .default(null)
    .register(attributeMeta, { type: 'url' });

export const email = () =>
  z
    .preprocess(trimmed, z.email('error.email').max(254, 'error.tooLong').nullable())
    .default(null)
    .register(attributeMeta, { type: 'email' });

/** The metadata of an attribute made by one of the functions above. */
export function metaOf(schema: z.ZodType): AttributeMeta {
  const meta = attributeMeta.get(schema);
  if (!meta) throw new Error('An attribute must be made by one of the functions in attributes.ts');
  return meta;
}
