import { implementComponent } from '@fettle/sdk/react';
import { formManifest } from './manifest.ts';

/** See the manifest. */
export const formExtension = implementComponent(formManifest, () =>
  import('./component.tsx').then((module) => module.Form),
);
