import { implementComponent } from '@fettle/sdk/react';
import { fileInputManifest } from './manifest.ts';

/** See the manifest. */
export const fileInputExtension = implementComponent(fileInputManifest, () =>
  import('./component.tsx').then((module) => module.FileInput),
);
