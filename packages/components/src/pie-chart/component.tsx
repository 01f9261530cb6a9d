import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { Chart } from '../chart/chart.tsx';
import type { pieChartManifest } from './manifest.ts';

/** Implementation of `core/pie-chart`. */
export function PieChart({ settings }: ComponentProps<Static<typeof pieChartManifest.settings>>) {
  return <Chart kind="pie" settings={settings} />;
}
