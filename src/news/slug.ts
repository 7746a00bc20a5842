import type { Trx } from '../../db/client.ts';
import { slugify } from '../../search/text.ts';

/**
 * An address that no other event (or article) has.
 * @param own the one whose present address may be given again
 */
export async function freeSlug(trx: Trx, table: 'event' | 'article', title: string, own = 0): Promise<string> {
  const base = slugify(title);
  // Only `base` itself and `base-` before a digit stand in this range of the index.
  const rows = await trx
    .selectFrom(table)
    .select('slug')
    .where('slug', '>=', base)
    .where('slug', '<', `${base}-:`)
    .where('id', '<>', own)
    .execute();
  const taken = new Set(rows.map((row) => row.slug));
  let slug = base;
  for (let n = 2; taken.has(slug); n++) slug = `${base}-${n}`;
  return slug;
}
