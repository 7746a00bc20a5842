import writeXlsxFile, { type Cell, type Row, type Sheet } from 'write-excel-file/node';
import type { Language } from '../../search/engine.ts';
import { formatMoment } from '../i18n/format.ts';
import { isMessageKey, translator } from '../i18n/translate.ts';
import { listNames, type ReportData } from './report.ts';
import { activityOf, originOf, periodName } from './words.ts';

/** Text is text, whatever it begins with: a title `=1+1` must not become a formula. */
const text = (value: string | null | undefined): Cell => (value ? { value, type: String, wrap: true } : null);
const head = (value: string): Cell => ({ value, type: String, fontWeight: 'bold', wrap: true });
const number = (value: number | null | undefined, format?: string): Cell =>
  value === null || value === undefined ? null : { value, type: Number, ...(format && { format }) };
const difference = (value: number | null, previous: number | null): Cell =>
  number(value === null || previous === null ? null : value - previous);

/**
 * A report as an Excel workbook: a sheet for the indicators, one for the activity of the site, one for fields and one
 * a list, with the figures of the page.
 * @param version of a report that was given; undefined for a draft, which says so
 */
export function reportWorkbook(data: ReportData, language: Language, version: number | undefined): Promise<Buffer> {
  const t = translator(language);
  const name = <T extends { vi: string; en: string }>(one: T) => one[language];
  const title = t('report.of', { period: periodName(data.period, language, data) });
  const status =
    version === undefined
      ? t('report.draft', { moment: formatMoment(data.madeAt, language) })
      : t('report.frozen', { version, moment: formatMoment(data.madeAt, language) });
  const sheet = (sheetName: string, columns: [heading: string, width: number][], rows: Row[]): Sheet<Buffer> => ({
    sheet: sheetName,
    columns: columns.map(([, width]) => ({ width })),
    data: [[head(title)], [text(status)], [], columns.map(([heading]) => head(heading)), ...rows],
  });
  const sheets = [
    sheet(
      t('report.sheet.indicators'),
      [
        [t('report.indicator'), 50],
        [t('report.value'), 12],
        [t('report.previous'), 12],
        [t('report.change'), 12],
        [t('report.sincePlan'), 16],
        [t('report.target'), 12],
        [t('report.unit'), 10],
        [t('report.source'), 40],
      ],
      data.indicators.map((one) => [
        text(name(one)),
        number(one.value),
        number(one.previous),
        difference(one.value, one.previous),
        number(one.sincePlan),
        number(one.target),
        text(t(`indicator.unit.${one.unit}`)),
        text(originOf(one, language)),
      ]),
    ),
    sheet(
      t('report.sheet.activity'),
      [
        [t('report.what'), 50],
        [t('report.value'), 16],
        [t('report.previous'), 16],
        [t('report.change'), 16],
      ],
      activityOf(data, language).map(([what, value, previous]) => [
        text(what),
        number(value, '#,##0.##'),
        number(previous, '#,##0.##'),
        difference(value, previous),
      ]),
    ),
    sheet(
      t('report.sheet.fields'),
      [
        [t('supplyDemand.field'), 50],
        [t('supplyDemand.offer'), 16],
        [t('supplyDemand.need'), 16],
        [t('supplyDemand.difference'), 16],
      ],
      data.fields.map((one) => [
        text(name(one)),
        number(one.offers),
        number(one.needs),
        number(one.offers - one.needs),
      ]),
    ),
    ...listNames.map((list) =>
      sheet(
        t(`report.sheet.${list}`),
        [
          [t('report.day'), 12],
          [t('report.name'), 60],
          [list === 'agreements' ? t('report.with') : t('report.note'), 40],
          ...(list === 'agreements'
            ? [[t('report.kind'), 30] as [string, number], [t('report.vnd'), 18] as [string, number]]
            : []),
        ],
        data.lists[list].map((line) => {
          const said = (one: { title: string; titleEn: string | null }) =>
            (language === 'en' ? one.titleEn : null) ?? one.title;
          const kind = `connection.agreement.${line.note}`;
          return [
            text(line.day),
            text(said(line)),
            ...(list === 'agreements'
              ? [
                  text(line.with && said(line.with)),
                  text(isMessageKey(kind) ? t(kind) : line.note),
                  number(line.vnd, '#,##0'),
                ]
              : [text(line.note)]),
          ];
        }),
      ),
    ),
  ];
  return writeXlsxFile(sheets).toBuffer();
}
