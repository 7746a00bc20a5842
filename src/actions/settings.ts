import {
  addFormerName,
  areaForm,
  formerNameForm,
  formerNameRemoval,
  mergeArea,
  mergeForm,
  removeFormerName,
  saveArea,
} from '../settings/areas.ts';
import { changeField, fieldChange, fieldForm, saveField } from '../settings/fields.ts';
import { saveSettings, settingsForm } from '../settings/site.ts';
import { removeSynonyms, saveSynonyms, synonymForm, synonymRemoval } from '../settings/synonyms.ts';
import { accountsOf, action, type Call, personOf } from './action.ts';

/** What was changed is shown by the page that answers. */
async function effective<T>({ context }: Call, outcome: Promise<T>): Promise<T> {
  const done = await outcome;
  await context.locals.services.refresh();
  return done;
}

export const settingsActions = {
  saveField: action('saveField', fieldForm, (input, call) =>
    effective(call, saveField(accountsOf(call).db, personOf(call), input)),
  ),
  changeField: action('changeField', fieldChange, (input, call) =>
    effective(call, changeField(accountsOf(call).db, personOf(call), input)),
  ),
  saveArea: action('saveArea', areaForm, (input, call) =>
    effective(call, saveArea(accountsOf(call).db, personOf(call), input)),
  ),
  addFormerName: action('addFormerName', formerNameForm, (input, call) =>
    effective(call, addFormerName(accountsOf(call).db, personOf(call), input)),
  ),
  removeFormerName: action('removeFormerName', formerNameRemoval, (input, call) =>
    effective(call, removeFormerName(accountsOf(call).db, personOf(call), input)),
  ),
  mergeArea: action('mergeArea', mergeForm, (input, call) =>
    effective(call, mergeArea(accountsOf(call).db, personOf(call), input)),
  ),
  saveSynonyms: action('saveSynonyms', synonymForm, (input, call) =>
    effective(call, saveSynonyms(accountsOf(call).db, personOf(call), input)),
  ),
  removeSynonyms: action('removeSynonyms', synonymRemoval, (input, call) =>
    effective(call, removeSynonyms(accountsOf(call).db, personOf(call), input)),
  ),
  saveSettings: action('saveSettings', settingsForm, (input, call) =>
    effective(call, saveSettings(accountsOf(call).db, personOf(call), input)),
  ),
};
