import type { LikenessQuery, SearchEngine } from '../../search/engine.ts';
import type { KindCode } from '../catalogue/kind.ts';
import { type Vocabulary, withParents } from '../catalogue/vocabulary.ts';
import type { IndexStatistics } from './score.ts';
import { type Asked, formKey } from './text.ts';

/** What can answer whom. */
const soughtKinds: Partial<Record<KindCode, KindCode[]>> = {
  need: ['offer', 'achievement', 'organisation', 'expert'],
  offer: ['need'],
  achievement: ['need'],
  organisation: ['need'],
  expert: ['need'],
  enterprise: ['need'],
  startup: ['need'],
};

/** Of each kind: the one that fits best is far ahead of the last of them, and reading each costs. */
const perKind = 20;
/** More terms than this hardly change who is found; the weightiest are asked for. */
const mostTerms = 70;
/** The same field is worth a rare word, the same branch a common one. */
const fieldLift = { own: 4, above: 1 };

/** A form as the index has it: a word or two neighbours; longer ones as the pairs that they make. */
const units = (words: string[]): string[][] =>
  words.length <= 2 ? [words] : words.slice(1).map((word, i) => [words[i], word]);

export interface Candidates {
  ids: number[];
  index: IndexStatistics;
}

/**
 * Asks the search engine for the records that share the most with a text: its words, compounds and what the thesaurus
 * adds, lifted by the field. However many records there are, it gives a few of each kind.
 */
export async function findCandidates(
  search: SearchEngine,
  { party, concepts, marked }: Asked,
  vocabulary: Vocabulary,
): Promise<Candidates> {
  const weights = new Map<string, number>();
  for (const { weight, forms } of concepts) {
    for (const form of forms) {
      const parts = units(form.words).map(formKey);
      for (const part of parts) {
        weights.set(part, Math.max(weights.get(part) ?? 0, (weight * form.weight) / parts.length));
      }
    }
  }
  const terms: LikenessQuery['terms'] = [...weights]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostTerms)
    .map(([words, weight]) => ({ words, weight }));
  const { documents, frequencies, ids } = await search.alike({
    terms,
    marked,
    prefer: withParents(vocabulary.fields, party.fields).map((value) => ({
      facet: 'field',
      value,
      weight: party.fields.includes(value) ? fieldLift.own : fieldLift.above,
    })),
    kinds: soughtKinds[party.kind] ?? [],
    perKind,
  });
  const known = new Map(terms.map(({ words }, i) => [words, frequencies[i]]));
  return {
    ids: Object.values(ids).flat(),
    index: {
      documents,
      // What was not asked for is taken for as common as its parts are together at most.
      frequency: (words) => Math.min(...units(words).map((unit) => known.get(formKey(unit)) ?? documents / 100)),
    },
  };
}
