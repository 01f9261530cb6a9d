import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './build.ts';

// `pnpm start`: builds what is missing or out of date, then runs the server in this process.
const root = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(root);
if (await buildIfNeeded()) console.log('The pages are built.');
const { main } = await import('../../packages/standalone/src/main.ts');
await main();
