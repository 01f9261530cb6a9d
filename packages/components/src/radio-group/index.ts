import { implementComponent } from '@fettle/sdk/react';
import { radioGroupManifest } from './manifest.ts';

/** See the manifest. */
export const radioGroupExtension = implementComponent(radioGroupManifest, () =>
  import('./component.tsx').then((module) => module.RadioGroup),
);
