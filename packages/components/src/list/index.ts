import { implementComponent } from '@fettle/sdk/react';
import { listManifest } from './manifest.ts';

/** See the manifest. */
export const listExtension = implementComponent(listManifest, () =>
  import('./component.tsx').then((module) => module.List),
);
