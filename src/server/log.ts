import { isIPv6 } from 'node:net';
import { format, stripVTControlCharacters } from 'node:util';
import { type Logger, pino, stdTimeFunctions } from 'pino';

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];
export type Log = Logger;

/** Node writes a port behind the address, without brackets. */
const withoutIPv6 = (text: string): string => {
  const [address, withoutPort] = [text, text.replace(/:\d{1,5}$/, '')];
  if (address === '::1' || withoutPort === '::1') return text;
  return isIPv6(address) || isIPv6(withoutPort) ? '[IP]' : text;
};

/** What no line may hold, whoever wrote it: each pattern is linear in the line's length. */
const secrets: [RegExp, string | ((text: string) => string)][] = [
  [/(?<![\w.+-])[\w.+-]{1,64}(?:@|%40)[\w-][\w.-]{1,253}/g, '[e-mail]'],
  [/\b(token|password|secret|session)(["']?[=:]\s?["']?|%3D)[^\s&"',;\\]{1,500}/gi, '$1$2[hidden]'],
  // Whatever an address asks for; our own lines name its path only.
  [/([?&][^\s?&="'\\]+=)[^\s&"'\\]+/g, '$1[hidden]'],
  [/\bBearer [\w.~+/=-]{1,500}/g, 'Bearer [hidden]'],
  [/:\/\/[^\s/@"]{1,200}@/g, '://[hidden]@'],
  [/(?:\+84|\b0)(?:(?:[ .]|%20)?\d){9}\b/g, '[phone]'],
  // This machine's own stay: they say which service did not answer, and nobody's name.
  [/(?<![\d.])(?!127\.)\d{1,3}(?:\.\d{1,3}){3}(?!\d|\.\d)/g, '[IP]'],
  [/(?<![\w:])(?=[\da-f]{0,4}:)[\da-f:]{2,44}[\da-f](?!\w)/gi, withoutIPv6],
];

/** A line without e-mail and IP addresses, telephone numbers, what addresses ask for, tokens, cookies and passwords. */
export const withoutSecrets = (line: string): string =>
  secrets.reduce((text, [pattern, instead]) => text.replace(pattern, instead as string), line);

/** For a person at a terminal: the message, then its fields. */
const readable = {
  write(line: string) {
    const { level, time: _, msg, err, ...fields } = JSON.parse(line);
    const details = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
    process.stderr.write(`${[`${level}: ${msg}`, ...details].join(' ')}\n${err ? `${err.stack}\n` : ''}`);
  },
};

/**
 * The log: a JSON object a line on standard error, words for a person where that is a terminal. What is said to whoever
 * starts the server (the address, the first link) goes to standard output instead.
 */
export const createLog = (level: LogLevel): Log =>
  pino(
    {
      level,
      base: undefined,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: withoutSecrets },
    },
    process.stderr.isTTY ? readable : pino.destination({ fd: 2, sync: true }),
  );

const consoleLevels = { debug: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error' } as const;

/**
 * From now on Node's warnings and what packages say on the console go through the log: Astro and its adapter tell their
 * failures there, with the whole address that was asked for.
 */
export function takeConsole(log: Log): void {
  for (const [name, level] of Object.entries(consoleLevels)) {
    console[name as keyof typeof consoleLevels] = (...said) => log[level](stripVTControlCharacters(format(...said)));
  }
  // Node's own listener writes to standard error.
  process.removeAllListeners('warning').on('warning', (warning) => log.warn({ err: warning }, warning.message));
}
