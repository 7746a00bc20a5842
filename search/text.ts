/**
 * Vietnamese text for searching: what counts as a word and which spellings are the same word.
 * Both engines index and query through this file, so they find the same records.
 */

/** A word of a text with its place in it. */
export interface Token {
  /** Without tone or letter marks, lower case, i/y unified: `sấy` → `say`. */
  folded: string;
  /** With its marks in one canonical spelling: `hoà`, `hòa` → `hoa1`; equals `folded` for a word without marks. */
  exact: string;
  start: number;
  end: number;
}

const tones: Record<string, string> = { '\u0300': '1', '\u0301': '2', '\u0309': '3', '\u0303': '4', '\u0323': '5' };
const words = /[\p{L}\p{N}\p{M}]+(?:&[\p{L}\p{N}\p{M}]+)*/gu;
/** Syllables written with either letter: kĩ/kỹ, lí/lý, mĩ/mỹ, sĩ/sỹ, tỉ/tỷ, hi/hy, quí/quý. */
const finalY = /^(h|k|l|m|s|t|qu)y$/;

const forms = new Map<string, { folded: string; exact: string }>();
const formsKept = 50_000;

function formsOf(word: string): { folded: string; exact: string } {
  const known = forms.get(word);
  if (known) return known;
  let tone = '';
  let marked = '';
  let folded = '';
  for (const char of word.normalize('NFD').toLowerCase()) {
    if (tones[char]) tone = tones[char];
    else if (char >= '\u0300' && char <= '\u036f') marked += char;
    else if (char === '&') continue;
    else {
      marked += char;
      folded += char === 'đ' ? 'd' : char;
    }
  }
  folded = folded.replace(finalY, '$1i');
  const exact = marked.normalize('NFC').replace(finalY, '$1i') + tone;
  const found = { folded, exact };
  // Words repeat so much that remembering them makes indexing several times faster; hostile text must not fill memory.
  if (forms.size >= formsKept) forms.clear();
  forms.set(word, found);
  return found;
}

/**
 * The words of a text in order. Letters and digits make words; `&` inside joins them (KH&CN → `khcn`).
 * @example tokenize('Sấy vải').map((t) => t.folded) // ['say', 'vai']
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(words)) {
    const { folded, exact } = formsOf(match[0]);
    if (folded) tokens.push({ folded, exact, start: match.index, end: match.index + match[0].length });
  }
  return tokens;
}

/** A text as its folded words with one space between: what two spellings of the same name have in common. */
export function fold(text: string): string {
  return tokenize(text)
    .map((token) => token.folded)
    .join(' ');
}

/** True when the word was written with marks: such a word asks for exact matches first. */
export function hasMarks(token: Pick<Token, 'folded' | 'exact'>): boolean {
  return token.exact !== token.folded;
}

const alphabet = 'a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z'.split(' ');
// From `A` on, so that all 33 letters stay ASCII and digits sort before them.
const letterOrder = new Map(alphabet.map((letter, i) => [letter, String.fromCharCode(65 + i)]));

/**
 * A key whose binary order is the Vietnamese alphabet's order of titles: digits, then a ă â b … đ …;
 * tones decide only between equal letters (TCVN: không, huyền, hỏi, ngã, sắc, nặng).
 */
export function collationKey(title: string): string {
  let primary = '';
  let secondary = '';
  for (const match of title.matchAll(words)) {
    let letter = '';
    const flush = () => {
      if (letter) primary += letterOrder.get(letter.normalize('NFC')) ?? letter[0];
      letter = '';
    };
    for (const char of match[0].normalize('NFD').toLowerCase()) {
      if (tones[char]) secondary += '014235'[Number(tones[char])];
      else if (char >= '\u0300' && char <= '\u036f') letter += char;
      else {
        flush();
        letter = char;
        secondary += '0';
      }
    }
    flush();
    primary += '!';
  }
  // The space sorts before `!`, so that `An` comes before `An Bình`, and `An Bình` before `Anh`.
  return `${primary.slice(0, -1)} ${secondary}`;
}

/** A short address part from a title: `Sấy vải thiều Thanh Hà` → `say-vai-thieu-thanh-ha`; at most 80 characters. */
export function slugify(title: string): string {
  const slug = title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .match(/[a-z0-9]+/g)
    ?.join('-');
  if (!slug) return 'ho-so';
  return slug.length <= 80
    ? slug
    : slug
        .slice(0, 81)
        .replace(/-[^-]*$/, '')
        .slice(0, 80);
}
