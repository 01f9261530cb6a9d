import { choice, defineEventAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Loads data again. */
export const refreshManifest = defineEventAction({
  id: 'core/refresh',
  version: 1,
  title: 'Refresh',
  description: 'Loads data again: everything on the screen, one query, or one component.',
  icon: 'refresh',
  category: 'Data',
  keywords: ['reload', 'update', 'again'],
  settings: Type.Object({
    what: choice(['all', 'query', 'component'], {
      title: 'What',
      default: 'all',
      labels: { all: 'Everything', query: 'A query', component: 'A component' },
      ui: { editor: 'segmented', bindable: false },
    }),
    query: Type.Optional(
      setting(Type.String({ maxLength: 64 }), {
        title: 'Query',
        ui: { editor: 'query', bindable: false, when: { setting: 'what', in: ['query'] } },
      }),
    ),
    component: Type.Optional(
      setting(Type.String({ maxLength: 64 }), {
        title: 'Component',
        ui: { editor: 'component', bindable: false, when: { setting: 'what', in: ['component'] } },
      }),
    ),
  }),
  uses: { queries: ['query'], components: ['component'] },
});
