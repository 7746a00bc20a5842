import { describe, expect, test } from 'vitest';
import type { Party } from '../../../src/matching/party.ts';
import { draftParty } from '../../../src/matching/party.ts';
import { fieldNearness, modeNearness, obstacle, rank } from '../../../src/matching/score.ts';
import { asked } from '../../../src/matching/text.ts';
import { parseThesaurus, Thesaurus } from '../../../src/matching/thesaurus.ts';
import { signals, type Weights, weights, without } from '../../../src/matching/weights.ts';

const thesaurus = new Thesaurus(parseThesaurus('mùi hôi = bốc mùi > khử mùi; đệm lót sinh học\nlợn = heo'));
const now = new Date('2026-06-01T00:00:00Z');

let ids = 0;
const partyOf = ({ texts, ...more }: Omit<Partial<Party>, 'texts'> & { texts?: Partial<Party['texts']> }): Party => {
  ids += 1;
  return {
    ...draftParty({}),
    id: ids,
    kind: 'offer',
    name: texts?.title ?? '',
    fields: ['402'],
    ...more,
    texts: { title: '', keys: '', summary: '', body: '', ...texts },
  };
};
const need = draftParty({ title: 'Chuồng lợn bốc mùi', problem: 'Chuồng lợn gần nhà dân.', fields: ['402'] });

/** Candidates from best to last, with a common index in which every word is equally rare. */
const ranked = (candidates: Party[], subject: Party = need, w: Weights = weights) =>
  rank(asked(subject, thesaurus, w), candidates, { documents: 1000, frequency: () => 10 }, w, now);
const order = (...args: Parameters<typeof ranked>) => ranked(...args).map(({ party }) => party);

describe('words', () => {
  const about = partyOf({ texts: { title: 'Xử lý chuồng lợn' } });

  test('more of what is asked comes first, and a title outweighs a body', () => {
    const aside = partyOf({ texts: { title: 'Máy phát điện', body: 'Dùng ở chuồng lợn' } });
    expect(order([aside, about])).toEqual([about, aside]);
  });

  test('a compound outweighs its syllables apart', () => {
    const apart = partyOf({ texts: { title: 'Lợn về chuồng xử lý' } });
    expect(order([apart, about])).toEqual([about, apart]);
  });

  test('marks tell words apart, unless none were typed', () => {
    const other = partyOf({ texts: { title: 'Chương trình lớn' }, fields: [] });
    expect(order([other])).toEqual([]);
    expect(order([about], draftParty({ title: 'chuong lon' }))).toEqual([about]);
  });

  test('what solves a problem is found by other words, and explains itself', () => {
    const solves = partyOf({ texts: { title: 'Đệm lót sinh học' } });
    const [first] = ranked([solves]);
    expect(first.shared[0].concept.forms[0].text).toBe('bốc mùi');
    expect(first.shared[0].form.text).toBe('đệm lót sinh học');
    expect(ranked([solves], need, without('thesaurus'))[0].shared).toEqual([]);
  });

  test('a rare word counts more than a common one', () => {
    const rare = partyOf({ texts: { title: 'Lợn' } });
    const common = partyOf({ texts: { title: 'Chuồng' } });
    const index = { documents: 1000, frequency: ([word]: string[]) => (word.startsWith('chu') ? 500 : 5) };
    const subject = draftParty({ title: 'lợn, chuồng', fields: ['402'] });
    const [first] = rank(asked(subject, thesaurus, weights), [common, rare], index, weights, now);
    expect(first.party).toBe(rare);
  });

  test('one syllable in common in another field is chance', () => {
    const chance = partyOf({ texts: { title: 'Gốm ở gần sông' }, fields: ['205'] });
    expect(order([chance])).toEqual([]);
    expect(order([{ ...chance, fields: ['402'] }])).toHaveLength(1);
  });

  test('coverage tells how much is answered, whatever else there is', () => {
    const all = partyOf({ texts: { title: 'Chuồng lợn bốc mùi' } });
    const little = partyOf({ texts: { body: 'Chuồng' } });
    const alone = ranked([little])[0].coverage;
    expect(ranked([all, little]).map(({ coverage }) => coverage)[1]).toBeCloseTo(alone, 1);
    expect(ranked([all])[0].coverage).toBeGreaterThan(4 * alone);
  });
});

