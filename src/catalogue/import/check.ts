import { setImmediate as breathe } from 'node:timers/promises';
import type * as z from 'zod';
import type { Db } from '../../../db/client.ts';
import type { RecordStatus } from '../../../db/schema.ts';
import { type AttributeMeta, list, metaOf } from '../attributes.ts';
import { type KindDeclaration, sharedSchema } from '../kind.ts';
import { parseRecord, type RecordInput } from '../save.ts';
import { areasNamed, loadVocabulary, type Vocabulary } from '../vocabulary.ts';
import { type ExistingRecord, findByKey, keyText, loadExisting, loadKeys, naturalKeysOf } from './existing.ts';
import { attributeOfHeader } from './headers.ts';
import type { ImportError, ImportProgress, ImportReport } from './report.ts';
import type { Cell, Table } from './table.ts';

/** A record as the import will write it. */
export interface PlannedWrite {
  id: number | undefined;
  status: RecordStatus;
  input: RecordInput;
}

const maxErrors = 1000;
/** Rows whose records are looked up together. */
const rowsPerChunk = 500;
const maxValueShown = 80;
const failedFormula = /^#(?:N\/A|DIV\/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/;
/** «Thành phố Hải Phòng» is listed as «Hải Phòng». */
const areaType = /^(?:tỉnh|thành phố|tp\.?)\s+/iu;
const keyList = list(500);

/** Reports one thing that is wrong with a row. */
type Fail = (attribute: string, message: string, detail?: string) => void;

type Row = Table['rows'][number];

interface NaturalKey {
  /** The attribute. */
  key: string;
  value: string;
}

/** What would be right, for messages that say so. */
const allowedBy = ({ values, range }: AttributeMeta, message: string): string | undefined =>
  message === 'error.range' ? range?.map((end) => end.toLocaleString('vi')).join(' – ') : values?.join(', ');

const schemaOf = (kind: KindDeclaration, attribute: string): z.ZodType | undefined =>
  (sharedSchema.shape as Record<string, z.ZodType>)[attribute] ?? kind.attributes.shape[attribute];

/** A cell as the attribute's schema reads it: spreadsheets make numbers and booleans of what is text to us. */
function cellValue(cell: Cell, meta: AttributeMeta | undefined): unknown {
  if (typeof cell === 'string') return cell.trim();
  if (typeof cell === 'boolean') return meta?.type === 'flag' ? cell : String(cell);
  if (typeof cell === 'number')
    return ['integer', 'money', 'date', 'flag'].includes(meta?.type ?? '') ? cell : String(cell);
  return '';
}

/** Everything that checking one file needs to remember. */
interface Context {
  kind: KindDeclaration;
  vocabulary: Vocabulary;
  /** Column by attribute or relation. */
  columns: Map<string, string>;
  /** Ids by natural key for each relation that has a column. */
  linkKeys: Map<string, Map<string, number>>;
  /** Area codes by the name in a cell. */
  areaCodes: Map<string, string[]>;
  /** The line on which each key or record came first. */
  firstLines: Map<string, number>;
}

/** Finds out which column is which attribute; empty columns and those that start with `_` are left aside. */
function readColumns(kind: KindDeclaration, table: Table): { columns: Map<string, string>; errors: ImportError[] } {
  const columns = new Map<string, string>();
  const errors: ImportError[] = [];
  for (const header of table.header) {
    if (header.startsWith('_')) continue;
    const attribute = attributeOfHeader(kind, header);
    const error = { line: table.headerLine, column: header, value: header };
    if (!attribute) {
      if (table.rows.some((row) => row.cells[header] !== null))
        errors.push({ ...error, message: 'error.unknownColumn' });
    } else if (columns.has(attribute)) {
      errors.push({ ...error, message: 'error.duplicateColumn', detail: columns.get(attribute) });
    } else {
      columns.set(attribute, header);
    }
  }
  return { columns, errors };
}

/** The row's natural keys, most trustworthy first; a value that breaks its own rule is reported with the others. */
function keysOf({ kind, columns }: Context, row: Row): NaturalKey[] {
  return naturalKeysOf(kind).flatMap((key) => {
    const schema = schemaOf(kind, key);
    const column = columns.get(key);
    if (!schema || !column) return [];
    const parsed = schema.safeParse(cellValue(row.cells[column], metaOf(schema)));
    return parsed.success && parsed.data ? [{ key, value: String(parsed.data) }] : [];
  });
}

