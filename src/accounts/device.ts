/** In this order: a browser also names those that it wants to be taken for. */
const browsers = [
  ['Cốc Cốc', 'coc_coc_browser/'],
  ['Edge', 'Edg'],
  ['Opera', 'OPR/'],
  ['Samsung Internet', 'SamsungBrowser/'],
  ['Firefox', 'Firefox/'],
  ['Firefox', 'FxiOS/'],
  ['Chrome', 'CriOS/'],
  ['Chrome', 'Chrome/'],
  ['Safari', 'Safari/'],
] as const;
const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['macOS', 'Mac OS X'],
  ['ChromeOS', 'CrOS'],
  ['Linux', 'Linux'],
] as const;

/** A browser's `User-Agent` as people call it, such as «Chrome, Android»; its beginning where none is recognised. */
export function deviceName(userAgent: string): string {
  const known = [browsers, systems].flatMap((table) => table.find(([, sign]) => userAgent.includes(sign))?.[0] ?? []);
  return known.length > 0 ? known.join(', ') : userAgent.slice(0, 60) || '–';
}
