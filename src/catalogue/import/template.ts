import writeXlsx, { type Sheet } from 'write-excel-file/node';
import type { Language } from '../../../search/engine.ts';
import { formatNumber } from '../../i18n/format.ts';
import { pageRoutes } from '../../i18n/routes.ts';
import { isMessageKey, translator } from '../../i18n/translate.ts';
import { csvText } from '../../lib/csv.ts';
import { type AttributeMeta, metaOf } from '../attributes.ts';
import { type KindDeclaration, schemaOf } from '../kind.ts';
import { labelOf } from '../labels.ts';
import { choiceName, valueName } from '../value-name.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { naturalKeysOf } from './existing.ts';
import { importable } from './headers.ts';

/** Where a kind's template is downloaded. */
export const templatePath = (kind: KindDeclaration, format: 'csv' | 'xlsx', language: Language): string =>
  `${pageRoutes.imports.vi}/mau/${kind.api}.${format}${language === 'en' ? '?lang=en' : ''}`;

const required = ['title', 'summary'];

/** The columns of a template: what finds a record again first, then what no row may lack. */
const columnsOf = (kind: KindDeclaration): string[] => [
  ...new Set([...naturalKeysOf(kind), ...required, ...importable(kind)]),
];

const metaOfColumn = (kind: KindDeclaration, name: string): AttributeMeta | undefined => {
  const schema = schemaOf(kind, name);
  return schema && metaOf(schema);
};

/** Values that no rule of an attribute's type would tell. */
const examples: Record<string, { vi: string; en: string } | string> = {
  externalId: 'HS-001',
  title: { vi: 'Tên đầy đủ', en: 'Full name' },
  summary: {
    vi: 'Hai, ba câu: là gì, làm được gì, đã dùng ở đâu.',
    en: 'Two or three sentences: what it is, what it does, where it is used.',
  },
  fields: '211',
  areas: 'Xã Thanh Hà',
  keywords: 'từ khoá một | từ khoá hai',
  contactEmail: 'ten@example.vn',
  contactPhone: '0220 3123 456',
  taxCode: '0123456789',
  orcid: '0000-0002-1825-0097',
  country: 'VN',
  exportMarkets: 'VN | JP',
  languages: 'vi | en',
  niceClasses: '31',
};

function exampleOf(kind: KindDeclaration, name: string, language: Language): string | number {
  const own = examples[name];
  if (own) return typeof own === 'string' ? own : own[language];
  const meta = metaOfColumn(kind, name);
  switch (meta?.type) {
    case 'choice':
      return choiceName(meta, meta.values?.[0] ?? '', language);
    case 'choices':
      return (meta.values ?? [])
        .slice(0, 2)
        .map((value) => choiceName(meta, value, language))
        .join(' | ');
    case 'integer':
      return meta.isName ? 2026 : Math.max(1, meta.range?.[0] ?? 1);
    case 'money':
      return 50_000_000;
    case 'date':
      return '31/12/2026';
    case 'flag':
      return translator(language)('template.yes');
    case 'url':
      return 'https://example.vn';
    default:
      return '';
  }
}

/** How a column is written. */
function formatOf(kind: KindDeclaration, name: string, language: Language): string {
  const type = name in kind.relations ? 'relation' : (metaOfColumn(kind, name)?.type ?? 'text');
  return translator(language)(`template.type.${type}`);
}

/** What a column may hold: its values with their codes, a range, or the classification that it refers to. */
function allowedIn(kind: KindDeclaration, name: string, language: Language, vocabulary: Vocabulary): string {
  const t = translator(language);
  if (name === 'fields' || name === 'areas') return t(`template.values.${name}`);
  const meta = metaOfColumn(kind, name);
  if (!meta) return '';
  if (meta.values) {
    return meta.values
      .map((value) => {
        const named = valueName(meta.vocabulary ?? 'text', value, language, vocabulary) ?? value;
        return named === value ? value : `${named} (${value})`;
      })
      .join('; ');
  }
  const key = `template.values.${meta.vocabulary}`;
  if (isMessageKey(key)) return t(key);
  if (!meta.range || meta.type === 'money') return '';
  const [from, to] = meta.range.map((end) => (meta.isName ? String(end) : formatNumber(end, language)));
  return t('template.values.range', { from, to });
}

function requirementOf(kind: KindDeclaration, name: string, language: Language): string {
  const t = translator(language);
  if (required.includes(name) || (kind.code === 'expert' && name === 'consentAt')) return t('template.yes');
  return naturalKeysOf(kind).includes(name) ? t('template.key') : '';
}

const headerAndExample = (kind: KindDeclaration, language: Language) => {
  const t = translator(language);
  const names = columnsOf(kind);
  return {
    header: [t('template.note'), ...names.map((name) => labelOf(kind.code, name)[language])],
    example: [t('template.example'), ...names.map((name) => exampleOf(kind, name, language))],
  };
};

/** A kind's template as CSV: the header, and a row that shows how. */
export function templateCsv(kind: KindDeclaration, language: Language): string {
  const { header, example } = headerAndExample(kind, language);
  return csvText([header, example]);
}

/** A kind's template as a workbook; its second sheet explains each column. */
export async function templateXlsx(
  kind: KindDeclaration,
  language: Language,
  vocabulary: Vocabulary,
): Promise<Uint8Array> {
  const t = translator(language);
  const { header, example } = headerAndExample(kind, language);
  const bold = (value: string) => ({ value, fontWeight: 'bold' as const, backgroundColor: '#e9f0f9' });
  const wrapped = (value: string) => ({ value, wrap: true, alignVertical: 'top' as const });
  const gray = (value: string | number) =>
    typeof value === 'number'
      ? { value, type: Number, color: '#4b5866' }
      : { value, color: '#4b5866', fontStyle: 'italic' as const };
  const explained = columnsOf(kind).map((name) =>
    [
      labelOf(kind.code, name)[language],
      requirementOf(kind, name, language),
      formatOf(kind, name, language),
      allowedIn(kind, name, language, vocabulary),
    ].map(wrapped),
  );
  const head = (['column', 'required', 'format', 'allowed'] as const).map((name) => bold(t(`template.${name}`)));
  const sheets: Sheet<never>[] = [
    {
      sheet: t('template.sheet.data'),
      data: [header.map(bold), example.map(gray)],
      columns: header.map((name) => ({ width: Math.max(16, Math.min(40, name.length + 2)) })),
      stickyRowsCount: 1,
    },
    {
      sheet: t('template.sheet.columns'),
      data: [head, ...explained],
      columns: [{ width: 34 }, { width: 22 }, { width: 44 }, { width: 80 }],
      stickyRowsCount: 1,
    },
  ];
  return new Uint8Array(await writeXlsx(sheets as never).toBuffer());
}
