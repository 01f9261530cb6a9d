import { flowActionManifests, flowTriggerManifests } from '@fettle/actions/manifests';
import { componentManifests, eventActionManifests } from '@fettle/components/manifests';
import { connectorManifests } from '@fettle/connectors/manifests';
import { createCatalog, type ConnectorManifest } from '@fettle/sdk';

/** The built-in connectors as data. */
export const builtInConnectors: readonly ConnectorManifest[] = connectorManifests;

/** What definitions are checked with: the built-in extensions as data, without their code. */
export const builtInCatalog = createCatalog({
  components: componentManifests,
  eventActions: eventActionManifests,
  flowActions: flowActionManifests,
  flowTriggers: flowTriggerManifests,
});