function checkCodes(terms: Map<string, unknown>, attribute: string, codes: string[], fail: Fail): void {
  for (const code of codes) if (!terms.has(code)) fail(attribute, 'error.unknownCode', code);
}

/** Area codes from codes and names, of today or former. */
function resolveAreas({ vocabulary, areaCodes }: Context, names: string[], fail: Fail): string[] {
  return names.flatMap((name) => {
    const known = vocabulary.areas.get(name);
    if (known) return [known.mergedInto ?? name];
    let codes = areaCodes.get(name);
    if (!codes) {
      codes = areasNamed(vocabulary.areas, name);
      if (codes.length === 0) codes = areasNamed(vocabulary.areas, name.replace(areaType, ''));
      areaCodes.set(name, codes);
    }
    if (codes.length === 0) fail('areas', 'error.unknownArea', name);
    if (codes.length > 1) fail('areas', 'error.ambiguousArea', codes.join(', '));
    return codes.slice(0, 1);
  });
}

/** The row's links, over those that the record has already. */
function resolveLinks(
  { kind, columns, linkKeys }: Context,
  row: Row,
  existing: ExistingRecord | undefined,
  fail: Fail,
): Record<string, number[]> {
  const links = { ...existing?.links };
  for (const [relation, ids] of linkKeys) {
    const keys = keyList.safeParse(cellValue(row.cells[columns.get(relation) ?? ''], undefined)).data ?? [];
    if (keys.length > 1 && !kind.relations[relation].many) fail(relation, 'error.oneOnly');
    links[relation] = keys.flatMap((key) => {
      const id = ids.get(key);
      if (id === undefined) fail(relation, 'error.unknownLink', key);
      return id ?? [];
    });
  }
  return links;
}

