import type { Language } from '../../search/engine.ts';

const locales: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' };

const formatters = (options: Intl.NumberFormatOptions) => ({
  vi: new Intl.NumberFormat(locales.vi, options),
  en: new Intl.NumberFormat(locales.en, options),
});
const whole = formatters({ maximumFractionDigits: 0 });
const short = formatters({ maximumFractionDigits: 2 });

const longDate = new Intl.DateTimeFormat(locales.en, {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'Asia/Ho_Chi_Minh',
});

/** Việt Nam has no summer time. */
const aheadOfUtcMs = 7 * 3_600_000;

/** A whole number with the language's separators. */
export const formatNumber = (value: number, language: Language): string =>
  value >= 0 && value < 1000 ? String(Math.round(value)) : whole[language].format(value);

/** A number with at most two decimals, as the language writes it: `12,5`, `1,200`. */
export const formatDecimal = (value: number, language: Language): string => short[language].format(value);

/** A day or moment as people write it: `24/11/2026`, `24 November 2026`. */
export function formatDate(iso: string | number, language: Language): string {
  if (language === 'en') return longDate.format(new Date(iso));
  const [year, month, day] = localDay(iso).split('-');
  return `${day}/${month}/${year}`;
}

// Swedish times are written in ISO 8601 as well.
const times = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh', timeStyle: 'short' });

/** A moment of the day in Việt Nam: `24/11/2026 15:04`. */
export const formatMoment = (iso: string, language: Language): string =>
  `${formatDate(iso, language)} ${times.format(new Date(iso))}`;

const weekdays = {
  vi: new Intl.DateTimeFormat(locales.vi, { weekday: 'long', timeZone: 'Asia/Ho_Chi_Minh' }),
  en: new Intl.DateTimeFormat(locales.en, { weekday: 'long', timeZone: 'Asia/Ho_Chi_Minh' }),
};

const months = {
  vi: new Intl.DateTimeFormat(locales.vi, { month: 'short', timeZone: 'Asia/Ho_Chi_Minh' }),
  en: new Intl.DateTimeFormat(locales.en, { month: 'short', timeZone: 'Asia/Ho_Chi_Minh' }),
};

/** A moment's month in Việt Nam in few letters: `thg 12`, `Dec`. */
export const formatMonth = (iso: string, language: Language): string => months[language].format(new Date(iso));

const yearMonth = new Intl.DateTimeFormat(locales.en, { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A month as people write it: `tháng 11/2026`, `November 2026`. */
export const formatYearMonth = (month: string, language: Language): string =>
  language === 'en'
    ? yearMonth.format(new Date(`${month}-01`))
    : `tháng ${Number(month.slice(5))}/${month.slice(0, 4)}`;

/** When something takes place: `08:00–11:30, Thứ Ba 01/12/2026`; over several days, both moments. */
export function formatPeriod(startsAt: string, endsAt: string, language: Language): string {
  const [from, to] = [startsAt, endsAt].map((iso) => times.format(new Date(iso)));
  const day = (iso: string) => `${weekdays[language].format(new Date(iso))} ${formatDate(iso, language)}`;
  return localDay(startsAt) === localDay(endsAt)
    ? `${from}–${to}, ${day(startsAt)}`
    : `${from} ${day(startsAt)} – ${to} ${day(endsAt)}`;
}

/** A moment as a browser's field for local times holds it: `2026-12-01T08:00`; empty for none. */
export const localMoment = (iso: string | null): string =>
  iso === null ? '' : `${localDay(iso)}T${times.format(new Date(iso))}`;

/** The calendar day of a moment in Việt Nam as ISO 8601: what people there call today. */
export const localDay = (moment: string | number | Date): string =>
  new Date(new Date(moment).getTime() + aheadOfUtcMs).toISOString().slice(0, 10);

/** The hour of the day in Việt Nam, 0 to 23. */
export const localHour = (moment: Date): number => new Date(moment.getTime() + aheadOfUtcMs).getUTCHours();

/** When a calendar day of Việt Nam (ISO 8601) begins, or the one so many days later; it is seven hours ahead of UTC. */
export const dayStart = (day: string, later = 0): string =>
  new Date(Date.parse(`${day}T00:00:00+07:00`) + later * 86_400_000).toISOString();

const units: Record<Language, [size: number, name: string][]> = {
  vi: [
    [1e9, 'tỷ đồng'],
    [1e6, 'triệu đồng'],
    [1, 'đồng'],
  ],
  en: [
    [1e9, 'billion VND'],
    [1e6, 'million VND'],
    [1, 'VND'],
  ],
};

function amount(vnd: number, language: Language): { value: string; unit: string } {
  const [size, unit] = units[language].find(([least]) => vnd >= least) ?? units[language][2];
  return { value: short[language].format(vnd / size), unit };
}

/** An amount of money as people say it: `1,2 tỷ đồng`, `260 million VND`. */
export function formatMoney(vnd: number, language: Language): string {
  const { value, unit } = amount(vnd, language);
  return `${value} ${unit}`;
}

/** A range of money, either end of which may be open; null when both are. */
export function formatMoneyRange(min: number | null, max: number | null, language: Language): string | null {
  if (min == null && max == null) return null;
  if (min === max || max == null)
    return `${max == null ? { vi: 'từ ', en: 'from ' }[language] : ''}${formatMoney(min ?? 0, language)}`;
  if (min == null || min === 0) return `${{ vi: 'đến ', en: 'up to ' }[language]}${formatMoney(max, language)}`;
  const [low, high] = [amount(min, language), amount(max, language)];
  return low.unit === high.unit
    ? `${low.value}–${high.value} ${high.unit}`
    : `${low.value} ${low.unit} – ${high.value} ${high.unit}`;
}

const regionNames = {
  vi: new Intl.DisplayNames('vi', { type: 'region' }),
  en: new Intl.DisplayNames('en', { type: 'region' }),
};
const languageNames = {
  vi: new Intl.DisplayNames('vi', { type: 'language' }),
  en: new Intl.DisplayNames('en', { type: 'language' }),
};

/** A country's name by its ISO 3166 code; undefined for a code of no country. */
export function countryName(code: string, language: Language): string | undefined {
  if (!/^[A-Z]{2}$/.test(code)) return undefined;
  const name = regionNames[language].of(code);
  return name === code ? undefined : name;
}

/** A language's name by its ISO 639 code; undefined for a code of no language. */
export function languageName(code: string, language: Language): string | undefined {
  if (!/^[a-z]{2,3}$/.test(code)) return undefined;
  const name = languageNames[language].of(code);
  return name === code || !name ? undefined : name.charAt(0).toUpperCase() + name.slice(1);
}
