import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { gapChoice, paddingChoice } from '../setting-kinds.ts';

/** Children one after the other, in a column or a row. */
export const stackManifest = defineComponent({
  id: 'core/stack',
  version: 1,
  title: 'Stack',
  description: 'Puts its children one under the other or side by side.',
  icon: 'layout-list',
  category: 'Layout',
  keywords: ['container', 'row', 'column', 'flex', 'group'],
  settings: Type.Object({
    direction: choice(['column', 'row'], {
      title: 'Direction',
      default: 'column',
      labels: { column: 'Down', row: 'Across' },
      ui: { editor: 'segmented', section: 'Layout' },
    }),
    gap: gapChoice('Layout'),
    align: choice(['stretch', 'start', 'center', 'end'], {
      title: 'Align',
      description: 'Across the direction.',
      default: 'stretch',
      labels: { stretch: 'Fill', start: 'Start', center: 'Centre', end: 'End' },
      ui: { editor: 'segmented', section: 'Layout' },
    }),
    justify: choice(['start', 'center', 'end', 'between'], {
      title: 'Distribute',
      description: 'Along the direction.',
      default: 'start',
      labels: { start: 'Start', center: 'Centre', end: 'End', between: 'Spread' },
      ui: { editor: 'segmented', section: 'Layout' },
    }),
    wrap: setting(Type.Boolean(), {
      title: 'Wrap when there is no room',
      default: true,
      ui: { section: 'Layout', when: { setting: 'direction', in: ['row'] } },
    }),
    padding: paddingChoice('Layout'),
  }),
  slots: [{ name: 'children', title: 'Content', layout: 'stack' }],
});
