import { implementComponent } from '@fettle/sdk/react';
import { headingManifest } from './manifest.ts';

/** See the manifest. */
export const headingExtension = implementComponent(headingManifest, () =>
  import('./component.tsx').then((module) => module.Heading),
);
