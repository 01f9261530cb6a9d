import { implementComponent } from '@fettle/sdk/react';
import { tabsManifest } from './manifest.ts';

/** See the manifest. */
export const tabsExtension = implementComponent(tabsManifest, () =>
  import('./component.tsx').then((module) => module.Tabs),
);
