import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import commonPasswords from 'fxa-common-password-list';
import { fold } from '../../search/text.ts';

/** Argon2id with the OWASP Password Storage Cheat Sheet's first choice: 19 MiB, 2 passes, 1 lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
export const minPasswordLength = 10;
export const maxPasswordLength = 200;

const derive = promisify(argon2) as (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer>;

const keyOf = (password: string, nonce: Buffer): Promise<Buffer> =>
  derive('argon2id', { ...cost, nonce, message: password.normalize('NFC') });

/** What is stored of a password: `argon2id$<salt>$<key>`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `argon2id$${salt.toString('base64url')}$${(await keyOf(password, salt)).toString('base64url')}`;
}

const nobody = `argon2id$${Buffer.alloc(16).toString('base64url')}$${Buffer.alloc(32).toString('base64url')}`;

/**
 * Compares a password with what is stored. Without a stored one it takes as long and says no, so that the time of an
 * answer does not tell whether an address is known.
 */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  const [, salt, key] = (stored ?? nobody).split('$');
  const derived = await keyOf(password, Buffer.from(salt, 'base64url'));
  return timingSafeEqual(derived, Buffer.from(key, 'base64url')) && stored != null;
}

/** Words that say nothing in a password here, beside the site's and the Department's own names (ASVS 6.1.2). */
const emptyWords = ['admin', 'congnghe', 'khoahoc', 'khcn', 'matkhau', 'password', 'qwerty', 'quantri', 'vietnam'];

/** True for a password of one sign, counted, or of such words with a short number or signs around them. */
function saysNothing(password: string, names: string[]): boolean {
  if (/^(?:(.)\1*|0?1234567890?)$/.test(password)) return true;
  const letters = (text: string) => fold(text).replaceAll(' ', '');
  const left = [...names.map(letters), ...names.flatMap((name) => fold(name).split(' ')), ...emptyWords]
    .sort((a, b) => b.length - a.length)
    .reduce((text, word) => text.replaceAll(word, ''), letters(password));
  return left !== letters(password) && left.replace(/^\d{1,4}|\d{1,4}$/g, '').length < 3;
}

/**
 * True for what attackers try first: passwords that have leaked often, the site's own words, one's own address.
 * @param names the site's and the Department's names
 */
export function isEasilyGuessed(password: string, email: string, names: string[] = []): boolean {
  const typed = password.toLowerCase();
  const mailbox = email.split('@')[0];
  return (
    commonPasswords.test(typed) ||
    (mailbox.length >= 4 && typed.includes(mailbox.toLowerCase())) ||
    saysNothing(typed, names)
  );
}
