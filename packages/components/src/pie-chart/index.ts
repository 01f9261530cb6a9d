import { implementComponent } from '@fettle/sdk/react';
import { pieChartManifest } from './manifest.ts';

/** See the manifest. */
export const pieChartExtension = implementComponent(pieChartManifest, () =>
  import('./component.tsx').then((module) => module.PieChart),
);
