import { implementComponent } from '@fettle/sdk/react';
import { checkboxInputManifest } from './manifest.ts';

/** See the manifest. */
export const checkboxInputExtension = implementComponent(checkboxInputManifest, () =>
  import('./component.tsx').then((module) => module.CheckboxInput),
);
