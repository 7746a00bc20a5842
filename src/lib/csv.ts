/**
 * A cell that a spreadsheet would run as a formula, made plain text: an apostrophe goes before it (OWASP, CSV
 * injection). Numbers below zero stay numbers.
 */
const harmless = (text: string): string =>
  /^[\s]*[=+\-@\t\r]/.test(text) && !/^-?\d+(?:[.,]\d+)?$/.test(text) ? `'${text}` : text;

const cell = (value: string | number | null | undefined): string => {
  const text = harmless(String(value ?? ''));
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Rows as CSV (RFC 4180) that Excel opens with the right Vietnamese letters; no cell is run as a formula. */
export const csv = (rows: (string | number | null | undefined)[][]): string =>
  `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
