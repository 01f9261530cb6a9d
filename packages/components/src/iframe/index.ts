import { implementComponent } from '@fettle/sdk/react';
import { iframeManifest } from './manifest.ts';

/** See the manifest. */
export const iframeExtension = implementComponent(iframeManifest, () =>
  import('./component.tsx').then((module) => module.Iframe),
);
