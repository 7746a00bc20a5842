import { expect, test } from 'vitest';
import type { Term } from '../../../src/catalogue/vocabulary.ts';
import { type MatchedTerms, suggestSummary, suggestTerms, suggestTitle } from '../../../src/matching/suggest-terms.ts';
import { thesaurus } from '../../../src/matching/thesaurus.ts';

const term = (code: string, parent: string | null, vi: string): [string, Term] => [
  code,
  { code, parent, name: { vi, en: vi }, former: [], folded: [] },
];
const fields = new Map([
  term('2', null, 'Khoa học kỹ thuật và công nghệ'),
  term('203', '2', 'Kỹ thuật cơ khí'),
  term('207', '2', 'Kỹ thuật môi trường'),
  term('211', '2', 'Kỹ thuật thực phẩm và đồ uống'),
  term('4', null, 'Khoa học nông nghiệp'),
  term('402', '4', 'Chăn nuôi'),
  term('403', '4', 'Thú y'),
]);
const match = (coverage: number, codes: string[], title: string, ...keywords: string[]): MatchedTerms => ({
  coverage,
  fields: codes,
  keywords,
  document: { title },
});
const litchis = 'Vải thu về hai ngày đã nâu vỏ, bán không kịp. Kho chỉ có quạt, mỗi vụ hỏng chừng ba tấn.';
const forLitchis = [
  match(0.6, ['211', '2'], 'Sấy lạnh cho vải thiều nguyên quả', 'vải thiều', 'sấy lạnh', 'nâu vỏ'),
  match(0.5, ['211', '203'], 'Kho lạnh thông minh', 'kho lạnh', 'vải thiều', 'bảo quản'),
  match(0.2, ['207'], 'Xử lý nước thải', 'nước thải'),
];
const ticked = (terms: { value: string; ticked: boolean }[]) => terms.filter((one) => one.ticked).map((o) => o.value);
const values = (terms: { value: string }[]) => terms.map(({ value }) => value);

test('fields come from where the best matches stand; branches and those of a weak match are left out', () => {
  const { fields: found } = suggestTerms(litchis, forLitchis, fields, thesaurus);
  expect(values(found)).toEqual(['211', '203']);
  expect(ticked(found)).toEqual(['211']);
});

test('keywords that the text says are ticked; researchers’ words for them are offered', () => {
  const { keywords } = suggestTerms(litchis, forLitchis, fields, thesaurus);
  expect(ticked(keywords)).toEqual(['nâu vỏ']);
  // «Hỏng» is what those who answer call so; a single match's other word is chance.
  expect(values(keywords)).toContain('bảo quản');
  expect(values(keywords)).not.toContain('kho lạnh');
  expect(values(keywords)).toContain('vải thiều');
  expect(values(keywords)).not.toContain('nước thải');
});

test('a keyword inside another is not said twice', () => {
  const { keywords } = suggestTerms(
    'Xưởng bún xả nước thải có mùi, hàng xóm kêu',
    [match(1, ['207'], 'Xử lý nước thải làng nghề', 'nước thải', 'nước thải làng nghề', 'xử lý nước thải')],
    fields,
    thesaurus,
  );
  expect(values(keywords).filter((one) => one.includes('nước thải'))).toEqual(['nước thải']);
});

test('a field that the text names is ticked, with no match at all', () => {
  const found = suggestTerms('Trại chăn nuôi 300 lợn cần người làm thú y giỏi', [], fields, thesaurus);
  expect(ticked(found.fields).sort()).toEqual(['402', '403']);
});

test('a text typed without marks is read by its letters, and its own words are no keywords', () => {
  const { keywords } = suggestTerms(
    'vai thieu mau hong, chua ban da nau vo',
    [match(1, ['211'], 'Bảo quản vải thiều', 'vải thiều', 'bảo quản lạnh')],
    fields,
    thesaurus,
  );
  expect(ticked(keywords)).toEqual(['vải thiều']);
  expect(values(keywords)).not.toContain('nau vo');
});

test('nothing known suggests nothing', () => {
  expect(suggestTerms('', [], fields, thesaurus)).toEqual({ fields: [], keywords: [] });
});

test.each([
  [litchis, 'Vải thu về hai ngày đã nâu vỏ, bán không kịp'],
  [
    'Hiện nay bên em làm bánh đậu xanh, để hơn một tháng là chảy dầu. Mong được giúp!',
    'Bánh đậu xanh, để hơn một tháng là chảy dầu',
  ],
  [
    'Chúng tôi nuôi 300 con lợn, chuồng bốc mùi, hàng xóm kêu ca suốt cả năm trời, đã thử rắc vôi nhưng chưa ăn thua',
    'Nuôi 300 con lợn, chuồng bốc mùi, hàng xóm kêu ca suốt cả năm trời',
  ],
  ['Xưởng của chúng tôi đang nung gốm bằng than', 'Nung gốm bằng than'],
  ['tôi', 'Tôi'],
])('a title from «%s»', (text, title) => expect(suggestTitle(text)).toBe(title));

test('a title is never longer than 90 characters and ends with a whole word', () => {
  const title = suggestTitle('từ '.repeat(200));
  expect(title.length).toBeLessThanOrEqual(90);
  expect(title).toMatch(/^Từ(?: từ)+$/);
});

test('a summary has whole sentences where they fit', () => {
  expect(suggestSummary(litchis)).toBe(litchis);
  const long = suggestSummary(`${'Một câu vừa phải để đếm chữ cho đủ. '.repeat(20)}`);
  expect(long.length).toBeLessThanOrEqual(300);
  expect(long).toMatch(/đủ\.$/);
  const endless = suggestSummary('chữ '.repeat(400));
  expect(endless.length).toBeLessThanOrEqual(300);
  expect(endless).toMatch(/chữ…$/);
});
