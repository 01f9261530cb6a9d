import { implementComponent } from '@fettle/sdk/react';
import { matrixManifest } from './manifest.ts';

/** See the manifest. */
export const matrixExtension = implementComponent(matrixManifest, () =>
  import('./component.tsx').then((module) => module.Matrix),
);
