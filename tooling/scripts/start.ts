import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './build.ts';
import { becomeServer } from './server-process.ts';

// `pnpm start`: builds what is missing or out of date, then becomes the built server.
const root = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(root);
if (await buildIfNeeded()) console.log('The pages and the server are built.');
becomeServer();
