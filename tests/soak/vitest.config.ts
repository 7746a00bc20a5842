import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../vitest.config.ts';

/** `npm run test:soak`: what takes longer than a few minutes, one after the other: each would slow the other down. */
const config = mergeConfig(base, defineConfig({ test: { testTimeout: 1_800_000, fileParallelism: false } }));
export default { ...config, test: { ...config.test, include: ['tests/soak/**/*.soak.ts'] } };
