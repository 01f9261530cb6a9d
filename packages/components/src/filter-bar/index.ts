import { implementComponent } from '@fettle/sdk/react';
import { filterBarManifest } from './manifest.ts';

/** See the manifest. */
export const filterBarExtension = implementComponent(filterBarManifest, () =>
  import('./component.tsx').then((module) => module.FilterBar),
);
