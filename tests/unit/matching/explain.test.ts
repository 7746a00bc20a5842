import { expect, test } from 'vitest';
import type { Term, Vocabulary } from '../../../src/catalogue/vocabulary.ts';
import { explain, reasonText } from '../../../src/matching/explain.ts';
import { draftParty, type Party } from '../../../src/matching/party.ts';
import { rank } from '../../../src/matching/score.ts';
import { asked } from '../../../src/matching/text.ts';
import { parseThesaurus, Thesaurus } from '../../../src/matching/thesaurus.ts';
import { weights } from '../../../src/matching/weights.ts';

const term = (code: string, vi: string, en: string): [string, Term] => [
  code,
  { code, parent: null, name: { vi, en }, former: [], folded: [] },
];
const vocabulary: Vocabulary = {
  fields: new Map([term('211', 'Kỹ thuật thực phẩm', 'Food engineering'), term('203', 'Cơ khí', 'Mechanics')]),
  areas: new Map([term('31', 'Hải Phòng', 'Hai Phong')]),
  vsic: new Map(),
  niceClasses: new Map(),
};
const thesaurus = new Thesaurus(parseThesaurus('phơi khô > sấy bơm nhiệt'));

const need = draftParty({
  title: 'Phơi khô vải thiều khi trời mưa',
  fields: ['211'],
  areas: ['31'],
  minTrl: 7,
  transferModes: ['turnkey'],
  budgetMaxVnd: 500_000_000,
});
const offer: Party = {
  ...draftParty({ title: 'Sấy bơm nhiệt cho vải thiều', fields: ['211'], areas: ['31'] }),
  id: 1,
  kind: 'offer',
  trl: 8,
  transferModes: ['turnkey', 'licence'],
  appliedAt: ['Kho hàng', 'Lò vải thiều Thanh Hà'],
};

const said = (subject: Party, candidate: Party, language: 'vi' | 'en' = 'vi') => {
  const index = { documents: 100, frequency: () => 2 };
  const [scored] = rank(asked(subject, thesaurus, weights), [candidate], index, weights, new Date('2026-06-01'));
  const { reasons, gaps } = explain(subject, scored);
  return {
    reasons: reasons.map((reason) => reasonText(reason, language, vocabulary)),
    gaps: gaps.map((gap) => reasonText(gap, language, vocabulary)),
  };
};

test('says in plain words why something fits and what is not known', () => {
  expect(said(need, offer)).toEqual({
    reasons: [
      'cùng nói về vải thiều',
      '«phơi khô»: sấy bơm nhiệt',
      'cùng lĩnh vực Kỹ thuật thực phẩm',
      'đã áp dụng: Lò vải thiều Thanh Hà',
      'TRL 8 ≥ yêu cầu 7',
      'chuyển giao như mong muốn: chìa khoá trao tay',
      'cùng địa bàn Hải Phòng',
    ],
    gaps: ['chưa rõ giá'],
  });
  expect(said(need, offer, 'en').reasons).toContain('TRL 8 ≥ 7 asked for');
});

test('says what does not fit', () => {
  const { gaps } = said(need, {
    ...offer,
    fields: ['203'],
    trl: null,
    transferModes: ['licence'],
    money: { min: 800_000_000, max: null },
  });
  expect(gaps).toEqual([
    'chưa rõ TRL (yêu cầu 7)',
    'hình thức chuyển giao khác: cấp phép sử dụng',
    'giá từ 800 triệu đồng, vượt kinh phí dự kiến',
  ]);
  expect(said(need, { ...offer, fields: ['401'] }).gaps[0]).toBe('khác lĩnh vực: 401');
});

test('an organisation has neither price nor TRL that could be missing', () => {
  const organisation: Party = { ...offer, kind: 'organisation', trl: null, appliedAt: [], transferModes: [] };
  expect(said(need, organisation).gaps).toEqual([]);
});

test('an offer that asks for needs says the same about the same two', () => {
  const { reasons, gaps } = said(offer, { ...need, id: 2 });
  expect(reasons).toContain('TRL 8 ≥ yêu cầu 7');
  expect(reasons).toContain('cùng nói về vải thiều');
  expect(gaps).toEqual(['chưa rõ giá']);
});
