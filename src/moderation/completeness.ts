import type { KindDeclaration } from '../catalogue/kind.ts';
import { isMessageKey, type MessageKey } from '../i18n/translate.ts';
import { stepsOf, type TypedForm } from './form.ts';

export interface Completeness {
  /** 0…100 */
  percent: number;
  /** What is not given yet, what matters most first, each with why. */
  missing: { name: string; why: MessageKey }[];
}

/** Given once for all records of a person, or by choice: leaving them out makes no record poorer. */
const uncounted = new Set(['website', 'contactPhone', 'contactVisibility', 'anonymous', 'green', 'replicable']);

/** Reasons that hold for many attributes come after those of one (-1), these in order. */
const leastTelling: readonly MessageKey[] = ['why.relation', 'why.facet', 'why.card', 'why.detail'];

/** Why a reader misses an attribute: in its own words, or by what the site does with it. */
function whyOf(kind: KindDeclaration, name: string): MessageKey {
  const own = `why.${name}`;
  if (isMessageKey(own)) return own;
  if (name in kind.relations) return 'why.relation';
  if (kind.facets.some((facet) => facet.key === name || `${facet.key}s` === name)) return 'why.facet';
  return kind.card.includes(name) ? 'why.card' : 'why.detail';
}

/** How much of a form is filled in. */
export function completenessOf(kind: KindDeclaration, form: TypedForm): Completeness {
  const counted = stepsOf(kind)
    .flatMap((step) => (step.key === 'pictures' ? [...(kind.hasLogo ? ['logo'] : []), 'photos'] : step.names))
    .filter((name) => !uncounted.has(name));
  const missing = counted.filter((name) => [form[name] ?? ''].flat().join('').trim() === '');
  return {
    percent: Math.round((100 * (counted.length - missing.length)) / counted.length),
    missing: missing
      .map((name) => ({ name, why: whyOf(kind, name) }))
      .sort((a, b) => leastTelling.indexOf(a.why) - leastTelling.indexOf(b.why)),
  };
}
