import { flowActions, flowTriggers } from '@fettle/actions';
import { flowActionManifests, flowTriggerManifests } from '@fettle/actions/manifests';
import { componentManifests, eventActionManifests } from '@fettle/components/manifests';
import { connectors } from '@fettle/connectors';
import { createCatalog } from '@fettle/sdk';

/** The built-in extensions: with `web/extensions.ts`, the only place that names concrete ones. */
export const builtIns = {
  connectors,
  flowActions,
  flowTriggers,
  catalog: createCatalog({
    components: componentManifests,
    eventActions: eventActionManifests,
    flowActions: flowActionManifests,
    flowTriggers: flowTriggerManifests,
  }),
} as const;
