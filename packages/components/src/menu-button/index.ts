import { implementComponent } from '@fettle/sdk/react';
import { menuButtonManifest } from './manifest.ts';

/** See the manifest. */
export const menuButtonExtension = implementComponent(menuButtonManifest, () =>
  import('./component.tsx').then((module) => module.MenuButton),
);
