import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import {
  chartAxisSettings,
  chartContract,
  chartDataSettings,
  chartLookSettings,
  chartUses,
} from '../chart/chart-settings.ts';

/** Amounts over time. */
export const areaChartManifest = defineComponent({
  id: 'core/area-chart',
  version: 1,
  title: 'Area chart',
  description: 'Shows how amounts move and add up over time.',
  icon: 'chart-area',
  category: 'Chart',
  keywords: ['trend', 'stacked', 'time', 'graph'],
  settings: Type.Object({
    ...chartDataSettings({ sort: 'category' }),
    ...chartAxisSettings(),
    ...chartLookSettings(),
    smooth: setting(Type.Boolean(), { title: 'Smooth lines', default: false, ui: { section: 'Look' } }),
    stacked: setting(Type.Boolean(), { title: 'Stack the series', default: true, ui: { section: 'Look' } }),
  }),
  ...chartContract,
  uses: chartUses(['category', 'splitBy', 'measures/*/column']),
  defaultLayout: { span: { base: 12, md: 6 } },
});
