import { implementComponent } from '@fettle/sdk/react';
import { jsonViewManifest } from './manifest.ts';

/** See the manifest. */
export const jsonViewExtension = implementComponent(jsonViewManifest, () =>
  import('./component.tsx').then((module) => module.JsonView),
);
