import { implementComponent } from '@fettle/sdk/react';
import { buttonGroupManifest } from './manifest.ts';

/** See the manifest. */
export const buttonGroupExtension = implementComponent(buttonGroupManifest, () =>
  import('./component.tsx').then((module) => module.ButtonGroup),
);
