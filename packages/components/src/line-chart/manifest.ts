import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import {
  chartAxisSettings,
  chartContract,
  chartDataSettings,
  chartLookSettings,
  chartUses,
} from '../chart/chart-settings.ts';

/** Values over time. */
export const lineChartManifest = defineComponent({
  id: 'core/line-chart',
  version: 1,
  title: 'Line chart',
  description: 'Shows how values move, mostly over time.',
  icon: 'chart-line',
  category: 'Chart',
  keywords: ['trend', 'time', 'graph'],
  settings: Type.Object({
    ...chartDataSettings({ sort: 'category' }),
    ...chartAxisSettings(),
    ...chartLookSettings(),
    smooth: setting(Type.Boolean(), { title: 'Smooth lines', default: false, ui: { section: 'Look' } }),
    points: setting(Type.Boolean(), { title: 'Mark the points', default: true, ui: { section: 'Look' } }),
  }),
  ...chartContract,
  uses: chartUses(['category', 'splitBy', 'measures/*/column']),
  defaultLayout: { span: { base: 12, md: 6 } },
});
