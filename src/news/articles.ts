import type { Selectable } from 'kysely';
import * as z from 'zod';
import type { Db } from '../../db/client.ts';
import type { ArticleTable } from '../../db/schema.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { maxPhotos, type Picture, pictureFile, picturesOf } from '../catalogue/pictures.ts';
import type { FileStore } from '../files/store.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { audit } from '../moderation/audit.ts';
import { receivePicture } from '../moderation/pictures.ts';
import { line, optionalLine, text } from './fields.ts';
import { freeSlug } from './slug.ts';
import { havingWords } from './words.ts';

export type ArticleRow = Selectable<ArticleTable>;

export const articleForm = z.object({
  title: line(5, 200, 'article.problem.title'),
  titleEn: optionalLine(200, 'news.problem.titleEn'),
  summary: line(10, 500, 'news.problem.summary'),
  summaryEn: optionalLine(500, 'news.problem.summaryEn'),
  body: text(20, 20_000, 'article.problem.body'),
});
export type ArticleInput = z.infer<typeof articleForm>;

/** An article's photos, the first one large. */
export const photosOf = ({ photos }: Pick<ArticleRow, 'photos'>): Picture[] =>
  picturesOf({ logo: null, photos }).photos;

/** Writes a new article as a draft, noted in the audit log. */
export async function addArticle(
  db: Db,
  person: SignedIn,
  input: ArticleInput,
  now = new Date(),
): Promise<Outcome<{ articleId: number }>> {
  return db.transaction().execute(async (trx) => {
    const at = now.toISOString();
    const { id } = await trx
      .insertInto('article')
      .values({
        ...input,
        slug: await freeSlug(trx, 'article', input.title),
        createdAt: at,
        updatedAt: at,
        publishedAt: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(trx, person, { action: 'articleAdded', recordId: null, detail: { text: input.title } });
    return { ok: true, articleId: id };
  });
}

/**
 * Changes an article, noted in the audit log.
 * @param version that the form was made from
 */
export async function changeArticle(
  db: Db,
  person: SignedIn,
  { id, version }: { id: number; version: number },
  input: ArticleInput,
  now = new Date(),
): Promise<Outcome> {
  return db.transaction().execute(async (trx): Promise<Outcome> => {
    const before = await trx.selectFrom('article').selectAll().where('id', '=', id).executeTakeFirst();
    if (!before) return refuse('news.gone');
    if (before.version !== version) return refuse('record.conflict');
    // An address never changes once it was public.
    const slug = before.publishedAt === null ? await freeSlug(trx, 'article', input.title, id) : before.slug;
    await trx
      .updateTable('article')
      .set({ ...input, slug, updatedAt: now.toISOString(), version: version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(trx, person, { action: 'articleChanged', recordId: null, detail: { text: input.title } });
    return { ok: true };
  });
}

const moves = { publish: 'draft', takeBack: 'published', remove: 'draft' } as const;
export const articleMoves = ['publish', 'takeBack', 'remove'] as const;
export type ArticleMove = (typeof articleMoves)[number];

/** Publishes a draft, takes a public article back, or removes a draft; noted in the audit log. */
export async function moveArticle(
  db: Db,
  person: SignedIn,
  id: number,
  move: ArticleMove,
  now = new Date(),
): Promise<Outcome> {
  return db.transaction().execute(async (trx): Promise<Outcome> => {
    const article = await trx.selectFrom('article').selectAll().where('id', '=', id).executeTakeFirst();
    if (!article || article.status !== moves[move]) return refuse('news.gone');
    if (move === 'remove') await trx.deleteFrom('article').where('id', '=', id).execute();
    else {
      const at = now.toISOString();
      await trx
        .updateTable('article')
        .set({
          status: move === 'publish' ? 'published' : 'draft',
          publishedAt: article.publishedAt ?? at,
          updatedAt: at,
          version: article.version + 1,
        })
        .where('id', '=', id)
        .execute();
    }
    const action = ({ publish: 'articlePublished', takeBack: 'articleTakenBack', remove: 'articleRemoved' } as const)[
      move
    ];
    await audit(trx, person, { action, recordId: null, detail: { text: article.title } });
    return { ok: true };
  });
}

/** Reads the form that sends a photo, writes the photo anew and puts it at the end of an article's photos. */
export async function addArticlePhoto(
  { db, files }: { db: Db; files: FileStore },
  person: SignedIn,
  id: number,
  form: FormData,
  now = new Date(),
): Promise<Outcome> {
  const received = await receivePicture(db, person, 'photo', form);
  if (!received.ok) return received;
  const { picture, alt } = received;
  const { hash, width, height } = picture;
  const article = await findArticle(db, id);
  if (!article) return refuse('news.gone');
  if (photosOf(article).length >= maxPhotos) return refuse('picture.full', 'photoFile', { n: maxPhotos });
  if (photosOf(article).some((photo) => photo.hash === hash)) return refuse('picture.already', 'photoFile');
  const at = now.toISOString();
  // First the row, then the files: the tidying of pictures removes no file that has one.
  await db
    .insertInto('article_picture')
    .values({ articleId: id, hash, createdAt: at })
    .onConflict((conflict) => conflict.doUpdateSet({ createdAt: at }))
    .execute();
  for (const { size, bytes } of picture.files) await files.write(pictureFile(hash, size), bytes);
  return changePhotos(db, person, id, (photos) => [...photos, { hash, width, height, alt }].slice(0, maxPhotos), now);
}

/** Takes a photo out of an article; its files go when nothing shows it any more. */
export const removeArticlePhoto = (
  db: Db,
  person: SignedIn,
  id: number,
  hash: string,
  now = new Date(),
): Promise<Outcome> => changePhotos(db, person, id, (photos) => photos.filter((photo) => photo.hash !== hash), now);

const changePhotos = (
  db: Db,
  person: SignedIn,
  id: number,
  change: (photos: Picture[]) => Picture[],
  now: Date,
): Promise<Outcome> =>
  db.transaction().execute(async (trx): Promise<Outcome> => {
    const article = await trx.selectFrom('article').selectAll().where('id', '=', id).executeTakeFirst();
    if (!article) return refuse('news.gone');
    const after = change(photosOf(article));
    // Another article's photo, or one that somebody has just removed; or there is no room for one more.
    if (after.length === photosOf(article).length) return refuse('news.gone');
    await trx
      .updateTable('article')
      .set({ photos: JSON.stringify(after), updatedAt: now.toISOString() })
      .where('id', '=', id)
      .execute();
    for (const { hash } of photosOf(article).filter((photo) => !after.some(({ hash }) => hash === photo.hash))) {
      await trx.deleteFrom('article_picture').where('articleId', '=', id).where('hash', '=', hash).execute();
    }
    await audit(trx, person, { action: 'articleChanged', recordId: null, detail: { text: article.title } });
    return { ok: true };
  });

export const findArticle = (db: Db, id: number): Promise<ArticleRow | undefined> =>
  db.selectFrom('article').selectAll().where('id', '=', id).executeTakeFirst();

export const articleAt = (db: Db, slug: string): Promise<ArticleRow | undefined> =>
  db.selectFrom('article').selectAll().where('slug', '=', slug).executeTakeFirst();

/** What a list shows of an article; texts can be long. */
const listed = [
  'id',
  'slug',
  'title',
  'titleEn',
  'summary',
  'summaryEn',
  'photos',
  'demo',
  'publishedAt',
  'updatedAt',
] as const;
export type ListedArticle = Pick<ArticleRow, (typeof listed)[number]>;

/** What is read for a list with words, before they are compared: years of articles. */
const mostRead = 2000;

/** Public articles, the newest first; with words, those whose title or summary has them, however spelled. */
export async function publicArticles(
  db: Db,
  { q = '', offset = 0, limit }: { q?: string; offset?: number; limit: number },
): Promise<{ articles: ListedArticle[]; total: number }> {
  const has = havingWords(q);
  const all = await newestArticles(db, mostRead);
  const found = all.filter((one) => has([one.title, one.titleEn, one.summary, one.summaryEn]));
  return { articles: found.slice(offset, offset + limit), total: found.length };
}

/** The newest public articles. */
export const newestArticles = (db: Db, limit: number): Promise<ListedArticle[]> =>
  db
    .selectFrom('article')
    .select(listed)
    .where('status', '=', 'published')
    .orderBy('publishedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();

/** All articles for those who write them, the last changed first. */
export const articlesToManage = (db: Db, before?: { updatedAt: string; id: number }, limit = 50) =>
  db
    .selectFrom('article')
    .select(['id', 'title', 'status', 'updatedAt', 'publishedAt', 'demo'])
    .$if(before !== undefined, (query) =>
      query.where((eb) => eb(eb.refTuple('updatedAt', 'id'), '<', eb.tuple(before?.updatedAt ?? '', before?.id ?? 0))),
    )
    .orderBy('updatedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
