import { flowActions, flowTriggers } from '@fettle/actions';
import { connectors } from '@fettle/connectors';
import { builtInCatalog } from './manifests.ts';

/** The built-in extensions: with `web/extensions.ts`, the only place that names concrete ones. */
export const builtIns = {
  connectors,
  flowActions,
  flowTriggers,
  catalog: builtInCatalog,
} as const;
