import type { Language } from '../../search/engine.ts';
import { formatNumber } from './format.ts';
import { accountMessages } from './messages/accounts.ts';
import { alertMessages } from './messages/alerts.ts';
import { connectionMessages } from './messages/connections.ts';
import { eventMessages } from './messages/events.ts';
import { guidedMessages } from './messages/guided.ts';
import { harvestMessages } from './messages/harvest.ts';
import { importMessages } from './messages/imports.ts';
import { insightMessages } from './messages/insight.ts';
import { lifecycleMessages } from './messages/lifecycle.ts';
import { managerMessages } from './messages/managers.ts';
import { matchingMessages } from './messages/matching.ts';
import { moderationMessages } from './messages/moderation.ts';
import { newsMessages } from './messages/news.ts';
import { openDataMessages } from './messages/open-data.ts';
import { pictureMessages } from './messages/pictures.ts';
import { privacyMessages } from './messages/privacy.ts';
import { settingsMessages } from './messages/settings.ts';
import { siteMessages } from './messages/site.ts';
import { valueMessages } from './messages/values.ts';

/** A text in both languages of the site. */
export type Message = Record<Language, string>;

const messages = {
  ...siteMessages,
  ...valueMessages,
  ...accountMessages,
  ...moderationMessages,
  ...lifecycleMessages,
  ...managerMessages,
  ...pictureMessages,
  ...matchingMessages,
  ...guidedMessages,
  ...connectionMessages,
  ...alertMessages,
  ...insightMessages,
  ...privacyMessages,
  ...settingsMessages,
  ...importMessages,
  ...openDataMessages,
  ...harvestMessages,
  ...eventMessages,
  ...newsMessages,
} satisfies Record<string, Message>;
export type MessageKey = keyof typeof messages;

export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(messages, key);

/** What fills the `{names}` of a message; numbers are written as the language writes them. */
export type MessageValues = Record<string, string | number>;
export type Translate = (key: MessageKey, values?: MessageValues) => string;

/**
 * Gives the texts of one language.
 * @example translator('en')('list.total', { n: 1200 }) // '1,200 records'
 */
export function translator(language: Language): Translate {
  return (key, values) => {
    const text = messages[key][language];
    // Most texts are as they are, and a page has hundreds.
    if (!values) return text;
    return text.replace(/\{(\w+)\}/g, (place, name: string) => {
      const value = values[name];
      return typeof value === 'number' ? formatNumber(value, language) : (value ?? place);
    });
  };
}
