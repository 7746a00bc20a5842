import * as z from 'zod';
import { maxPasswordLength, minPasswordLength } from './password.ts';

/** Fields that several forms have; messages are keys of the catalogue. */

const text = (value: unknown) => (typeof value === 'string' ? value.normalize('NFC').trim() : '');

export const email = z.preprocess((value) => text(value).toLowerCase(), z.email('form.email').max(254, 'form.email'));

export const personName = z.preprocess(text, z.string().min(2, 'form.name').max(120, 'form.name'));

export const newPassword = z
  .string('form.password.short')
  .min(minPasswordLength, 'form.password.short')
  .max(maxPasswordLength, 'form.password.long');

/** A password that is compared, not chosen: whatever was typed. */
export const password = z
  .string('form.password.missing')
  .min(1, 'form.password.missing')
  .max(1000, 'form.password.long');

/** A box that must be ticked. */
export const agreed = z.literal('on', 'form.terms');

/** A second factor: six digits, or a recovery code. */
export const code = z.preprocess(
  (value) => text(value).replace(/[\s-]/g, '').toLowerCase(),
  z.string().regex(/^(?:\d{6}|[0-9a-f]{10})$/, 'form.code'),
);
