import type { Db, Trx } from '../../db/client.ts';
import type { Language } from '../../search/engine.ts';
import type { Accounts } from './accounts.ts';

/** Somebody about whom the site may hold data: known by an address, with or without an account. */
export interface DataSubject {
  /** Lower case. */
  email: string;
  userId: string | null;
  language: Language;
}

/** What is to go besides what the address leads to. */
export interface ErasureChoice {
  /** Records about the person, e.g. an expert whom the Department has listed. */
  recordIds: readonly number[];
}

/** One domain's share in what the site holds about people; a new domain adds its own to `personalDataParts`. */
export interface PersonalDataPart {
  name: string;
  /** Everything it holds about somebody, for them to keep; secrets are left out. */
  collect(db: Db, subject: DataSubject): Promise<object>;
  /** Deletes it, or takes the person out of what others need, in the transaction of the whole erasure. */
  erase(accounts: Accounts, trx: Trx, subject: DataSubject, choice: ErasureChoice): Promise<void>;
}
