import { implementComponent } from '@fettle/sdk/react';
import { chartManifest } from './manifest.ts';

/** The manifest with its code. */
export const chart = implementComponent(chartManifest, async () => (await import('./component.tsx')).Chart);
