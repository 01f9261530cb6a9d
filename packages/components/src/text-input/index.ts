import { implementComponent } from '@fettle/sdk/react';
import { textInputManifest } from './manifest.ts';

/** See the manifest. */
export const textInputExtension = implementComponent(textInputManifest, () =>
  import('./component.tsx').then((module) => module.TextInput),
);
