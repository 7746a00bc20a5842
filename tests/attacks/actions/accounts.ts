import { Secret, TOTP } from 'otpauth';
import { digest } from '../../../src/accounts/secrets.ts';
import { type Case, noLink, password, type World } from './world.ts';

/** Coming to the site. */
export const arriving = (world: World): Case[] => [
  {
    action: 'register',
    who: 'nobody',
    fields: () => ({ name: 'Người Mới', email: 'moi@example.vn', password, terms: 'on' }),
    foreign: 'own',
  },
  {
    action: 'verifyEmail',
    who: 'nobody',
    fields: async () => ({ token: await world.tokenFor('moi') }),
    foreign: () => ({ token: noLink }),
  },
  { action: 'signIn', who: 'nobody', fields: () => ({ email: 'moi@example.vn', password }), foreign: 'own' },
  { action: 'requestReset', who: 'nobody', fields: () => ({ email: 'moi@example.vn' }), foreign: 'own' },
  {
    action: 'resetPassword',
    who: 'nobody',
    fields: async () => ({ token: await world.tokenFor('moi'), password: 'sáu quả trứng gà' }),
    foreign: () => ({ token: noLink, password }),
  },
  {
    action: 'setUpAdministrator',
    who: 'nobody',
    fields: () => ({ token: world.firstAdministrator, name: 'Quản Trị', email: 'quan-tri@example.vn', password }),
    foreign: () => ({ token: noLink, name: 'Kẻ Lạ', email: 'la@example.vn', password }),
  },
];

const recoveryCode = 'abcdef0123';

/** Settings of one's own account, administrators' decisions about others', and leaving. */
export const settling = (world: World): Case[] => [
  {
    action: 'confirmTwoFactor',
    who: 'partner',
    fields: async () => {
      const secret = new Secret({ size: 20 });
      await world.db.updateTable('user').set({ totpSecret: secret.base32 }).where('id', '=', 'partner').execute();
      return { code: new TOTP({ secret }).generate() };
    },
    foreign: 'own',
  },
  {
    action: 'showTwoFactor',
    who: 'partner',
    fields: async () => {
      await world.db
        .insertInto('recovery_code')
        .values({ userId: 'partner', hash: digest(recoveryCode) })
        .execute();
      return { code: recoveryCode };
    },
  },
  {
    action: 'changePassword',
    who: 'partner',
    fields: () => ({ current: password, password: 'năm con cá vàng' }),
    foreign: 'own',
  },
  {
    action: 'changeEmail',
    who: 'owner',
    fields: () => ({ current: password, email: 'chu-moi@example.vn' }),
    foreign: 'own',
  },
  {
    action: 'endSession',
    who: 'owner',
    fields: async () => {
      const other = await world.db
        .selectFrom('session')
        .select('id')
        .where('userId', '=', 'owner')
        .executeTakeFirstOrThrow();
      return { session: other.id };
    },
  },
  { action: 'changeRole', who: 'chief', fields: () => ({ email: 'guest@example.vn', role: 'moderator' }) },
  {
    action: 'blockUser',
    who: 'chief',
    fields: () => ({ user: 'guest', change: 'block', reason: 'Gửi thư rác cho nhiều hồ sơ.' }),
  },
  { action: 'resetTwoFactor', who: 'chief', fields: () => ({ user: 'partner' }) },
  { action: 'deleteAccount', who: 'asker', fields: () => ({ current: password }), foreign: 'own' },
];
