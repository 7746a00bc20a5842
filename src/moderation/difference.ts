import type { Language } from '../../search/engine.ts';
import type { KindDeclaration } from '../catalogue/kind.ts';
import { valueName } from '../catalogue/value-name.ts';
import type { Vocabulary } from '../catalogue/vocabulary.ts';
import { formatDate, formatMoney } from '../i18n/format.ts';
import { translator } from '../i18n/translate.ts';
import { metaOfName, schemaOf, stepsOf, type TypedForm } from './form.ts';

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

const plain = (value: string | string[] | undefined) => [value ?? ''].flat().join('\n').trim();

/** A typed value as people read it: names instead of codes, amounts and days written out, one item a line. */
function shown(
  kind: KindDeclaration,
  name: string,
  value: string | string[] | undefined,
  { language, vocabulary }: Reader,
): string {
  const { type, vocabulary: terms } = metaOfName(kind, name);
  const text = plain(value);
  const parsed = type === 'money' || type === 'date' ? schemaOf(kind, name).safeParse(text).data : null;
  if (type === 'money' && typeof parsed === 'number') return formatMoney(parsed, language);
  if (type === 'date' && parsed) return formatDate(String(parsed), language);
  if (type === 'flag') return ['1', 'true'].includes(text) ? translator(language)('value.flag.yes') : '';
  const names = name === 'fields' ? 'field' : terms;
  return names
    ? text
        .split('\n')
        .map((one) => valueName(names, one.trim(), language, vocabulary) ?? one)
        .join('\n')
    : text;
}

/** Most comparisons of words that one field is worth; texts that differ by more are shown whole, old and new. */
const mostComparisons = 1_000_000;
/** A word, or a sign by itself, with the space after it. */
const words = /(?:[\p{L}\p{N}\p{M}]+|[^\s])\s*/gu;
const lines = /.+\n?/g;

/** What was taken out of a text and put in, part by part: the longest common run of parts stays. */
export function textDifference(before: string, after: string, parts: RegExp = words): Piece[] {
  const old = before.match(parts) ?? [];
  const now = after.match(parts) ?? [];
  const same = (i: number, j: number) => old[i].trim() === now[j].trim();
  let start = 0;
  while (start < old.length && start < now.length && same(start, start)) start += 1;
  let [oldEnd, nowEnd] = [old.length, now.length];
  while (oldEnd > start && nowEnd > start && same(oldEnd - 1, nowEnd - 1)) {
    oldEnd -= 1;
    nowEnd -= 1;
  }
  const pieces: Piece[] = [];
  const add = (change: Piece['change'], texts: string[]) => {
    const last = pieces.at(-1);
    const text = texts.join('');
    if (last?.change === change) last.text += text;
    else if (text) pieces.push({ change, text });
  };
  add('same', now.slice(0, start));
  const width = nowEnd - start + 1;
  const isTooMuch = (oldEnd - start) * (nowEnd - start) > mostComparisons;
  /** Length of the longest common run of what follows, by place in both texts. */
  const common = new Uint16Array(isTooMuch ? 0 : (oldEnd - start + 1) * width);
  const at = (i: number, j: number) => (i - start) * width + (j - start);
  for (let i = oldEnd - 1; i >= start && !isTooMuch; i -= 1) {
    for (let j = nowEnd - 1; j >= start; j -= 1) {
      common[at(i, j)] = same(i, j)
        ? common[at(i + 1, j + 1)] + 1
        : Math.max(common[at(i + 1, j)], common[at(i, j + 1)]);
    }
  }
  let [i, j] = [start, start];
  while (i < oldEnd || j < nowEnd) {
    if (!isTooMuch && i < oldEnd && j < nowEnd && same(i, j)) {
      add('same', [now[j]]);
      i += 1;
      j += 1;
    } else if (i < oldEnd && (isTooMuch || j === nowEnd || common[at(i + 1, j)] >= common[at(i, j + 1)])) {
      add('out', [old[i]]);
      i += 1;
    } else {
      add('in', [now[j]]);
      j += 1;
    }
  }
  add('same', now.slice(nowEnd));
  return pieces;
}

/** What an approval makes of an attribute: links that a form does not hold stay as they are. */
const proposed = (kind: KindDeclaration, published: TypedForm, submitted: TypedForm, name: string) =>
  submitted[name] ?? (name in kind.relations ? published[name] : undefined);

/** The attributes that a submission changes. */
export const changedNames = (kind: KindDeclaration, published: TypedForm, submitted: TypedForm): string[] =>
  stepsOf(kind)
    .flatMap((step) => step.names)
    .filter((name) => plain(published[name]) !== plain(proposed(kind, published, submitted, name)));

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
      const after = shown(kind, name, proposed(kind, published, submitted, name), reader);
      return { name, before, after, changed: before !== after };
    })
    .filter(({ before, after }) => before !== '' || after !== '')
    .map(({ name, before, after, changed }) => {
      const isProse = ['text', 'longText'].includes(metaOfName(kind, name).type) && !metaOfName(kind, name).vocabulary;
      // Half a number or half a name of a choice means nothing: those are compared line by line.
      const pieces = isProse ? textDifference(before, after) : textDifference(`${before}\n`, `${after}\n`, lines);
      return { name, after, changed, pieces };
    });
