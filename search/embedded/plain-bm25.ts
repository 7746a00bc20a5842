import type BetterSqlite3 from 'better-sqlite3';
import { tokenize } from '../text.ts';
import { wordExpression } from './postings.ts';
import { readState } from './writer.ts';

/**
 * The yardstick of the matching's evaluation: FTS5's own `bm25()` over any of a text's words, nothing else.
 * @returns ids, best first
 */
export function plainBm25(sqlite: BetterSqlite3.Database, text: string, limit: number): number[] {
  const words = [...new Set(tokenize(text).map(({ folded }) => wordExpression(folded)))];
  if (words.length === 0) return [];
  const table = `search_text_${readState(sqlite).generation}`;
  return sqlite
    .prepare(`select rowid from ${table} where ${table} match ? order by bm25(${table}), rowid limit ?`)
    .pluck()
    .all(`{title keys summary places body} : (${words.join(' OR ')})`, limit) as number[];
}
