import { implementComponent } from '@fettle/sdk/react';
import { textManifest } from './manifest.ts';

/** See the manifest. */
export const textExtension = implementComponent(textManifest, () =>
  import('./component.tsx').then((module) => module.Text),
);
