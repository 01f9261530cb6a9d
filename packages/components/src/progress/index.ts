import { implementComponent } from '@fettle/sdk/react';
import { progressManifest } from './manifest.ts';

/** See the manifest. */
export const progressExtension = implementComponent(progressManifest, () =>
  import('./component.tsx').then((module) => module.Progress),
);
