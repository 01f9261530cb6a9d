import { implementComponent } from '@fettle/sdk/react';
import { iconManifest } from './manifest.ts';

/** See the manifest. */
export const iconExtension = implementComponent(iconManifest, () =>
  import('./component.tsx').then((module) => module.Icon),
);
