import { argon2 } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { hashPassword, verifyPassword } from '../../src/accounts/password.ts';

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
