import type { Selectable } from 'kysely';
import * as z from 'zod';
import type { Db, Trx } from '../../db/client.ts';
import type { BulletinTable } from '../../db/schema.ts';
import type { Language } from '../../search/engine.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { recordPath } from '../catalogue/address.ts';
import { allKinds } from '../catalogue/kinds/index.ts';
import { dayStart, formatPeriod, localDay } from '../i18n/format.ts';
import { addressOf } from '../i18n/routes.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { audit } from '../moderation/audit.ts';
import { optionalText, text } from './fields.ts';

export type BulletinRow = Selectable<BulletinTable>;

const shown = {
  id: z.number(),
  slug: z.string(),
  title: z.string(),
  titleEn: z.string().nullable(),
  summary: z.string(),
  summaryEn: z.string().nullable(),
};
const bulletinItem = z.discriminatedUnion('type', [
  z.object({ type: z.literal('record'), kind: z.string(), ...shown }),
  z.object({ type: z.literal('event'), startsAt: z.string(), endsAt: z.string(), place: z.string(), ...shown }),
  z.object({ type: z.literal('article'), ...shown }),
]);
/** Something that a bulletin tells of, as it was when the bulletin was published. */
export type BulletinItem = z.infer<typeof bulletinItem>;

/** Names an item: `record:12`. */
export const keyOf = ({ type, id }: BulletinItem): string => `${type}:${id}`;

/** The items of a stored bulletin. */
export const itemsOf = ({ items }: Pick<BulletinRow, 'items'>): BulletinItem[] =>
  z.array(bulletinItem).parse(JSON.parse(items));

/** A month such as `2026-11`. */
export const isMonth = (month: string): boolean => /^20\d\d-(?:0[1-9]|1[0-2])$/.test(month);

/** The month of a moment in Việt Nam. */
export const monthOf = (moment: Date): string => localDay(moment).slice(0, 7);

/** The month so many months later, or earlier. */
export function monthAfter(month: string, months: number): string {
  const [year, n] = month.split('-').map(Number);
  return new Date(Date.UTC(year, n - 1 + months, 1)).toISOString().slice(0, 7);
}

/** The newest of each kind; a month in which thousands were imported has a list for that. */
const mostOfKind = 10;
const most = 50;
const columns = ['id', 'slug', 'title', 'titleEn', 'summary', 'summaryEn'] as const;

/** What became public in a month and still is: articles, events, records of each kind, the newest first. */
export async function assemble(db: Db | Trx, month: string): Promise<BulletinItem[]> {
  const [from, to] = [month, monthAfter(month, 1)].map((one) => dayStart(`${one}-01`));
  const articles = await db
    .selectFrom('article')
    .select(columns)
    .where('status', '=', 'published')
    .where('publishedAt', '>=', from)
    .where('publishedAt', '<', to)
    .orderBy('publishedAt', 'desc')
    .limit(most)
    .execute();
  const events = await db
    .selectFrom('event')
    .select([...columns, 'startsAt', 'endsAt', 'place'])
    .where('publishedAt', 'is not', null)
    .where('publishedAt', '>=', from)
    .where('publishedAt', '<', to)
    .where('status', '=', 'published')
    .orderBy('publishedAt')
    .limit(most)
    .execute();
  const items: BulletinItem[] = [
    ...articles.map((article) => ({ type: 'article' as const, ...article })),
    ...events.sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1)).map((event) => ({ type: 'event' as const, ...event })),
  ];
  for (const { code } of allKinds) {
    const records = await db
      .selectFrom('record')
      .select([...columns, 'kind'])
      .where('status', '=', 'published')
      .where('kind', '=', code)
      .where('publishedAt', '>=', from)
      .where('publishedAt', '<', to)
      .orderBy('publishedAt', 'desc')
      .orderBy('id', 'desc')
      .limit(mostOfKind)
      .execute();
    items.push(...records.map((record) => ({ type: 'record' as const, ...record })));
  }
  return items;
}

