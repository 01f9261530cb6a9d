import { defineConfig } from 'vitest/config';

/** The stories: one after the other, each on a server process of its own. */
export default defineConfig({
  test: {
    include: ['e2e/stories/**/*.test.ts'],
    globalSetup: ['e2e/harness/build-pages.ts'],
    fileParallelism: false,
    pool: 'forks',
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // A story is one course of events: what follows a broken step would only repeat its failure.
    bail: 0,
  },
});
