import { hash, randomBytes } from 'node:crypto';

/** 160 random bits as text that survives being read aloud and put into an address. */
export const newSecret = (): string => randomBytes(20).toString('hex');

/** What the database keeps of a secret: enough to know it again, useless to whoever steals the file. */
export const digest = (secret: string): string => hash('sha256', secret);
