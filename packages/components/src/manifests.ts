import type { ComponentManifest, EventActionManifest } from '@fettle/sdk';
import { stackManifest } from './stack/manifest.ts';

// Data only: no React here, so that the server can read it too. One import and one line each, sorted by name.

/** Manifests of the built-in component types. */
export const componentManifests: readonly ComponentManifest[] = [stackManifest];

/** Manifests of the built-in event actions. */
export const eventActionManifests: readonly EventActionManifest[] = [];
