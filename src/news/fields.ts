import * as z from 'zod';
import type { MessageKey } from '../i18n/translate.ts';

/** Fields of the forms in which the Department writes events, articles and bulletins. */

const normal = (value: unknown) =>
  typeof value === 'string' ? value.normalize('NFC').replace(/\r\n?/g, '\n').trim() : '';
const oneLine = (value: unknown) => normal(value).replace(/\s+/g, ' ');
const orNull = (text: string): string | null => text || null;

/** One line of text. */
export const line = (min: number, max: number, message: MessageKey) =>
  z.preprocess(oneLine, z.string().min(min, message).max(max, message));

/** One line of text, or none (null). */
export const optionalLine = (max: number, message: MessageKey) =>
  z.preprocess(oneLine, z.string().max(max, message).transform(orNull));

/** Text of several lines. */
export const text = (min: number, max: number, message: MessageKey) =>
  z.preprocess(normal, z.string().min(min, message).max(max, message));

/** Text of several lines, or none (null). */
export const optionalText = (max: number, message: MessageKey) =>
  z.preprocess(normal, z.string().max(max, message).transform(orNull));

/** An address on the web, or none (null). */
export const optionalUrl = (message: MessageKey) =>
  z.preprocess(
    (value) => normal(value) || null,
    z
      .url({ protocol: /^https?$/, error: message })
      .max(500, message)
      .nullable(),
  );

/** A moment in Việt Nam as a browser's own field sends it (`2026-12-01T08:00`), as ISO 8601 in UTC. */
const localMoment = (message: MessageKey) =>
  z
    .string(message)
    .regex(/^20\d\d-\d\d-\d\dT\d\d:\d\d(?::00)?$/, message)
    .refine((value) => !Number.isNaN(Date.parse(`${value.slice(0, 16)}:00+07:00`)), message)
    .transform((value) => new Date(`${value.slice(0, 16)}:00+07:00`).toISOString());

export const moment = (message: MessageKey) => z.preprocess(normal, localMoment(message));

/** A moment, or none (null). */
export const optionalMoment = (message: MessageKey) =>
  z.preprocess((value) => normal(value) || null, localMoment(message).nullable());

/** A box that may be ticked. */
export const ticked = z.preprocess((value) => value === 'on', z.boolean());

/** A whole number above zero, or none (null). */
export const optionalCount = (most: number, message: MessageKey) =>
  z.preprocess(
    (value) => normal(value) || null,
    z.coerce.number(message).int(message).min(1, message).max(most, message).nullable(),
  );

/** The number of a thing in a hidden field. */
export const itemId = z.coerce.number('news.gone').int('news.gone').positive('news.gone');

/** The version that the page was made from. */
export const version = z.coerce.number('record.conflict').int('record.conflict').min(0, 'record.conflict');
