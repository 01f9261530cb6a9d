import { implementComponent } from '@fettle/sdk/react';
import { stepsManifest } from './manifest.ts';

/** See the manifest. */
export const stepsExtension = implementComponent(stepsManifest, () =>
  import('./component.tsx').then((module) => module.Steps),
);
