import type { Language } from '../../search/engine.ts';
import { addressOf } from '../i18n/routes.ts';

/** The title of an event or article in a language; the Vietnamese one where there is no other. */
export const titleOf = (item: { title: string; titleEn: string | null }, language: Language): string =>
  (language === 'en' && item.titleEn) || item.title;

/** The address of an event's entry for a calendar. */
export const calendarPath = (slug: string, language: Language): string =>
  `${addressOf('event', 'vi', slug)}.ics${language === 'en' ? '?lang=en' : ''}`;
