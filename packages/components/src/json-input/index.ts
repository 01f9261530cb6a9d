import { implementComponent } from '@fettle/sdk/react';
import { jsonInputManifest } from './manifest.ts';

/** See the manifest. */
export const jsonInputExtension = implementComponent(jsonInputManifest, () =>
  import('./component.tsx').then((module) => module.JsonInput),
);
