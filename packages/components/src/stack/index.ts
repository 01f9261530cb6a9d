import { implementComponent } from '@fettle/sdk/react';
import { stackManifest } from './manifest.ts';

/** See the manifest. */
export const stackExtension = implementComponent(stackManifest, () =>
  import('./component.tsx').then((module) => module.Stack),
);
