import type { Db } from '../../db/client.ts';
import type { itemRoutes } from '../i18n/routes.ts';

/** More than a region writes in a generation; a sitemap holds 50,000 addresses, each page has two. */
const most = 8000;

/** The public pages of events, articles and bulletins, for the sitemap. */
export async function newsAddresses(
  db: Db,
): Promise<{ page: keyof typeof itemRoutes; key: string; changed: string }[]> {
  const [events, articles, bulletins] = await Promise.all([
    db
      .selectFrom('event')
      .select(['slug', 'updatedAt'])
      .where('publishedAt', 'is not', null)
      .orderBy('publishedAt', 'desc')
      .limit(most)
      .execute(),
    db
      .selectFrom('article')
      .select(['slug', 'updatedAt'])
      .where('status', '=', 'published')
      .orderBy('publishedAt', 'desc')
      .orderBy('id', 'desc')
      .limit(most)
      .execute(),
    db.selectFrom('bulletin').select(['month', 'publishedAt']).orderBy('month', 'desc').limit(most).execute(),
  ]);
  return [
    ...events.map(({ slug, updatedAt }) => ({ page: 'event' as const, key: slug, changed: updatedAt })),
    ...articles.map(({ slug, updatedAt }) => ({ page: 'article' as const, key: slug, changed: updatedAt })),
    ...bulletins.map(({ month, publishedAt }) => ({ page: 'bulletin' as const, key: month, changed: publishedAt })),
  ];
}
