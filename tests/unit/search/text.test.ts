import { describe, expect, test } from 'vitest';
import { collationKey, fold, hasMarks, slugify, tokenize } from '../../../search/text.ts';

describe('fold', () => {
  test.each([
    ['Sấy VẢI Thiều', 'say vai thieu'],
    ['Sấy vải'.normalize('NFD'), 'say vai'],
    ['Đường đi', 'duong di'],
    ['hoà hòa thuý thúy', 'hoa hoa thuy thuy'],
    ['kĩ kỹ lí lý mĩ mỹ sĩ sỹ tỉ tỷ hi hy quí quý', 'ki ki li li mi mi si si ti ti hi hi qui qui'],
    ['yến thủy máy uy tín', 'yen thuy may uy tin'],
    ['KH&CN, S&T & A&', 'khcn st a'],
    ['TCVN 11892-1:2017', 'tcvn 11892 1 2017'],
    ['  a\t\n\0b\ud800c  ', 'a b c'],
    ['—!?', ''],
  ])('%j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });
});

describe('tokenize', () => {
  test('gives each word its place in the text', () => {
    const text = '«Sấy» vải';
    expect(tokenize(text).map(({ start, end }) => text.slice(start, end))).toEqual(['Sấy', 'vải']);
  });

  test('spells the same word the same way, and another word another way', () => {
    const exact = (word: string) => tokenize(word)[0].exact;
    expect(exact('hoà')).toBe(exact('hòa'));
    expect(exact('HOÀ')).toBe(exact('hòa'.normalize('NFD')));
    expect(exact('kĩ')).toBe(exact('kỹ'));
    expect(new Set(['vai', 'vải', 'vại', 'vãi', 'vài', 'vái', 'đa', 'da', 'dâ', 'dă'].map(exact)).size).toBe(10);
  });

  test('knows which words were written with marks', () => {
    expect(tokenize('sấy vai đa KH&CN').map(hasMarks)).toEqual([true, false, true, false]);
  });

  test('remembers no wrong forms, however many words there are', () => {
    for (let i = 0; i < 60_000; i += 1) tokenize(`từ${i}`);
    expect(fold('từ5 từ59999 xưởng')).toBe('tu5 tu59999 xuong');
  });
});

describe('collationKey', () => {
  test.each([
    ['the letters of the alphabet', 'a, ă, â, b, c, d, đ, e, ê, i, m, o, ô, ơ, p, t, u, ư, v, w, x, y, z'],
    ['tones', 'ma, mà, mả, mã, má, mạ'],
    ['tones only between equal letters', 'ba, bà, bạ, bac, bách, bă, bắp'],
    ['digits before letters', '0 chữ, 2 chữ, an'],
    ['a shorter title before a longer one', 'An, An Bình, An Đô, Anh, Ánh'],
    ['small and capital letters alike', 'an a, AN B, an c'],
  ])('orders %s', (_, titles) => {
    const wanted = titles.split(', ');
    expect(wanted.toReversed().sort((a, b) => (collationKey(a) < collationKey(b) ? -1 : 1))).toEqual(wanted);
  });

  test('is the same for composed and decomposed letters', () => {
    expect(collationKey('Sấy lúa'.normalize('NFD'))).toBe(collationKey('Sấy lúa'.normalize('NFC')));
  });
});

describe('slugify', () => {
  test.each([
    ['Sấy vải thiều Thanh Hà', 'say-vai-thieu-thanh-ha'],
    ['Đèn LED 20W (IP65)', 'den-led-20w-ip65'],
    ['KH&CN', 'kh-cn'],
    ['!!!', 'ho-so'],
    ['한국어', 'ho-so'],
    ['<script>', 'script'],
  ])('%s', (title, slug) => {
    expect(slugify(title)).toBe(slug);
  });

  test('ends at a word, at most 80 letters on', () => {
    const slug = slugify('Công nghệ sấy '.repeat(20));
    expect(slug.length).toBeLessThanOrEqual(80);
    expect(slug).toMatch(/(cong|nghe|say)$/);
    expect(slugify('x'.repeat(200)).length).toBeLessThanOrEqual(80);
  });
});
