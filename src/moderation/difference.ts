import type { KindDeclaration } from '../catalogue/kind.ts';
import { stepsOf, type TypedForm } from './form.ts';

export interface FieldDifference {
  name: string;
  before: string;
  after: string;
  changed: boolean;
}

const shown = (value: string | string[] | undefined): string => [value ?? ''].flat().join('\n').trim();

/** A submission field by field beside what is public now; fields that are empty on both sides are left out. */
export const differences = (kind: KindDeclaration, published: TypedForm, submitted: TypedForm): FieldDifference[] =>
  stepsOf(kind)
    .flatMap((step) => step.names)
    .map((name) => {
      const [before, after] = [shown(published[name]), shown(submitted[name])];
      return { name, before, after, changed: before !== after };
    })
    .filter(({ before, after }) => before !== '' || after !== '');
