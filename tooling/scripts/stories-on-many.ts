import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.ts';

// `pnpm e2e:many`: the same stories, on two servers and a worker behind a proxy that takes turns. Paths choose some; what
// is left out anyway, and why: `e2e/one-server-only.ts`.
process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
process.exit(
  await runCommand('vitest', ['run', '--config', 'e2e/vitest.config.ts', ...process.argv.slice(2)], {
    FETTLE_STORY_TOPOLOGY: 'many',
  }),
);
