import * as z from 'zod';
import type { MessageKey } from '../i18n/translate.ts';

/** One line of text; blanks around it and doubled ones are dropped. */
export const line = (message: MessageKey, min: number, max: number) =>
  z
    .string(message)
    .normalize('NFC')
    .transform((text) => text.replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(min, message).max(max, message));

/** The lines of a text, each once, without empty ones. */
export const lines = (message: MessageKey) =>
  z
    .string(message)
    .max(5000, message)
    .normalize('NFC')
    .transform((text) => [
      ...new Set(
        text
          .split('\n')
          .map((one) => one.replace(/\s+/g, ' ').trim())
          .filter(Boolean),
      ),
    ]);

/** A calendar day, or nothing. */
export const dayOrNothing = z
  .string('vocabulary.day')
  .trim()
  .transform((text) => (text === '' ? null : text))
  .pipe(z.iso.date('vocabulary.day').nullable());
