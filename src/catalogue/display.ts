import type { Language } from '../../search/engine.ts';
import { formatDate, formatMoney, formatMoneyRange, formatNumber } from '../i18n/format.ts';
import { translator } from '../i18n/translate.ts';
import { metaOf } from './attributes.ts';
import type { KindDeclaration } from './kind.ts';
import { labelOf } from './labels.ts';
import { valueName } from './value-name.ts';
import type { Vocabulary } from './vocabulary.ts';

/** An attribute as a page shows it. */
export interface Fact {
  name: string;
  label: string;
  /** One text, several short ones, Markdown, or an address on the web. */
  value: { text: string } | { list: string[] } | { markdown: string } | { link: string };
}

interface Reader {
  language: Language;
  vocabulary: Vocabulary;
}

function shownValue(
  kind: KindDeclaration,
  name: string,
  value: unknown,
  { language, vocabulary }: Reader,
): Fact['value'] | null {
  if (value == null || value === '' || (Array.isArray(value) && value.length === 0)) return null;
  const meta = metaOf(kind.attributes.shape[name]);
  const named = (one: unknown) =>
    valueName(meta.vocabulary ?? 'text', String(one), language, vocabulary) ?? String(one);
  switch (meta.type) {
    case 'list':
      return { list: (value as string[]).map(String) };
    case 'choices':
    case 'codes':
      return { list: (value as string[]).map(named) };
    case 'choice':
      return { text: named(value) };
    case 'longText':
      return { markdown: String(value) };
    case 'date':
      return { text: formatDate(String(value), language) };
    case 'money':
      return { text: formatMoney(Number(value), language) };
    case 'integer':
      if (meta.vocabulary) return { text: named(value) };
      return { text: meta.isName ? String(value) : formatNumber(Number(value), language) };
    case 'url':
      return { link: String(value) };
    case 'flag':
      return value === true ? { text: translator(language)('value.flag.yes') } : null;
    default:
      return { text: meta.vocabulary ? named(value) : String(value) };
  }
}

/** A column of an import names the unit; on a page the value itself does. */
const unit = / \((?:đồng|VND)\)$/;

/** What both ends of a range are called: «Giá từ (đồng)» → «Giá». */
const rangeLabel = (kind: KindDeclaration, name: string, language: Language): string =>
  labelOf(kind.code, name)
    [language].replace(unit, '')
    .replace(/ (?:từ|from)$/, '');

/** The given ones of these attributes, named and written as the reader's language writes them. */
export function factsOf(
  kind: KindDeclaration,
  names: readonly string[],
  attributes: Record<string, unknown>,
  reader: Reader,
): Fact[] {
  const metas = names.map((name) => metaOf(kind.attributes.shape[name]));
  return names.flatMap((name, i): Fact[] => {
    const { upperEnd, saidBy } = metas[i];
    if (metas.some((meta) => meta.upperEnd === name) || (saidBy && attributes[saidBy] != null)) return [];
    if (upperEnd) {
      const text = formatMoneyRange(
        attributes[name] as number | null,
        attributes[upperEnd] as number | null,
        reader.language,
      );
      return text ? [{ name, label: rangeLabel(kind, name, reader.language), value: { text } }] : [];
    }
    const value = shownValue(kind, name, attributes[name], reader);
    return value ? [{ name, label: labelOf(kind.code, name)[reader.language].replace(unit, ''), value }] : [];
  });
}
