import { implementComponent } from '@fettle/sdk/react';
import { imageManifest } from './manifest.ts';

/** See the manifest. */
export const imageExtension = implementComponent(imageManifest, () =>
  import('./component.tsx').then((module) => module.Image),
);
