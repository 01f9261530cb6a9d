import { implementComponent } from '@fettle/sdk/react';
import { lineChartManifest } from './manifest.ts';

/** See the manifest. */
export const lineChartExtension = implementComponent(lineChartManifest, () =>
  import('./component.tsx').then((module) => module.LineChart),
);
