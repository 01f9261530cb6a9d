import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.ts';

/**
 * Stories that say something about several servers: people, apps, drafts, flows and plugins. The others are about a process
 * of their own (what dies when, the command on a data folder, sizes), and start it themselves.
 */
export const manyStories: readonly string[] = [
  'chinook',
  'first-screen',
  'flows',
  'keyboard',
  'plugins',
  'portable',
  'public-app',
  'resilience',
  'tools',
].map((name) => `e2e/stories/${name}`);

// `pnpm e2e:many`: the same stories, on two servers and a worker behind a proxy that takes turns. Paths choose some.
process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const chosen = process.argv.slice(2);
const stories = chosen.length > 0 ? chosen : manyStories;
process.exit(
  await runCommand('vitest', ['run', '--config', 'e2e/vitest.config.ts', ...stories], {
    FETTLE_STORY_TOPOLOGY: 'many',
  }),
);