/** Those of a bulletin's items that are public now: what was suspended, withdrawn or removed is not told of any more. */
export async function stillPublic(db: Db, items: BulletinItem[]): Promise<BulletinItem[]> {
  const idsOf = (type: BulletinItem['type']) => items.filter((item) => item.type === type).map((item) => item.id);
  const [records, events, articles] = await Promise.all([
    db.selectFrom('record').select('id').where('id', 'in', idsOf('record')).where('status', '=', 'published').execute(),
    db
      .selectFrom('event')
      .select('id')
      .where('id', 'in', idsOf('event'))
      .where('publishedAt', 'is not', null)
      .execute(),
    db
      .selectFrom('article')
      .select('id')
      .where('id', 'in', idsOf('article'))
      .where('status', '=', 'published')
      .execute(),
  ]);
  const keys = new Set([
    ...records.map(({ id }) => `record:${id}`),
    ...events.map(({ id }) => `event:${id}`),
    ...articles.map(({ id }) => `article:${id}`),
  ]);
  return items.filter((item) => keys.has(keyOf(item)));
}

/** Items under the headings that they stand under: `article`, `event`, or a record's kind. */
export const grouped = (items: BulletinItem[]): [heading: string, items: BulletinItem[]][] => [
  ...Map.groupBy(items, (item) => (item.type === 'record' ? item.kind : item.type)),
];

/** What is shown of an item in a language, with the address of its page. */
export function inLanguage(item: BulletinItem, language: Language) {
  return {
    title: (language === 'en' && item.titleEn) || item.title,
    summary: (language === 'en' && item.summaryEn) || item.summary,
    titleIsVietnamese: language === 'en' && !item.titleEn,
    summaryIsVietnamese: language === 'en' && !item.summaryEn,
    when: item.type === 'event' ? `${formatPeriod(item.startsAt, item.endsAt, language)}, ${item.place}` : undefined,
    path: item.type === 'record' ? recordPath(item, language) : addressOf(item.type, language, item.slug),
  };
}

/** The field of an item in the form that publishes a bulletin. */
export const itemField = (item: BulletinItem): string => `item.${keyOf(item)}`;

/** The keys of the items that a form leaves in. */
export const chosenItems = (form: FormData): Set<string> =>
  new Set([...form.keys()].filter((name) => name.startsWith('item.')).map((name) => name.slice('item.'.length)));

export const bulletinForm = z.object({
  month: z.string('news.gone').refine(isMonth, 'news.gone'),
  intro: text(10, 5000, 'bulletin.problem.intro'),
  introEn: optionalText(5000, 'bulletin.problem.introEn'),
});

/**
 * Publishes a month's bulletin for good, noted in the audit log; sending it to its readers begins by itself.
 * @param chosen keys of the items that the moderator has seen and left in
 */
export async function publishBulletin(
  db: Db,
  person: SignedIn,
  { month, intro, introEn }: z.infer<typeof bulletinForm>,
  chosen: Set<string>,
  now = new Date(),
): Promise<Outcome> {
  if (month > monthOf(now)) return refuse('bulletin.tooEarly');
  return db.transaction().execute(async (trx): Promise<Outcome> => {
    if (await findBulletin(trx, month)) return refuse('bulletin.already');
    const items = (await assemble(trx, month)).filter((item) => chosen.has(keyOf(item)));
    if (items.length === 0) return refuse('bulletin.empty');
    await trx
      .insertInto('bulletin')
      .values({ month, intro, introEn, items: JSON.stringify(items), publishedAt: now.toISOString(), sentAt: null })
      .execute();
    await audit(trx, person, { action: 'bulletinPublished', recordId: null, detail: { text: month } });
    return { ok: true };
  });
}

export const findBulletin = (db: Db | Trx, month: string): Promise<BulletinRow | undefined> =>
  db.selectFrom('bulletin').selectAll().where('month', '=', month).executeTakeFirst();

/** All bulletins, the newest first: twelve a year. */
export const bulletins = (db: Db) =>
  db
    .selectFrom('bulletin')
    .select(['month', 'intro', 'introEn', 'publishedAt', 'sentAt'])
    .orderBy('month', 'desc')
    .execute();
