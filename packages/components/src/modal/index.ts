import { implementComponent } from '@fettle/sdk/react';
import { modalManifest } from './manifest.ts';

/** See the manifest. */
export const modalExtension = implementComponent(modalManifest, () =>
  import('./component.tsx').then((module) => module.Modal),
);
