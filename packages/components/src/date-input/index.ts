import { implementComponent } from '@fettle/sdk/react';
import { dateInputManifest } from './manifest.ts';

/** See the manifest. */
export const dateInputExtension = implementComponent(dateInputManifest, () =>
  import('./component.tsx').then((module) => module.DateInput),
);
