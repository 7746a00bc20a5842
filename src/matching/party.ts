import type { KindCode } from '../catalogue/kind.ts';
import type { FullRecord } from '../catalogue/read.ts';
import { localDay } from '../i18n/format.ts';

/** One side of a match: what scoring reads of a record, or of a need that is still being typed. */
export interface Party {
  /** Undefined for what is not stored yet. */
  id?: number;
  kind: KindCode;
  name: string;
  texts: Texts;
  /** Codes of the two-level classification. */
  fields: string[];
  areas: string[];
  /** TRL that a technology has reached; null when unknown or meaningless. */
  trl: number | null;
  /** TRL that a need asks for. */
  minTrl: number | null;
  /** Forms of transfer that are offered or preferred. */
  transferModes: string[];
  /** What a technology costs or what a need may cost, in VND. */
  money: { min: number | null; max: number | null };
  /** The kinds of partner with which a need does not want to deal. */
  excludedPartners: string[];
  /** What kind of partner stands behind it; null when that is unknown. */
  partner: string | null;
  /** Where it has been applied, in its owner's words. */
  appliedAt: string[];
  /** Ids of records that stand behind it, such as an offer's supplier. */
  behind: number[];
  expiresOn: string | null;
}

/** Where words stand decides how much they say. */
export interface Texts {
  title: string;
  keys: string;
  summary: string;
  body: string;
}
export const places = ['title', 'keys', 'summary', 'body'] as const satisfies (keyof Texts)[];

const joined = (...parts: (string | null | undefined | string[])[]): string => parts.flat().filter(Boolean).join('. ');

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** The relations that lead to who stands behind a record. */
const behindRelations = new Set(['supplier', 'inventors', 'leadOrganisation', 'requester']);
const partnerKinds = new Set<string>(['organisation', 'enterprise', 'startup', 'expert']);

/**
 * What matching reads of a record.
 * @param record as the reader may see it: a candidate's public view, one's own record whole
 */
export function partyOf(record: FullRecord): Party {
  const { kind, attributes: a, links } = record;
  const behind = links.filter(({ relation }) => behindRelations.has(relation));
  return {
    id: record.id,
    kind,
    name: record.title,
    texts: {
      title: joined(record.title, record.titleEn),
      keys: joined(record.keywords, list(a.services), list(a.expertise), text(a.taskTitle)),
      summary: joined(record.summary, text(a.problem), text(a.requiredResult)),
      // What has been tried in vain names what does not help.
      body: joined(
        record.body,
        record.summaryEn,
        text(a.currentSituation),
        text(a.result),
        list(a.advantages),
        list(a.equipment),
        list(a.appliedAt),
      ),
    },
    fields: record.fields,
    areas: record.areas,
    trl: number(a.trl),
    minTrl: number(a.minTrl),
    transferModes: list(a.transferModes),
    money:
      kind === 'need'
        ? { min: number(a.budgetMinVnd), max: number(a.budgetMaxVnd) }
        : { min: number(a.priceMinVnd), max: number(a.priceMaxVnd) },
    excludedPartners: list(a.excludedPartnerTypes),
    partner: partnerKinds.has(kind) ? kind : (behind.find((link) => partnerKinds.has(link.kind))?.kind ?? null),
    appliedAt: list(a.appliedAt),
    behind: behind.map((link) => link.id),
    expiresOn: text(a.expiresOn) || null,
  };
}

/** A need as far as it has been typed. */
export interface DraftNeed {
  title?: string;
  summary?: string;
  problem?: string;
  currentSituation?: string;
  requiredResult?: string;
  fields?: string[];
  areas?: string[];
  keywords?: string[];
  minTrl?: number | null;
  transferModes?: string[];
  budgetMinVnd?: number | null;
  budgetMaxVnd?: number | null;
  excludedPartnerTypes?: string[];
}

/** A need that is being typed, as matching reads it. */
export const draftParty = (draft: DraftNeed): Party => ({
  kind: 'need',
  name: draft.title ?? '',
  texts: {
    title: draft.title ?? '',
    keys: joined(draft.keywords),
    summary: joined(draft.summary, draft.problem, draft.requiredResult),
    body: draft.currentSituation ?? '',
  },
  fields: draft.fields ?? [],
  areas: draft.areas ?? [],
  trl: null,
  minTrl: draft.minTrl ?? null,
  transferModes: draft.transferModes ?? [],
  money: { min: draft.budgetMinVnd ?? null, max: draft.budgetMaxVnd ?? null },
  excludedPartners: draft.excludedPartnerTypes ?? [],
  partner: null,
  appliedAt: [],
  behind: [],
  expiresOn: null,
});

/** What somebody has said about a need or an offer and nothing else, as matching reads it. */
export const statedParty = (kind: 'need' | 'offer', text: string): Party => ({
  ...draftParty({ problem: text }),
  kind,
});

/** True when a record's last day of being listed has passed. */
export const isExpired = ({ expiresOn }: Party, now: Date): boolean => expiresOn != null && expiresOn < localDay(now);
