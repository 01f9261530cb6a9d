import { implementComponent } from '@fettle/sdk/react';
import { gridManifest } from './manifest.ts';

/** See the manifest. */
export const gridExtension = implementComponent(gridManifest, () =>
  import('./component.tsx').then((module) => module.Grid),
);
