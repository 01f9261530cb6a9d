import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Where something stands on its way. */
export const stepsManifest = defineComponent({
  id: 'core/steps',
  version: 1,
  title: 'Steps',
  description: 'Where something stands on its way: what is done, what is under way, what is still to come.',
  icon: 'progress-check',
  category: 'Display',
  keywords: ['stepper', 'status', 'stages', 'phases', 'wizard', 'progress'],
  settings: Type.Object({
    items: setting(
      Type.Array(
        Type.Object({
          id: setting(Type.String({ minLength: 1, maxLength: 64 }), {
            title: 'Id',
            description: 'What “Stands at” names it by.',
            ui: { bindable: false },
          }),
          label: setting(Type.String(), { title: 'Label' }),
          description: Type.Optional(setting(Type.String(), { title: 'Line below' })),
          icon: Type.Optional(setting(Type.String(), { title: 'Icon', ui: { editor: 'icon' } })),
          visible: Type.Optional(setting(Type.Boolean(), { title: 'Shown', default: true })),
        }),
        { minItems: 1, maxItems: 20 },
      ),
      {
        title: 'Steps',
        default: [
          { id: 'first', label: 'First' },
          { id: 'second', label: 'Second' },
          { id: 'third', label: 'Third' },
        ],
        ui: { section: 'Content' },
      },
    ),
    current: setting(Type.String(), {
      title: 'Stands at',
      description: 'Id of the step that is under way, e.g. {{ components.facts.row.status }}.',
      default: 'first',
      ui: { section: 'Content' },
    }),
    state: choice(['active', 'finished', 'failed'], {
      title: 'How that step is',
      default: 'active',
      labels: { active: 'Under way', finished: 'Done', failed: 'Stopped' },
      ui: { editor: 'segmented', section: 'Content' },
    }),
    direction: choice(['auto', 'row', 'column'], {
      title: 'Direction',
      description: 'By itself: across, and down where there is no room.',
      default: 'auto',
      labels: { auto: 'By itself', row: 'Across', column: 'Down' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
  }),
  events: [{ name: 'click', title: 'Step clicked', payload: Type.Object({ step: Type.String() }) }],
});
