import {
  correctedForm,
  eraseForm,
  eraseSubject,
  exportForm,
  markCorrected,
  refusalForm,
  refuseRequest,
  sendExport,
} from '../privacy/decide.ts';
import {
  askForData,
  askForOwnData,
  confirmForm,
  confirmRequest,
  ownRequestForm,
  publicRequestForm,
} from '../privacy/requests.ts';
import { accountsOf, action, personOf } from './action.ts';

export const privacyActions = {
  askForData: action('askForData', publicRequestForm, (input, call) =>
    askForData(accountsOf(call), input, { client: call.client, language: call.context.locals.language }),
  ),
  confirmDataRequest: action('confirmDataRequest', confirmForm, ({ token }, call) =>
    confirmRequest(accountsOf(call), token),
  ),
  askForOwnData: action('askForOwnData', ownRequestForm, (input, call) =>
    askForOwnData(accountsOf(call), personOf(call), input),
  ),
  sendDataExport: action('sendDataExport', exportForm, (input, call) =>
    sendExport(accountsOf(call), personOf(call), input),
  ),
  markDataCorrected: action('markDataCorrected', correctedForm, (input, call) =>
    markCorrected(accountsOf(call), personOf(call), input),
  ),
  refuseDataRequest: action('refuseDataRequest', refusalForm, (input, call) =>
    refuseRequest(accountsOf(call), personOf(call), input),
  ),
  erasePerson: action('erasePerson', eraseForm, (input, call) => eraseSubject(accountsOf(call), personOf(call), input)),
};
