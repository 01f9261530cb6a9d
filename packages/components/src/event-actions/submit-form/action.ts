import { implementEventAction } from '@fettle/sdk/react';
import { required } from '../required.ts';
import { submitFormManifest } from './manifest.ts';

/** See the manifest. */
export const submitFormAction = implementEventAction(submitFormManifest, (settings, host) =>
  host.callComponent(required(settings.component, 'Choose the form to submit.'), 'submit'),
);
