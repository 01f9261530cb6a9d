import { implementComponent } from '@fettle/sdk/react';
import { linkManifest } from './manifest.ts';

/** See the manifest. */
export const linkExtension = implementComponent(linkManifest, () =>
  import('./component.tsx').then((module) => module.Link),
);
