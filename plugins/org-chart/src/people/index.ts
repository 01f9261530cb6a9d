import { implementComponent } from '@fettle/sdk/react';
import { peopleManifest } from './manifest.ts';

/** The manifest with its code. */
export const people = implementComponent(peopleManifest, async () => (await import('./component.tsx')).People);
