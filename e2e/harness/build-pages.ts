import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from '../../tooling/scripts/build.ts';

/** Before all stories: the pages are built from the sources as they are. `FETTLE_E2E_BUILD=no` takes the last build. */
export async function setup(): Promise<void> {
  if (process.env['FETTLE_E2E_BUILD'] === 'no') return;
  process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
  await buildIfNeeded();
}
