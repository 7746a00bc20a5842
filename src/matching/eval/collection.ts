import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from '../../../db/client.ts';
import { type CollectionRecord, readList } from '../../../search/eval/collection.ts';
import { isKindCode, kinds } from '../../catalogue/kinds/index.ts';
import { parseRecord, saveRecord } from '../../catalogue/save.ts';
import { loadVocabulary, type Vocabulary } from '../../catalogue/vocabulary.ts';
import type { Grades } from './metrics.ts';

/** A need of an evaluation collection (design.md §11). */
export interface CollectionNeed {
  id: string;
  title: string;
  problem: string;
  wanted: string;
  fields?: string[];
  minTrl?: number;
  preferredModes?: string[];
  areas?: string[];
}

/** The part of a collection that judges the matching. */
export interface MatchingCollection {
  records: CollectionRecord[];
  needs: CollectionNeed[];
  /** By need: how well each record meets it. */
  grades: Map<string, Grades>;
}

/**
 * Reads a collection's folder.
 * @throws Error that names what is missing or wrong
 */
export function readMatchingCollection(folder: string): MatchingCollection {
  const file = join(folder, 'matching-qrels.json');
  if (!existsSync(file)) throw new Error(`There is no file ${file}`);
  const grades: Record<string, Record<string, number>> = JSON.parse(readFileSync(file, 'utf8'));
  const needs = readList<CollectionNeed>(folder, 'needs.json');
  const unjudged = needs.filter(({ id }) => !grades[id]).map(({ id }) => id);
  if (unjudged.length > 0) throw new Error(`${file}: no judgements for ${unjudged.join(', ')}`);
  return {
    records: readList(folder, 'records.json'),
    needs,
    grades: new Map(Object.entries(grades).map(([need, of]) => [need, new Map(Object.entries(of))])),
  };
}

/** How a kind names the organisation behind a record. */
const behindRelation: Record<string, string> = {
  offer: 'supplier',
  achievement: 'leadOrganisation',
  expert: 'organisation',
};

/** Texts that are longer than the catalogue takes go on in the body. */
function fitting({ title, summary, body = '', ...others }: CollectionRecord) {
  const [longest, longestSummary] = [200, 600];
  const rest = [title.slice(longest), summary.slice(longestSummary), body].filter(Boolean);
  return {
    ...others,
    title: title.slice(0, longest),
    summary: summary.slice(0, longestSummary),
    body: rest.join('\n'),
  };
}

/** The codes of a classification that this database has. */
const known = (codes: string[] = [], terms: Vocabulary['fields']): string[] => codes.filter((code) => terms.has(code));

/**
 * Saves a collection's records as the catalogue saves any, organisations first, so that others can name them.
 * @returns the collection's ids by the record's
 * @throws Error that names a record which the catalogue would not take
 */
export async function saveCollection(records: CollectionRecord[], db: Db): Promise<Map<number, string>> {
  const vocabulary = await loadVocabulary(db);
  const saved = new Map<string, number>();
  const rank = (record: CollectionRecord) => (record.kind === 'organisation' ? 0 : 1);
  await db.transaction().execute(async (trx) => {
    for (const record of records.toSorted((a, b) => rank(a) - rank(b))) {
      if (!isKindCode(record.kind)) throw new Error(`${record.id}: unknown kind ${record.kind}`);
      const kind = kinds[record.kind];
      const parsed = parseRecord(kind, {
        ...fitting(record),
        externalId: record.id,
        fields: known(record.fields, vocabulary.fields),
        areas: known(record.areas, vocabulary.areas),
        // The people of a collection are made up.
        ...(record.kind === 'expert' && { consentAt: '2026-01-01' }),
      });
      if (!parsed.ok) throw new Error(`${record.id}: ${JSON.stringify(parsed.issues)}`);
      const behind = record.organisation === undefined ? undefined : saved.get(record.organisation);
      const relation = behindRelation[record.kind];
      const links = behind !== undefined && relation ? { [relation]: [behind] } : {};
      saved.set(record.id, await saveRecord(trx, kind, { ...parsed.input, links }));
    }
  });
  return new Map([...saved].map(([id, recordId]) => [recordId, id]));
}
