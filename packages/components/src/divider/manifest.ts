import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** A hairline. */
export const dividerManifest = defineComponent({
  id: 'core/divider',
  version: 1,
  title: 'Divider',
  description: 'A hairline between parts of a screen, with a label if you like.',
  icon: 'separator',
  category: 'Layout',
  keywords: ['line', 'rule', 'separator'],
  settings: Type.Object({
    label: Type.Optional(setting(Type.String(), { title: 'Label', ui: { section: 'Content' } })),
    labelPosition: choice(['start', 'center', 'end'], {
      title: 'Label position',
      default: 'start',
      labels: { start: 'Start', center: 'Centre', end: 'End' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    orientation: choice(['horizontal', 'vertical'], {
      title: 'Direction',
      default: 'horizontal',
      labels: { horizontal: 'Across', vertical: 'Down' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    line: choice(['solid', 'dashed', 'dotted'], {
      title: 'Line',
      default: 'solid',
      labels: { solid: 'Solid', dashed: 'Dashed', dotted: 'Dotted' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
  }),
});
