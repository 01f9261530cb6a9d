import { implementEventAction } from '@fettle/sdk/react';
import { required } from '../required.ts';
import { resetFormManifest } from './manifest.ts';

/** See the manifest. */
export const resetFormAction = implementEventAction(resetFormManifest, (settings, host) =>
  host.callComponent(required(settings.component, 'Choose the form to reset.'), 'reset'),
);
