import { argon2 } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { hashPassword, isEasilyGuessed, minPasswordLength, verifyPassword } from '../../src/accounts/password.ts';

vi.mock('node:crypto', { spy: true });

test('whether an address exists or not, the same work is done: the time of the answer tells nothing', async () => {
  const stored = await hashPassword('bốn con chim sẻ');
  const work = async (hash: string | undefined, password: string) => {
    vi.mocked(argon2).mockClear();
    const isRight = await verifyPassword(hash, password);
    const calls = vi.mocked(argon2).mock.calls.map(([algorithm, { memory, passes, parallelism, tagLength, nonce }]) => {
      return { algorithm, memory, passes, parallelism, tagLength, salt: Buffer.from(nonce as Uint8Array).length };
    });
    return { isRight, calls };
  };
  const right = await work(stored, 'bốn con chim sẻ');
  const wrong = await work(stored, 'sai');
  const nobody = await work(undefined, 'sai');
  expect([right.isRight, wrong.isRight, nobody.isRight]).toEqual([true, false, false]);
  expect(right.calls).toEqual([
    { algorithm: 'argon2id', memory: 19_456, passes: 2, parallelism: 1, tagLength: 32, salt: 16 },
  ]);
  expect(wrong.calls).toEqual(right.calls);
  expect(nobody.calls).toEqual(right.calls);
});

const names = ['Sàn Công nghệ Xứ Đông', 'Sở Khoa học và Công nghệ', 'Department of Science and Technology'];

test.each([
  'qwertyuiop',
  '1q2w3e4r5t6y',
  'Password123',
  'BASKETBALL',
  'aaaaaaaaaaaaaaaa',
  '01234567890',
  'mật khẩu 2026',
  'Matkhau@123',
  'CongNghe2026!',
  'sanxudong2026',
  'Sàn Công nghệ Xứ Đông',
  'So KHCN Xu Dong 1',
  'nguyen.an-2026',
])('what attackers try first is no password: %s', (password) => {
  expect(password.length).toBeGreaterThanOrEqual(minPasswordLength);
  expect(isEasilyGuessed(password, 'nguyen.an@example.vn', names)).toBe(true);
});

test.each([
  'bốn con chim sẻ',
  'nghề làm gốm Chu Đậu',
  '8362950174',
  'công nghệ sấy vải 9',
  'пять белых лошадей',
  '💐🐟🌾🚜🧭🪁🎋🛶🏮🪷',
])('whatever signs a password is made of: %s', (password) =>
  expect(isEasilyGuessed(password, 'nguyen.an@example.vn', names)).toBe(false),
);
