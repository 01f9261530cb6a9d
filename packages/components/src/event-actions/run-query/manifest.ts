import { defineEventAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Runs a query of the app. */
export const runQueryManifest = defineEventAction({
  id: 'core/run-query',
  version: 1,
  title: 'Run query',
  description: 'Runs a query of the app. Its rows are result.data in the actions that follow.',
  icon: 'player-play',
  category: 'Data',
  keywords: ['execute', 'sql', 'request'],
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
  result: Type.Object({
    data: Type.Unknown(),
    affectedRows: Type.Optional(Type.Integer()),
    truncated: Type.Boolean(),
  }),
});
