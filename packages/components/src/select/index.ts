import { implementComponent } from '@fettle/sdk/react';
import { selectInputManifest } from './manifest.ts';

/** See the manifest. */
export const selectInputExtension = implementComponent(selectInputManifest, () =>
  import('./component.tsx').then((module) => module.SelectInput),
);
