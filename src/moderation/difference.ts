import type { Language } from '../../search/engine.ts';
import type { KindDeclaration } from '../catalogue/kind.ts';
import { valueName } from '../catalogue/value-name.ts';
import type { Vocabulary } from '../catalogue/vocabulary.ts';
import { translator } from '../i18n/translate.ts';
import { metaOfName, stepsOf, type TypedForm } from './form.ts';

/** A piece of a text: kept, taken out or put in. */
export interface Piece {
  change: 'same' | 'out' | 'in';
  text: string;
}

export interface FieldDifference {
  name: string;
  after: string;
  changed: boolean;
  /** Before and after in one text; `same` throughout when nothing changed. */
  pieces: Piece[];
}

interface Reader {
  language: Language;
  vocabulary: Vocabulary;
}

/** A typed value as people read it: names instead of codes, one item a line. */
function shown(
  kind: KindDeclaration,
  name: string,
  value: string | string[] | undefined,
  { language, vocabulary }: Reader,
): string {
  const meta = metaOfName(kind, name);
  if (meta.type === 'flag') {
    return ['1', 'true'].includes(String(value)) ? translator(language)('value.flag.yes') : '';
  }
  const names = name === 'fields' ? 'field' : meta.vocabulary;
  const named = (one: string) => (names ? (valueName(names, one.trim(), language, vocabulary) ?? one) : one);
  const parts = [value ?? ''].flat();
  // Codes may have been typed one a line.
  const items = names ? parts.flatMap((part) => part.split('\n')) : parts;
  return items.map(named).join('\n').trim();
}

/** Most comparisons of words that one field is worth; texts that differ by more are shown whole, old and new. */
const mostComparisons = 1_000_000;
const words = /[\p{L}\p{N}\p{M}]+|\s+|./gsu;

/** What was taken out of a text and put in, word by word: the longest common run of words stays. */
export function wordDifference(before: string, after: string): Piece[] {
  const old = before.match(words) ?? [];
  const now = after.match(words) ?? [];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  const left = Math.min(old.length, now.length) - start;
  while (end < left && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  const a = old.slice(start, old.length - end);
  const b = now.slice(start, now.length - end);
  const pieces: Piece[] = [];
  const add = (change: Piece['change'], texts: string[]) => {
    const last = pieces.at(-1);
    const text = texts.join('');
    if (last?.change === change) last.text += text;
    else if (text) pieces.push({ change, text });
  };
  add('same', old.slice(0, start));
  if (a.length * b.length > mostComparisons) {
    add('out', a);
    add('in', b);
  } else {
    const width = b.length + 1;
    /** Length of the longest common subsequence of what follows, by place in `a` and in `b`. */
    const common = new Uint16Array((a.length + 1) * width);
    for (let i = a.length - 1; i >= 0; i -= 1) {
      for (let j = b.length - 1; j >= 0; j -= 1) {
        const [down, right] = [common[(i + 1) * width + j], common[i * width + j + 1]];
        common[i * width + j] = a[i] === b[j] ? common[(i + 1) * width + j + 1] + 1 : Math.max(down, right);
      }
    }
    let [i, j] = [0, 0];
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && a[i] === b[j]) {
        add('same', [a[i]]);
        i += 1;
        j += 1;
      } else if (j === b.length || (i < a.length && common[(i + 1) * width + j] >= common[i * width + j + 1])) {
        add('out', [a[i]]);
        i += 1;
      } else {
        add('in', [b[j]]);
        j += 1;
      }
    }
  }
  add('same', old.slice(old.length - end));
  return pieces;
}

const plain = (value: string | string[] | undefined) => [value ?? ''].flat().join('\n').trim();

/** The attributes that a submission changes. */
export const changedNames = (kind: KindDeclaration, published: TypedForm, submitted: TypedForm): string[] =>
  stepsOf(kind)
    .flatMap((step) => step.names)
    .filter((name) => plain(published[name]) !== plain(submitted[name]));

/** A submission field by field beside what is public now; fields that are empty on both sides are left out. */
export const differences = (
  kind: KindDeclaration,
  published: TypedForm,
  submitted: TypedForm,
  reader: Reader,
): FieldDifference[] =>
  stepsOf(kind)
    .flatMap((step) => step.names)
    .map((name) => {
      const before = shown(kind, name, published[name], reader);
      const after = shown(kind, name, submitted[name], reader);
      return { name, before, after, changed: before !== after };
    })
    .filter(({ before, after }) => before !== '' || after !== '')
    .map(({ name, before, after, changed }) => ({ name, after, changed, pieces: wordDifference(before, after) }));