describe('facts', () => {
  const text = { texts: { title: 'Chuồng lợn' } };
  test.each([
    ['the same field', { fields: ['402'] }, { fields: ['205'] }],
    ['a neighbouring field before another branch', { fields: ['403'] }, { fields: ['205'] }],
    ['the preferred form of transfer', { transferModes: ['service'] }, { transferModes: ['assignment'] }],
    ['a price within the budget', { money: { min: 50e6, max: null } }, { money: { min: 500e6, max: null } }],
    ['an offer before a finished project', { kind: 'offer' }, { kind: 'achievement' }],
  ] as const)('%s comes first', (_, better, worse) => {
    const subject = { ...need, transferModes: ['service'], money: { min: null, max: 100e6 } };
    const first = partyOf({ ...text, ...(better as Partial<Party>) });
    const second = partyOf({ ...text, ...(worse as Partial<Party>) });
    expect(order([second, first], subject)).toEqual([first, second]);
  });

  test('nearness of fields', () => {
    expect(fieldNearness(['211'], ['211', '203'])).toBe(1);
    expect(fieldNearness(['211', '401'], ['211'])).toBeCloseTo(0.8);
    expect(fieldNearness(['211'], ['2'])).toBeCloseTo(0.5);
    expect(fieldNearness(['211'], ['203'])).toBeCloseTo(0.3);
    expect(fieldNearness(['211'], ['401'])).toBe(0);
    expect(fieldNearness([], ['401'])).toBe(0);
  });

  test('a form of transfer that nobody names neither helps nor harms', () => {
    expect(modeNearness(['service'], ['service', 'licence'])).toBe(1);
    expect(modeNearness(['service'], [])).toBe(0.5);
    expect(modeNearness(['service'], ['licence'])).toBe(0);
  });
});

describe('the best technologies lead to others', () => {
  test('who stands behind one comes before an equal', () => {
    const profile = { kind: 'organisation', texts: { title: 'Trung tâm chăn nuôi lợn' } } as const;
    const other = partyOf(profile);
    const supplier = partyOf(profile);
    const offer = partyOf({ texts: { title: 'Chuồng lợn bốc mùi' }, behind: [supplier.id ?? 0] });
    const [first, second] = ranked([other, offer, supplier]);
    expect([first.party, second.party]).toEqual([offer, supplier]);
    expect(second.behind).toBe(offer);
  });

  test('their words find what the asking text does not name', () => {
    const expert = (title: string) => partyOf({ kind: 'expert', texts: { title } });
    const [alike, unlike] = [expert('Vi sinh Bacillus lợn'), expert('Máy ấp trứng lợn')];
    const offer = partyOf({ texts: { title: 'Chuồng lợn bốc mùi', keys: 'vi sinh Bacillus' } });
    expect(order([unlike, offer, alike])).toEqual([offer, alike, unlike]);
  });
});

describe('hard conditions leave out, however similar', () => {
  const same = (more: Partial<Party>) => partyOf({ texts: { title: 'Chuồng lợn bốc mùi' }, ...more });
  const strict = { ...need, minTrl: 7, excludedPartners: ['enterprise'] };
  test.each([
    ['listed until yesterday', { expiresOn: '2026-05-31' }, 'expired'],
    ['listed until today', { expiresOn: '2026-06-01' }, undefined],
    ['TRL below the least', { trl: 6 }, 'trl'],
    ['TRL that is just enough', { trl: 7 }, undefined],
    ['TRL unknown', { trl: null }, undefined],
    ['a partner of an excluded type', { partner: 'enterprise' }, 'partner'],
    ['a partner of another type', { partner: 'startup' }, undefined],
  ] as const)('%s', (_, more, expected) => {
    const candidate = same(more as Partial<Party>);
    expect(obstacle(strict, candidate, now)).toBe(expected);
    expect(order([candidate], strict)).toEqual(expected ? [] : [candidate]);
  });

  test('the same conditions hold when the offer asks', () => {
    const offer = same({ trl: 5, partner: 'enterprise' });
    expect(obstacle(offer, { ...need, id: 900, minTrl: 7 }, now)).toBe('trl');
    expect(obstacle(offer, { ...need, id: 900, excludedPartners: ['enterprise'] }, now)).toBe('partner');
    expect(obstacle(offer, { ...need, id: 900, expiresOn: '2026-01-01' }, now)).toBe('expired');
    expect(obstacle(offer, { ...need, id: 900 }, now)).toBeUndefined();
  });

  test("one's own records are no answer", () => {
    const own = { ...need, id: 800, behind: [77] };
    expect(obstacle(own, same({ behind: [77] }), now)).toBe('own');
    expect(obstacle(own, same({ id: 77, kind: 'organisation' }), now)).toBe('own');
  });
});

test('the same input gives the same answer, and each signal can be left out', () => {
  const candidates = [1, 2, 3].map((n) => partyOf({ texts: { title: 'Chuồng lợn', body: 'x '.repeat(n) } }));
  expect(ranked(candidates)).toEqual(ranked(candidates));
  for (const signal of signals) expect(without(signal)).not.toEqual(weights);
  expect(ranked([])).toEqual([]);
});
