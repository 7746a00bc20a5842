import * as z from 'zod';
import {
  alertForm,
  changeAlert,
  changeMatches,
  matchesForm,
  resumeDigests,
  saveSearch,
  searchForm,
} from '../news/alerts.ts';
import { changeDigests, digestChange } from '../news/unsubscribe.ts';
import { accountsOf, action, personOf } from './action.ts';

export const alertActions = {
  saveSearch: action('saveSearch', searchForm, (input, call) =>
    saveSearch(accountsOf(call).db, call.context.locals.services.vocabulary, personOf(call).userId, input),
  ),
  changeAlert: action('changeAlert', alertForm, (input, call) =>
    changeAlert(accountsOf(call).db, personOf(call).userId, input),
  ),
  changeMatches: action('changeMatches', matchesForm, ({ frequency }, call) =>
    changeMatches(accountsOf(call).db, personOf(call).userId, frequency),
  ),
  resumeDigests: action('resumeDigests', z.object({}), (_, call) =>
    resumeDigests(accountsOf(call).db, personOf(call).userId),
  ),
  changeDigests: action('changeDigests', digestChange, async (input, call) => {
    const changed = await changeDigests(accountsOf(call).db, input);
    return changed.ok ? { ok: true, change: input.change } : changed;
  }),
};
