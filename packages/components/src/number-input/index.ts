import { implementComponent } from '@fettle/sdk/react';
import { numberInputManifest } from './manifest.ts';

/** See the manifest. */
export const numberInputExtension = implementComponent(numberInputManifest, () =>
  import('./component.tsx').then((module) => module.NumberInput),
);
