import type { Language } from '../../../search/engine.ts';
import { translator } from '../../i18n/translate.ts';
import type { Cell } from '../../lib/xlsx.ts';
import { recordPath } from '../address.ts';
import { metaOf } from '../attributes.ts';
import { addressColumn } from '../import/headers.ts';
import { type KindDeclaration, schemaOf } from '../kind.ts';
import { labelOf } from '../labels.ts';
import type { FullRecord } from '../read.ts';
import { choiceName } from '../value-name.ts';
import { namesakes, type Term, type Vocabulary } from '../vocabulary.ts';

/** A column of an exported list. */
export interface ExportColumn {
  /** The attribute or relation. */
  name: string;
  label: string;
  cellOf: (record: FullRecord) => Cell;
}

const sharedBefore = ['title', 'titleEn', 'summary', 'summaryEn', 'fields', 'areas', 'keywords'];
const sharedAfter = ['body', 'contactName', 'website', 'sourceText', 'sourceUrl', 'publishedAt', 'demo'];

/** Several items in one cell, as an import reads them: a bar separates, even where there is only one to separate. */
const joined = (items: string[]): string =>
  items.length === 1 && /[;\n]/.test(items[0]) ? `${items[0]} |` : items.join(' | ');

/** A code's name, where the import finds the code again by it. */
const termName = (terms: Map<string, Term>, code: string, language: Language): string => {
  const name = terms.get(code)?.name[language];
  return name && !/[|;]/.test(name) && namesakes(terms, name).length === 1 ? name : code;
};

/**
 * The columns of a kind's exported list: what its pages show to everybody, under the headers that the import knows, so
 * that a file which nobody has changed changes nothing. Contact data stand in columns that the import leaves aside.
 */
export function exportColumns(
  kind: KindDeclaration,
  language: Language,
  vocabulary: Vocabulary,
  publicUrl: string,
): ExportColumn[] {
  const t = translator(language);
  const named = new Map<string, string>();
  const nameOf = (terms: 'fields' | 'areas', code: string) => {
    const key = `${terms}.${code}`;
    let name = named.get(key);
    if (name === undefined) {
      name = termName(vocabulary[terms], code, language);
      named.set(key, name);
    }
    return name;
  };
  const shown = (name: string, value: unknown): Cell => {
    if (value == null || value === '') return null;
    if (name === 'fields' || name === 'areas') return joined((value as string[]).map((code) => nameOf(name, code)));
    const schema = schemaOf(kind, name);
    if (!schema) return null;
    const meta = metaOf(schema);
    switch (meta.type) {
      case 'choice':
        return choiceName(meta, String(value), language);
      case 'choices':
        return joined((value as string[]).map((one) => choiceName(meta, one, language)));
      case 'list':
      case 'codes':
        return joined((value as string[]).map(String));
      case 'flag':
        return value === true ? t('template.yes') : null;
      case 'date':
        return { day: String(value).slice(0, 10) };
      case 'integer':
      case 'money':
        return Number(value);
      default:
        return String(value);
    }
  };
  const column = (name: string, cellOf: ExportColumn['cellOf']): ExportColumn => ({
    name,
    label: labelOf(kind.code, name)[language],
    cellOf,
  });
  const shared = (name: string) => column(name, (record) => shown(name, record[name as keyof FullRecord]));
  const own = Object.values(kind.sections).flat().map(String);
  return [
    ...sharedBefore.map(shared),
    ...own.map((name) => column(name, ({ attributes }) => shown(name, attributes[name]))),
    ...Object.keys(kind.relations).map((relation) =>
      column(relation, ({ links }) =>
        joined(
          links.filter((link) => link.relation === relation).map((link) => publicUrl + recordPath(link, language)),
        ),
      ),
    ),
    ...sharedAfter.map(shared),
    column('publicEmail', (record) => record.contactEmail),
    column('publicPhone', (record) => record.contactPhone),
    column(addressColumn, (record) => publicUrl + recordPath(record, language)),
  ];
}
