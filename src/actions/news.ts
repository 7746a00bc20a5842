import * as z from 'zod';
import {
  addArticle,
  addArticlePhoto,
  articleForm,
  articleMoves,
  changeArticle,
  moveArticle,
  removeArticlePhoto,
} from '../news/articles.ts';
import { bulletinForm, chosenItems, publishBulletin } from '../news/bulletin.ts';
import { addEvent, changeEvent, eventForm, eventMoves, moveEvent } from '../news/edit-events.ts';
import { itemId, version } from '../news/fields.ts';
import { confirmReader, endSubscription, subscribe, subscription } from '../news/readers.ts';
import { cancelRegistration, register, registrationForm, removeAttendee } from '../news/registrations.ts';
import { accountsOf, action, personOf } from './action.ts';

const ofArticle = z.object({ article: itemId });
const readerLink = z.object({ token: z.string('form.link').max(100, 'form.link') });
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
  addArticle: action('addArticle', articleForm, (input, call) =>
    addArticle(accountsOf(call).db, personOf(call), input),
  ),
  changeArticle: action(
    'changeArticle',
    z.intersection(ofArticle.extend({ version }), articleForm),
    ({ article, version, ...input }, call) =>
      changeArticle(accountsOf(call).db, personOf(call), { id: article, version }, input),
  ),
  moveArticle: action(
    'moveArticle',
    ofArticle.extend({ move: z.enum(articleMoves, 'news.gone') }),
    ({ article, move }, call) => moveArticle(accountsOf(call).db, personOf(call), article, move),
  ),
  addArticlePhoto: action('addArticlePhoto', ofArticle, ({ article }, call) =>
    addArticlePhoto(call.context.locals.services, personOf(call), article, call.form),
  ),
  removeArticlePhoto: action(
    'removeArticlePhoto',
    ofArticle.extend({ hash: z.string('news.gone').regex(/^[0-9a-f]{32}$/, 'news.gone') }),
    ({ article, hash }, call) => removeArticlePhoto(accountsOf(call).db, personOf(call), article, hash),
  ),
  publishBulletin: action('publishBulletin', bulletinForm, (input, call) =>
    publishBulletin(accountsOf(call).db, personOf(call), input, chosenItems(call.form)),
  ),
  subscribe: action('subscribe', subscription, (input, call) =>
    subscribe(accountsOf(call), input, { language: call.context.locals.language, client: call.client }),
  ),
  confirmReader: action('confirmReader', readerLink, ({ token }, call) => confirmReader(accountsOf(call).db, token)),
  endSubscription: action('endSubscription', readerLink, ({ token }, call) =>
    endSubscription(accountsOf(call).db, token),
  ),
};