const sortedUnique = <T extends string | number>(values: T[] = []): T[] =>
  [...new Set(values)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

/** A record in the one form in which equal records are equal texts. */
const canonical = (kind: KindDeclaration, { shared, attributes, links }: RecordInput): string =>
  JSON.stringify([
    {
      ...shared,
      contactVisibility: shared.contactVisibility ?? 'connection',
      fields: sortedUnique(shared.fields),
      areas: sortedUnique(shared.areas),
    },
    attributes,
    Object.keys(kind.relations).map((relation) => sortedUnique(links[relation])),
  ]);

/** What a row means for the catalogue; undefined when it leaves the record as it is, or when it has failed. */
function planRow(
  context: Context,
  row: Row,
  existing: ExistingRecord | undefined,
  fail: Fail,
): PlannedWrite | undefined {
  const { kind, columns, vocabulary } = context;
  const values: Record<string, unknown> = { ...existing?.values };
  let formulasFailed = false;
  for (const [attribute, column] of columns) {
    const cell = row.cells[column];
    if (typeof cell === 'string' && failedFormula.test(cell)) {
      fail(attribute, 'error.formula');
      formulasFailed = true;
    }
    const schema = schemaOf(kind, attribute);
    if (schema) values[attribute] = cellValue(cell, metaOf(schema));
  }
  if (formulasFailed) return undefined;
  values.publishedAt ||= existing?.publishedAt;
  const parsed = parseRecord(kind, values);
  const links = resolveLinks(context, row, existing, fail);
  if (!parsed.ok) {
    for (const { attribute, message, value } of parsed.issues) {
      const schema = schemaOf(kind, attribute);
      fail(attribute, message, value ?? (schema && allowedBy(metaOf(schema), message)));
    }
    return undefined;
  }
  const { shared, attributes } = parsed.input;
  checkCodes(vocabulary.fields, 'fields', shared.fields, fail);
  if (typeof attributes.vsic === 'string') checkCodes(vocabulary.vsic, 'vsic', [attributes.vsic], fail);
  const input = { shared: { ...shared, areas: resolveAreas(context, shared.areas, fail) }, attributes, links };
  const before = existing && parseRecord(kind, existing.values);
  if (before?.ok && canonical(kind, { ...before.input, links: existing?.links ?? {} }) === canonical(kind, input)) {
    return undefined;
  }
  return { id: existing?.id, status: existing?.status ?? 'published', input };
}

/** The records that these keys name, and their ids by `keyText`. */
async function recordsOf(db: Db, kind: KindDeclaration, keys: NaturalKey[]) {
  const ids = new Map<string, number>();
  for (const [key, ofKey] of Map.groupBy(keys, (one) => one.key)) {
    const values = sortedUnique(ofKey.map((one) => one.value));
    for (const [text, id] of await findByKey(db, kind, key, values)) ids.set(text, id);
  }
  return { ids, existing: await loadExisting(db, kind, sortedUnique([...ids.values()])) };
}

/**
 * Reports a row that has no key, whose keys name different records, or that names what an earlier row named.
 * @param recordIds the records that its keys name
 */
function checkKeys(context: Context, row: Row, keys: NaturalKey[], recordIds: number[], fail: Fail): void {
  const { kind, columns, firstLines } = context;
  const names = naturalKeysOf(kind);
  if (keys.length === 0) {
    // A key that is there but malformed is reported as such.
    const isBlank = names.every((name) => (row.cells[columns.get(name) ?? ''] ?? null) === null);
    if (isBlank) fail(names[0], 'error.noKey', names.join(', '));
    return;
  }
  if (recordIds.length > 1) fail(keys[0].key, 'error.keyConflict', keys.map(({ value }) => value).join(', '));
  const claims = [
    ...keys.map(({ key, value }) => ({ key, text: keyText(key, value) })),
    ...recordIds.map((id) => ({ key: keys[0].key, text: keyText('record', id) })),
  ];
  const taken = claims.find(({ text }) => firstLines.has(text));
  if (taken) fail(taken.key, 'error.duplicateKey', String(firstLines.get(taken.text)));
  else for (const { text } of claims) firstLines.set(text, row.line);
}

/** Notes errors of one row in the report. */
function failIn(report: ImportReport, { columns }: Context, row: Row): Fail {
  return (attribute, message, detail) => {
    report.errorCount += 1;
    if (report.errors.length >= maxErrors) return;
    const column = columns.get(attribute);
    const value = String((column && row.cells[column]) ?? '');
    const shown = value.length > maxValueShown ? `${value.slice(0, maxValueShown)}…` : value;
    report.errors.push({
      line: row.line,
      column: column ?? attribute,
      message,
      value: shown,
      ...(detail && { detail }),
    });
  };
}

async function prepare(db: Db, kind: KindDeclaration, columns: Map<string, string>): Promise<Context> {
  const linkKeys = new Map<string, Map<string, number>>();
  for (const [relation, { to }] of Object.entries(kind.relations)) {
    if (columns.has(relation)) linkKeys.set(relation, await loadKeys(db, to));
  }
  return { kind, columns, vocabulary: await loadVocabulary(db), linkKeys, areaCodes: new Map(), firstLines: new Map() };
}

/**
 * Reads every row of a table against its kind's rules, the classifications and the catalogue, without writing.
 * @returns what an import would do, and the writes that do it
 */
export async function checkTable(
  db: Db,
  kind: KindDeclaration,
  table: Table,
  onProgress: (progress: ImportProgress) => void,
): Promise<{ report: ImportReport; writes: PlannedWrite[] }> {
  const { columns, errors } = readColumns(kind, table);
  const context = await prepare(db, kind, columns);
  const total = table.rows.length;
  const unknownColumns = errors.filter((error) => error.message === 'error.unknownColumn').map((error) => error.column);
  const report: ImportReport = {
    total,
    created: 0,
    updated: 0,
    unchanged: 0,
    errors,
    errorCount: errors.length,
    unknownColumns,
  };
  const writes: PlannedWrite[] = [];
  for (let start = 0; start < total; start += rowsPerChunk) {
    const rows = table.rows.slice(start, start + rowsPerChunk);
    const keys = rows.map((row) => keysOf(context, row));
    const { ids, existing } = await recordsOf(db, kind, keys.flat());
    for (const [index, row] of rows.entries()) {
      const errorsBefore = report.errorCount;
      const fail = failIn(report, context, row);
      const recordIds = sortedUnique(keys[index].flatMap(({ key, value }) => ids.get(keyText(key, value)) ?? []));
      checkKeys(context, row, keys[index], recordIds, fail);
      const write = planRow(context, row, existing.get(recordIds[0]), fail);
      if (report.errorCount > errorsBefore) continue;
      if (!write) report.unchanged += 1;
      else report[write.id === undefined ? 'created' : 'updated'] += 1;
      if (write) writes.push(write);
    }
    onProgress({ phase: 'check', done: start + rows.length, total });
    await breathe();
  }
  return { report, writes };
}
