import { implementComponent } from '@fettle/sdk/react';
import { keyValueManifest } from './manifest.ts';

/** See the manifest. */
export const keyValueExtension = implementComponent(keyValueManifest, () =>
  import('./component.tsx').then((module) => module.KeyValue),
);
