import { implementEventAction } from '@fettle/sdk/react';
import { required } from '../required.ts';
import { closeModalManifest } from './manifest.ts';

/** See the manifest. */
export const closeModalAction = implementEventAction(closeModalManifest, async (settings, host) => {
  await host.callComponent(required(settings.component, 'Choose the modal or drawer to close.'), 'close');
});
