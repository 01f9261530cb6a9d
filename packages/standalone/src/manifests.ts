import { flowActionManifests, flowTriggerManifests } from '@fettle/actions/manifests';
import { componentManifests, eventActionManifests } from '@fettle/components/manifests';
import { createCatalog } from '@fettle/sdk';

/** What definitions are checked with: the built-in extensions as data, without their code. */
export const builtInCatalog = createCatalog({
  components: componentManifests,
  eventActions: eventActionManifests,
  flowActions: flowActionManifests,
  flowTriggers: flowTriggerManifests,
});
