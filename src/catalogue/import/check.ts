import { setImmediate as breathe } from 'node:timers/promises';
import type { Db } from '../../../db/client.ts';
import { fold } from '../../../search/text.ts';
import { withoutGuard } from '../../lib/csv.ts';
import { distinctWords } from '../../moderation/duplicates.ts';
import { openRevisionStates } from '../../moderation/states.ts';
import { parseRecordPath } from '../address.ts';
import { type AttributeMeta, list, metaOf } from '../attributes.ts';
import { type KindDeclaration, schemaOf } from '../kind.ts';
import { hiddenOfAnonymous } from '../read.ts';
import { parseRecord, type RecordInput } from '../save.ts';
import { choiceName } from '../value-name.ts';
import { areasNamed, loadVocabulary, namesakes, type Vocabulary } from '../vocabulary.ts';
import {
  addressKey,
  type ExistingRecord,
  findByKey,
  keyText,
  loadExisting,
  loadKeys,
  naturalKeysOf,
} from './existing.ts';
import { addressColumn, attributeOfHeader } from './headers.ts';
import type { ImportError, ImportProgress, ImportReport, LikelyDuplicate } from './report.ts';
import type { Cell, Table, TableRow } from './table.ts';
import type { ImportMode } from './write.ts';

/** A row as the import will write it. */
export interface PlannedWrite {
  input: RecordInput;
  /** The record as it is now; undefined for a new one. */
  existing: ExistingRecord | undefined;
}

export interface CheckOptions {
  /** Attribute by column header, empty for one to leave aside; without it the headers say what they are. */
  columns?: Record<string, string> | undefined;
  mode?: ImportMode;
  onProgress?: (progress: ImportProgress) => void;
}

const maxErrors = 1000;
/** Rows whose records are looked up together. */
const rowsPerChunk = 500;
const maxValueShown = 80;
const failedFormula = /^#(?:N\/A|DIV\/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/;
/** «Thành phố Hải Phòng» is listed as «Hải Phòng». */
const areaType = /^(?:tỉnh|thành phố|tp\.?)\s+/iu;
const keyList = list(500);
const splitList = (text: string): string[] => keyList.parse(text);
const maxDuplicates = 100;

/** Reports one thing that is wrong with a row. */
type Fail = (attribute: string, message: string, detail?: string) => void;

interface NaturalKey {
  /** The attribute. */
  key: string;
  value: string;
}

/** What would be right, for messages that say so. */
const allowedBy = ({ values, range }: AttributeMeta, message: string): string | undefined =>
  message === 'error.range' ? range?.map((end) => end.toLocaleString('vi')).join(' – ') : values?.join(', ');

const codesByVocabulary = new Map<string, Map<string, string>>();

/** The values of a choice by their folded names in both languages, as an exported list has them. */
function codesByName(meta: AttributeMeta): Map<string, string> {
  const { vocabulary = '', values = [] } = meta;
  let codes = codesByVocabulary.get(vocabulary);
  if (!codes) {
    codes = new Map();
    for (const value of values) {
      for (const language of ['vi', 'en'] as const) codes.set(fold(choiceName(meta, value, language)), value);
    }
    codesByVocabulary.set(vocabulary, codes);
  }
  return codes;
}

/** A cell as the attribute's schema reads it: spreadsheets make numbers and booleans of what is text to us. */
function cellValue(cell: Cell, meta: AttributeMeta | undefined): unknown {
  if (typeof cell === 'string') {
    const text = withoutGuard(cell.trim());
    if (!meta?.values || meta.values.includes(text)) return text;
    const codes = codesByName(meta);
    if (meta.type === 'choice') return codes.get(fold(text)) ?? text;
    return meta.type === 'choices' ? splitList(text).map((one) => codes.get(fold(one)) ?? one) : text;
  }
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
  /** Field codes by the name in a cell. */
  fieldCodes: Map<string, string>;
  /** The line on which each key or record came first. */
  firstLines: Map<string, number>;
  mode: ImportMode;
}

