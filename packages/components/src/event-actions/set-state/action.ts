import { implementEventAction } from '@fettle/sdk/react';
import { required } from '../required.ts';
import { setStateManifest } from './manifest.ts';

/** See the manifest. */
export const setStateAction = implementEventAction(setStateManifest, async (settings, host) => {
  host.setState(required(settings.variable, 'Choose the variable to set.'), settings.value ?? null);
});
