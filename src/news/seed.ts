import { readFileSync } from 'node:fs';
import type { Db } from '../../db/client.ts';
import type { EventType } from '../../db/schema.ts';
import { localDay } from '../i18n/format.ts';
import { freeSlug } from './slug.ts';

interface DemoEvent {
  type: EventType;
  title: string;
  titleEn: string;
  summary: string;
  summaryEn: string;
  body: string | null;
  organiser: string;
  place: string;
  /** Days from the first start, so that a new site has something to come. */
  inDays: number;
  /** Times of the day in Việt Nam. */
  from: string;
  to: string;
  capacity: number | null;
}

interface DemoArticle {
  title: string;
  titleEn: string;
  summary: string;
  summaryEn: string;
  body: string;
  /** Days before the first start. */
  daysAgo: number;
}

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../db/seed/demo/${name}.json`, import.meta.url), 'utf8'));

/** Puts a few events and articles that are marked demo into an empty database. */
export async function seedNews(db: Db, now = new Date()): Promise<void> {
  const at = now.toISOString();
  await db.transaction().execute(async (trx) => {
    if (await trx.selectFrom('event').select('id').limit(1).executeTakeFirst()) return;
    for (const { inDays, from, to, ...event } of read<DemoEvent[]>('events')) {
      const day = localDay(now.getTime() + inDays * 86_400_000);
      const moment = (time: string) => new Date(`${day}T${time}:00+07:00`).toISOString();
      await trx
        .insertInto('event')
        .values({
          ...event,
          slug: await freeSlug(trx, 'event', event.title),
          status: 'published',
          website: null,
          startsAt: moment(from),
          endsAt: moment(to),
          takesRegistrations: inDays > 0 ? 1 : 0,
          registerUntil: null,
          cancelReason: null,
          isOver: inDays > 0 ? 0 : 1,
          demo: 1,
          createdAt: at,
          updatedAt: at,
          publishedAt: at,
        })
        .execute();
    }
    for (const { daysAgo, ...article } of read<DemoArticle[]>('articles')) {
      const then = new Date(now.getTime() - daysAgo * 86_400_000).toISOString();
      await trx
        .insertInto('article')
        .values({
          ...article,
          slug: await freeSlug(trx, 'article', article.title),
          status: 'published',
          demo: 1,
          createdAt: then,
          updatedAt: then,
          publishedAt: then,
        })
        .execute();
    }
  });
}
