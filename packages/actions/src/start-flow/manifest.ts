import { defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Starts another flow of the app and does not wait. */
export const startFlowManifest = defineFlowAction({
  id: 'core/start-flow',
  version: 1,
  title: 'Start a flow',
  description: 'Starts another flow of the app and goes on at once. To wait for it, use a sub-flow.',
  icon: 'player-track-next',
  category: 'Logic',
  keywords: ['trigger', 'run', 'call'],
  effect: 'outside',
  settings: Type.Object({
    flow: Type.Optional(
      setting(Type.String({ maxLength: 64 }), { title: 'Flow', ui: { editor: 'flow', bindable: false } }),
    ),
    input: Type.Optional(
      setting(Type.Record(Type.String({ maxLength: 64 }), Type.Unknown()), { title: 'Input', ui: { editor: 'json' } }),
    ),
  }),
  uses: { flows: ['flow'] },
  output: Type.Object({ run: Type.String({ description: 'Id of the run.' }) }),
  sample: { run: 'run_1' },
});
