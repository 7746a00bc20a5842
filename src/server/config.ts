import { resolve } from 'node:path';
import * as z from 'zod';

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const environment = z.object({
  PORT: z.coerce.number('a number').int().min(0).max(65_535).default(4321),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('./data'),
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/, error: 'an address such as https://khcn.example.vn' })),
  MEILI_URL: optional(z.url({ protocol: /^https?$/, error: 'an address such as http://127.0.0.1:7700' })),
  MEILI_KEY: optional(z.string()),
  LOG_LEVEL: z.enum(['silent', 'error', 'info'], 'silent, error or info').default('info'),
});

/** The server's settings. */
export interface Config {
  port: number;
  host: string;
  dataDir: string;
  /** Without a slash at the end. */
  publicUrl: string;
  meili: { url: string; key: string | undefined } | undefined;
  logLevel: 'silent' | 'error' | 'info';
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
      return `  ${name}=${env[name]}: expected ${issue.message}`;
    });
    throw new Error(`Wrong settings in the environment:\n${lines.join('\n')}`);
  }
  const { PORT, HOST, DATA_DIR, PUBLIC_URL, MEILI_URL, MEILI_KEY, LOG_LEVEL } = parsed.data;
  return {
    port: PORT,
    host: HOST,
    dataDir: resolve(DATA_DIR),
    publicUrl: (PUBLIC_URL ?? `http://${HOST === '0.0.0.0' ? '127.0.0.1' : HOST}:${PORT}`).replace(/\/+$/, ''),
    meili: MEILI_URL ? { url: MEILI_URL, key: MEILI_KEY } : undefined,
    logLevel: LOG_LEVEL,
  };
}
