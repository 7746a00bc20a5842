import { decideGone, goneForm, saveSource, sourceForm, sourceId, steerSource } from '../harvest/sources.ts';
import { accountsOf, action, personOf } from './action.ts';

export const harvestActions = {
  saveSource: action('saveSource', sourceForm, (input, call) => {
    const kinds = [...call.form.keys()].filter((name) => name.startsWith('kind.')).map((name) => name.slice(5));
    const { harvestPrivate } = call.context.locals.services.config;
    return saveSource(accountsOf(call).db, personOf(call), input, kinds, harvestPrivate);
  }),
  runSource: action('runSource', sourceId, ({ id }, call) =>
    steerSource(accountsOf(call).db, personOf(call), id, 'run'),
  ),
  pauseSource: action('pauseSource', sourceId, ({ id }, call) =>
    steerSource(accountsOf(call).db, personOf(call), id, 'pause'),
  ),
  removeSource: action('removeSource', sourceId, ({ id }, call) =>
    steerSource(accountsOf(call).db, personOf(call), id, 'remove'),
  ),
  decideGone: action('decideGone', goneForm, (input, call) => decideGone(accountsOf(call).db, personOf(call), input)),
};
