import { implementComponent } from '@fettle/sdk/react';
import { searchInputManifest } from './manifest.ts';

/** See the manifest. */
export const searchInputExtension = implementComponent(searchInputManifest, () =>
  import('./component.tsx').then((module) => module.SearchInput),
);
