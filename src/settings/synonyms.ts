import * as z from 'zod';
import type { Db } from '../../db/client.ts';
import type { SearchEngine } from '../../search/engine.ts';
import { groupKey } from '../../search/synonyms.ts';
import { tokenize } from '../../search/text.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { audit } from '../moderation/audit.ts';
import { reindexForSynonyms } from './reindex.ts';
import { lines } from './texts.ts';

const mostMembers = 12;
const longestMember = 80;

/** A group as its form has it: one name a line; `id` is empty for a new one. */
export const synonymForm = z.object({
  id: z
    .string()
    .regex(/^\d{0,15}$/, 'vocabulary.gone')
    .default(''),
  members: lines('vocabulary.synonyms.wrong').pipe(
    z
      .array(
        z
          .string()
          .max(longestMember, 'vocabulary.synonyms.wrong')
          // `=` parts the names where the list is a file.
          .regex(/^[^=#]+$/, 'vocabulary.synonyms.sign'),
      )
      .max(mostMembers, 'vocabulary.synonyms.wrong'),
  ),
  do: z.enum(['save', 'preview'], 'record.notNow'),
});

export const synonymRemoval = z.object({ id: z.coerce.number('vocabulary.gone').int().positive() });

export interface SynonymGroup {
  id: number;
  members: string[];
}

/** Every group, as it was entered. */
export const allSynonyms = async (db: Db): Promise<SynonymGroup[]> =>
  (await db.selectFrom('synonym_group').select(['id', 'members']).orderBy('id').execute()).map(({ id, members }) => ({
    id,
    members: JSON.parse(members),
  }));

const describe = (members: string[]) => members.join(' = ');

/** How many records each of some names finds now, by the search that visitors use. */
export const foundNow = (search: SearchEngine, members: string[]): Promise<{ name: string; found: number }[]> =>
  Promise.all(
    members.slice(0, mostMembers).map(async (name) => {
      const { total, relaxed } = await search.search({
        q: name,
        filters: {},
        sort: 'relevance',
        offset: 0,
        limit: 0,
        facets: [],
        language: 'vi',
      });
      // The nearest ones are shown when nothing has the words: that is not what the name finds.
      return { name, found: relaxed ? 0 : total };
    }),
  );

/** What keeps names from being one group; undefined when nothing does. */
function problemOf(members: string[]): ReturnType<typeof refuse> | undefined {
  const keys = members.map((member) => groupKey(tokenize(member)));
  if (members.length < 2 || keys.some((key) => key.length < 2)) return refuse('vocabulary.synonyms.wrong', 'members');
  const twice = members.find((_, i) => keys.indexOf(keys[i]) !== i);
  return twice === undefined ? undefined : refuse('vocabulary.synonyms.twice', 'members', { name: twice });
}

/**
 * Stores a group of names that mean the same, or with `preview` only checks it; searches follow at once, in every
 * process.
 */
export async function saveSynonyms(
  db: Db,
  person: SignedIn,
  { id, members, do: what }: z.infer<typeof synonymForm>,
  now = new Date(),
): Promise<Outcome<{ saved?: number }>> {
  const problem = problemOf(members);
  if (problem) return problem;
  if (what === 'preview') return { ok: true };
  return db.transaction().execute(async (trx): Promise<Outcome<{ saved?: number }>> => {
    const row = { members: JSON.stringify(members), updatedAt: now.toISOString() };
    if (id === '') {
      const added = await trx.insertInto('synonym_group').values(row).returning('id').executeTakeFirstOrThrow();
      await audit(trx, person, { action: 'synonymsAdded', recordId: null, detail: { text: describe(members) } });
      await reindexForSynonyms(trx, now);
      return { ok: true, saved: added.id };
    }
    const before = await trx
      .selectFrom('synonym_group')
      .select('members')
      .where('id', '=', Number(id))
      .executeTakeFirst();
    if (!before) return refuse('vocabulary.gone');
    await trx.updateTable('synonym_group').set(row).where('id', '=', Number(id)).execute();
    const detail = { before: describe(JSON.parse(before.members)), text: describe(members) };
    await audit(trx, person, { action: 'synonymsChanged', recordId: null, detail });
    await reindexForSynonyms(trx, now);
    return { ok: true, saved: Number(id) };
  });
}

/** Deletes a group: its names find only themselves again. */
export const removeSynonyms = (
  db: Db,
  person: SignedIn,
  { id }: z.infer<typeof synonymRemoval>,
  now = new Date(),
): Promise<Outcome> =>
  db.transaction().execute(async (trx): Promise<Outcome> => {
    const gone = await trx.deleteFrom('synonym_group').where('id', '=', id).returning('members').executeTakeFirst();
    if (!gone) return refuse('vocabulary.gone');
    const detail = { text: describe(JSON.parse(gone.members)) };
    await audit(trx, person, { action: 'synonymsRemoved', recordId: null, detail });
    await reindexForSynonyms(trx, now);
    return { ok: true };
  });
