import { defineConfig } from 'vitest/config';
import { oneServerOnly } from './one-server-only.ts';

const stories = (paths: readonly string[]): string[] => paths.map((path) => `e2e/stories/${path}`);
const onMany = process.env['FETTLE_STORY_TOPOLOGY'] === 'many';
const leftOut = onMany ? stories(Object.keys(oneServerOnly)) : [];
/** They measure how long a person waits: nothing of ours may run beside them. */
const measuring = stories([
  'flows/large-flow.test.ts',
  'plugins/hostile-components.test.ts',
  'plugins/write-a-component.test.ts',
]);

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
/** Two files at a time: most of what a story does is to wait, for its browser, its server or its database. */
const together = { name: 'stories', include: ['e2e/stories/**/*.test.ts'], exclude: [...measuring, ...leftOut] };
const apart = { name: 'measuring', include: measuring, exclude: leftOut };

/** The stories, each on a server of its own; those that measure come last, one by one. */
export default defineConfig({
  test: {
    projects: [
      { test: { ...story, ...together, maxWorkers: 2, sequence: { groupOrder: 0 } } },
      { test: { ...story, ...apart, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
