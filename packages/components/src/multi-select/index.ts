import { implementComponent } from '@fettle/sdk/react';
import { multiSelectInputManifest } from './manifest.ts';

/** See the manifest. */
export const multiSelectInputExtension = implementComponent(multiSelectInputManifest, () =>
  import('./component.tsx').then((module) => module.MultiSelectInput),
);
