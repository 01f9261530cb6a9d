import { implementComponent } from '@fettle/sdk/react';
import { timelineManifest } from './manifest.ts';

/** See the manifest. */
export const timelineExtension = implementComponent(timelineManifest, () =>
  import('./component.tsx').then((module) => module.Timeline),
);
