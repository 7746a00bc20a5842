import type { Db } from '../../db/client.ts';

/** A sitemap holds at most 50,000 addresses; each record has two. */
export const recordsPerSitemap = 20_000;

/** The first record id of each sitemap, walking the public records in the order of their ids. */
export async function sitemapStarts(db: Db): Promise<number[]> {
  const starts: number[] = [];
  let after = 0;
  for (;;) {
    const next = await db
      .selectFrom('record')
      .select('id')
      .where('status', '=', 'published')
      .where('id', '>', after)
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    if (!next) return starts;
    starts.push(next.id);
    const last = await db
      .selectFrom('record')
      .select('id')
      .where('status', '=', 'published')
      .where('id', '>=', next.id)
      .orderBy('id')
      .offset(recordsPerSitemap - 1)
      .limit(1)
      .executeTakeFirst();
    if (!last) return starts;
    after = last.id;
  }
}

/** The public records of one sitemap. */
export const sitemapRecords = (db: Db, start: number) =>
  db
    .selectFrom('record')
    .select(['kind', 'slug', 'updatedAt'])
    .where('status', '=', 'published')
    .where('id', '>=', start)
    .orderBy('id')
    .limit(recordsPerSitemap)
    .execute();
