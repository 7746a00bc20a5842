import { join, resolve } from 'node:path';
import * as z from 'zod';
import { type LogLevel, logLevels } from './log.ts';
import { trustIn } from './visit.ts';

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/** An empty variable means the same as none. */
const withDefault = <T extends z.ZodType>(schema: T, value: NonNullable<z.input<T>>) =>
  z.preprocess((given) => (given === '' || given === undefined ? value : given), schema);

const environment = z.object({
  PORT: withDefault(
    z.coerce.number('a number from 0 to 65535').int().min(0).max(65_535, 'a number from 0 to 65535'),
    4321,
  ),
  HOST: withDefault(z.string(), '127.0.0.1'),
  DATA_DIR: withDefault(z.string(), './data'),
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/, error: 'an address such as https://khcn.example.vn' })),
  MEILI_URL: optional(z.url({ protocol: /^https?$/, error: 'an address such as http://127.0.0.1:7700' })),
  MEILI_KEY: optional(z.string()),
  SMTP_URL: optional(
    z.url({ protocol: /^smtps?$/, error: 'an address such as smtp://user:password@mail.example.vn:587' }),
  ),
  MAIL_FROM: withDefault(
    z.string().regex(/^[^\r\n@]*@[^\r\n]+$/, 'an address such as "Sàn công nghệ <khcn@example.vn>"'),
    'no-reply@localhost',
  ),
  HARVEST_PRIVATE: withDefault(z.enum(['0', '1'], '0 or 1'), '0'),
  BACKUP_DIR: optional(z.string()),
  TRUST_PROXY: optional(
    z.string().transform((text, context) => {
      const proxies = text.split(',').map((one) => one.trim());
      try {
        trustIn(proxies);
        return proxies;
      } catch {
        context.addIssue('addresses or networks of your proxies, such as loopback or 10.0.0.5, 192.168.1.0/24');
        return z.NEVER;
      }
    }),
  ),
  METRICS_TOKEN: optional(z.string().min(16, 'at least 16 characters')),
  LOG_LEVEL: withDefault(z.enum(logLevels, logLevels.join(', ')), 'info'),
});

/** Not repeated in a complaint, which lands in a log. */
const secretNames = new Set(['SMTP_URL', 'METRICS_TOKEN']);

/** The address under which a browser on this machine finds a server that listens on a host. */
export function localUrl(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/** The server's settings. */
export interface Config {
  port: number;
  host: string;
  dataDir: string;
  /** Without a slash at the end. */
  publicUrl: string;
  meili: { url: string; key: string | undefined } | undefined;
  mail: { smtpUrl: string | undefined; from: string; folder: string };
  /** Sources of the harvest may lie in a private network: for tests, or two servers of one house. */
  harvestPrivate: boolean;
  /** Where scheduled backups are kept. */
  backupDir: string;
  /** Whose forwarding headers are believed (src/server/visit.ts). */
  trustProxy: string[];
  metricsToken: string | undefined;
  logLevel: LogLevel;
}

/**
 * Reads the settings from environment variables.
 * @throws Error that names each wrong variable and what was expected
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return `  ${name}=${secretNames.has(name) ? '…' : env[name]}: expected ${issue.message}`;
    });
    throw new Error(`Wrong settings in the environment:\n${lines.join('\n')}`);
  }
  const { PORT, HOST, DATA_DIR, PUBLIC_URL, MEILI_URL, MEILI_KEY, SMTP_URL, MAIL_FROM, ...more } = parsed.data;
  return {
    port: PORT,
    host: HOST,
    dataDir: resolve(DATA_DIR),
    publicUrl: (PUBLIC_URL ?? localUrl(HOST, PORT)).replace(/\/+$/, ''),
    meili: MEILI_URL ? { url: MEILI_URL, key: MEILI_KEY } : undefined,
    mail: { smtpUrl: SMTP_URL, from: MAIL_FROM, folder: join(resolve(DATA_DIR), 'mail') },
    harvestPrivate: more.HARVEST_PRIVATE === '1',
    backupDir: resolve(more.BACKUP_DIR ?? join(DATA_DIR, 'backups')),
    trustProxy: more.TRUST_PROXY ?? [],
    metricsToken: more.METRICS_TOKEN,
    logLevel: more.LOG_LEVEL,
  };
}
