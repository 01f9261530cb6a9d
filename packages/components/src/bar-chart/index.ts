import { implementComponent } from '@fettle/sdk/react';
import { barChartManifest } from './manifest.ts';

/** See the manifest. */
export const barChartExtension = implementComponent(barChartManifest, () =>
  import('./component.tsx').then((module) => module.BarChart),
);
