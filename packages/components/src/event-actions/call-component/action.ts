import { implementEventAction } from '@fettle/sdk/react';
import { required } from '../required.ts';
import { callComponentManifest } from './manifest.ts';

/** See the manifest. */
export const callComponentAction = implementEventAction(callComponentManifest, async (settings, host) => {
  const component = required(settings.component, 'Choose the component to call.');
  return host.callComponent(component, required(settings.method, 'Choose what it should do.'), settings.input ?? {});
});
