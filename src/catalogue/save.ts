import { sql } from 'kysely';
import type * as z from 'zod';
import type { Trx } from '../../db/client.ts';
import type { RecordStatus } from '../../db/schema.ts';
import { slugify } from '../../search/text.ts';
import { localDay } from '../i18n/format.ts';
import { type KindDeclaration, type SharedInput, sharedSchema } from './kind.ts';

/** A whole record as forms, imports and revisions hold it: shared attributes, own ones, and linked records' ids. */
export interface RecordInput {
  shared: SharedInput;
  attributes: Record<string, unknown>;
  /** Ids of linked records by relation. */
  links: Record<string, number[]>;
}

export interface InputIssue {
  /** The attribute or relation, as in the schema. */
  attribute: string;
  /** Key of a message, e.g. `error.required`. */
  message: string;
  /** What the message names, e.g. the code that is unknown. */
  value?: string;
}

export type ParsedInput = { ok: true; input: Omit<RecordInput, 'links'> } | { ok: false; issues: InputIssue[] };

const issuesOf = (error: z.ZodError): InputIssue[] =>
  error.issues.map((issue) => ({ attribute: String(issue.path[0] ?? ''), message: issue.message }));

/**
 * Reads a record's attributes from untrusted values (form, CSV row, JSON). Unknown names are ignored: they are the
 * caller's to report. All broken rules are returned together.
 */
export function parseRecord(kind: KindDeclaration, values: Record<string, unknown>): ParsedInput {
  const shared = sharedSchema.safeParse(values);
  const attributes = kind.attributes.safeParse(values);
  const issues = [
    ...(shared.success ? [] : issuesOf(shared.error)),
    ...(attributes.success ? [] : issuesOf(attributes.error)),
    ...(attributes.success ? (kind.check?.(attributes.data) ?? []) : []).map(({ attribute, message }) => ({
      attribute: String(attribute),
      message,
    })),
  ];
  if (!shared.success || !attributes.success || issues.length > 0) return { ok: false, issues };
  return { ok: true, input: { shared: shared.data, attributes: attributes.data } };
}

/** An attribute's value as its column holds it. */
export const toColumn = (value: unknown): string | number | null => {
  if (Array.isArray(value)) return JSON.stringify(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  return (value ?? null) as string | number | null;
};

/**
 * An address that no record of the kind has or had.
 * @param own a record whose present address may be given again
 */
export async function freeSlug(trx: Trx, kind: string, title: string, own = 0): Promise<string> {
  const base = slugify(title);
  // Only `base` itself and `base-` before a digit stand in this range of the index.
  const taken = await trx
    .selectFrom('record')
    .select('slug')
    .where('kind', '=', kind)
    .where('id', '<>', own)
    .where('slug', '>=', base)
    .where('slug', '<', `${base}-:`)
    .union((eb) =>
      eb
        .selectFrom('record_old_slug')
        .select('slug')
        .where('kind', '=', kind)
        .where('slug', '>=', base)
        .where('slug', '<', `${base}-:`),
    )
    .execute();
  const slugs = new Set(taken.map((row) => row.slug));
  if (!slugs.has(base)) return base;
  let n = 2;
  while (slugs.has(`${base}-${n}`)) n += 1;
  return `${base}-${n}`;
}

/** What a record's own row holds of its shared attributes, but for the day of its publication. */
export function recordColumns({ fields: _, areas: __, publishedAt: ___, ...input }: SharedInput) {
  const { keywords, demo, contactVisibility, ...shared } = input;
  return {
    ...shared,
    keywords: JSON.stringify(keywords),
    contactVisibility: contactVisibility ?? ('connection' as const),
    demo: demo ? 1 : 0,
  };
}

/** What the row of its kind holds. */
export const ownColumns = (attributes: Record<string, unknown>): Record<string, string | number | null> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, toColumn(value)]));

/**
 * Writes a new record (`id` undefined) or replaces an existing one, with its fields, areas, own attributes and links,
 * and puts it into the outbox, all in the caller's transaction. The slug is made once and stays.
 * @returns the record's id
 * @throws the database's error when a code or a linked record does not exist, or a natural key is taken
 */
export async function saveRecord(
  trx: Trx,
  kind: KindDeclaration,
  input: RecordInput,
  { id, status = 'published', now = new Date() }: { id?: number | undefined; status?: RecordStatus; now?: Date } = {},
): Promise<number> {
  const { title, fields, areas, publishedAt } = input.shared;
  const at = now.toISOString();
  const columns = { ...recordColumns(input.shared), status, updatedAt: at };
  let recordId: number;
  if (id === undefined) {
    const inserted = await trx
      .insertInto('record')
      .values({
        ...columns,
        kind: kind.code,
        slug: await freeSlug(trx, kind.code, title),
        createdAt: at,
        publishedAt: publishedAt ?? (status === 'published' ? localDay(now) : null),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    recordId = inserted.id;
  } else {
    recordId = id;
    await trx
      .updateTable('record')
      .set((eb) => ({
        ...columns,
        ...(publishedAt ? { publishedAt } : { publishedAt: eb.fn.coalesce('publishedAt', sql.val(localDay(now))) }),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    await trx.deleteFrom('record_field').where('recordId', '=', id).execute();
    await trx.deleteFrom('record_area').where('recordId', '=', id).execute();
    await trx.deleteFrom('record_link').where('fromId', '=', id).execute();
    await trx.deleteFrom(kind.code).where('recordId', '=', id).execute();
  }

  await trx
    .insertInto(kind.code)
    .values({ recordId, ...ownColumns(input.attributes) })
    .execute();
  const unique = (codes: string[]) => [...new Set(codes)];
  if (fields.length > 0) {
    await trx
      .insertInto('record_field')
      .values(unique(fields).map((fieldCode) => ({ recordId, fieldCode })))
      .execute();
  }
  if (areas.length > 0) {
    await trx
      .insertInto('record_area')
      .values(unique(areas).map((areaCode) => ({ recordId, areaCode })))
      .execute();
  }
  const links = Object.entries(input.links).flatMap(([relation, ids]) =>
    [...new Set(ids)].map((toId) => ({ fromId: recordId, relation, toId })),
  );
  if (links.length > 0) await trx.insertInto('record_link').values(links).execute();
  await announceChange(trx, [recordId], now);
  return recordId;
}

/**
 * Tells the search engines, through the outbox, that these records changed in this transaction. Records that name them
 * are told as well: their documents hold the names of what they are linked to.
 */
export async function announceChange(trx: Trx, recordIds: number[], now = new Date()): Promise<void> {
  if (recordIds.length === 0) return;
  const linked = await trx.selectFrom('record_link').select('fromId').where('toId', 'in', recordIds).execute();
  const ids = new Set([...recordIds, ...linked.map((link) => link.fromId)]);
  await trx
    .insertInto('outbox')
    .values([...ids].map((recordId) => ({ recordId, createdAt: now.toISOString() })))
    .execute();
}

/**
 * Moves a record to another status (the state machine is the caller's rule) and announces it, so that it appears in
 * or leaves lists and search.
 */
export async function setStatus(trx: Trx, id: number, status: RecordStatus, now = new Date()): Promise<void> {
  await trx
    .updateTable('record')
    .set((eb) => ({ status, updatedAt: now.toISOString(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
  await announceChange(trx, [id], now);
}
