import { implementComponent } from '@fettle/sdk/react';
import { badgeManifest } from './manifest.ts';

/** See the manifest. */
export const badgeExtension = implementComponent(badgeManifest, () =>
  import('./component.tsx').then((module) => module.Badge),
);
