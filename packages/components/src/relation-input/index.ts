import { implementComponent } from '@fettle/sdk/react';
import { relationInputManifest } from './manifest.ts';

/** See the manifest. */
export const relationInputExtension = implementComponent(relationInputManifest, () =>
  import('./component.tsx').then((module) => module.RelationInput),
);
