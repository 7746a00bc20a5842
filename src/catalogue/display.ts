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
  /** One text, several short ones, or Markdown. */
  value: { text: string } | { list: string[] } | { markdown: string };
}

interface Reader {
  language: Language;
  vocabulary: Vocabulary;
}

/** Codes whose names stand in a vocabulary of their own although the attribute is declared as text. */
const textVocabularies: Record<string, string> = { country: 'country', vsic: 'vsic' };

/** Two ends of one range of money are one fact, named by the lower end. */
const moneyRanges: Record<string, { upper: string; label: 'detail.price' | 'detail.budget' }> = {
  priceMinVnd: { upper: 'priceMaxVnd', label: 'detail.price' },
  budgetMinVnd: { upper: 'budgetMaxVnd', label: 'detail.budget' },
};
const upperEnds = new Set(Object.values(moneyRanges).map(({ upper }) => upper));

function shownValue(
  kind: KindDeclaration,
  name: string,
  value: unknown,
  { language, vocabulary }: Reader,
): Fact['value'] | null {
  if (value == null || value === '' || (Array.isArray(value) && value.length === 0)) return null;
  const schema = kind.attributes.shape[name];
  const meta = metaOf(schema);
  const named = (one: unknown) =>
    valueName(meta.vocabulary ?? textVocabularies[name] ?? 'text', String(one), language, vocabulary) ?? String(one);
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
    case 'integer': {
      if (name === 'trl' || name === 'minTrl')
        return { text: valueName('trl', String(value), language, vocabulary) ?? String(value) };
      // A year is a name, not an amount.
      return { text: /Year$/.test(name) ? String(value) : formatNumber(Number(value), language) };
    }
    case 'flag':
      return value === true ? { text: translator(language)('value.flag.yes') } : null;
    default:
      return { text: textVocabularies[name] ? named(value) : String(value) };
  }
}

/** The given ones of these attributes, named and written as the reader's language writes them. */
export function factsOf(
  kind: KindDeclaration,
  names: readonly string[],
  attributes: Record<string, unknown>,
  reader: Reader,
): Fact[] {
  return names.flatMap((name): Fact[] => {
    const range = moneyRanges[name];
    if (range) {
      const text = formatMoneyRange(
        attributes[name] as number | null,
        attributes[range.upper] as number | null,
        reader.language,
      );
      return text ? [{ name, label: translator(reader.language)(range.label), value: { text } }] : [];
    }
    // An amount says by itself that the price is fixed or a range.
    if (name === 'priceMode' && attributes.priceMinVnd != null) return [];
    if (upperEnds.has(name) && names.includes(name.replace('Max', 'Min'))) return [];
    const value = shownValue(kind, name, attributes[name], reader);
    // A column of an import names the unit; here the value itself does.
    const label = labelOf(kind.code, name)[reader.language].replace(/ \((?:đồng|VND)\)$/, '');
    return value ? [{ name, label, value }] : [];
  });
}
