import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

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

const common = /^(?:(.)\1*|0?1234567890?|(?:mat ?khau|password|qwerty|abc|admin)[\d!@#]*)$/i;

/** True for what attackers try first: one repeated sign, counting, well-known words, one's own address. */
export function isEasilyGuessed(password: string, email: string): boolean {
  const name = email.split('@')[0];
  return common.test(password) || (name.length >= 4 && password.toLowerCase().includes(name.toLowerCase()));
}
