import { implementComponent } from '@fettle/sdk/react';
import { statManifest } from './manifest.ts';

/** See the manifest. */
export const statExtension = implementComponent(statManifest, () =>
  import('./component.tsx').then((module) => module.Stat),
);
