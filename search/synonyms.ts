import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const shipped = new URL('./synonyms.txt', import.meta.url);

/** Groups of words and phrases that mean the same, one group a line, separated by `=`; `#` begins a comment. */
export function parseSynonyms(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.split('=').map((member) => member.trim()).filter(Boolean))
    .filter((group) => group.length > 1);
}

/** The Department's own file in the data folder, or the one that ships with the program. */
export function loadSynonyms(dataDir?: string): string[][] {
  const own = dataDir ? join(dataDir, 'synonyms.txt') : undefined;
  return parseSynonyms(readFileSync(own && existsSync(own) ? own : shipped, 'utf8'));
}
