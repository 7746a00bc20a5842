import { digest, newSecret } from '../../../src/accounts/secrets.ts';
import { monthOf } from '../../../src/news/bulletin.ts';
import { type Case, noLink, type World } from './world.ts';

/** Where a digest's link leads, for the owner. */
export async function digestToken({ db }: World): Promise<string> {
  const secret = newSecret();
  await db
    .insertInto('digest_link')
    .values({ hash: digest(secret), userId: 'owner', createdAt: '2026-01-01' })
    .execute();
  return secret;
}

/** Saved searches and the mails that they cause. */
export const watching = (world: World): Case[] => [
  {
    action: 'saveSearch',
    who: 'owner',
    fields: () => ({ tim: '/cong-nghe?field=211', frequency: 'daily' }),
    foreign: 'own',
  },
  {
    action: 'changeAlert',
    who: 'owner',
    fields: async () => ({ search: await world.last('saved_search'), frequency: 'weekly', change: 'save' }),
  },
  { action: 'changeMatches', who: 'owner', fields: () => ({ frequency: 'paused' }), foreign: 'own' },
  {
    action: 'changeDigests',
    who: 'nobody',
    fields: async () => ({ token: await digestToken(world), change: 'stop' }),
    foreign: () => ({ token: noLink, change: 'stop' }),
  },
  { action: 'resumeDigests', who: 'owner', fields: () => ({}), foreign: 'own' },
];

export const event = {
  type: 'conference',
  title: 'Hội thảo thử về sấy lạnh',
  summary: 'Một buổi để thử việc đăng ký.',
  startsAt: '2098-03-02T08:00',
  endsAt: '2098-03-02T11:00',
  place: 'Hội trường thử',
  organiser: 'Đơn vị thử',
  takesRegistrations: 'on',
};
const article = {
  title: 'Tin thử về sấy lạnh',
  summary: 'Một đoạn dẫn để thử.',
  body: 'Nội dung của một tin để thử, đủ dài.',
};
export const reader = { email: 'doc@example.vn', consent: 'on' };
export const visitor = (world: World, email: string) => async () => ({
  event: await world.last('event'),
  name: 'Người Dự',
  email,
  consent: 'on',
});

async function versioned({ db }: World, table: 'event' | 'article') {
  const { id, version } = await db
    .selectFrom(table as 'event')
    .select(['id', 'version'])
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return { [table]: id, version };
}

const photoOf = async ({ db }: World) =>
  (await db.selectFrom('article_picture').select('hash').executeTakeFirstOrThrow()).hash;

/** Events with who comes, articles with their photos, the bulletin with its readers. */
export const telling = (world: World): Case[] => [
  { action: 'addEvent', who: 'reviewer', fields: () => event },
  {
    action: 'changeEvent',
    who: 'reviewer',
    fields: async () => ({ ...event, ...(await versioned(world, 'event')), place: 'Nhà văn hoá thử' }),
  },
  {
    action: 'moveEvent',
    who: 'reviewer',
    fields: async () => ({ event: await world.last('event'), move: 'publish' }),
  },
  { action: 'registerForEvent', who: 'nobody', fields: visitor(world, 'den@example.vn'), foreign: 'own' },
  {
    action: 'cancelRegistration',
    who: 'nobody',
    fields: async () => ({ token: await world.tokenFor('den') }),
    foreign: () => ({ token: noLink }),
  },
  {
    action: 'removeAttendee',
    who: 'reviewer',
    fields: async () => {
      await world.post('nobody', 'registerForEvent', await visitor(world, 'den-nua@example.vn')());
      return { attendee: await world.last('event_registration') };
    },
  },
  { action: 'addArticle', who: 'reviewer', fields: () => article },
  {
    action: 'changeArticle',
    who: 'reviewer',
    fields: async () => ({ ...article, ...(await versioned(world, 'article')), summary: 'Một đoạn dẫn khác.' }),
  },
  {
    action: 'addArticlePhoto',
    who: 'reviewer',
    fields: async () => ({
      article: await world.last('article'),
      photoFile: world.picture,
      photoAlt: 'Máy nhìn từ bên phải',
    }),
  },
  {
    action: 'removeArticlePhoto',
    who: 'reviewer',
    fields: async () => ({ article: await world.last('article'), hash: await photoOf(world) }),
  },
  {
    action: 'moveArticle',
    who: 'reviewer',
    fields: async () => ({ article: await world.last('article'), move: 'publish' }),
  },
  {
    action: 'publishBulletin',
    who: 'reviewer',
    fields: async () => ({
      month: monthOf(new Date()),
      intro: 'Lời giới thiệu của bản tin thử.',
      [`item.article:${await world.last('article')}`]: 'on',
    }),
  },
  { action: 'subscribe', who: 'nobody', fields: () => reader, foreign: 'own' },
  {
    action: 'confirmReader',
    who: 'nobody',
    fields: async () => ({ token: await world.tokenFor('doc') }),
    foreign: () => ({ token: noLink }),
  },
  {
    action: 'endSubscription',
    who: 'nobody',
    fields: async () => {
      await world.post('nobody', 'subscribe', reader);
      return { token: await world.tokenFor('doc') };
    },
    foreign: () => ({ token: noLink }),
  },
];
