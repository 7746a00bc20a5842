/** A year or a quarter of the calendar in Việt Nam. */
export interface Period {
  /** `2026` or `2026-Q3`. */
  key: string;
  year: number;
  quarter: number | undefined;
  /** First and last day, ISO 8601. */
  from: string;
  to: string;
}

const monthEnd = { 3: '03-31', 6: '06-30', 9: '09-30', 12: '12-31' } as const;

function make(year: number, quarter?: number): Period {
  if (quarter === undefined) {
    return { key: String(year), year, quarter, from: `${year}-01-01`, to: `${year}-12-31` };
  }
  const last = (quarter * 3) as keyof typeof monthEnd;
  const from = `${year}-${String(last - 2).padStart(2, '0')}-01`;
  return { key: `${year}-Q${quarter}`, year, quarter, from, to: `${year}-${monthEnd[last]}` };
}

/** The period that a key names; undefined for what names none of this century. */
export function periodOf(key: string): Period | undefined {
  const [, year, quarter] = key.match(/^(20\d\d)(?:-Q([1-4]))?$/) ?? [];
  return year ? make(Number(year), quarter ? Number(quarter) : undefined) : undefined;
}

/** The year or quarter that holds a calendar day. */
export const yearAt = (day: string): Period => make(Number(day.slice(0, 4)));
export const quarterAt = (day: string): Period => make(Number(day.slice(0, 4)), Math.ceil(Number(day.slice(5, 7)) / 3));

export const quartersOf = (year: number): Period[] => [1, 2, 3, 4].map((quarter) => make(year, quarter));

/** The year before a year, the quarter before a quarter. */
export function before({ year, quarter }: Period): Period {
  if (quarter === undefined) return make(year - 1);
  return quarter === 1 ? make(year - 1, 4) : make(year, quarter - 1);
}
