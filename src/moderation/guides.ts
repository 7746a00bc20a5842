import { kinds } from '../catalogue/kinds/index.ts';
import type { Sources } from '../catalogue/sources.ts';
import { type Match, matchesFor } from '../matching/match.ts';
import { statedParty } from '../matching/party.ts';
import { suggestSummary } from '../matching/suggest-terms.ts';
import { readStep, type TypedForm } from './form.ts';

export const guideCodes = ['need', 'offer'] as const;
export type GuideCode = (typeof guideCodes)[number];

/** A short way to a record: one question answered in one's own words, then one page of which all but the name is optional. */
export interface Guide {
  /** The kind of record that comes of it. */
  code: GuideCode;
  /** Where it begins, and where it goes on. */
  page: 'stateNeed' | 'stateOffer';
  form: 'newNeed' | 'newOffer';
  /** The attribute that keeps what was said first. */
  text: string;
  /** What is asked after that, by the message `guided.group.<key>`. */
  groups: Record<string, string[]>;
}

export const guides: Record<GuideCode, Guide> = {
  need: {
    code: 'need',
    page: 'stateNeed',
    form: 'newNeed',
    text: 'problem',
    groups: {
      wanted: ['requiredResult', 'budgetMinVnd', 'budgetMaxVnd', 'deadline'],
      partner: ['partnerTypes', 'transferModes', 'minTrl'],
      who: ['areas', 'requester', 'anonymous'],
    },
  },
  offer: {
    code: 'offer',
    page: 'stateOffer',
    form: 'newOffer',
    text: 'body',
    groups: {
      proven: ['trl', 'advantages', 'appliedAt'],
      terms: ['transferModes', 'priceMinVnd', 'priceMaxVnd', 'ipStatus', 'ipNumber'],
      supplier: ['areas', 'supplier'],
    },
  },
};

/** The readiness levels that a guide tells apart, in the plain words of `guided.trl.<level>`. */
export const plainLevels = ['3', '4', '6', '8', '9'] as const;

/** As many matches as somebody looks through before going on. */
export const mostFound = 6;
/** A match that covers less than this share of what the best one covers is about something else. */
const leastCoverage = 0.35;

/** What the catalogue has for what was said, best first; more than are shown, for suggestions. */
export async function foundFor(
  sources: Pick<Sources, 'db' | 'search' | 'vocabulary'>,
  guide: Guide,
  text: string,
): Promise<Match[]> {
  const matches = await matchesFor(sources, statedParty(guide.code, text), { limit: 2 * mostFound });
  const best = Math.max(...matches.map(({ coverage }) => coverage));
  return matches.filter(({ coverage }) => coverage >= leastCoverage * best);
}

/** A guide's form as the record's form would hold it; the summary is made from what was said. */
export function readGuide(guide: Guide, form: FormData): TypedForm {
  const kind = kinds[guide.code];
  const names = ['title', 'fields', ...Object.values(guide.groups).flat()];
  const text = String(form.get('text') ?? '');
  const keywords = [...form.getAll('keyword').map(String), ...String(form.get('keywords') ?? '').split(/[\n;,]/)]
    .map((keyword) => keyword.normalize('NFC').trim())
    .filter(Boolean);
  return {
    ...readStep(kind, { key: 'guide', names }, form),
    [guide.text]: text.slice(0, 20_000),
    summary: suggestSummary(text),
    keywords: [...new Set(keywords)].join('\n'),
  };
}
