import { implementComponent } from '@fettle/sdk/react';
import { dividerManifest } from './manifest.ts';

/** See the manifest. */
export const dividerExtension = implementComponent(dividerManifest, () =>
  import('./component.tsx').then((module) => module.Divider),
);
