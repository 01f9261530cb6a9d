import { implementComponent } from '@fettle/sdk/react';
import { drawerManifest } from './manifest.ts';

/** See the manifest. */
export const drawerExtension = implementComponent(drawerManifest, () =>
  import('./component.tsx').then((module) => module.Drawer),
);
