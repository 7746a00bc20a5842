import { digest, newSecret } from '../../../src/accounts/secrets.ts';
import { goodForm, submit } from '../../support/moderation.ts';
import { type Case, noLink, type World } from './world.ts';

const pictureHash = async ({ db }: World) =>
  (await db.selectFrom('picture').select('hash').orderBy('createdAt', 'desc').executeTakeFirstOrThrow()).hash;

/** The link with which `owner` renews the public record. */
export async function renewalToken({ db, offer }: World): Promise<string> {
  const secret = newSecret();
  const [expiresOn, worksUntil] = ['2099-01-01', '2099-01-31'];
  await db
    .insertInto('renewal_link')
    .values({
      recordId: offer.id,
      userId: 'owner',
      expiresOn,
      reminder: 'expiresInMonth',
      worksUntil,
      hash: digest(secret),
    })
    .execute();
  return secret;
}

/** A member's records: their form, pictures, managers. */
export const writing = (world: World): Case[] => [
  {
    action: 'startRecord',
    who: 'owner',
    fields: () => ({ kind: 'offer', title: 'Máy tách hạt nhãn' }),
    foreign: 'own',
  },
  {
    action: 'saveStep',
    who: 'owner',
    fields: async () => ({
      ...(await world.draft()),
      step: 0,
      title: 'Máy tách hạt nhãn',
      summary: String(goodForm('').summary),
      fields: '211',
      areas: 'Xã Thanh Hà',
    }),
  },
  {
    action: 'addPicture',
    who: 'owner',
    fields: async () => ({
      ...(await world.draft()),
      slot: 'photo',
      photoFile: world.picture,
      photoAlt: 'Máy nhìn từ bên phải',
    }),
  },
  {
    action: 'changePictures',
    who: 'owner',
    fields: async () => ({ ...(await world.draft()), change: `remove-${await pictureHash(world)}` }),
  },
  { action: 'moveRecord', who: 'owner', fields: async () => ({ record: world.submitted[0], move: 'takeBack' }) },
  { action: 'inviteManager', who: 'owner', fields: () => ({ record: world.offer.id, email: 'guest@example.vn' }) },
  {
    action: 'acceptInvitation',
    who: 'guest',
    fields: async () => ({ token: await world.tokenFor('guest') }),
  },
  { action: 'removeManager', who: 'owner', fields: () => ({ record: world.offer.id, user: 'guest' }) },
  {
    action: 'takeBackInvitation',
    who: 'owner',
    fields: async () => {
      await world.post('owner', 'inviteManager', { record: world.offer.id, email: 'khach-khac@example.vn' });
      return { record: world.offer.id, invitation: await world.last('invitation') };
    },
  },
  {
    action: 'askToManage',
    who: 'asker',
    fields: () => ({ record: world.offer.id, message: 'Tôi phụ trách công nghệ này ở viện.' }),
    foreign: async () => ({ record: (await world.draft()).record, message: 'Tôi phụ trách công nghệ này ở viện.' }),
  },
  {
    action: 'decideRequest',
    who: 'owner',
    fields: async () => ({ request: await world.last('manage_request'), decision: 'grant' }),
  },
  {
    action: 'renewByLink',
    who: 'nobody',
    fields: async () => ({ token: await renewalToken(world) }),
    foreign: () => ({ token: noLink }),
  },
];

/** A moderator's queue, and texts of law, which only the Department writes. */
export const reviewing = (world: World): Case[] => [
  {
    action: 'claim',
    who: 'reviewer',
    fields: async () => ({ revision: (await world.revisionOf(world.submitted[1])).id }),
  },
  {
    action: 'nextSubmission',
    who: 'chief',
    fields: async () => ({ revision: (await world.revisionOf(world.submitted[1])).id }),
  },
  {
    action: 'sendBack',
    who: 'reviewer',
    fields: async () => ({
      record: world.submitted[1],
      version: (await world.revisionOf(world.submitted[1])).version,
      decision: 'return',
      'reason.title': 'Tên chưa rõ.',
      note: 'Xin bổ sung.',
    }),
  },
  {
    action: 'approve',
    who: 'reviewer',
    fields: async () => ({ record: world.submitted[2], version: (await world.revisionOf(world.submitted[2])).version }),
  },
  {
    action: 'approveMany',
    who: 'reviewer',
    fields: async () => {
      const id = await submit(world.db, 'owner', 'enterprise', goodForm('Lò sấy bốn'));
      return { chosen: `${id}.${(await world.revisionOf(id)).version}` };
    },
  },
  {
    action: 'saveReviewText',
    who: 'reviewer',
    fields: () => ({ id: '', text: 'Xin gửi kèm giấy chứng nhận.', kind: '', attribute: '' }),
  },
  {
    action: 'archiveReviewText',
    who: 'reviewer',
    fields: async () => ({ id: await world.last('review_text'), change: 'archive' }),
  },
  {
    action: 'suspendOrRestore',
    who: 'reviewer',
    fields: () => ({ record: world.offer.id, change: 'suspend', reason: 'Có khiếu nại.' }),
  },
  {
    action: 'startRecord',
    who: 'reviewer',
    fields: () => ({ kind: 'policy', title: 'Quyết định thử về hỗ trợ đổi mới máy móc' }),
  },
  {
    action: 'saveStep',
    who: 'reviewer',
    fields: async () => ({
      ...(await world.draft()),
      step: 0,
      title: 'Quyết định thử về hỗ trợ đổi mới máy móc',
      summary: 'Hỗ trợ một phần chi phí mua máy mới.',
      fields: '211',
    }),
  },
];

/** Needs and offers that begin with a sentence. */
export const guided = (): Case[] => [
  {
    action: 'stateProblem',
    who: 'nobody',
    fields: () => ({ guide: 'need', text: 'Vải thu về hai ngày đã nâu vỏ, bán không kịp.', go: 'next' }),
    foreign: 'own',
  },
  {
    action: 'startGuided',
    who: 'owner',
    fields: () => ({
      guide: 'need',
      text: 'Vải thu về hai ngày đã nâu vỏ, bán không kịp.',
      title: 'Giữ vải tươi hơn hai ngày',
      fields: '211',
      areas: 'Xã Thanh Hà',
    }),
    foreign: 'own',
  },
];
