import { defineConfig } from 'vitest/config';
import { oneServerOnly } from './one-server-only.ts';

const stories = (paths: readonly string[]): string[] => paths.map((path) => `e2e/stories/${path}`);
const onMany = process.env['FETTLE_STORY_TOPOLOGY'] === 'many';
const leftOut = onMany ? stories(Object.keys(oneServerOnly)) : [];
/** What holds for each story. */
const story = {
  globalSetup: 'e2e/harness/prepare.ts',
  pool: 'forks',
  testTimeout: 180_000,
  hookTimeout: 120_000,
  // What is waited for may take as long as a page may: a machine that does other things as well is slow, not wrong.
  expect: { poll: { timeout: 15_000 } },
  // A story is one course of events: what follows a broken step would only repeat its failure.
  bail: 0,
} as const;
/**
 * The stories, each on a server of its own, one after the other: most wait for their browser or a server that was killed,
 * several measure how long, and side by side they are each other's load.
 */
export default defineConfig({
  test: { ...story, include: ['e2e/stories/**/*.test.ts'], exclude: leftOut, fileParallelism: false },
});
