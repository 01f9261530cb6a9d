import { defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Runs a query of the app. */
export const runQueryManifest = defineFlowAction({
  id: 'core/run-query',
  version: 1,
  title: 'Run query',
  description: 'Runs a query of the app: SQL, or a request of a REST data source.',
  icon: 'player-play',
  category: 'Data',
  keywords: ['execute', 'sql', 'request', 'procedure'],
  effect: 'write',
  settings: Type.Object({
    query: Type.Optional(
      setting(Type.String({ maxLength: 64 }), { title: 'Query', ui: { editor: 'query', bindable: false } }),
    ),
    parameters: Type.Optional(
      setting(Type.Record(Type.String({ maxLength: 64 }), Type.Unknown()), {
        title: 'Parameters',
        description: 'Left out ones take their default.',
        ui: { editor: 'parameters', of: 'query' },
      }),
    ),
  }),
  uses: { queries: ['query'] },
  output: Type.Object({
    data: Type.Unknown({ description: 'The rows of SQL, or the body of an HTTP answer.' }),
    affectedRows: Type.Optional(Type.Integer()),
    truncated: Type.Boolean({ description: 'True when the result was cut at the limit of the query.' }),
  }),
  sample: { data: [{ id: 1, name: 'Ada' }], truncated: false },
});
