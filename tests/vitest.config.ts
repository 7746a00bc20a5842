import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/support/template.ts',
    reporters: [process.env.CI ? 'dot' : 'default', './tests/support/closing-line.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: a browser and a server beside each test file are enough.
    maxWorkers: 2,
  },
});
