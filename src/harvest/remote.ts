import * as z from 'zod';
import { metaOf } from '../catalogue/attributes.ts';
import { naturalKeysOf } from '../catalogue/import/existing.ts';
import { attributeOfHeader } from '../catalogue/import/headers.ts';
import { readTable } from '../catalogue/import/read-table.ts';
import { UnreadableFile } from '../catalogue/import/table.ts';
import { type KindCode, type KindDeclaration, sharedSchema } from '../catalogue/kind.ts';
import { isKindCode, kinds } from '../catalogue/kinds/index.ts';
import { withoutGuard } from '../lib/csv.ts';
import { fetchSafely } from './fetch.ts';
import { HarvestProblem } from './problem.ts';

/** A record as its source has it now, before anything of it is believed. */
export interface RemoteItem {
  remoteId: string;
  kind: KindCode;
  /** Its page there. */
  url: string | null;
  /** Where it was written first: there, unless the source has taken it over itself. */
  originCatalogue: string | null;
  originId: string;
  /** Undefined when it is no longer public there. */
  values: Record<string, unknown> | undefined;
  /** Names of linked records there by relation, and by what name they are known. */
  links: { relation: string; id: string; title: string }[];
}

/** A piece of what a source has, with the place to go on from. */
export interface RemotePage {
  catalogue: string | null;
  items: RemoteItem[];
  cursor: string | null;
  more: boolean;
  /** The items are all there is: what is not among them is gone. */
  isWhole: boolean;
}

const id = z.string().min(1).max(300);
const nullable = z.string().max(2000).nullish();
const link = z.object({ relation: z.string(), id, title: z.string().max(500) });
const shared = z.looseObject({
  url: nullable,
  contact: z.looseObject({}).nullish(),
  source: z.looseObject({ text: nullable }).nullish(),
  attributes: z.record(z.string(), z.unknown()),
  links: z.array(link).max(500).catch([]),
});
/** Looser than what we answer ourselves: a newer or older catalogue may say more or less; the kind's schema decides. */
const pageSchema = z.object({
  catalogue: id,
  items: z
    .array(
      z.object({
        id,
        kind: z.string(),
        status: z.enum(['public', 'gone']),
        origin: z.object({ catalogue: id.nullable(), id }).nullish(),
        record: shared.optional(),
      }),
    )
    .max(1000),
  next: z.string().max(1000),
  more: z.boolean(),
});

const webAddress = (text: unknown): string | null =>
  typeof text === 'string' && text.length <= 500 && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null;

/** What a whole record of the API says, by attribute as a form has them. */
function valuesOfRecord({ contact, source, attributes, ...record }: z.infer<typeof shared>): Record<string, unknown> {
  const { email, phone, name, website } = (contact ?? {}) as Record<string, unknown>;
  return {
    ...record,
    ...attributes,
    contactName: name,
    contactEmail: email,
    contactPhone: phone,
    website,
    // What is shown to everybody there may be shown here.
    contactVisibility: email || phone ? 'public' : 'connection',
    sourceText: source?.text,
  };
}

/** One page of another catalogue's changes. */
async function readApi(
  address: string,
  wanted: KindCode[],
  cursor: string | null,
  allowPrivate: boolean,
): Promise<RemotePage | 'gone'> {
  const url = new URL(address);
  url.searchParams.set('limit', '100');
  for (const kind of wanted) url.searchParams.append('kind', kind);
  if (cursor) url.searchParams.set('cursor', cursor);
  const { status, body } = await fetchSafely(url.href, ['application/json'], allowPrivate);
  if (status === 410 && cursor) return 'gone';
  if (status !== 200) throw new HarvestProblem('harvest.problem.status', { status: String(status) });
  let answer: unknown;
  try {
    answer = JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new HarvestProblem('harvest.problem.answer', {}, error);
  }
  const page = pageSchema.safeParse(answer);
  if (!page.success) throw new HarvestProblem('harvest.problem.answer', {}, page.error);
  const { catalogue, items, next, more } = page.data;
  // A server that always has more but never moves on would keep us busy for good.
  if (more && next === cursor) throw new HarvestProblem('harvest.problem.answer');
  return {
    catalogue,
    cursor: next,
    more,
    isWhole: false,
    items: items.flatMap(({ id: remoteId, kind, status: state, origin, record }) =>
      isKindCode(kind) && wanted.includes(kind)
        ? [
            {
              remoteId,
              kind,
              url: webAddress(record?.url),
              originCatalogue: origin ? origin.catalogue : catalogue,
              originId: origin?.id ?? remoteId,
              values: state === 'public' && record ? valuesOfRecord(record) : undefined,
              links: record?.links ?? [],
            },
          ]
        : [],
    ),
  };
}

const fileTypes = [
  'text/csv',
  'text/plain',
  'application/csv',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];

/** A file's rows: columns are named as in an import; `id` and `url`, as our own open data has them, name a record. */
async function readFile(
  source: { id: number; url: string },
  kind: KindDeclaration,
  allowPrivate: boolean,
): Promise<RemotePage> {
  const { status, body } = await fetchSafely(source.url, fileTypes, allowPrivate);
  if (status !== 200) throw new HarvestProblem('harvest.problem.status', { status: String(status) });
  const table = await readTable(body).catch((error: unknown) => {
    throw error instanceof UnreadableFile ? new HarvestProblem('harvest.problem.file', {}, error) : error;
  });
  const columns = new Map(table.header.map((header) => [header, attributeOfHeader(kind, header)]));
  const named = (name: string) => table.header.find((header) => header.trim().toLowerCase() === name);
  const [idColumn, urlColumn] = [named('id'), named('url')];
  const items = table.rows.flatMap(({ cells }): RemoteItem[] => {
    const values: Record<string, unknown> = {};
    for (const [header, attribute] of columns) {
      if (!attribute || attribute in kind.relations) continue;
      const cell = cells[header];
      const schema = (sharedSchema.shape as Record<string, z.ZodType>)[attribute] ?? kind.attributes.shape[attribute];
      const isNumber = ['integer', 'money', 'flag', 'date'].includes(metaOf(schema).type);
      values[attribute] =
        typeof cell === 'string' ? withoutGuard(cell) : isNumber ? cell : cell === null ? null : String(cell);
    }
    const key = naturalKeysOf(kind).find((name) => values[name] != null && values[name] !== '');
    const remoteId = idColumn && cells[idColumn] ? String(cells[idColumn]) : key && `${key}=${values[key]}`;
    if (!remoteId || remoteId.length > 300) return [];
    return [
      {
        remoteId,
        kind: kind.code,
        url: urlColumn ? webAddress(cells[urlColumn]) : null,
        originCatalogue: null,
        originId: remoteId.startsWith('urn:') ? remoteId : `source:${source.id}:${remoteId}`,
        values,
        links: [],
      },
    ];
  });
  // A file without a single record that has a name is a wrong file, not one whose records have all been withdrawn.
  if (items.length === 0) throw new HarvestProblem('harvest.problem.noKey');
  return { catalogue: null, items, cursor: null, more: false, isWhole: true };
}

/**
 * Reads the next piece of a source.
 * @returns `gone` when the cursor is of no use any more: the source must be read from the beginning
 * @throws HarvestProblem
 */
export function readRemote(
  source: { id: number; url: string; format: 'api' | 'csv'; kinds: KindCode[]; cursor: string | null },
  allowPrivate: boolean,
): Promise<RemotePage | 'gone'> {
  return source.format === 'api'
    ? readApi(source.url, source.kinds, source.cursor, allowPrivate)
    : readFile(source, kinds[source.kinds[0]], allowPrivate);
}
