import { defineEventAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Starts a flow of the app. Whoever sees the component may start it, unless the flow says who may. */
export const startFlowManifest = defineEventAction({
  id: 'core/start-flow',
  version: 1,
  title: 'Start flow',
  description: 'Starts a flow of the app with its inputs. What it returns is result.output in the actions that follow.',
  icon: 'route',
  category: 'Data',
  keywords: ['automation', 'workflow', 'run', 'trigger'],
  settings: Type.Object({
    flow: Type.Optional(
      setting(Type.String({ maxLength: 64 }), { title: 'Flow', ui: { editor: 'flow', bindable: false } }),
    ),
    input: Type.Optional(
      setting(Type.Record(Type.String({ maxLength: 64 }), Type.Unknown()), {
        title: 'Inputs',
        description: 'Left out ones take their default.',
        ui: { editor: 'parameters', of: 'flow' },
      }),
    ),
    wait: Type.Optional(
      setting(Type.Boolean(), {
        title: 'Wait for its end',
        description: 'For a minute at most. Without it the actions that follow run at once.',
        default: true,
      }),
    ),
  }),
  uses: { flows: ['flow'] },
  result: Type.Object({
    run: Type.String(),
    /** False: it was not waited for, or it takes longer. */
    isEnded: Type.Boolean(),
    output: Type.Unknown(),
  }),
});
