import { choice, defineComponent } from '@fettle/sdk';
import { Type } from 'typebox';
import { gapChoice, paddingChoice } from '../setting-kinds.ts';

/** Twelve columns; each child says how many it takes. */
export const gridManifest = defineComponent({
  id: 'core/grid',
  version: 1,
  title: 'Grid',
  description: 'Lays its children out in twelve columns that follow the width of the screen.',
  icon: 'layout-grid',
  category: 'Layout',
  keywords: ['container', 'columns', 'responsive'],
  settings: Type.Object({
    gap: gapChoice('Layout'),
    align: choice(['stretch', 'start', 'center', 'end'], {
      title: 'Align',
      description: 'Across a row of cells.',
      default: 'stretch',
      labels: { stretch: 'Fill', start: 'Top', center: 'Middle', end: 'Bottom' },
      ui: { editor: 'segmented', section: 'Layout' },
    }),
    padding: paddingChoice('Layout'),
  }),
  slots: [{ name: 'children', title: 'Content', layout: 'grid' }],
});
