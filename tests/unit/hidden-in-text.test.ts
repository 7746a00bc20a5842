import { expect, test } from 'vitest';
import { hiddenInText } from '../../src/moderation/checks.ts';

const form = {
  title: 'Khử mùi nồi nấu keo',
  problem: 'Nồi nấu keo bốc mùi khét khắp xóm.',
  requester: 'Công ty TNHH Gốm Sông Quế',
  contactName: 'Bùi Thử Nghiệm',
  contactPhone: '0977 123 987',
  areas: 'Xã Thanh Hà\nHải Phòng',
  anonymous: '1',
};
const told = (more: object) => hiddenInText({ ...form, ...more }).map(({ name, text }) => `${name}: ${text}`);

test('an anonymous need whose own words tell nothing has nothing to change', () => {
  expect(told({})).toEqual([]);
  // The province is on its page anyway.
  expect(told({ problem: 'Cả Hải Phòng không ai làm được.' })).toEqual([]);
});

test.each([
  ['problem', 'Xưởng gom song que chúng tôi làm keo.', 'Công ty TNHH Gốm Sông Quế'],
  ['summary', 'Liên hệ anh BÙI THỬ NGHIỆM để biết thêm.', 'Bùi Thử Nghiệm'],
  ['requiredResult', 'Gọi 0977 123 987.', '0977 123 987'],
  ['title', 'Keo ở chợ Thanh Hà', 'Thanh Hà'],
])('its %s «%s» tells', (name, text, hidden) => {
  expect(told({ [name]: text })).toEqual([`${name}: ${hidden}`]);
});

test('a need under its own name may say it', () => {
  expect(told({ anonymous: '', problem: 'Gốm Sông Quế, Thanh Hà' })).toEqual([]);
});
