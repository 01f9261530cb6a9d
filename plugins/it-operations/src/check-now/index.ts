import { implementServerEventAction } from '@fettle/sdk/server';
import { checkNowManifest } from './manifest.ts';

/** Looks at a host when somebody presses a button. */
export const checkNow = implementServerEventAction(
  checkNowManifest,
  async () => (await import('./server.ts')).checkNow,
);
