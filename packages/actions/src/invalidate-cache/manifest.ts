import { defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Forgets cached answers of a data source. */
export const invalidateCacheManifest = defineFlowAction({
  id: 'core/invalidate-cache',
  version: 1,
  title: 'Forget cached data',
  description: 'Forgets what is cached of a data source, after another program changed it.',
  icon: 'refresh',
  category: 'Data',
  keywords: ['cache', 'refresh', 'clear'],
  effect: 'outside',
  summary: 'dataSource',
  settings: Type.Object({
    dataSource: Type.Optional(
      setting(Type.String({ maxLength: 64 }), { title: 'Data source', ui: { editor: 'dataSource', bindable: false } }),
    ),
  }),
  output: Type.Object({}),
  sample: {},
});
