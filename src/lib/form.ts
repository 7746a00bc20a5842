import type * as z from 'zod';
import type { MessageKey, MessageValues } from '../i18n/translate.ts';

/** What is wrong with one field of a form, or (without a field) with the whole. */
export interface Problem {
  field?: string;
  message: MessageKey;
  values?: MessageValues;
}

export type Outcome<T = object> = ({ ok: true } & T) | { ok: false; problems: Problem[] };

export const refuse = (
  message: MessageKey,
  field?: string,
  values?: MessageValues,
): { ok: false; problems: Problem[] } => ({
  ok: false,
  problems: [{ message, ...(field && { field }), ...(values && { values }) }],
});

/**
 * Reads a form with a schema whose messages are keys of the catalogue; every wrong field is reported, each once.
 * @param schema of an object with one entry a field
 */
export function parseForm<S extends z.ZodType>(schema: S, form: FormData): Outcome<{ input: z.infer<S> }> {
  const parsed = schema.safeParse(Object.fromEntries(form));
  if (parsed.success) return { ok: true, input: parsed.data };
  const byField = new Map<string, Problem>();
  for (const { path, message } of parsed.error.issues) {
    const field = String(path[0] ?? '');
    if (!byField.has(field)) byField.set(field, { field, message: message as MessageKey });
  }
  return { ok: false, problems: [...byField.values()] };
}
