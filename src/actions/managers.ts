import * as z from 'zod';
import { acceptInvitation, invitationForm, invite, removeManager, takeBackInvitation } from '../moderation/managers.ts';
import { askToManage, decideRequest, manageRequest, requestDecision } from '../moderation/requests.ts';
import { accountsOf, action, personOf } from './action.ts';
import { id, ownDraft } from './moderation.ts';

export const managerActions = {
  askToManage: action('askToManage', manageRequest, (input, call) =>
    askToManage(accountsOf(call), personOf(call), input),
  ),
  decideRequest: action('decideRequest', requestDecision, (input, call) =>
    decideRequest(accountsOf(call), personOf(call), input),
  ),
  inviteManager: action('inviteManager', invitationForm, async ({ record, email }, call) =>
    invite(accountsOf(call), personOf(call), await ownDraft(call, record), email),
  ),
  takeBackInvitation: action(
    'takeBackInvitation',
    z.object({ record: id, invitation: id }),
    async ({ record, invitation }, call) =>
      takeBackInvitation(accountsOf(call).db, await ownDraft(call, record), invitation),
  ),
  acceptInvitation: action(
    'acceptInvitation',
    z.object({ token: z.string('form.link').max(100, 'form.link') }),
    ({ token }, call) => acceptInvitation(accountsOf(call), personOf(call), token),
  ),
  removeManager: action(
    'removeManager',
    z.object({ record: id, user: z.string('record.notNow').max(64, 'record.notNow') }),
    async (input, call) =>
      removeManager(accountsOf(call), personOf(call), await ownDraft(call, input.record), input.user),
  ),
};
