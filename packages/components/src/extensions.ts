import type { ComponentExtension, EventActionExtension } from '@fettle/sdk/react';
import { stackExtension } from './stack/index.ts';

// One import and one line per extension, sorted by name. Every implementation loads as its own chunk.

/** The built-in component types with their code. */
export const components: readonly ComponentExtension[] = [stackExtension];

/** The built-in event actions with their code. */
export const eventActions: readonly EventActionExtension[] = [];
