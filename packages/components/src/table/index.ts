import { implementComponent } from '@fettle/sdk/react';
import { tableManifest } from './manifest.ts';

/** See the manifest. */
export const tableExtension = implementComponent(tableManifest, () =>
  import('./component.tsx').then((module) => module.Table),
);
