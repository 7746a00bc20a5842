import { fold } from '../../../search/text.ts';
import { type KindCode, type KindDeclaration, sharedSchema } from '../kind.ts';
import { attributeLabels, labelOf } from '../labels.ts';

/** Every attribute and relation that a row of this kind may give. */
export const importable = (kind: KindDeclaration): string[] => [
  ...Object.keys(sharedSchema.shape),
  ...Object.keys(kind.attributes.shape),
  ...Object.keys(kind.relations),
];

/** The address of a record's page, which finds it again where a list has no natural key. */
export const addressColumn = 'pageUrl';

/** What an exported list shows of contact data; the record's own columns say more, so an import leaves these aside. */
export const shownColumns = ['publicEmail', 'publicPhone'] as const;

/** What a column may be said to mean. */
export const importableColumns = (kind: KindDeclaration): string[] => [...importable(kind), addressColumn];

const namesByKind = new Map<KindCode, Map<string, string>>();

/** The folded names under which each attribute of a kind is known; its own label wins over the general one. */
function namesOf(kind: KindDeclaration): Map<string, string> {
  let names = namesByKind.get(kind.code);
  if (names) return names;
  names = new Map();
  for (const labels of [(name: string) => labelOf(kind.code, name), (name: string) => attributeLabels[name]]) {
    for (const attribute of [...importable(kind), addressColumn, ...shownColumns]) {
      const label = labels(attribute);
      for (const text of label ? [label.vi, label.en] : []) {
        if (!names.has(fold(text))) names.set(fold(text), attribute);
      }
    }
  }
  namesByKind.set(kind.code, names);
  return names;
}

/** Names under which a column is remembered, however its header is spelled. */
export const headerKey = (header: string): string => fold(header);

/**
 * The attribute or relation that a column header means: its exact name, or its Vietnamese or English label however
 * it is spelled. Empty for a column that is known and left aside, undefined for one that nobody knows.
 * @example attributeOfHeader(kinds.enterprise, 'MÃ SỐ THUẾ') // 'taxCode'
 */
export function attributeOfHeader(kind: KindDeclaration, header: string): string | undefined {
  const name = header.trim();
  if (name.startsWith('_')) return '';
  const exact = importable(kind).find((attribute) => attribute.toLowerCase() === name.toLowerCase());
  const found = exact ?? namesOf(kind).get(fold(name));
  return (shownColumns as readonly (string | undefined)[]).includes(found) ? '' : found;
}
