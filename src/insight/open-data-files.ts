import { setImmediate as breathe } from 'node:timers/promises';
import type { Db } from '../../db/client.ts';
import type { KindDeclaration } from '../catalogue/kind.ts';
import type { Vocabulary } from '../catalogue/vocabulary.ts';
import { translator } from '../i18n/translate.ts';
import { byteOrderMark, csvLines } from '../lib/csv.ts';
import { type Cell, type Sheet, writeXlsx } from '../lib/xlsx.ts';
import { type Column, columnsOf, type Format, publicRecords, rowOf, type Value } from './open-data.ts';

/** What the files are made from. */
export interface OpenDataSources {
  db: Db;
  vocabulary: Vocabulary;
  site: string;
  config: { publicUrl: string };
  region: {
    siteName: Record<'vi' | 'en', string>;
    department: Record<'vi' | 'en', string>;
    licence: { name: Record<'vi' | 'en', string>; url: string };
  };
}

export const mediaTypes: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Several values in one cell, separated as an import reads them. */
const inCell = (value: Value): string | number | boolean | null => (Array.isArray(value) ? value.join(' | ') : value);

async function* rows(sources: OpenDataSources, kind: KindDeclaration): AsyncGenerator<Record<string, Value>[]> {
  const reader = { site: sources.site, publicUrl: sources.config.publicUrl };
  for await (const records of publicRecords(sources.db, kind, sources.vocabulary)) {
    yield records.map((record) => rowOf(kind, record, reader));
    await breathe();
  }
}

async function* csv(sources: OpenDataSources, kind: KindDeclaration): AsyncGenerator<string> {
  const names = columnsOf(kind).map(({ name }) => name);
  yield byteOrderMark + csvLines([names]);
  for await (const batch of rows(sources, kind)) {
    yield csvLines(batch.map((row) => names.map((name) => inCell(row[name]))));
  }
}

async function* json(sources: OpenDataSources, kind: KindDeclaration, modified: string | null): AsyncGenerator<string> {
  const { region, config } = sources;
  const head = { kind: kind.code, publisher: region.department.vi, licence: region.licence.url, modified };
  yield `${JSON.stringify({ ...head, home: `${config.publicUrl}/du-lieu-mo` }).slice(0, -1)},"records":[`;
  let isFirst = true;
  for await (const batch of rows(sources, kind)) {
    if (batch.length === 0) continue;
    yield `${isFirst ? '' : ','}\n${batch.map((row) => JSON.stringify(row)).join(',\n')}`;
    isFirst = false;
  }
  yield '\n]}\n';
}

/** A column's meaning in one line of a dictionary. */
export function columnWords(column: Column, language: 'vi' | 'en'): { type: string; values: string } {
  const t = translator(language);
  return {
    type: t(`openData.type.${column.type}`),
    values: [
      ...(column.note ? [t(column.note)] : []),
      ...(column.codes ? [t(column.codes)] : []),
      ...(column.values.length > 0
        ? [column.values.map(({ code, name }) => `${code}: ${name[language]}`).join('; ')]
        : []),
    ].join(' '),
  };
}

async function* once(batch: Cell[][]): AsyncGenerator<Cell[][]> {
  yield batch;
}

async function* xlsxRows(sources: OpenDataSources, kind: KindDeclaration): AsyncGenerator<Cell[][]> {
  const columns = columnsOf(kind);
  yield [columns.map(({ label }) => label.vi)];
  for await (const batch of rows(sources, kind)) {
    yield batch.map((row) => columns.map(({ name }) => inCell(row[name])));
  }
}

function xlsx(sources: OpenDataSources, kind: KindDeclaration, modified: string | null): AsyncGenerator<Uint8Array> {
  const t = translator('vi');
  const { region, config } = sources;
  const dictionary: Cell[][] = [
    [
      t('openData.dictionary.label'),
      'English',
      t('openData.dictionary.name'),
      t('openData.dictionary.type'),
      t('openData.dictionary.values'),
    ],
    ...columnsOf(kind).map((column) => {
      const { type, values } = columnWords(column, 'vi');
      return [column.label.vi, column.label.en, column.name, type, values];
    }),
  ];
  const about: Cell[][] = [
    [t('openData.about'), t(`value.kind.${kind.code}`)],
    [t('openData.publisher'), region.department.vi],
    [t('openData.licence'), `${region.licence.name.vi} – ${region.licence.url}`],
    [t('openData.modified'), modified],
    [t('openData.address'), `${config.publicUrl}/du-lieu-mo`],
  ];
  const sheets: Sheet[] = [
    { name: t('openData.sheet.data'), rows: xlsxRows(sources, kind) },
    { name: t('openData.sheet.dictionary'), rows: once(dictionary) },
    { name: t('openData.sheet.about'), rows: once(about) },
  ];
  return writeXlsx(sheets);
}

/** A kind's table as a file, piece by piece: however long it is, a batch at a time is in memory. */
export async function* datasetFile(
  sources: OpenDataSources,
  kind: KindDeclaration,
  format: Format,
  modified: string | null,
): AsyncGenerator<Uint8Array> {
  if (format === 'xlsx') return yield* xlsx(sources, kind, modified);
  const texts = format === 'csv' ? csv(sources, kind) : json(sources, kind, modified);
  for await (const text of texts) yield Buffer.from(text);
}
