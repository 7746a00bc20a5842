import { expect, test } from 'vitest';
import { tokenize } from '../../../search/text.ts';
import { parseThesaurus, thesaurus as shipped, Thesaurus } from '../../../src/matching/thesaurus.ts';

const thesaurus = new Thesaurus(parseThesaurus('# bỏ qua\nmùi = mùi hôi > khử mùi; biogas # ghi chú\n\nngô = bắp'));
const hits = (text: string, spelling: 'exact' | 'folded' = 'exact') =>
  thesaurus
    .in(tokenize(text), spelling)
    .map(({ at, own, others }) => [at, own.length, ...others.map((form) => `${form.nearness} ${form.text}`)]);

test('finds the longest form of each entry, with the others', () => {
  expect(hits('Chuồng mùi hôi, trồng bắp')).toEqual([
    [1, 2, 'same mùi', 'answer khử mùi', 'answer biogas'],
    [4, 1, 'same ngô'],
  ]);
});

test('an answer leads to the problem, not to other answers', () => {
  expect(hits('hầm biogas')).toEqual([[1, 1, 'problem mùi', 'problem mùi hôi']]);
});

test('marks are told apart, unless the text has none', () => {
  expect(hits('mui hoi')).toEqual([]);
  expect(hits('mui hoi', 'folded')).toEqual([[0, 2, 'same mùi', 'answer khử mùi', 'answer biogas']]);
});

test('the file that ships has entries for every sector and no form twice in one', () => {
  expect(shipped.in(tokenize('lò gốm tốn gas'), 'exact').length).toBeGreaterThan(1);
});
