import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActionName } from '../../src/accounts/policy.ts';
import { changedTables, contentOf } from '../support/content.ts';
import { type Fields, type Who, World } from './actions/world.ts';

/** Forms that name something of one's own, to be let in, and something of another's beside it. */

const world = new World();
const { db, sqlite } = world;
/** A record of the stranger's own. */
let own: number;

beforeAll(async () => {
  await world.start();
  await world.post('stranger', 'startRecord', { kind: 'offer', title: 'Máy của người lạ' });
  own = await world.last('record');
});
afterAll(() => world.stop());

/** Sends a form that must change nothing, then the right one, which must change something. */
async function only(
  who: Who,
  action: ActionName,
  { wrong, right, rightBy = who }: { wrong: Fields; right: Fields; rightBy?: Who },
): Promise<void> {
  await world.quiet();
  const before = contentOf(sqlite);
  const changed = () => changedTables(before, contentOf(sqlite));
  await world.post(who, action, wrong);
  expect(changed()).toEqual([]);
  await world.post(rightBy, action, right);
  expect(changed()).not.toEqual([]);
}

const photo = () => ({ photoFile: world.picture, photoAlt: 'Máy nhìn từ bên phải' });

describe('with an own record', () => {
  test("another's invitation is not taken back", async () => {
    await world.post('owner', 'inviteManager', { record: world.offer.id, email: 'khach@example.vn' });
    const invitation = await world.last('invitation');
    await only('stranger', 'takeBackInvitation', {
      wrong: { record: own, invitation },
      right: { record: world.offer.id, invitation },
      rightBy: 'owner',
    });
  });

  test("another's manager is not removed", async () => {
    await db.insertInto('record_member').values({ recordId: world.offer.id, userId: 'partner' }).execute();
    await only('stranger', 'removeManager', {
      wrong: { record: own, user: 'partner' },
      right: { record: world.offer.id, user: 'partner' },
      rightBy: 'owner',
    });
  });

  test.each([
    ['remove', 'Lò hấp chè'],
    ['up', 'Thùng ủ men'],
    ['down', 'Cối ép mía'],
  ])("another's picture is not changed: %s", async (step, title) => {
    await world.post('owner', 'startRecord', { kind: 'offer', title });
    await world.post('owner', 'addPicture', { ...(await world.draft()), slot: 'photo', ...photo() });
    const { hash } = await db
      .selectFrom('picture')
      .select('hash')
      .where('recordId', '=', await world.last('record'))
      .executeTakeFirstOrThrow();
    // As it stands now, so that no other rule refuses the form.
    const { version } = await db
      .selectFrom('revision')
      .select('version')
      .where('recordId', '=', own)
      .executeTakeFirstOrThrow();
    await only('stranger', 'changePictures', {
      wrong: { record: own, version, change: `${step}-${hash}`, [`alt-${hash}`]: 'Chữ của người lạ' },
      right: { ...(await world.draft()), change: `${step}-${hash}`, [`alt-${hash}`]: 'Chữ của chủ' },
      rightBy: 'owner',
    });
  });
});

test('with one article, the photo of another is not removed', async () => {
  const article = { summary: 'Một đoạn dẫn để thử.', body: 'Nội dung của một tin để thử, đủ dài.' };
  await world.post('reviewer', 'addArticle', { ...article, title: 'Tin có ảnh' });
  const shown = await world.last('article');
  await world.post('reviewer', 'addArticlePhoto', { article: shown, ...photo() });
  const { hash } = await db.selectFrom('article_picture').select('hash').executeTakeFirstOrThrow();
  await world.post('reviewer', 'addArticle', { ...article, title: 'Tin không ảnh' });
  await only('reviewer', 'removeArticlePhoto', {
    wrong: { article: await world.last('article'), hash },
    right: { article: shown, hash },
  });
});
