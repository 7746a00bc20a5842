import { describe, expect, test } from 'vitest';
import { textDifference } from '../../src/moderation/difference.ts';

const marked = (before: string, after: string) =>
  textDifference(before, after)
    .map(({ change, text }) => (change === 'out' ? `[-${text}-]` : change === 'in' ? `[+${text}+]` : text))
    .join('');

describe('the difference of two texts', () => {
  test.each([
    ['the same', 'Sấy vải thiều', 'Sấy vải thiều', 'Sấy vải thiều'],
    ['a word put in', 'Sấy vải', 'Sấy lạnh vải', 'Sấy [+lạnh +]vải'],
    ['a word taken out', 'Sấy lạnh vải', 'Sấy vải', 'Sấy [-lạnh -]vải'],
    ['the end replaced', 'tầng sôi hạt giống', 'tầng sôi đời hai', 'tầng sôi [-hạt giống-][+đời hai+]'],
    ['two places', 'a b c d e', 'a x c d y', 'a [-b -][+x +]c d [-e-][+y+]'],
    ['only spaces', 'a  b\nc', 'a b c', 'a b c'],
    ['from nothing', '', 'mới', '[+mới+]'],
    ['to nothing', 'cũ', '', '[-cũ-]'],
    ['repeated words', 'a a b', 'a b b', 'a [-a-][+b +]b'],
  ])('%s', (_, before, after, expected) => {
    expect(marked(before, after).replaceAll(' -]', '-]')).toBe(expected.replaceAll(' -]', '-]'));
  });

  test('what was taken out and kept is the old text, what was put in and kept is the new one', () => {
    let state = 7;
    const random = (n: number) => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state % n;
    };
    const text = () => Array.from({ length: random(30) }, () => 'abcd'[random(4)]).join(' ');
    for (let n = 0; n < 300; n += 1) {
      const [before, after] = [text(), text()];
      const pieces = textDifference(before, after);
      const side = (without: string) =>
        pieces
          .filter((piece) => piece.change !== without)
          .flatMap((piece) => piece.text.match(/\w/g) ?? [])
          .join(' ');
      expect(side('in')).toBe(before);
      expect(side('out')).toBe(after);
    }
  });

  test('texts that have nothing in common and no end are shown whole', () => {
    const before = Array.from({ length: 3000 }, (_, n) => `a${n}`).join(' ');
    const after = Array.from({ length: 3000 }, (_, n) => `b${n}`).join(' ');
    expect(textDifference(before, after).map((piece) => piece.change)).toEqual(['out', 'in']);
  });
});
