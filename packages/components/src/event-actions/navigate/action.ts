import { implementEventAction } from '@fettle/sdk/react';
import { required } from '../required.ts';
import { navigateManifest } from './manifest.ts';

/** See the manifest. */
export const navigateAction = implementEventAction(navigateManifest, async (settings, host) => {
  if (settings.target === 'back') {
    host.navigate({ back: true });
    return;
  }
  const screen = required(settings.screen, 'Choose the screen to open.');
  host.navigate({ screen, ...(settings.params === undefined ? {} : { params: settings.params }) });
});
