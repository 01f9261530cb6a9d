import { componentManifests, eventActionManifests } from '@fettle/components/manifests';
import { createCatalog, type ComponentManifest } from '@fettle/sdk';

export { connectors as builtInConnectors } from '@fettle/connectors';

/** Manifests of the built-in component types. */
export const builtInComponents: readonly ComponentManifest[] = componentManifests;

/** What definitions are checked and compiled with: every built-in component type and event action. */
export const builtInCatalog = createCatalog({ components: componentManifests, eventActions: eventActionManifests });
