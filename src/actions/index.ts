import * as z from 'zod';
import { administratorForm, setUpAdministrator } from '../accounts/administrator.ts';
import { code } from '../accounts/fields.ts';
import { deleteAccount, deletion } from '../accounts/personal-data.ts';
import { register, registration, verifyEmail } from '../accounts/register.ts';
import { requestReset, resetForm, resetPassword, resetRequest } from '../accounts/reset-password.ts';
import {
  changePassword,
  confirmEmailChange,
  emailChange,
  passwordChange,
  requestEmailChange,
} from '../accounts/settings.ts';
import { credentials, signIn } from '../accounts/sign-in.ts';
import { confirmTwoFactor, showTwoFactor } from '../accounts/two-factor.ts';
import { blockForm, blockUser, changeRole, resetTwoFactor, roleChange, twoFactorReset } from '../accounts/users.ts';
import { statementCookie } from '../moderation/statements.ts';
import { accountsOf, action, personOf, visitorOf } from './action.ts';
import { alertActions } from './alerts.ts';
import { connectionActions } from './connections.ts';
import { guidedActions } from './guided.ts';
import { harvestActions } from './harvest.ts';
import { importActions } from './imports.ts';
import { insightActions } from './insight.ts';
import { managerActions } from './managers.ts';
import { moderationActions } from './moderation.ts';
import { newsActions } from './news.ts';
import { pictureActions } from './pictures.ts';
import { privacyActions } from './privacy.ts';
import { settingsActions } from './settings.ts';

const token = z.object({ token: z.string().max(100) });

export const server = {
  ...moderationActions,
  ...connectionActions,
  ...alertActions,
  ...managerActions,
  ...guidedActions,
  ...insightActions,
  ...pictureActions,
  ...privacyActions,
  ...settingsActions,
  ...importActions,
  ...harvestActions,
  ...newsActions,
  register: action('register', registration, (input, call) =>
    register(accountsOf(call), input, {
      language: call.context.locals.language,
      client: call.client,
      statement: call.context.cookies.get(statementCookie)?.value,
    }),
  ),
  verifyEmail: action('verifyEmail', token, async (input, call) => {
    const verified = await verifyEmail(accountsOf(call), input.token);
    return verified.ok ? verified : confirmEmailChange(accountsOf(call), input.token);
  }),
  signIn: action('signIn', credentials, async (input, call) => {
    const outcome = await signIn(accountsOf(call), input, visitorOf(call));
    if (!outcome.ok) return outcome;
    call.context.locals.setCookies.push(outcome.cookie);
    // What this browser was signed in with before, perhaps somebody else's, does not go on in the dark.
    const { person: before } = call.context.locals;
    if (before) await accountsOf(call).sessions.end(before.userId, before.sessionId);
    return { ok: true };
  }),
  requestReset: action('requestReset', resetRequest, (input, call) =>
    requestReset(accountsOf(call), input, call.context.locals.language),
  ),
  resetPassword: action('resetPassword', resetForm, (input, call) => resetPassword(accountsOf(call), input)),
  setUpAdministrator: action('setUpAdministrator', administratorForm, (input, call) =>
    setUpAdministrator(accountsOf(call), input, call.client),
  ),
  showTwoFactor: action('showTwoFactor', z.object({ code }), (input, call) =>
    showTwoFactor(accountsOf(call), personOf(call), input.code, visitorOf(call)),
  ),
  confirmTwoFactor: action('confirmTwoFactor', z.object({ code }), (input, call) =>
    confirmTwoFactor(accountsOf(call), personOf(call), input.code),
  ),
  changePassword: action('changePassword', passwordChange, (input, call) =>
    changePassword(accountsOf(call), personOf(call), input),
  ),
  changeEmail: action('changeEmail', emailChange, (input, call) =>
    requestEmailChange(accountsOf(call), personOf(call), input),
  ),
  endSession: action('endSession', z.object({ session: z.string().max(64) }), async (input, call) => {
    await accountsOf(call).sessions.end(personOf(call).userId, input.session);
    return { ok: true };
  }),
  changeRole: action('changeRole', roleChange, (input, call) => changeRole(accountsOf(call), personOf(call), input)),
  blockUser: action('blockUser', blockForm, (input, call) => blockUser(accountsOf(call), personOf(call), input)),
  resetTwoFactor: action('resetTwoFactor', twoFactorReset, (input, call) =>
    resetTwoFactor(accountsOf(call), personOf(call), input),
  ),
  deleteAccount: action('deleteAccount', deletion, async (input, call) => {
    const outcome = await deleteAccount(accountsOf(call), personOf(call), input);
    if (outcome.ok) call.context.locals.setCookies.push(accountsOf(call).sessions.blankCookie());
    return outcome;
  }),
};
