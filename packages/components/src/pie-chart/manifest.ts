import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { chartContract, chartDataSettings, chartLookSettings, chartUses } from '../chart/chart-settings.ts';

/** Parts of a whole. */
export const pieChartManifest = defineComponent({
  id: 'core/pie-chart',
  version: 1,
  title: 'Pie chart',
  description: 'Shows the parts of a whole. Best with few parts.',
  icon: 'chart-pie',
  category: 'Chart',
  keywords: ['donut', 'share', 'parts', 'graph'],
  settings: Type.Object({
    ...chartDataSettings({ sort: 'valueDescending' }),
    ...chartLookSettings(),
    donut: setting(Type.Boolean(), { title: 'With a hole', default: true, ui: { section: 'Look' } }),
  }),
  ...chartContract,
  uses: chartUses(['category', 'measures/*/column']),
  defaultLayout: { span: { base: 12, md: 6 } },
});
