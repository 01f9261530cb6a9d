import { implementComponent } from '@fettle/sdk/react';
import { scannerManifest } from './manifest.ts';

/** See the manifest. */
export const scannerExtension = implementComponent(scannerManifest, () =>
  import('./component.tsx').then((module) => module.Scanner),
);
