import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { Chart } from '../chart/chart.tsx';
import type { areaChartManifest } from './manifest.ts';

/** Implementation of `core/area-chart`. */
export function AreaChart({ settings }: ComponentProps<Static<typeof areaChartManifest.settings>>) {
  return <Chart kind="area" settings={settings} />;
}
