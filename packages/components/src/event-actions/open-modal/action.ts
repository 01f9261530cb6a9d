import { implementEventAction } from '@fettle/sdk/react';
import { required } from '../required.ts';
import { openModalManifest } from './manifest.ts';

/** See the manifest. */
export const openModalAction = implementEventAction(openModalManifest, async (settings, host) => {
  const component = required(settings.component, 'Choose the modal or drawer to open.');
  await host.callComponent(component, 'open', settings.input ?? {});
});
