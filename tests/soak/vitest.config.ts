import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../vitest.config.ts';

/** `npm run test:soak`: what takes longer than a few minutes. */
const config = mergeConfig(base, defineConfig({ test: { testTimeout: 1_200_000 } }));
export default { ...config, test: { ...config.test, include: ['tests/soak/**/*.soak.ts'] } };
