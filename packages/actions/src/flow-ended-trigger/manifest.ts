import { defineFlowTrigger, setting } from '@fettle/sdk';
import { Type } from 'typebox';

const states = ['failed', 'cancelled', 'succeeded'] as const;

/** A run of another flow of the app ended. */
export const flowEndedTriggerManifest = defineFlowTrigger({
  id: 'core/flow-ended',
  version: 1,
  title: 'When a flow fails or ends',
  description: 'Starts the flow when another flow of this app has failed, was cancelled or succeeded.',
  icon: 'flag',
  category: 'Events',
  source: 'event',
  keywords: ['error', 'failure', 'alert', 'finished', 'done', 'cancelled'],
  settings: Type.Object({
    states: Type.Optional(
      setting(Type.Array(Type.Unsafe<(typeof states)[number]>({ type: 'string', enum: [...states] })), {
        title: 'When it',
        description: 'Only failures when none is chosen.',
        ui: { bindable: false, labels: { failed: 'Failed', cancelled: 'Was cancelled', succeeded: 'Succeeded' } },
      }),
    ),
    flows: Type.Optional(
      setting(
        Type.Array(
          Type.Object({
            flow: setting(Type.String({ maxLength: 64 }), { title: 'Flow', ui: { editor: 'flow', bindable: false } }),
          }),
          { maxItems: 100 },
        ),
        {
          title: 'Of these flows',
          description: 'All other flows of the app when none is chosen.',
          ui: { bindable: false },
        },
      ),
    ),
  }),
  uses: { flows: ['flows/*/flow'] },
  payload: Type.Object({
    run: Type.String(),
    flow: Type.Object({ id: Type.String(), name: Type.String() }),
    state: Type.Unsafe<(typeof states)[number]>({ type: 'string', enum: [...states] }),
    error: Type.Union([
      Type.Object({
        code: Type.String(),
        message: Type.String(),
        hint: Type.Optional(Type.String()),
        step: Type.Optional(Type.String()),
      }),
      Type.Null(),
    ]),
    /** ISO 8601 in UTC. */
    startedAt: Type.Union([Type.String(), Type.Null()]),
    finishedAt: Type.String(),
  }),
  sample: {
    run: 'run_1',
    flow: { id: 'flw_1', name: 'sendInvoices' },
    state: 'failed',
    error: { code: 'http.status', message: 'The server answered 503.', step: 'send' },
    startedAt: '2030-01-31T09:00:00.000Z',
    finishedAt: '2030-01-31T09:00:02.500Z',
  },
});
