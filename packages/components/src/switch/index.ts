import { implementComponent } from '@fettle/sdk/react';
import { switchInputManifest } from './manifest.ts';

/** See the manifest. */
export const switchInputExtension = implementComponent(switchInputManifest, () =>
  import('./component.tsx').then((module) => module.SwitchInput),
);