/** Finds out which column is which attribute; empty columns and those that start with `_` are left aside. */
function readColumns(
  kind: KindDeclaration,
  table: Table,
  chosen: CheckOptions['columns'],
): { columns: Map<string, string>; errors: ImportError[] } {
  const columns = new Map<string, string>();
  const errors: ImportError[] = [];
  for (const header of table.header) {
    const attribute = chosen?.[header] ?? attributeOfHeader(kind, header);
    if (attribute === '') continue;
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

/** The row's natural keys and its record's address, most trustworthy first; a value that breaks its own rule is reported with the others. */
function keysOf({ kind, columns }: Context, row: TableRow): NaturalKey[] {
  const address = parseRecordPath(String(row.cells[columns.get(addressColumn) ?? ''] ?? ''));
  const byAddress = address?.kind === kind.code ? [{ key: 'slug', value: address.slug }] : [];
  const natural = naturalKeysOf(kind).flatMap((key) => {
    const schema = schemaOf(kind, key);
    const column = columns.get(key);
    if (!schema || !column) return [];
    const parsed = schema.safeParse(cellValue(row.cells[column], metaOf(schema)));
    return parsed.success && parsed.data ? [{ key, value: String(parsed.data) }] : [];
  });
  return [...natural, ...byAddress];
}

/** Field codes from codes and names; what is neither stays as it is. */
const resolveFields = ({ vocabulary, fieldCodes }: Context, names: string[]): string[] =>
  names.map((name) => {
    if (vocabulary.fields.has(name)) return name;
    let code = fieldCodes.get(name);
    if (code === undefined) {
      const codes = namesakes(vocabulary.fields, name);
      code = codes.length === 1 ? codes[0] : name;
      fieldCodes.set(name, code);
    }
    return code;
  });

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
  row: TableRow,
  existing: ExistingRecord | undefined,
  hidden: readonly string[],
  fail: Fail,
): Record<string, number[]> {
  const links = { ...existing?.links };
  for (const [relation, ids] of linkKeys) {
    if (hidden.includes(relation)) continue;
    const keys = keyList.safeParse(cellValue(row.cells[columns.get(relation) ?? ''], undefined)).data ?? [];
    if (keys.length > 1 && !kind.relations[relation].many) fail(relation, 'error.oneOnly');
    links[relation] = keys.flatMap((key) => {
      const address = parseRecordPath(key);
      const id = ids.get(address ? addressKey(address.kind, address.slug) : key);
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
  row: TableRow,
  existing: ExistingRecord | undefined,
  fail: Fail,
): PlannedWrite | undefined {
  const { kind, columns, vocabulary } = context;
  const values: Record<string, unknown> = { ...existing?.values };
  // A list that was exported for everybody lacks what an anonymous need hides: it says nothing about it.
  const hidden = existing?.values.anonymous === 1 && columns.has(addressColumn) ? hiddenOfAnonymous : [];
  let isUnreadable = false;
  for (const [attribute, column] of columns) {
    if (hidden.includes(attribute)) continue;
    const cell = row.cells[column];
    const flaw = row.flaws?.[column] ?? (failedFormula.test(String(cell)) ? 'error.formula' : undefined);
    if (flaw) {
      fail(attribute, flaw);
      isUnreadable = true;
    }
    const schema = schemaOf(kind, attribute);
    if (schema) values[attribute] = cellValue(cell, metaOf(schema));
  }
  if (isUnreadable) return undefined;
  values.publishedAt ||= existing?.publishedAt;
  const parsed = parseRecord(kind, values);
  const links = resolveLinks(context, row, existing, hidden, fail);
  if (!parsed.ok) {
    for (const { attribute, message, value } of parsed.issues) {
      const schema = schemaOf(kind, attribute);
      fail(attribute, message, value ?? (schema && allowedBy(metaOf(schema), message)));
    }
    return undefined;
  }
  const { attributes } = parsed.input;
  const shared = { ...parsed.input.shared, fields: resolveFields(context, parsed.input.shared.fields) };
  checkCodes(vocabulary.fields, 'fields', shared.fields, fail);
  if (typeof attributes.vsic === 'string') checkCodes(vocabulary.vsic, 'vsic', [attributes.vsic], fail);
  const input = { shared: { ...shared, areas: resolveAreas(context, shared.areas, fail) }, attributes, links };
  const before = existing && parseRecord(kind, existing.values);
  if (before?.ok && canonical(kind, { ...before.input, links: existing?.links ?? {} }) === canonical(kind, input)) {
    return undefined;
  }
  return { existing, input };
}

/** The records that these keys name, their ids by `keyText`, and which of them somebody is changing. */
async function recordsOf(db: Db, { kind, mode }: Context, keys: NaturalKey[]) {
  const ids = new Map<string, number>();
  for (const [key, ofKey] of Map.groupBy(keys, (one) => one.key)) {
    const values = sortedUnique(ofKey.map((one) => one.value));
    for (const [text, id] of await findByKey(db, kind, key, values)) ids.set(text, id);
  }
  const recordIds = sortedUnique([...ids.values()]);
  const open =
    mode === 'review' && recordIds.length > 0
      ? await db
          .selectFrom('revision')
          .select('recordId')
          .where('recordId', 'in', recordIds)
          .where('state', 'in', openRevisionStates)
          .execute()
      : [];
  return {
    ids,
    existing: await loadExisting(db, kind, recordIds),
    inWork: new Set(open.map((one) => one.recordId)),
  };
}

/** The words that tell a record of the kind from others, and the record that has them; of namesakes the first. */
async function knownNames(db: Db, kind: KindDeclaration): Promise<Map<string, LikelyDuplicate['record']>> {
  const names = new Map<string, LikelyDuplicate['record']>();
  const rows = await db
    .selectFrom('record')
    .select(['slug', 'title', 'status'])
    .where('kind', '=', kind.code)
    .orderBy('id')
    .execute();
  for (const [at, { slug, title, status }] of rows.entries()) {
    const name = distinctWords(title).join('');
    if (!names.has(name)) names.set(name, { slug, title, isPublic: status === 'published' });
    if (at % 5000 === 0) await breathe();
  }
  return names;
}

/**
 * Reports a row that has no key, whose keys name different records, or that names what an earlier row named.
 * @param recordIds the records that its keys name
 */
function checkKeys(context: Context, row: TableRow, keys: NaturalKey[], recordIds: number[], fail: Fail): void {
  const { kind, columns, firstLines } = context;
  const names = naturalKeysOf(kind);
  if (keys.length === 0) {
    // A key that is there but malformed is reported as such.
    const isBlank = names.every((name) => (row.cells[columns.get(name) ?? ''] ?? null) === null);
    if (isBlank) fail(names[0], 'error.noKey', names.join(', '));
    return;
  }
  if (keys.every(({ key }) => key === 'slug') && recordIds.length === 0) fail(addressColumn, 'error.noPage');
  if (recordIds.length > 1) fail(keys[0].key, 'error.keyConflict', keys.map(({ value }) => value).join(', '));
  const claims = [
    ...keys.map(({ key, value }) => ({ key, text: keyText(key, value) })),
    ...recordIds.map((id) => ({ key: keys[0].key, text: keyText('record', id) })),
  ];
  const taken = claims.find(({ text }) => firstLines.has(text));
  if (taken)
    fail(taken.key === 'slug' ? addressColumn : taken.key, 'error.duplicateKey', String(firstLines.get(taken.text)));
  else for (const { text } of claims) firstLines.set(text, row.line);
}

/** Notes errors of one row in the report. */
function failIn(report: ImportReport, { columns }: Context, row: TableRow): Fail {
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

async function prepare(
  db: Db,
  kind: KindDeclaration,
  columns: Map<string, string>,
  mode: ImportMode,
): Promise<Context> {
  const linkKeys = new Map<string, Map<string, number>>();
  for (const [relation, { to }] of Object.entries(kind.relations)) {
    if (columns.has(relation)) linkKeys.set(relation, await loadKeys(db, to));
  }
  return {
    kind,
    columns,
    vocabulary: await loadVocabulary(db),
    linkKeys,
    areaCodes: new Map(),
    fieldCodes: new Map(),
    firstLines: new Map(),
    mode,
  };
}

/**
 * Reads every row of a table against its kind's rules, the classifications and the catalogue, without writing.
 * @returns what an import would do, and the writes that do it
 */
export async function checkTable(
  db: Db,
  kind: KindDeclaration,
  table: Table,
  { columns: chosen, mode = 'publish', onProgress = () => {} }: CheckOptions = {},
): Promise<{ report: ImportReport; writes: PlannedWrite[] }> {
  const { columns, errors } = readColumns(kind, table, chosen);
  const context = await prepare(db, kind, columns, mode);
  const total = table.rows.length;
  const unknownColumns = errors.filter((error) => error.message === 'error.unknownColumn').map((error) => error.column);
  const report: ImportReport = {
    total,
    created: 0,
    updated: 0,
    unchanged: 0,
    bad: 0,
    errors,
    errorCount: errors.length,
    unknownColumns,
    duplicates: [],
  };
  const writes: PlannedWrite[] = [];
  const names = await knownNames(db, kind);
  const linesByName = new Map<string, number>();
  for (let start = 0; start < total; start += rowsPerChunk) {
    const rows = table.rows.slice(start, start + rowsPerChunk);
    const keys = rows.map((row) => keysOf(context, row));
    const { ids, existing, inWork } = await recordsOf(db, context, keys.flat());
    for (const [index, row] of rows.entries()) {
      const errorsBefore = report.errorCount;
      const fail = failIn(report, context, row);
      const recordIds = sortedUnique(keys[index].flatMap(({ key, value }) => ids.get(keyText(key, value)) ?? []));
      checkKeys(context, row, keys[index], recordIds, fail);
      const write = planRow(context, row, existing.get(recordIds[0]), fail);
      if (write?.existing && inWork.has(write.existing.id)) fail(keys[index][0].key, 'error.openRevision');
      if (report.errorCount > errorsBefore) {
        report.bad += 1;
        continue;
      }
      if (!write) report.unchanged += 1;
      else report[write.existing ? 'updated' : 'created'] += 1;
      if (!write) continue;
      writes.push(write);
      if (write.existing) continue;
      const { title } = write.input.shared;
      const name = distinctWords(title).join('');
      const [record, line] = [names.get(name), linesByName.get(name)];
      if ((record || line) && report.duplicates.length < maxDuplicates) {
        report.duplicates.push({ line: row.line, title, ...(record ? { record } : { otherLine: line }) });
      }
      if (!line) linesByName.set(name, row.line);
    }
    onProgress({ phase: 'check', done: start + rows.length, total });
    await breathe();
  }
  return { report, writes };
}
