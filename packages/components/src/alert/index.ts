import { implementComponent } from '@fettle/sdk/react';
import { alertManifest } from './manifest.ts';

/** See the manifest. */
export const alertExtension = implementComponent(alertManifest, () =>
  import('./component.tsx').then((module) => module.Alert),
);
