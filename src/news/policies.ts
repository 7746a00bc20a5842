import type { Db } from '../../db/client.ts';
import type { Language, SearchEngine } from '../../search/engine.ts';
import { recordPath } from '../catalogue/address.ts';
import { toCard } from '../catalogue/card.ts';
import type { KindCode } from '../catalogue/kind.ts';
import { concerned } from '../catalogue/kinds/policy.ts';
import type { Vocabulary } from '../catalogue/vocabulary.ts';
import { openRevisionStates } from '../moderation/states.ts';

const most = 3;

/** The newest policy documents that concern a kind of record and have not ended. */
export async function policiesFor(
  { search, vocabulary }: { search: SearchEngine; vocabulary: Vocabulary },
  kind: KindCode,
  language: Language,
) {
  if (!(concerned as readonly string[]).includes(kind)) return [];
  const { hits } = await search.search({
    q: '',
    filters: { kind: ['policy'], appliesTo: [kind] },
    sort: 'newest',
    offset: 0,
    limit: 4 * most,
    facets: [],
    language,
  });
  return hits
    .filter(({ document }) => document.card.validity !== 'expired')
    .slice(0, most)
    .map((hit) => ({ ...toCard(hit, language, vocabulary), href: recordPath(hit.document, language) }));
}

/** All policy documents for those who write them, the last changed first, with the state of the version in work. */
export const policiesToManage = (db: Db, before?: { updatedAt: string; id: number }, limit = 100) =>
  db
    .selectFrom('record')
    .leftJoin('revision', (join) =>
      join.onRef('revision.recordId', '=', 'record.id').on('revision.state', 'in', openRevisionStates),
    )
    .select(['record.id', 'record.title', 'record.status', 'record.updatedAt', 'revision.state'])
    .where('record.kind', '=', 'policy')
    .$if(before !== undefined, (query) =>
      query.where((eb) =>
        eb(eb.refTuple('record.updatedAt', 'record.id'), '<', eb.tuple(before?.updatedAt ?? '', before?.id ?? 0)),
      ),
    )
    .orderBy('record.updatedAt', 'desc')
    .orderBy('record.id', 'desc')
    .limit(limit)
    .execute();
