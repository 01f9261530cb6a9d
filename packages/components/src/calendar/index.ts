import { implementComponent } from '@fettle/sdk/react';
import { calendarManifest } from './manifest.ts';

/** See the manifest. */
export const calendarExtension = implementComponent(calendarManifest, () =>
  import('./component.tsx').then((module) => module.Calendar),
);
