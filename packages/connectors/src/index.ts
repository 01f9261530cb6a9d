export { connectors } from './connectors.ts';
export { connectorManifests } from './manifests.ts';
