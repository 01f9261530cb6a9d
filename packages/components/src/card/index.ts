import { implementComponent } from '@fettle/sdk/react';
import { cardManifest } from './manifest.ts';

/** See the manifest. */
export const cardExtension = implementComponent(cardManifest, () =>
  import('./component.tsx').then((module) => module.Card),
);
