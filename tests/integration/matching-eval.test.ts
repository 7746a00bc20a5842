import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { signals } from '../../src/matching/weights.ts';

const dev = fileURLToPath(new URL('../../search/eval/dev', import.meta.url));
const command = fileURLToPath(new URL('../../src/matching/eval/command.ts', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'matching-eval-test-'));

const evaluation = (...args: string[]) =>
  execFileSync(process.execPath, [command, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

afterAll(() => rmSync(copy, { recursive: true }));

describe('matching:eval', () => {
  const figures = JSON.parse(evaluation('--json'));

  test('meets the bars on the repository’s collection', () => {
    expect(figures['ndcg@10']).toBeGreaterThanOrEqual(0.9);
    expect(figures['ndcg@10'] - figures.baseline['ndcg@10']).toBeGreaterThanOrEqual(0.15);
    expect(figures['recall@10']).toBeGreaterThanOrEqual(0.95);
  });

  test('prints the contract’s JSON: ours, the baseline, and each signal left out', () => {
    const quality = { 'ndcg@10': expect.any(Number), 'recall@10': expect.any(Number), mrr: expect.any(Number) };
    expect(figures).toEqual({
      ...quality,
      baseline: quality,
      without: Object.fromEntries(signals.map((signal) => [signal, quality])),
    });
  });

  test('each signal earns its place', () => {
    for (const signal of signals) expect(figures.without[signal]['ndcg@10'], signal).toBeLessThan(figures['ndcg@10']);
  });

  test('takes any such folder, with codes that this catalogue does not know, and says what is wrong with one', () => {
    cpSync(dev, copy, { recursive: true });
    const offer = {
      id: 'x-1',
      kind: 'offer',
      title: 'Máy ấp trứng',
      summary: 'x'.repeat(900),
      fields: ['999'],
      trl: 8,
    };
    writeFileSync(join(copy, 'records.json'), JSON.stringify([offer, { ...offer, id: 'x-2', trl: 3 }]));
    const need = {
      id: 'n-1',
      title: 'Ấp trứng hay hỏng',
      problem: 'Hỏng',
      wanted: 'Máy ấp',
      fields: ['402'],
      minTrl: 7,
    };
    writeFileSync(join(copy, 'needs.json'), JSON.stringify([need]));
    const qrels = join(copy, 'matching-qrels.json');
    writeFileSync(qrels, JSON.stringify({ 'n-1': { 'x-1': 3 } }));
    expect(JSON.parse(evaluation(copy, '--json'))).toMatchObject({ 'ndcg@10': 1, 'recall@10': 1, mrr: 1 });
    expect(evaluation(copy)).toMatch(/^matching +1\.000 +1\.000 +1\.000 +1\.000$/m);
    writeFileSync(qrels, '{}');
    expect(() => evaluation(copy)).toThrow(/no judgements for n-1/);
  });
});
