import type { Db } from '../../db/client.ts';
import type { RecordStatus } from '../../db/schema.ts';
import type { SearchEngine } from '../../search/engine.ts';
import { fold, tokenize } from '../../search/text.ts';
import { editDistance } from '../../search/typos.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { findByKey, naturalKeysOf } from '../catalogue/import/existing.ts';
import type { KindDeclaration } from '../catalogue/kind.ts';
import { publicView, readRecords } from '../catalogue/read.ts';
import type { Sources } from '../catalogue/sources.ts';
import { recordsOf } from './drafts.ts';
import type { TypedForm } from './form.ts';

/** Words that say what somebody is in law or by rank, not who: names are compared without them. */
const legalForms = [
  'tổng công ty',
  'công ty',
  'cty',
  'CTCP',
  'TNHH',
  'trách nhiệm hữu hạn',
  'cổ phần',
  'CP',
  'một thành viên',
  'hai thành viên trở lên',
  'MTV',
  'doanh nghiệp tư nhân',
  'DNTN',
  'hợp tác xã',
  'HTX',
  'hộ kinh doanh',
  'tập đoàn',
  'joint stock company',
  'limited liability company',
  'company limited',
  'company',
  'JSC',
  'LLC',
  'co ltd',
  'ltd',
];
const ranks = ['phó giáo sư', 'giáo sư', 'tiến sĩ khoa học', 'tiến sĩ', 'thạc sĩ', 'PGS', 'GS', 'TSKH', 'TS', 'ThS'];
const anyOf = (phrases: string[]) =>
  phrases
    .map(fold)
    .sort((a, b) => b.length - a.length)
    .join('|');
const legalForm = new RegExp(`(?<= )(?:${anyOf(legalForms)})(?= )`, 'g');
const rank = new RegExp(`^ (?:(?:${anyOf(ranks)}) )+`);

/** The words of a name that tell it from others, folded; all of them when nothing else would be left. */
export function distinctWords(name: string): string[] {
  const words = (text: string) => text.split(' ').filter(Boolean);
  const folded = fold(name);
  const own = words(` ${folded} `.replace(legalForm, '').replace(rank, ' '));
  return own.length > 0 ? own : words(folded);
}

/** Whether one word is made of the others' first letters: `khcn`, khoa học và công nghệ. */
const abbreviates = ([short, ...more]: string[], long: string[]): boolean =>
  more.length === 0 &&
  long.length > 1 &&
  long
    .filter((word) => word !== 'va' && word !== 'and')
    .map((word) => word[0])
    .join('') === short;

/** Vietnamese syllables are short: four letters may hold a slip here, which the search, with more to find, forbids. */
function mistyped(word: string, other: string): boolean {
  const length = Math.min(word.length, other.length);
  const typos = length < 4 || /\d/.test(word + other) ? 0 : length < 9 ? 1 : 2;
  return typos > 0 && editDistance(word, other, typos) <= typos;
}

/** Names at least this alike are shown to people as perhaps the same. */
export const alikeFrom = 0.82;

/**
 * How alike two names are, 0…1: 1 when only legal forms, marks, order or spaces differ. Words that only one name has
 * count a little against it («Viện X», «Viện X tỉnh Y»), words that differ on both sides a lot («… Hải Dương», «… Hải
 * Phòng»), a slip of the finger half a word. The weights separate the pairs in tests/unit/duplicates.test.ts.
 */
export function likeness(a: string, b: string): number {
  const [left, right] = [distinctWords(a), distinctWords(b)];
  if (left.length === 0 || right.length === 0) return 0;
  if (left.join('') === right.join('')) return 1;
  const rest = [...right];
  let shared = 0;
  const take = (matches: (word: string, other: string) => boolean, worth: number) => (word: string) => {
    const found = rest.findIndex((other) => matches(word, other));
    if (found < 0) return true;
    rest.splice(found, 1);
    shared += worth;
    return false;
  };
  const only = left.filter(take((word, other) => word === other, 1)).filter(take(mistyped, 0.5));
  if (abbreviates(only, rest) || abbreviates(rest, only)) return 0.95;
  const [more, fewer] = [Math.max(only.length, rest.length), Math.min(only.length, rest.length)];
  const slips = left.length - only.length - shared;
  return shared / (shared + slips + 0.5 * more + 3 * fewer);
}

/** A record that may be the one that somebody is writing about. */
export interface Duplicate {
  id: number;
  kind: string;
  slug: string;
  title: string;
  status: RecordStatus;
  /** What is alike: the title, or a number that identifies (kind.naturalKeys). */
  attribute: string;
  /** 1 for the same number, or a name that says the same. */
  likeness: number;
}

