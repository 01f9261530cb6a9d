import { flowActionManifests, flowTriggerManifests } from '@fettle/actions/manifests';
import { componentManifests, eventActionManifests } from '@fettle/components/manifests';
import { createCatalog, type ComponentManifest } from '@fettle/sdk';

export { flowActions as builtInFlowActions, flowTriggers as builtInFlowTriggers } from '@fettle/actions';
export { connectors as builtInConnectors } from '@fettle/connectors';

/** Manifests of the built-in component types. */
export const builtInComponents: readonly ComponentManifest[] = componentManifests;

/** What definitions are checked and compiled with: every built-in component type, event action, flow action and trigger. */
export const builtInCatalog = createCatalog({
  components: componentManifests,
  eventActions: eventActionManifests,
  flowActions: flowActionManifests,
  flowTriggers: flowTriggerManifests,
});
