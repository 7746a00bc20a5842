import type { Language } from '../../search/engine.ts';
import { type Accounts, linkTo } from '../accounts/accounts.ts';
import { recordPath } from '../catalogue/address.ts';
import { toCard } from '../catalogue/card.ts';
import { toDocument } from '../catalogue/document.ts';
import type { FullRecord } from '../catalogue/read.ts';
import type { Vocabulary } from '../catalogue/vocabulary.ts';
import { addressOf } from '../i18n/routes.ts';
import { type Translate, translator } from '../i18n/translate.ts';
import type { Message, MessageSection } from '../mail/queue.ts';
import { type Reason, reasonText } from '../matching/explain.ts';
import { addressOfWatched, describeWatched, type Watched } from './watched.ts';

/** What one alert has found. */
export interface Section {
  /** A kept search, or the own record that is matched. */
  about: { search: number; watched: Watched } | { record: { id: number; title: string; titleEn: string | null } };
  /** As the public may see them, best first. */
  records: FullRecord[];
  /** How many more there are behind the alert's link. */
  more: number;
  /** Why a match fits, by its id. */
  reasons: Map<number, Reason[]>;
}

interface Receiver {
  cause: string;
  to: string;
  language: Language;
  /** Of the link that stops digests. */
  secret: string;
  /** The first digest ever says why it comes, how often, and how to stop it. */
  isFirst: boolean;
  /** The first time that matches are told, they include what has been there for long. */
  matchesAreFirst: boolean;
}

/** What a record is, in one line: kind where it may be another, who stands behind it, where; for a match, why it fits. */
function noteOf(
  record: FullRecord,
  { about, reasons }: Section,
  language: Language,
  vocabulary: Vocabulary,
  t: Translate,
) {
  const card = toCard(toDocument({ ...record, body: null }, vocabulary), language, vocabulary);
  // Under the search of one kind it would only be said again.
  const kind = !('watched' in about && about.watched.kind) && t(`value.kind.${record.kind}`);
  const facts = [kind, card.provider, card.places.join(', '), card.demo && t('card.demo')];
  const why = (reasons.get(record.id) ?? []).map((reason) => reasonText(reason, language, vocabulary)).join('; ');
  return facts.filter(Boolean).join(' · ') + (why && `. ${t('matches.why')}: ${why}`);
}

/** Writes a digest: every alert of a person that has something new, each with its results and where to see more. */
export function digestMail(
  accounts: Accounts,
  vocabulary: Vocabulary,
  sections: Section[],
  { cause, to, language, secret, isFirst, matchesAreFirst }: Receiver,
): Message {
  const t = translator(language);
  const site = accounts.siteName[language];
  const titleOf = (one: { title: string; titleEn: string | null }) => (language === 'en' && one.titleEn) || one.title;
  const absolute = (path: string) => accounts.publicUrl + path;
  const stop = linkTo(accounts, 'unsubscribe', language, secret);

  const written = sections.map((section): MessageSection => {
    const { about, records, more } = section;
    const items = records.map((record) => ({
      title: titleOf(record),
      url: absolute(recordPath(record, language)),
      note: noteOf(record, section, language, vocabulary, t),
    }));
    if ('record' in about) {
      const url = absolute(addressOf('recordMatches', language, about.record.id));
      return {
        title: t('digest.matches', { title: titleOf(about.record) }),
        ...(matchesAreFirst && { note: t('digest.matches.first') }),
        items,
        more: { label: t('digest.allMatches'), url },
      };
    }
    const url = absolute(addressOfWatched(about.watched, language));
    const label = more > 0 ? t('digest.more', { n: more }) : t('digest.allResults');
    return { title: describeWatched(about.watched, language, vocabulary), items, more: { label, url } };
  });

  const n = sections.reduce((sum, { records, more }) => sum + records.length + more, 0);
  const why = [
    sections.some(({ about }) => 'search' in about) && t('digest.why.search', { site }),
    sections.some(({ about }) => 'record' in about) && t('digest.why.matches', { site }),
    t('digest.why.often'),
    t('digest.why.stop'),
  ].filter((text) => text !== false);
  return {
    cause,
    to,
    language,
    subject: n === 1 ? t('digest.subjectOne', { site }) : t('digest.subject', { n, site }),
    paragraphs: [t('digest.lead', { site }), ...(isFirst ? [t('digest.first'), ...why] : [])],
    sections: written,
    links: [
      { label: t('digest.stop'), url: stop },
      { label: t('digest.change'), url: linkTo(accounts, 'alerts', language) },
    ],
    signature: `${site} – ${accounts.departmentName[language]}`,
    // RFC 8058: mail programs show a button, and press it with a POST that needs neither page nor session.
    headers: { 'List-Unsubscribe': `<${stop}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  };
}
