import { enterIndicator, figureForm } from '../insight/enter.ts';
import { freezeReport, reportForm } from '../insight/report.ts';
import { accountsOf, action, personOf } from './action.ts';

export const insightActions = {
  enterIndicator: action('enterIndicator', figureForm, (input, call) =>
    enterIndicator(accountsOf(call).db, personOf(call), input),
  ),
  freezeReport: action('freezeReport', reportForm, ({ period }, call) =>
    freezeReport(call.context.locals.services, personOf(call), period),
  ),
};
