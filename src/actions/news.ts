import * as z from 'zod';
import { addEvent, changeEvent, eventForm, eventMoves, moveEvent } from '../news/edit-events.ts';
import { itemId, version } from '../news/fields.ts';
import { cancelRegistration, register, registrationForm, removeAttendee } from '../news/registrations.ts';
import { accountsOf, action, personOf } from './action.ts';

const reason = z.string().trim().max(500, 'event.problem.reason').default('');

export const newsActions = {
  registerForEvent: action('registerForEvent', registrationForm, (input, call) =>
    register(accountsOf(call), input, { language: call.context.locals.language, client: call.client }),
  ),
  cancelRegistration: action(
    'cancelRegistration',
    z.object({ token: z.string('event.link').max(100, 'event.link') }),
    ({ token }, call) => cancelRegistration(accountsOf(call), token),
  ),
  addEvent: action('addEvent', eventForm, (input, call) => addEvent(accountsOf(call), personOf(call), input)),
  changeEvent: action(
    'changeEvent',
    z.intersection(z.object({ event: itemId, version }), eventForm),
    ({ event, version, ...input }, call) =>
      changeEvent(accountsOf(call), personOf(call), { id: event, version }, input),
  ),
  moveEvent: action(
    'moveEvent',
    z.object({ event: itemId, move: z.enum(eventMoves, 'news.gone'), reason }),
    ({ event, move, reason }, call) => moveEvent(accountsOf(call), personOf(call), { id: event, move, reason }),
  ),
  removeAttendee: action('removeAttendee', z.object({ attendee: itemId }), ({ attendee }, call) =>
    removeAttendee(accountsOf(call), personOf(call), attendee),
  ),
};
