import { fileURLToPath } from 'node:url';
import { unpackBrowser } from '@fettle/testing';
import { buildIfNeeded } from '../../tooling/scripts/build.ts';

/**
 * Before all stories: the pages and the server are built from the sources as they are, and the browser is there.
 * `FETTLE_E2E_BUILD=no` takes the last build.
 */
export async function setup(): Promise<void> {
  await unpackBrowser();
  if (process.env['FETTLE_E2E_BUILD'] === 'no') return;
  process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
  await buildIfNeeded();
}
