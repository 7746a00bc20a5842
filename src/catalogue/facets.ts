import type { Language, SearchResult } from '../../search/engine.ts';
import { isMessageKey, type MessageKey } from '../i18n/translate.ts';
import { listPath, parametersOf, queryString, queryStringsBy } from './address.ts';
import type { KindDeclaration } from './kind.ts';
import { type FacetInfo, facetsOf, type ListQuery, typedFacets } from './list-query.ts';
import { valueName } from './value-name.ts';
import type { Term, Vocabulary } from './vocabulary.ts';

export interface FacetChoice {
  value: string;
  name: string;
  count: number;
  selected: boolean;
  /** Where choosing or un-choosing it leads. */
  href: string;
  /** 0, or 1 for what stands below another choice of the classification. */
  depth: number;
}

export interface FacetGroup {
  key: string;
  /** Message that names it. */
  label: MessageKey;
  /** Shown at once; `more` behind a fold. */
  choices: FacetChoice[];
  more: FacetChoice[];
  /** The other parameters of the list, for a form in which a name of this filter is typed; long filters only. */
  typed: { base: string; keep: [name: string, value: string][] } | undefined;
}

const shownAtOnce = 8;
/** Below a chosen branch of a classification the other branches stay in sight. */
const shownOfTree = 18;
const labelOfFacet = (key: string): MessageKey => {
  const label = `facet.${key}`;
  if (!isMessageKey(label)) throw new Error(`The filter ${key} has no message ${label}`);
  return label;
};

const treeOf = (facet: FacetInfo, vocabulary: Vocabulary): Map<string, Term> | undefined =>
  facet.key === 'field' ? vocabulary.fields : facet.key === 'area' ? vocabulary.areas : undefined;

/** Chosen values with one toggled. In a tree the narrower or wider choice on the same branch gives way. */
function toggled(values: string[], value: string, tree: Map<string, Term> | undefined): string[] {
  if (values.includes(value)) return values.filter((other) => other !== value);
  const isAbove = (upper: string, lower: string) => {
    for (let term = tree?.get(lower); term; term = term.parent ? tree?.get(term.parent) : undefined) {
      if (term.parent === upper) return true;
    }
    return false;
  };
  return [...values.filter((other) => !isAbove(other, value) && !isAbove(value, other)), value];
}

/** Everything that the filters of a list need to be drawn: names, counts and the addresses they lead to. */
export function facetGroups(
  query: ListQuery,
  kind: KindDeclaration | undefined,
  counts: SearchResult['facets'],
  language: Language,
  vocabulary: Vocabulary,
  homeArea: string,
): FacetGroup[] {
  const base = listPath(kind, language);
  const facets = facetsOf(kind, query.filters);
  return facets.flatMap((facet): FacetGroup[] => {
    const tree = treeOf(facet, vocabulary);
    const chosen = query.filters[facet.key] ?? [];
    const queryStringOf =
      facet.key === 'kind' ? (values: string[]) => withKinds(query, values) : queryStringsBy(facet.key, query);
    const choice = (value: string, depth = 0): FacetChoice => {
      return {
        value,
        name: valueName(facet.vocabulary, value, language, vocabulary) ?? value,
        count: counts[facet.key]?.[value] ?? 0,
        selected: chosen.includes(value),
        href: base + queryStringOf(toggled(chosen, value, tree)),
        depth,
      };
    };
    const values = [...new Set([...Object.keys(counts[facet.key] ?? {}), ...chosen])];
    const all = tree
      ? inTree(values, tree, choice, homeArea, chosen)
      : inOrder(
          values.map((value) => choice(value)),
          facet,
          language,
        );
    if (all.length === 0) return [];
    const atOnce = tree && chosen.length > 0 ? shownOfTree : shownAtOnce;
    const cut = all.length <= atOnce + 2 ? all.length : Math.max(atOnce, all.findLastIndex((one) => one.selected) + 1);
    const typed = typedFacets[facet.key] && all.length > cut ? { base, keep: parametersOf(query) } : undefined;
    return [
      { key: facet.key, label: labelOfFacet(facet.key), choices: all.slice(0, cut), more: all.slice(cut), typed },
    ];
  });
}

/** The search with other kinds. A kind's own filters mean nothing once another kind is chosen. */
function withKinds(query: ListQuery, kinds: string[]): string {
  const kept = new Set(facetsOf(undefined, { kind: kinds }).map((facet) => facet.key));
  const filters = Object.fromEntries(Object.entries(query.filters).filter(([name]) => kept.has(name)));
  return queryString({ ...query, filters: { ...filters, kind: kinds }, page: 1 });
}

function inOrder(choices: FacetChoice[], facet: FacetInfo, language: Language): FacetChoice[] {
  const { order } = facet;
  if (order) return choices.sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value));
  if (facet.vocabulary === 'year') return choices.sort((a, b) => Number(b.value) - Number(a.value));
  return choices.sort((a, b) => b.count - a.count || a.name.localeCompare(b.name, language));
}

/** Upper entries by count, the region's own first; below each chosen branch its own entries. */
function inTree(
  values: string[],
  tree: Map<string, Term>,
  choice: (value: string, depth?: number) => FacetChoice,
  homeArea: string,
  chosen: string[],
): FacetChoice[] {
  const known = values.filter((value) => tree.has(value));
  const byCount = (a: FacetChoice, b: FacetChoice) => b.count - a.count || (a.value < b.value ? -1 : 1);
  const tops = known
    .filter((value) => !tree.get(value)?.parent)
    .map((value) => choice(value))
    .sort((a, b) => Number(b.value === homeArea) - Number(a.value === homeArea) || byCount(a, b));
  // Below a chosen branch stand its own entries; the region's places are open from the start.
  const open = new Set([homeArea, ...chosen, ...chosen.map((value) => tree.get(value)?.parent ?? value)]);
  return tops.flatMap((top) => {
    const below = open.has(top.value) ? known.filter((value) => tree.get(value)?.parent === top.value) : [];
    return [top, ...below.map((value) => choice(value, 1)).sort(byCount)];
  });
}

export interface ActiveFilter {
  name: string;
  facet: MessageKey;
  /** The same list without it. */
  href: string;
}

/** The chosen values of a list, each with the address of the list without it. */
export function activeFilters(
  query: ListQuery,
  kind: KindDeclaration | undefined,
  language: Language,
  vocabulary: Vocabulary,
): ActiveFilter[] {
  const facets = facetsOf(kind, query.filters);
  return facets.flatMap((facet) =>
    (query.filters[facet.key] ?? []).map((value) => {
      const values = (query.filters[facet.key] ?? []).filter((other) => other !== value);
      return {
        name: valueName(facet.vocabulary, value, language, vocabulary) ?? value,
        facet: labelOfFacet(facet.key),
        href:
          listPath(kind, language) +
          (facet.key === 'kind' ? withKinds(query, values) : queryStringsBy(facet.key, query)(values)),
      };
    }),
  );
}
