import type { MessageKey, MessageValues } from '../i18n/translate.ts';

/** Why a source could not be read, in words for the Department. */
export class HarvestProblem extends Error {
  readonly key: MessageKey;
  readonly values: MessageValues;
  constructor(key: MessageKey, values: MessageValues = {}, cause?: unknown) {
    super(`${key} ${JSON.stringify(values)}`, { cause });
    this.key = key;
    this.values = values;
  }
}
