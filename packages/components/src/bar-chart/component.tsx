import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { Chart } from '../chart/chart.tsx';
import type { barChartManifest } from './manifest.ts';

/** Implementation of `core/bar-chart`. */
export function BarChart({ settings }: ComponentProps<Static<typeof barChartManifest.settings>>) {
  return <Chart kind="bar" settings={settings} />;
}
