import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import {
  chartAxisSettings,
  chartContract,
  chartDataSettings,
  chartLookSettings,
  chartUses,
} from '../chart/chart-settings.ts';

/** Groups compared by length. */
export const barChartManifest = defineComponent({
  id: 'core/bar-chart',
  version: 1,
  title: 'Bar chart',
  description: 'Compares groups by length.',
  icon: 'chart-bar',
  category: 'Chart',
  keywords: ['column', 'histogram', 'graph', 'compare'],
  settings: Type.Object({
    ...chartDataSettings({ sort: 'category' }),
    ...chartAxisSettings(),
    ...chartLookSettings(),
    horizontal: setting(Type.Boolean(), { title: 'Lying bars', default: false, ui: { section: 'Look' } }),
    stacked: setting(Type.Boolean(), { title: 'Stack the series', default: false, ui: { section: 'Look' } }),
  }),
  ...chartContract,
  uses: chartUses(['category', 'splitBy', 'measures/*/column']),
  defaultLayout: { span: { base: 12, md: 6 } },
});
