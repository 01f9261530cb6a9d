import { defineFlowTrigger } from '@fettle/sdk';
import { Type } from 'typebox';

/** An app, another flow or a person starts the flow with its inputs. */
export const manualTriggerManifest = defineFlowTrigger({
  id: 'core/manual',
  version: 1,
  title: 'Started from an app',
  description: 'A button, form or row of an app, another flow, or a person starts it with the inputs of the flow.',
  icon: 'hand-click',
  category: 'Apps',
  source: 'call',
  settings: Type.Object({}),
  payload: Type.Record(Type.String(), Type.Unknown()),
  sample: {},
});
