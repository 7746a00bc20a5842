import type { DisplayDocument } from '../../search/engine.ts';
import { toDocument } from '../catalogue/document.ts';
import type { KindCode } from '../catalogue/kind.ts';
import { type FullRecord, publicView, readBacklinks, readRecords } from '../catalogue/read.ts';
import type { Sources } from '../catalogue/sources.ts';
import { findCandidates } from './candidates.ts';
import { explain, type Reason } from './explain.ts';
import { type Party, partyOf } from './party.ts';
import { rank } from './score.ts';
import { asked } from './text.ts';
import { thesaurus } from './thesaurus.ts';
import { weights as standardWeights, type Weights } from './weights.ts';

type MatchingSources = Pick<Sources, 'db' | 'search' | 'vocabulary'>;

/** A record that fits, with why and with what does not. */
export interface Match {
  id: number;
  kind: KindCode;
  /** The record as the public may see it, for a card. */
  document: DisplayDocument;
  /** Comparable within one answer only. */
  score: number;
  /** How much of what is asked about it is about, from 0; comparable between answers: see `goodCoverage`. */
  coverage: number;
  reasons: Reason[];
  /** What does not fit or is not known. */
  gaps: Reason[];
  /** Its codes of the classification and its own keywords. */
  fields: string[];
  keywords: string[];
}

/**
 * From this coverage on a match is called good. On the evaluation collection it tells 28 of 30 needs that have an
 * answer from 27 of 30 whose answers were taken away.
 */
export const goodCoverage = 0.35;

export interface MatchOptions {
  /** How many to give at most, of all kinds together. */
  limit?: number;
  weights?: Weights;
  now?: Date;
}

/** Records whose technologies and people tell what one can do. */
const hasOthers = new Set<KindCode>(['organisation', 'expert', 'enterprise', 'startup']);

/**
 * A record as matching reads it, with the names of the records that belong to it when it is somebody who could answer.
 * @param options.whole true for its owner or the Department; else what the public may see of it, so that an anonymous
 * need's matches do not tell where it is
 */
export async function readParty(
  { db, vocabulary }: Pick<MatchingSources, 'db' | 'vocabulary'>,
  id: number,
  { whole = false }: { whole?: boolean } = {},
): Promise<Party | undefined> {
  const [record] = await readRecords(db, [id]);
  if (!record) return undefined;
  const party = partyOf(whole ? record : publicView(record, vocabulary));
  if (!hasOthers.has(record.kind)) return party;
  const named = (await readBacklinks(db, id)).filter(({ kind }) => kind === 'offer' || kind === 'achievement');
  return {
    ...party,
    texts: { ...party.texts, body: [party.texts.body, ...named.map(({ title }) => title)].join('. ') },
  };
}

/**
 * The records that fit one, best first: for a need offers, achievements, organisations and experts that may answer it;
 * for all of these, needs that they may answer. Reads from the index what shares the most with it and only these
 * records from the database: one query for all and one a kind.
 * @param subject of `readParty`, or of `draftParty` or `statedParty` for what is being typed
 */
export async function matchesFor(
  { db, search, vocabulary }: MatchingSources,
  subject: Party,
  { limit = 20, weights = standardWeights, now = new Date() }: MatchOptions = {},
): Promise<Match[]> {
  const asking = asked(subject, thesaurus, weights);
  if (asking.concepts.length === 0) return [];
  const { ids, index } = await findCandidates(search, asking, vocabulary);
  if (ids.length === 0) return [];
  const records = new Map<number, FullRecord>();
  for (const record of await readRecords(db, ids)) {
    // The index may be a moment behind.
    if (record.status === 'published') records.set(record.id, publicView(record, vocabulary));
  }
  const parties = [...records.values()].map(partyOf);
  return rank(asking, parties, index, weights, now)
    .slice(0, limit)
    .flatMap((scored): Match[] => {
      const record = records.get(scored.party.id ?? 0);
      if (!record) return [];
      // A card shows no body, and to read its Markdown would take longer than all else here.
      const document = toDocument({ ...record, body: null }, vocabulary);
      const { score, coverage } = scored;
      const { id, kind, fields, keywords } = record;
      return [{ id, kind, document, score, coverage, ...explain(subject, scored), fields, keywords }];
    });
}
