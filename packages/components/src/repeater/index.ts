import { implementComponent } from '@fettle/sdk/react';
import { repeaterManifest } from './manifest.ts';

/** See the manifest. */
export const repeaterExtension = implementComponent(repeaterManifest, () =>
  import('./component.tsx').then((module) => module.Repeater),
);
