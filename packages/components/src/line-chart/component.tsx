import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { Chart } from '../chart/chart.tsx';
import type { lineChartManifest } from './manifest.ts';

/** Implementation of `core/line-chart`. */
export function LineChart({ settings }: ComponentProps<Static<typeof lineChartManifest.settings>>) {
  return <Chart kind="line" settings={settings} />;
}
