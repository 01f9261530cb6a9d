import { implementComponent } from '@fettle/sdk/react';
import { areaChartManifest } from './manifest.ts';

/** See the manifest. */
export const areaChartExtension = implementComponent(areaChartManifest, () =>
  import('./component.tsx').then((module) => module.AreaChart),
);
