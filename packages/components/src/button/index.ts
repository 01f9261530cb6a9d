import { implementComponent } from '@fettle/sdk/react';
import { buttonManifest } from './manifest.ts';

/** See the manifest. */
export const buttonExtension = implementComponent(buttonManifest, () =>
  import('./component.tsx').then((module) => module.Button),
);