/** A number as it is compared: letters and digits only. */
const squeezed = (value: unknown) => fold(String(value ?? '')).replaceAll(' ', '');

/** Public records and, by exact number, any others that may be the same as what a form describes; the most alike first. */
export async function findDuplicates(
  db: Db,
  search: SearchEngine,
  kind: KindDeclaration,
  form: TypedForm,
  ownId?: number,
): Promise<Duplicate[]> {
  const candidates = async (q: string) =>
    (
      await search.search({
        q,
        filters: { kind: [kind.code] },
        sort: 'relevance',
        offset: 0,
        limit: 10,
        facets: [],
        language: 'vi',
      })
    ).hits.map(({ document }) => document);
  const found = new Map<number, { attribute: string; likeness: number }>();
  for (const key of naturalKeysOf(kind)) {
    const value = String(form[key] ?? '').trim();
    if (!squeezed(value)) continue;
    for (const id of (await findByKey(db, kind, key, [value])).values()) found.set(id, { attribute: key, likeness: 1 });
    if (key === 'externalId') continue;
    // Written with other spaces, dots or capitals: the search finds it, the column decides.
    const ids = (await candidates(value)).map(({ id }) => id);
    const rows = ids.length
      ? await db.selectFrom(kind.code).select(['recordId', key]).where('recordId', 'in', ids).execute()
      : [];
    for (const row of rows as Record<string, unknown>[]) {
      if (squeezed(row[key]) === squeezed(value)) found.set(Number(row.recordId), { attribute: key, likeness: 1 });
    }
  }
  const title = String(form.title ?? '');
  const words = distinctWords(title);
  // Words only: a minus or quotes in a name would mean something to the search.
  for (const { id, title: other, titleEn } of words.length > 0 ? await candidates(searchable(title)) : []) {
    const alike = Math.max(likeness(title, other), titleEn ? likeness(title, titleEn) : 0);
    if (alike >= alikeFrom && !found.has(id)) found.set(id, { attribute: 'title', likeness: alike });
  }
  if (ownId !== undefined) found.delete(ownId);
  if (found.size === 0) return [];
  const ids = [...found.keys()];
  const records = await db
    .selectFrom('record')
    .select(['id', 'kind', 'slug', 'title', 'status'])
    .where('id', 'in', ids)
    .execute();
  return records
    .map((record) => ({ ...record, ...(found.get(record.id) as { attribute: string; likeness: number }) }))
    .sort((a, b) => b.likeness - a.likeness);
}

/** A name with its own spelling but without legal forms and signs. */
function searchable(name: string): string {
  const own = new Set(distinctWords(name));
  return tokenize(name)
    .filter(({ folded }) => own.has(folded))
    .map(({ start, end }) => name.slice(start, end))
    .join(' ');
}

/** What tells a kind's records apart: its name and its numbers. */
export const identifying = (kind: KindDeclaration): string[] => ['title', ...naturalKeysOf(kind)];

const mostShown = 3;

/** A duplicate as a member sees it. */
export type ShownDuplicate = Duplicate & {
  mine: boolean;
  /** Where it is, as far as everybody may know. */
  areas: string[];
};

/**
 * What a member is warned of: public records that may be the same, and the member's own, drafts too. Another person's
 * record that is not public is never among them.
 * @param form the attributes to compare; others are not looked at
 * @param ownId the record that is being written
 */
export async function duplicatesFor(
  { db, search, vocabulary }: Pick<Sources, 'db' | 'search' | 'vocabulary'>,
  person: SignedIn,
  kind: KindDeclaration,
  form: TypedForm,
  ownId?: number,
): Promise<ShownDuplicate[]> {
  const title = String(form.title ?? '');
  const [found, kept] = await Promise.all([
    findDuplicates(db, search, kind, form, ownId),
    recordsOf(db, person.userId),
  ]);
  const mine = kept
    .filter((record) => record.kind === kind.code && record.id !== ownId)
    .map((record) => ({ ...record, attribute: 'title', likeness: likeness(title, record.title) }))
    .filter((record) => record.likeness >= alikeFrom);
  const ids = new Set(kept.map(({ id }) => id));
  const shown = [
    ...mine.map((record) => ({ ...record, mine: true })),
    ...found
      .filter(({ id, status }) => ids.has(id) || status === 'published')
      .filter(({ id }) => !mine.some((record) => record.id === id))
      .map((record) => ({ ...record, mine: ids.has(record.id) })),
  ].slice(0, mostShown);
  if (shown.length === 0) return [];
  const records = await readRecords(
    db,
    shown.map(({ id }) => id),
  );
  const areas = new Map(records.map((record) => [record.id, publicView(record, vocabulary).areas]));
  return shown.map((record) => ({ ...record, areas: areas.get(record.id) ?? [] }));
}
