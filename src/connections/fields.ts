import * as z from 'zod';

const normal = (value: unknown) =>
  typeof value === 'string' ? value.normalize('NFC').replace(/\r\n?/g, '\n').trim() : '';

/** Plain text of several lines. */
export const longText = (min: number, max: number, message: string) =>
  z.preprocess(normal, z.string().min(min, message).max(max, message));

/** A record's number from a list, or none. */
export const optionalId = z.preprocess(
  (value) => (value === '' || value === undefined ? null : value),
  z.coerce.number('connection.askerRecord.notOwn').int('connection.askerRecord.notOwn').nullable(),
);

/** A connection's number in a hidden field. */
export const connectionId = z.coerce.number('connection.notNow').int('connection.notNow').positive('connection.notNow');

/** An amount as people write it: `250.000.000`. */
export const money = z.preprocess(
  (value) => {
    const digits = normal(value).replace(/[\s.,_]|đồng$|vnd$|đ$/gi, '');
    return digits === '' ? null : digits;
  },
  z
    .string()
    .regex(/^\d{1,15}$/, 'connection.money')
    .transform(Number)
    .nullable(),
);

/** A day as the browser's own field sends it, or none. */
export const optionalDay = z.preprocess(
  (value) => (value === '' || value === undefined ? null : value),
  z.iso.date('connection.day').nullable(),
);
